import { selectCurrent } from '../case/history.ts';
import type { Priority } from '../case/priority.ts';
import type { Report } from '../report/report.ts';
import type { AssessmentState, Disposition } from './assessment-state.ts';
import { selectConflicts } from './conflicts.ts';
import { selectInForce } from './dispositions-in-force.ts';
import { isIopcOwed, selectIopcDeadline } from './iopc-clock.ts';
import { selectAssessedPriority } from './priority.ts';
import type { DispositionKind } from './tables/dispositions.ts';
import type { IntelligenceCategory } from './tables/intelligence-categories.ts';

/** What the queue, its counts and the status bar need of an assessment: kept in memory for every case, so it is small. */
export interface AssessedSummary {
  /** ISO instant by which the IOPC must have it; null when nothing is owed. `toneOf` gives the clock. */
  readonly iopcDueAt: string | null;
  /** Null until risk or harm is assessed or somebody set it. */
  readonly priority: Priority | null;
  readonly isOverridden: boolean;
  /** In force, safeguarding included. Several besides safeguarding: a conflict. */
  readonly dispositions: readonly DispositionKind[];
  /** When what was recorded for intelligence is looked at again: a calendar day. */
  readonly reviewOn: string | null;
  readonly categories: readonly IntelligenceCategory[];
  readonly primary: IntelligenceCategory | null;
  readonly conflict: boolean;
}

const kindOf = ({ outcome }: Disposition): readonly DispositionKind[] =>
  outcome.kind === 'firstVersion' ? [] : [outcome.kind];

export function summariseAssessment(assessment: AssessmentState, report: Report): AssessedSummary {
  const { outcomes, safeguarding } = selectInForce(assessment.dispositions);
  const priority = selectAssessedPriority(assessment, report);
  const recorded = selectCurrent(assessment.categories);
  const reviews = outcomes.flatMap(({ outcome }) => (outcome.kind === 'record' ? [outcome.reviewOn] : []));
  return {
    iopcDueAt: isIopcOwed(assessment) ? (selectIopcDeadline(assessment)?.dueAt ?? null) : null,
    priority: priority?.priority ?? null,
    isOverridden: (priority?.override ?? null) !== null,
    dispositions: [...outcomes, ...safeguarding].flatMap(kindOf),
    reviewOn: reviews.sort()[0] ?? null,
    categories: [...new Set(recorded.flatMap(({ categories }) => categories))],
    primary: recorded.at(-1)?.primary ?? null,
    conflict: selectConflicts(assessment).length > 0,
  };
}
