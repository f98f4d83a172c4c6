import type { EntryId, MemberId, Position, StreamId } from '#shared/kernel/ids.ts';
import type { EventOf } from '../events.ts';
import type { Referral } from './case-events.ts';
import type { DecisionKind } from './decisions.ts';

/*
 * How a case goes, in this first slice:
 *
 *   referral.received -> New --case.taken--> Assessing --decision.recorded--> Decided (or Awaiting approval)
 *                         ^---case.released---'   ^-------decision.recorded again-------'
 *
 * Two decisions that did not know of each other are both kept: Conflict, until a person decides with sight of both.
 */

export type CaseEvent =
  | EventOf<'referral.received'>
  | EventOf<'case.taken'>
  | EventOf<'case.released'>
  | EventOf<'decision.recorded'>;

/** Who signed, and where the entry stands. `position` is null while the entry waits to be confirmed by the endpoint. */
export interface Signed {
  readonly entry: EntryId;
  readonly at: string;
  /** The member who signed; null for the endpoint. */
  readonly by: MemberId | null;
  readonly position: Position | null;
  /** Log position that the author had applied when signing. */
  readonly seen: Position;
}

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
  readonly activity: readonly Activity[];
}

export const statuses = {
  new: 'New',
  assessing: 'Assessing',
  awaitingApproval: 'Awaiting approval',
  safeguarding: 'Safeguarding',
  recorded: 'Recorded',
  notOurs: 'Not ours',
  conflict: 'Conflict',
} as const;
export type Status = keyof typeof statuses;

const statusOfDecision: Record<DecisionKind, Status> = {
  investigate: 'awaitingApproval',
  safeguard: 'safeguarding',
  record: 'recorded',
  notOurs: 'notOurs',
};

export const selectCurrentDecisions = (state: CaseState): readonly Decision[] =>
  state.decisions.filter((decision) => state.current.includes(decision.entry));

export function selectStatus(state: CaseState): Status {
  const [decision, other] = selectCurrentDecisions(state);
  if (other) return 'conflict';
  if (decision) return statusOfDecision[decision.kind];
  return state.holder ? 'assessing' : 'new';
}
