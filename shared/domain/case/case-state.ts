import type { EntryId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import { type AssessmentEventType, assessmentEvents } from '../assessment/assessment-events.ts';
import { assessmentOf } from '../assessment/assessment-of.ts';
import type { AssessmentState, Disposition } from '../assessment/assessment-state.ts';
import { selectInForce } from '../assessment/dispositions-in-force.ts';
import type { DispositionKind } from '../assessment/tables/dispositions.ts';
import type { EventOf } from '../events.ts';
import { caseEvents, type Referral } from './case-events.ts';
import type { DecisionKind } from './decisions.ts';
import type { Signed } from './signed.ts';

export type { Signed } from './signed.ts';

/*
 * How a case goes. Since there are assessments, `disposition.recorded` takes the place of `decision.recorded`, which
 * stays for what was signed before:
 *
 *   referral.received -> New --case.taken--> Assessing --decision.recorded--> Decided (or Awaiting approval)
 *                         ^---case.released---'   ^-------decision.recorded again-------'
 *
 * Two decisions that did not know of each other are both kept: Conflict, until a person decides with sight of both.
 */

export type AssessmentEvent = EventOf<AssessmentEventType>;

export type CaseEvent =
  | AssessmentEvent
  | EventOf<'referral.received'>
  | EventOf<'case.taken'>
  | EventOf<'case.released'>
  | EventOf<'decision.recorded'>;

export const isAssessmentEvent = (event: { readonly type: string }): event is AssessmentEvent =>
  Object.hasOwn(assessmentEvents, event.type);

/** Whether an event belongs to a case's stream, rather than to the unit's or a member's. */
export const isCaseEvent = (event: { readonly type: string }): event is CaseEvent =>
  Object.hasOwn(caseEvents, event.type) || isAssessmentEvent(event);

export interface Decision extends Signed {
  readonly kind: DecisionKind;
  readonly rationale: string;
}

export interface Activity extends Signed {
  readonly type: CaseEvent['type'];
  /** Why the entry changed nothing; null when it was applied. */
  readonly refused: string | null;
}

export interface CaseState {
  readonly id: StreamId;
  readonly referral: Referral;
  readonly holder: MemberId | null;
  /** All that were ever recorded, in order. Superseded, never edited. */
  readonly decisions: readonly Decision[];
  /** Entry ids of the decisions in force: none, one, or several that conflict. */
  readonly current: readonly EntryId[];
  /** Absent until something is assessed, and in what was stored before there were assessments: see `assessmentOf`. */
  readonly assessment?: AssessmentState;
  readonly activity: readonly Activity[];
}

export const statuses = {
  new: 'New',
  assessing: 'Assessing',
  awaitingApproval: 'Awaiting approval',
  safeguarding: 'Safeguarding',
  recorded: 'Recorded',
  notOurs: 'Not ours',
  closed: 'Closed',
  conflict: 'Conflict',
} as const;
export type Status = keyof typeof statuses;

const statusOfDecision: Record<DecisionKind, Status> = {
  investigate: 'awaitingApproval',
  safeguard: 'safeguarding',
  record: 'recorded',
  notOurs: 'notOurs',
};

const statusOfDisposition: Record<DispositionKind, Status> = {
  investigate: 'awaitingApproval',
  safeguard: 'safeguarding',
  record: 'recorded',
  complaints: 'notOurs',
  otherForce: 'notOurs',
  otherAgency: 'notOurs',
  notPolicing: 'notOurs',
  noFurtherAction: 'closed',
  suspectedMalicious: 'closed',
};

/** What an outcome makes of a case. Sent back by the other force's unit: it is ours again. */
function statusOf({ outcome, answers }: Disposition, otherwise: Status): Status {
  if (outcome.kind === 'firstVersion') return statusOfDecision[outcome.decision];
  return answers.at(-1)?.answer === 'sentBack' ? otherwise : statusOfDisposition[outcome.kind];
}

/** Where a case stands. Safeguarding runs beside an outcome, and is the status only where there is no other. */
export function selectStatus(state: CaseState): Status {
  const { outcomes, safeguarding } = selectInForce(assessmentOf(state).dispositions);
  const [outcome, other] = outcomes;
  // In the first version safeguarding was one of the decisions, and conflicted with any other.
  if (other || state.current.length > 1) return 'conflict';
  const undecided: Status = state.holder ? 'assessing' : 'new';
  if (outcome) return statusOf(outcome, undecided);
  return safeguarding.length > 0 ? 'safeguarding' : undecided;
}
