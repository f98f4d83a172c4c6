import type { CaseSummary } from '#shared/domain/case/case-summary.ts';
import type { QueueQuery } from '#shared/domain/case/queue-query.ts';
import type { MemberId } from '#shared/kernel/ids.ts';
import type { QueueChoice, QueueCounts } from '../queue-api.ts';
import { type QueueDay, selectDue } from './queue-day.ts';

/*
 * Plain loops, and no lists made on the way: 50,000 cases are to be filtered or counted within a frame or two.
 */
type Filters = Omit<QueueQuery, 'text' | 'sort'>;
type FilterName = keyof QueueCounts;

/** What a case has of each filter's choices. */
type Having = { readonly [Filter in FilterName]: (summary: CaseSummary) => readonly QueueChoice<Filter>[] };
const nothing = [] as const;
const holders = { nobody: ['anyone', 'unassigned'], me: ['anyone', 'me'], other: ['anyone'] } as const;

/** Whose queue it is, and on which day. */
export interface FilterContext {
  readonly me: MemberId;
  readonly day: QueueDay;
}

const havingFor = ({ me, day }: FilterContext): Having => ({
  status: ({ status }) => [status],
  priority: ({ priority }) => [priority],
  category: ({ categories }) => categories,
  corruption: ({ assessed }) => assessed?.categories ?? nothing,
  disposition: ({ assessed }) => assessed?.dispositions ?? nothing,
  due: (summary) => selectDue(summary, day),
  holder: ({ holder }) => holders[holder === null ? 'nobody' : holder === me ? 'me' : 'other'],
});

interface Filter {
  readonly name: FilterName;
  /** Empty: it hides nothing. */
  readonly chosen: readonly string[];
  readonly having: (summary: CaseSummary) => readonly string[];
}

function filtersOf({ holder, ...lists }: Filters, context: FilterContext): readonly Filter[] {
  const having = havingFor(context);
  const chosen: Readonly<Record<FilterName, readonly string[]>> = {
    ...lists,
    holder: holder === 'anyone' ? nothing : [holder],
  };
  const names = Object.keys(having) as FilterName[];
  return names.map((name) => ({ name, chosen: chosen[name], having: having[name] }));
}

function hides({ chosen, having }: Filter, summary: CaseSummary): boolean {
  if (chosen.length === 0) return false;
  for (const each of having(summary)) if (chosen.includes(each)) return false;
  return true;
}

export function selectFiltered(all: Iterable<CaseSummary>, query: Filters, context: FilterContext): CaseSummary[] {
  const filters = filtersOf(query, context).filter(({ chosen }) => chosen.length > 0);
  const filtered: CaseSummary[] = [];
  for (const summary of all) {
    if (!filters.some((filter) => hides(filter, summary))) filtered.push(summary);
  }
  return filtered;
}

type Tally = Map<string, number>;

/** Each choice once a case, also where two dispositions of one kind conflict. */
function add(tally: Tally, choices: readonly string[]): void {
  for (let index = 0; index < choices.length; index += 1) {
    const choice = choices[index] as string;
    if (index === 0 || choices.indexOf(choice) === index) tally.set(choice, (tally.get(choice) ?? 0) + 1);
  }
}

/**
 * Each filter is counted under all the others: a case that one filter alone hides counts in that one, a case that none
 * hides in all of them. One pass.
 */
export function countChoices(all: Iterable<CaseSummary>, query: Filters, context: FilterContext): QueueCounts {
  const counted = filtersOf(query, context).map((filter) => ({ ...filter, tally: new Map<string, number>() as Tally }));
  for (const summary of all) {
    let hiding: (typeof counted)[number] | null = null;
    let times = 0;
    for (const filter of counted) {
      if (!hides(filter, summary)) continue;
      hiding = filter;
      times += 1;
      if (times > 1) break;
    }
    if (times === 0) for (const { tally, having } of counted) add(tally, having(summary));
    else if (times === 1 && hiding) add(hiding.tally, hiding.having(summary));
  }
  return Object.fromEntries(counted.map(({ name, tally }) => [name, Object.fromEntries(tally)])) as QueueCounts;
}
