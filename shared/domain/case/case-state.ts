import type { EventId, MemberId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import type { Disposition } from '../disposition/disposition-recorded.ts';
import type { DispositionKind } from '../disposition/dispositions.ts';
import { selectInForce } from '../disposition/dispositions-in-force.ts';
import { selectCurrent } from '../event/history.ts';
import type { Signed } from '../event/signed.ts';
import type { Joined } from '../joining/referral-joined.ts';
import type { DecisionHours } from '../priority/priorities.ts';
import type { SingleReader } from '../readers/reader-added.ts';
import type { ReferralState } from '../referral/referral.ts';
import { type CaseEventType, type CaseSlices, type DomainEvent, emptySlices } from '../registry/registry.ts';
import type { Continued } from '../withdrawal/case-continued.ts';

/*
 * How a case goes:
 *
 *   referral.received -> New --case.taken--> Assessing --disposition.recorded--> decided (or Awaiting approval)
 *                         ^---case.released---'  ^------disposition.recorded again------'
 *   case.opened ---------------------------> Assessing
 *
 * A referral that was joined to a case opened ahead of it is Joined, and goes on there.
 *
 * Two dispositions of which neither names the other are both kept: Conflict, until a person decides with sight of both.
 */

export interface Activity extends Signed {
  readonly event: EventId;
  readonly type: CaseEventType;
  /** Why the entry changed nothing; null when it was applied. */
  readonly refused: Refusal | null;
}

/**
 * What changed nothing because of when it came in, and those who read the case now are to see: after its stream was closed, or
 * after its author's membership was suspended or had ended.
 */
export interface LateEntry extends Omit<Signed, 'at' | 'replaces'> {
  readonly because: 'handed-on' | 'author-not-in-force';
  /** Null when it cannot be read here. */
  readonly said: { readonly event: EventId; readonly is: DomainEvent } | null;
}

/**
 * A case as its entries make it: for each step all that was ever recorded of it (who, when, by which entry, and why). What
 * is in force is asked of `selectCurrent` and `selectLatest` (event/history.ts); more than one is a conflict.
 */
export interface CaseState extends ReferralState, CaseSlices {
  readonly activity: readonly Activity[];
  /** Entries of a newer Probity that wait in this case for an update: by whom each is, null for the endpoint. */
  readonly newer: readonly (MemberId | null)[];
  /** The same of entries that this member holds no key for: what they say about the case is not known here. */
  readonly unread: readonly (MemberId | null)[];
  /** Referrals that were joined to it: their text stands in its own. */
  readonly joined: readonly Joined[];
  /** The closed streams that it was in before. */
  readonly continues: readonly Continued[];
  readonly late: readonly LateEntry[];
  /** Members who read it besides those it is for. */
  readonly readers: readonly SingleReader[];
  /** By the policy in force when the referral came in: a later one moves no target that was set. */
  readonly decisionHours: DecisionHours;
}

/** Whether anything was recorded in the case besides who has it. */
export const isAssessed = (state: CaseState): boolean =>
  Object.keys(emptySlices).some((slice) => (state[slice as keyof CaseSlices] as readonly unknown[]).length > 0);

export const statuses = {
  new: 'New',
  assessing: 'Assessing',
  awaitingApproval: 'Awaiting approval',
  safeguarding: 'Safeguarding',
  recorded: 'Recorded',
  notOurs: 'Not ours',
  closed: 'Closed',
  conflict: 'Conflict',
  joined: 'Joined',
} as const;
export type Status = keyof typeof statuses;

const statusOfDisposition: Record<DispositionKind, Status> = {
  investigate: 'awaitingApproval',
  safeguard: 'safeguarding',
  record: 'recorded',
  complaints: 'notOurs',
  localPolicingBody: 'notOurs',
  otherForce: 'notOurs',
  otherAgency: 'notOurs',
  notPolicing: 'notOurs',
  noFurtherAction: 'closed',
  suspectedMalicious: 'closed',
};

/** What a disposition makes of a case. Sent back by the other force's unit, by any answer that stands: it is ours again. */
const statusOf = ({ chosen, answers }: Disposition, otherwise: Status): Status =>
  selectCurrent(answers).some(({ answer }) => answer === 'sentBack') ? otherwise : statusOfDisposition[chosen.kind];

/** Where a case stands. Safeguarding runs beside a disposition, and is the status only where there is no other. */
export function selectStatus({ dispositions, holder, joinedInto }: CaseState): Status {
  if (joinedInto.length > 0) return 'joined';
  const { exclusive, safeguarding } = selectInForce(dispositions);
  const [disposition, other] = exclusive;
  if (other) return 'conflict';
  const undecided: Status = holder ? 'assessing' : 'new';
  if (disposition) return statusOf(disposition, undecided);
  return safeguarding.length > 0 ? 'safeguarding' : undecided;
}
