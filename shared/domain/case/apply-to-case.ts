import type { EventId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import type { Actor, SignedTime } from '../event/context.ts';
import type { CaseEventDefinition } from '../event/define-event.ts';
import { type Knew, knewOf, type Signed } from '../event/signed.ts';
import type { Policy } from '../policy/policy.ts';
import { decisionHoursOf } from '../priority/priorities.ts';
import type { Referral } from '../referral/referral.ts';
import { type CaseEvent, caseEventOf, emptySlices, type Registry, registry } from '../registry/registry.ts';
import type { MaybeRoster } from '../unit/roster.ts';
import { policyAt, ranksAt, type UnitRecord } from '../unit/unit-record.ts';
import type { CaseState, LateEntry } from './case-state.ts';
import { refusalOf } from './refusal-of.ts';

/** A case of which only the stream is known. */
const newCase = (id: StreamId, policy: Policy): CaseState => ({
  ...emptySlices,
  id,
  decisionHours: decisionHoursOf(policy),
  referral: null as unknown as Referral,
  sentWith: null,
  origin: null,
  holder: null,
  activity: [],
  newer: [],
  unread: [],
  joined: [],
  continues: [],
  late: [],
  readers: [],
});

/** By whom, and when by whose clock, an entry was signed. */
export interface Signing {
  readonly actor: Actor;
  readonly unit: MaybeRoster;
  /** What is known of the unit: policy and ranks in force at the entry's position are in it. */
  readonly record: UnitRecord;
  readonly signed: Signed;
  /** Of the event, kept when it is signed again. */
  readonly eventId: EventId;
  readonly time: SignedTime;
}

/** Whether the same event, of the same author, applied here before: signed again under another entry. */
const appliedBefore = (state: CaseState | null, { signed, eventId }: Signing): boolean =>
  state?.activity.some((each) => each.event === eventId && each.by === signed.by && !each.refused) ?? false;

/** Why the entry may not happen at its position; null when it may. */
function refusedAt(
  state: CaseState | null,
  definition: CaseEventDefinition,
  data: unknown,
  { actor, unit, record, signed, time }: Signing,
) {
  const { position } = signed;
  const knew: Knew = (earlier) => knewOf(signed, earlier);
  const around = { actor, unit, time, position, ranks: ranksAt(record, position), knew };
  const asked = (policy: Policy) => refusalOf(state, definition, data, { ...around, policy });
  const refused = asked(policyAt(record, position));
  const known = refused && policyKnown(record, signed);
  if (!known || asked(known)) return refused;
  // By the policy that its author knew, it might have happened.
  return { ...refused, params: { ...refused.params, policyChanged: true } };
}

/** By the changes that the author of an entry had seen; null when that is all that was in force. */
function policyKnown(record: UnitRecord, signed: Signed): Policy | null {
  const known = record.policyChanges.filter((change) => knewOf(signed, change));
  if (known.length === record.policyChanges.length) return null;
  return policyAt({ ...record, policyChanges: known }, null);
}

/**
 * The case after one more entry. A refused entry stays visible in the activity, with the reason, and changes nothing
 * else; an event that applied before changes nothing at all. Null only when there is no referral to attach it to.
 */
export function applyToCase(
  state: CaseState | null,
  id: StreamId,
  event: CaseEvent,
  signing: Signing,
  known: Registry = registry,
): CaseState | null {
  const { record, signed, eventId } = signing;
  const definition = caseEventOf(known, event.type);
  if (!definition || appliedBefore(state, signing)) return state;
  const refused = refusedAt(state, definition, event.data, signing);
  if (!state && refused) return null;
  const before = state ?? newCase(id, policyAt(record, signed.position));
  const change = refused ? {} : definition.apply(before, event.data, signed);
  return {
    ...before,
    ...change,
    activity: [...before.activity, { ...signed, event: eventId, type: event.type, refused }],
  };
}

/** A case as it goes on in another stream: what came late to the one before, and who was given that alone, stays there. */
export const takenOver = (state: CaseState, id: StreamId): CaseState => ({ ...state, id, late: [], readers: [] });

export const withLateEntry = (state: CaseState, entry: LateEntry): CaseState => ({
  ...state,
  late: [...state.late, entry],
});

/** The case with one more entry that the reader holds no key for. @param by null for the endpoint */
export const withUnreadEntry = (state: CaseState, by: MemberId | null): CaseState => ({
  ...state,
  unread: [...state.unread, by],
});

/** The case with one more entry that a newer Probity wrote. @param by null for the endpoint */
export const withNewerEntry = (state: CaseState, by: MemberId | null): CaseState => ({
  ...state,
  newer: [...state.newer, by],
});
