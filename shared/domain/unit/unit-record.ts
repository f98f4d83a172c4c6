import type { AuthorKey, EntryId, EventId, MemberId, Position } from '#shared/kernel/ids.ts';
import type { PeriodId } from '../policy/periods.ts';
import { defaultPolicy, type Policy, type PolicyAction, type Role } from '../policy/policy.ts';
import type { Grade } from '../policy/ranks.ts';

/*
 * What the policy stream makes known to everyone of the unit: names, policy, ranks. Policy and ranks are kept as history, so
 * that each entry is judged by what was in force at its position, whenever and by whomever it is folded.
 */

export interface UnitNames {
  readonly unit: string;
  readonly members: Readonly<Record<MemberId, string>>;
}

/** By whom it was signed, and where it stands: null while it waits. `at` is the author's clock. */
interface Noted {
  readonly entry: EntryId;
  readonly at: string;
  readonly by: MemberId | null;
  readonly device: AuthorKey;
  readonly position: Position | null;
  readonly seen: Position;
}

/** Only what changes, so that two changes at once both take effect. */
export interface PolicyChanges {
  readonly actions?: Readonly<Partial<Record<PolicyAction, readonly Role[]>>> | undefined;
  readonly periods?: Readonly<Partial<Record<PeriodId, number>>> | undefined;
  readonly phrases?: { readonly add: readonly string[]; readonly remove: readonly string[] } | undefined;
}

export interface PolicyChange extends Noted {
  readonly changes: PolicyChanges;
  readonly why: string;
}

export interface RankGiven extends Noted, Grade {
  readonly member: MemberId;
}

export interface UnitRecord {
  readonly names: UnitNames;
  /** In the order of the log, those that wait last. */
  readonly policyChanges: readonly PolicyChange[];
  readonly ranks: readonly RankGiven[];
  /** Events that took effect, and who signed them: signed again, they change nothing. */
  readonly events: readonly { readonly id: EventId; readonly by: MemberId }[];
  /** Who wrote what of a newer Probity, or what is under a key that this reader lacks: what is in force is not known then. */
  readonly newer: readonly MemberId[];
  readonly unread: readonly MemberId[];
}

export const emptyRecord: UnitRecord = {
  names: { unit: '', members: {} },
  policyChanges: [],
  ranks: [],
  events: [],
  newer: [],
  unread: [],
};

export function changedPolicy(policy: Policy, { actions, periods, phrases }: PolicyChanges): Policy {
  const kept = policy.phrases.filter((each) => !phrases?.remove.includes(each));
  return {
    actions: { ...policy.actions, ...actions },
    periods: { ...policy.periods, ...periods },
    phrases: [...kept, ...(phrases?.add.filter((each) => !kept.includes(each)) ?? [])],
  };
}

export type RanksHeld = Readonly<Record<MemberId, Grade>>;

/** What stood after each of a list that is in the order of the log. Worked out once for a list, which never changes. */
function asOf<Each extends Noted, Value>(start: Value, next: (before: Value, each: Each) => Value) {
  const known = new WeakMap<readonly Each[], readonly Value[]>();
  return (list: readonly Each[], position: Position | null): Value => {
    let values = known.get(list);
    if (!values) {
      let value = start;
      values = list.map((each) => (value = next(value, each)));
      known.set(list, values);
    }
    const last = list.findLastIndex(
      (each) => position === null || (each.position !== null && each.position <= position),
    );
    return values[last] ?? start;
  };
}

const policies = asOf<PolicyChange, Policy>(defaultPolicy, (before, { changes }) => changedPolicy(before, changes));
const grades = asOf<RankGiven, RanksHeld>({}, (before, { member, employment, rank }) => ({
  ...before,
  [member]: { employment, rank },
}));

/** In force at a position; null: now, with what waits. */
export const policyAt = ({ policyChanges }: UnitRecord, position: Position | null): Policy =>
  policies(policyChanges, position);

export const ranksAt = ({ ranks }: UnitRecord, position: Position | null): RanksHeld => grades(ranks, position);
