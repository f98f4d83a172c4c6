import type { IntelligenceCategory } from '../classification/intelligence-categories.ts';
import type { Standard } from '../classification/standards.ts';
import type { DispositionKind } from '../disposition/dispositions.ts';
import { selectInForce } from '../disposition/dispositions-in-force.ts';
import { isConflict, selectCurrent } from '../event/history.ts';
import { isIopcOwed, selectIopcDeadline } from '../iopc/iopc-clock.ts';
import { selectKeptUntil } from '../misconduct/notification-set.ts';
import { type SuspensionClock, selectSuspensionClock } from '../misconduct/suspension-clock.ts';
import { selectAssessedPriority } from '../priority/assessed-priority.ts';
import type { Priority } from '../priority/priorities.ts';
import { sanitisedHistory } from '../sanitising/sanitised-recorded.ts';
import type { CaseState } from './case-state.ts';

/** The steps of which one record stands at a time. */
const steps = [
  'risk',
  'mandatory',
  'oversight',
  'iopcTimes',
  'matter',
  'severity',
  'suspension',
  'notification',
  'categories',
  'standards',
  'harm',
  'overrides',
] as const;

type Conflict = (typeof steps)[number] | 'grade' | 'sanitised' | 'disposition' | 'safeguarding';

/** Steps that two people recorded without sight of each other. Both are kept; recording the step again settles it. */
export function selectConflicts(state: CaseState): readonly Conflict[] {
  const { exclusive, safeguarding } = selectInForce(state.dispositions);
  const parts = [null, ...state.items.map(({ entry }) => entry)];
  return [
    ...steps.filter((step) => isConflict(state[step])),
    ...(state.items.some(({ grades }) => isConflict(grades)) ? ['grade' as const] : []),
    ...(parts.some((part) => isConflict(sanitisedHistory(state, part))) ? ['sanitised' as const] : []),
    ...(exclusive.length > 1 ? ['disposition' as const] : []),
    ...(safeguarding.length > 1 ? ['safeguarding' as const] : []),
  ];
}

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
  /** When it is looked at again whether the subject may be told: a calendar day; null when they may. */
  readonly keptUntil: string | null;
  /** Null while nothing was put to the authority. */
  readonly suspension: SuspensionClock | null;
  readonly categories: readonly IntelligenceCategory[];
  readonly primary: IntelligenceCategory | null;
  /** Absent where none is recorded. */
  readonly standards?: readonly Standard[];
  readonly conflict: boolean;
}

export function summariseAssessment(state: CaseState): AssessedSummary {
  const { exclusive, safeguarding } = selectInForce(state.dispositions);
  const priority = selectAssessedPriority(state, state.referral.report);
  const recorded = selectCurrent(state.categories);
  const standards = [...new Set(selectCurrent(state.standards).flatMap((each) => each.standards))];
  const reviews = exclusive.flatMap(({ chosen }) => (chosen.kind === 'record' ? [chosen.reviewOn] : []));
  return {
    iopcDueAt: isIopcOwed(state) ? (selectIopcDeadline(state)?.dueAt ?? null) : null,
    priority: priority?.priority ?? null,
    isOverridden: (priority?.override ?? null) !== null,
    dispositions: [...exclusive, ...safeguarding].map(({ chosen }) => chosen.kind),
    reviewOn: reviews.sort()[0] ?? null,
    keptUntil: selectKeptUntil(state.notification),
    suspension: selectSuspensionClock(state),
    categories: [...new Set(recorded.flatMap(({ categories }) => categories))],
    primary: recorded.at(-1)?.primary ?? null,
    ...(standards.length > 0 && { standards }),
    conflict: selectConflicts(state).length > 0,
  };
}
