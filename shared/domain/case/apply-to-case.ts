import type { EventId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import type { Actor, SignedTime } from '../event/context.ts';
import { knewOf, type Signed } from '../event/signed.ts';
import { defaultPolicy } from '../policy/policy.ts';
import type { Referral } from '../referral/referral.ts';
import { type CaseEvent, caseEventOf, emptySlices, type Registry, registry } from '../registry/registry.ts';
import type { MaybeRoster } from '../unit/roster.ts';
import type { CaseState, LateEntry } from './case-state.ts';
import { refusalOf } from './refusal-of.ts';

/** A case of which only the stream is known. */
const newCase = (id: StreamId): CaseState => ({
  ...emptySlices,
  id,
  referral: null as unknown as Referral,
  holder: null,
  activity: [],
  newer: [],
  unread: [],
  continues: [],
  late: [],
});

/** By whom, and when by whose clock, an entry was signed. */
export interface Signing {
  readonly actor: Actor;
  readonly unit: MaybeRoster;
  readonly signed: Signed;
  /** Of the event, kept when it is signed again. */
  readonly eventId: EventId;
  readonly time: SignedTime;
}

/** Whether the same event, of the same author, applied here before: signed again under another entry. */
const appliedBefore = (state: CaseState | null, { signed, eventId }: Signing): boolean =>
  state?.activity.some((each) => each.event === eventId && each.by === signed.by && !each.refused) ?? false;

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
  const { actor, unit, signed, eventId, time } = signing;
  const definition = caseEventOf(known, event.type);
  if (!definition || appliedBefore(state, signing)) return state;
  const refused = refusalOf(state, definition, event.data, {
    ...{ actor, unit, time, position: signed.position, policy: defaultPolicy },
    knew: (earlier) => knewOf(signed, earlier),
  });
  if (!state && refused) return null;
  const before = state ?? newCase(id);
  const change = refused ? {} : definition.apply(before, event.data, signed);
  return {
    ...before,
    ...change,
    activity: [...before.activity, { ...signed, event: eventId, type: event.type, refused }],
  };
}

/** A case as it goes on in another stream: what came late to the one before stays there. */
export const takenOver = (state: CaseState, id: StreamId): CaseState => ({ ...state, id, late: [] });

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
