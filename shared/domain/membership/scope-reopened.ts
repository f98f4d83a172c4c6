import type { GenerationId } from '#shared/kernel/ids.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import type { RosterContext } from '../event/define-event.ts';
import { isRecoveryPermitted } from '../unit/recovery.ts';
import {
  type BoxedGeneration,
  currentGeneration,
  memberOf,
  type Roster,
  type ScopeGeneration,
} from '../unit/roster.ts';
import { entitledTo } from '../unit/scope-keys.ts';
import { mayBelong, type Scope } from '../unit/scopes.ts';
import { isBoxedForRecovery, isBoxedUnder, mostReaders, readersIn } from './roster-rules.ts';

/*
 * The recovery key's rotation (scope-rotated.ts): it gives a scope that nobody can read any more to devices that it names. A
 * rotation of its that does not count is not known either, since nobody writes under it before the log has brought it.
 */

interface Rotation {
  readonly scope: Scope;
  readonly replaces: GenerationId;
  readonly generation: { readonly id: GenerationId };
}

export function refuseReopening(rotation: Rotation, roster: Roster, { boxes }: Pick<RosterContext, 'boxes'>) {
  const { scope, replaces } = rotation;
  if (currentGeneration(roster, scope)?.id !== replaces) return refuse('rotation-late');
  if (entitledTo(roster, scope).length > 0) return refuse('scope-has-readers');
  const refusal = refuseReaders(rotation, roster, boxes);
  if (refusal) return refusal;
  const openable = recoverableFrom(roster, scope, replaces);
  if (openable.length > 0 && !pastReopened(rotation, roster, boxes)) return refuse('rotation-without-past');
  return isRecoveryPermitted(roster, { scope }) ? null : refuse('recovery-not-permitted');
}

/** Some devices in force whose members may read the scope, and the recovery key: nobody else. */
function refuseReaders({ scope, generation: { id } }: Rotation, roster: Roster, boxes: readonly BoxedGeneration[]) {
  const readers = readersIn(boxes, id);
  if (readers.length === 0) return refuse('grant-without-key');
  if (new Set(readers).size !== readers.length) return refuse('reader-twice');
  if (readers.length > mostReaders) return refuse('scope-full', { maximum: mostReaders });
  const members = readers.map((each) => memberOf(roster, each));
  if (members.includes(null)) return refuse('device-not-in-force');
  if (members.some((each) => each !== null && !mayBelong(each.role, scope))) return refuse('not-of-scope');
  const boxed = boxes.filter(({ generation }) => generation === id);
  const isForRecovery = roster.recovery !== null && isBoxedForRecovery(boxes, id, roster.recovery);
  return isForRecovery && boxed.length === readers.length + 1 ? null : refuse('boxed-for-others');
}

/** The keys of a scope that were boxed for the recovery key, and so open for it, up to one. */
function recoverableFrom(
  { generations, recovery }: Roster,
  scope: Scope,
  replaces: GenerationId,
): readonly ScopeGeneration[] {
  const upTo = generations.slice(0, generations.findIndex(({ id }) => id === replaces) + 1);
  return upTo.filter((each) => each.scope === scope && each.counts && each.recovery === recovery?.author);
}

/**
 * The key that lies under the new one: the last that opened, or one before it. Who made the last may have boxed something else
 * for the recovery key, which shows only now.
 */
export const pastReopened = (
  { scope, replaces, generation }: Rotation,
  roster: Roster,
  boxes: readonly BoxedGeneration[],
): ScopeGeneration | null =>
  recoverableFrom(roster, scope, replaces).findLast(({ id }) => isBoxedUnder(boxes, id, generation.id)) ?? null;
