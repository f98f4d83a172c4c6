import type { AuthorKey, EntryId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import { type Refusal, refuse } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { Actor } from '../event/context.ts';
import { dataRefusals } from '../event/data-refusal.ts';
import type { CaseEventDefinition } from '../event/define-event.ts';
import { selectReplaced } from '../event/history.ts';
import { type Knew, knewAll } from '../event/signed.ts';
import {
  type CaseEvent,
  type CaseEventType,
  caseEventOf,
  type InputOf,
  type Registry,
  registry,
} from '../registry/registry.ts';
import { type MaybeRoster, memberOfId } from '../unit/roster.ts';
import { policyAt, ranksAt, type UnitRecord } from '../unit/unit-record.ts';
import type { CaseState } from './case-state.ts';
import { type Circumstances, contextOf, refusalOf } from './refusal-of.ts';

/** What a member asks to do to a case: the event that they would sign. `data` as typed: it is trimmed and parsed. */
export type CaseCommand = {
  [Type in CaseEventType]: { readonly type: Type; readonly case: StreamId; readonly data: InputOf<Type> };
}[CaseEventType];

/** Who asks, in which unit, and when (ISO). */
export interface Asking {
  readonly actor: Actor;
  readonly unit: MaybeRoster;
  /** What is known of the unit now, with what waits. */
  readonly record: UnitRecord;
  /** That they sign with, where that is known: what colleagues recorded on this workstation and has not been sent, it cannot name. */
  readonly device?: AuthorKey;
  /** By their clock. */
  readonly at: string;
  /** When the endpoint signed what they have seen of the log, where that is known: it is later now. */
  readonly from?: string | null;
  /** Entries that the screen showed them as standing; where nothing tells, they replace what is in force. */
  readonly shown?: readonly EntryId[] | undefined;
}

/**
 * What is asked of the author only. That one works on a case only when one has it is courtesy at the desk, not a rule of
 * the log: a decision by someone who lost a race for the case is evidence, and is kept as a conflict.
 */
function refuseAtDesk(
  state: CaseState | null,
  definition: CaseEventDefinition,
  data: unknown,
  circumstances: Circumstances,
) {
  if (!definition.withoutHolding && state?.holder !== circumstances.actor?.id) return refuse('take-first');
  return definition.desk?.(data, contextOf(state, circumstances)) ?? null;
}

type Withheld = Pick<CaseState, 'newer' | 'unread'>;

const isInForce = (unit: MaybeRoster, by: MemberId | null): boolean =>
  by === null || unit === null || memberOfId(unit, by)?.standing === 'inForce';

/**
 * What the case holds that cannot be read here: of a newer Probity, or under a key that this member was not given. Only what
 * is of the endpoint or a member in force: else somebody could, with one entry that nobody can read, keep all others from
 * deciding for ever.
 */
export function whyNotWhole({ newer, unread }: Withheld, unit: MaybeRoster) {
  const [toUpdate, toBeGiven] = [newer, unread].map((all) => all.filter((by) => isInForce(unit, by)).length);
  return [
    ...(toUpdate ? [refuse('newer-entries', { count: toUpdate })] : []),
    ...(toBeGiven ? [refuse('unread-entries', { count: toBeGiven })] : []),
  ];
}

/** The word that entries of members who are no longer in force cannot be read here. */
export function whyNotRead({ newer, unread }: Withheld, unit: MaybeRoster) {
  const count = [...newer, ...unread].filter((by) => !isInForce(unit, by)).length;
  return count > 0 ? refuse('lost-entries', { count }) : null;
}

/** The same of the unit's own stream: which policy is in force is not known here. */
export function whyNotKnown({ newer, unread }: UnitRecord, unit: MaybeRoster) {
  if (newer.some((by) => isInForce(unit, by))) return refuse('policy-newer');
  return unread.some((by) => isInForce(unit, by)) ? refuse('policy-unread') : null;
}

/** What is said about the case, or the policy there is, is not known here: it is protected, and nothing is decided in it. */
const refuseUnlessWhole = (
  state: CaseState | null,
  definition: CaseEventDefinition,
  data: unknown,
  { unit, record }: Asking,
) => (state && !definition.protects?.(data) ? (whyNotWhole(state, unit)[0] ?? whyNotKnown(record, unit)) : null);

/**
 * What the log will not count as known by its author: unsent entries of colleagues at the same workstation, which nothing in an
 * entry can name. What rests on them would be refused there, and is refused here until they are sent.
 */
function refuseOnUnsent(
  state: CaseState | null,
  definition: CaseEventDefinition,
  data: unknown,
  circumstances: Circumstances,
  device: AuthorKey | undefined,
) {
  if (device === undefined) return null;
  const knew: Knew = (earlier) => earlier.position !== null || earlier.device === device;
  const refused = refusalOf(state, definition, data, { ...circumstances, knew });
  return refused && { ...refused, params: { ...refused.params, restsOnUnsent: true } };
}

/** The event that carries out a command, or why not. */
export function decide(
  state: CaseState | null,
  { type, data }: Pick<CaseCommand, 'type'> & { readonly data: unknown },
  asking: Asking,
  known: Registry = registry,
): Result<CaseEvent, Refusal> {
  const definition = caseEventOf(known, type);
  if (!definition) return err(refuse('event-unknown'));
  const parsed = definition.data.safeParse(data);
  if (!parsed.success) return err(dataRefusals(parsed.error)[0] ?? refuse('malformed'));
  const { actor, unit, record, at, from = null } = asking;
  const time = { said: at, from, until: null };
  const inForce = { policy: policyAt(record, null), ranks: ranksAt(record, null) };
  const circumstances = { actor, unit, time, position: null, ...inForce, knew: knewAll };
  const refusal =
    refuseUnlessWhole(state, definition, parsed.data, asking) ??
    refusalOf(state, definition, parsed.data, circumstances) ??
    refuseOnUnsent(state, definition, parsed.data, circumstances, asking.device) ??
    refuseAtDesk(state, definition, parsed.data, circumstances);
  if (refusal) return err(refusal);
  const history = (state && definition.history?.(state, parsed.data)) ?? [];
  const replaces = selectReplaced(history, asking.shown);
  return ok({ type, at, data: parsed.data, ...(replaces.length > 0 && { replaces }) } as CaseEvent);
}
