import type { CaseSummary } from '../case/case-summary.ts';
import { type IntelligenceCategory, intelligenceCategoryIds } from '../classification/intelligence-categories.ts';
import { type Standard, standardIds } from '../classification/standards.ts';
import { type DispositionKind, dispositions } from '../disposition/dispositions.ts';
import { monthsInYear, selectMonth } from './financial-year.ts';

/** What an inspection, or a request under the Freedom of Information Act 2000, asks: how many cases of a year were of what. */

/** What became of a case: each has one. Safeguarding, which runs beside another, is one only where it stands alone. */
export type Outcome = DispositionKind | 'conflict' | 'undecided';
const outcomeIds: readonly Outcome[] = [...(Object.keys(dispositions) as DispositionKind[]), 'conflict', 'undecided'];
export type Lead = IntelligenceCategory | 'none';

export interface Row<Id extends string = string> {
  readonly id: Id;
  /** April first. */
  readonly months: readonly number[];
}

export interface YearCounts {
  /** The calendar year in which the financial year begins. */
  readonly year: number;
  /** Those in which cases came in, the latest first. */
  readonly years: readonly number[];
  readonly all: Row<'all'>;
  /** Each case once: they add up to all. */
  readonly outcomes: readonly Row<Outcome>[];
  /** A case counts under each that is recorded of it. */
  readonly categories: readonly Row<IntelligenceCategory>[];
  /** Under the one that leads: they add up to all. */
  readonly leads: readonly Row<Lead>[];
  /** A case counts under each that is recorded of it. */
  readonly standards: readonly Row<Standard>[];
}

/** Sent back by another force, it is undecided again: its status says so. */
function outcomeOf({ status, assessed }: CaseSummary): Outcome {
  if (status === 'conflict') return 'conflict';
  if (status === 'new' || status === 'assessing') return 'undecided';
  const kinds = assessed?.dispositions ?? [];
  return kinds.find((kind) => kind !== 'safeguard') ?? kinds[0] ?? 'undecided';
}

function startTally<Id extends string>(ids: readonly Id[]) {
  const months = new Map(ids.map((id) => [id, new Array<number>(monthsInYear).fill(0)]));
  return {
    add(id: Id, month: number): void {
      const row = months.get(id);
      if (row) row[month] = (row[month] ?? 0) + 1;
    },
    rows: (): readonly Row<Id>[] => [...months].map(([id, counted]) => ({ id, months: counted })),
  };
}

/**
 * Cases by the day on which they were received, as they stand now. A referral that was joined to another case is counted
 * there, and not twice.
 */
export function countCases(all: Iterable<CaseSummary>, year: number): YearCounts {
  const years = new Set<number>();
  const everything = startTally(['all']);
  const outcomes = startTally(outcomeIds);
  const categories = startTally(intelligenceCategoryIds);
  const leads = startTally<Lead>([...intelligenceCategoryIds, 'none']);
  const standards = startTally(standardIds);
  for (const summary of all) {
    if (summary.status === 'joined') continue;
    const received = selectMonth(Date.parse(summary.receivedAt));
    years.add(received.year);
    if (received.year !== year) continue;
    const { month } = received;
    everything.add('all', month);
    outcomes.add(outcomeOf(summary), month);
    leads.add(summary.assessed?.primary ?? 'none', month);
    for (const category of summary.assessed?.categories ?? []) categories.add(category, month);
    for (const standard of summary.assessed?.standards ?? []) standards.add(standard, month);
  }
  return {
    year,
    years: [...years].sort((one, other) => other - one),
    all: everything.rows()[0] as Row<'all'>,
    outcomes: outcomes.rows(),
    categories: categories.rows(),
    leads: leads.rows(),
    standards: standards.rows(),
  };
}
