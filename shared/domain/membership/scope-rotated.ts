import { z } from 'zod';
import { sealingPublicKeySchema } from '#shared/crypto/key-schemas.ts';
import type { AuthorKey, GenerationId } from '#shared/kernel/ids.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { generationIdSchema } from '../event/fields.ts';
import { isRecoveryKey, withoutPermission } from '../unit/recovery.ts';
import {
  type BoxedGeneration,
  currentGeneration,
  deviceOf,
  generationIdOf,
  type Roster,
  type RosterDevice,
  type ScopeGeneration,
} from '../unit/roster.ts';
import { entitledTo, pastOf } from '../unit/scope-keys.ts';
import { type Scope, scopeSchema } from '../unit/scopes.ts';
import { isBoxedFor, isBoxedForRecovery, isBoxedUnder, newGeneration, readersIn, recoveryIn } from './roster-rules.ts';
import { pastReopened, refuseReopening } from './scope-reopened.ts';

/** What one device may have made in vain and not passed on yet: else it could make the roster grow without end. */
const mostAside = 16;

/**
 * A new key of a scope, boxed beside the entry to exactly the devices that may go on reading, with the key before it under
 * itself: one grant opens the scope's past. Of two that replace the same key the first in the log counts; one that is not for
 * exactly those, because somebody left or came before it in the log, does not, nor one by who lost the key meanwhile. All are
 * known, because something may have been written under them. Where a recovery key is bound, it is boxed for that too. The
 * recovery key itself signs one for a scope without readers (scope-reopened.ts).
 */
export const scopeRotated = defineRosterEvent('scope.rotated', {
  v: 1,
  data: z.strictObject({
    scope: scopeSchema,
    /** The generation that its author knew as current. */
    replaces: generationIdSchema,
    generation: z.strictObject({ id: generationIdSchema, publicKey: sealingPublicKeySchema }),
  }),
  audit: 'alteration',
  byRecoveryKey: true,
  rule(data, context) {
    const { roster, author, boxes } = context;
    const { scope, replaces, generation } = data;
    const { id, publicKey } = generation;
    const isReopening = isRecoveryKey(roster, author);
    const device = deviceOf(roster, author);
    if (!roster || !(device || isReopening)) return refuse('not-a-member');
    if (device && ![...device.granted, ...device.leftOut].includes(scope)) return refuse('grant-not-held');
    if (generationIdOf(publicKey) !== id) return refuse('generation-not-its-key');
    const { generations } = roster;
    if (generations.some((each) => each.id === id)) return refuse('generation-known');
    if (!generations.some((each) => each.id === replaces && each.scope === scope)) return refuse('generation-unknown');
    if (isReopening) return refuseReopening(data, roster, context);
    const past = pastOf(roster, scope, replaces, author);
    if (past && !isBoxedUnder(boxes, past.id, id)) return refuse('rotation-without-past');
    const open = generations.filter(({ by, aside, carriedBy }) => by === author && aside && !carriedBy.includes(by));
    return open.length < mostAside ? null : refuse('too-many-rotations', { maximum: mostAside });
  },
  apply(roster, data, { author, actor, boxes }) {
    const { scope, replaces, generation } = data;
    const recovery = recoveryIn(roster, boxes, generation.id);
    const made = { ...newGeneration({ ...generation, scope }, author), recovery };
    if (isRecoveryKey(roster, author)) {
      const past = pastReopened(data, roster, boxes)?.id ?? null;
      const reopened = withCurrent(roster, made, replaces, past, readersIn(boxes, generation.id));
      return withoutPermission(reopened, { scope });
    }
    const readers = entitledTo(roster, scope);
    const mayHere = actor !== null && readers.some((reader) => reader.author === author);
    const isNext = currentGeneration(roster, scope)?.id === replaces;
    const counts = mayHere && isNext && isForExactly(readers, generation.id, roster, boxes);
    if (!counts) {
      return { ...roster, generations: [...roster.generations, { ...made, counts: false, aside: true }] };
    }
    const past = pastOf(roster, scope, replaces, author)?.id ?? null;
    const authors = readers.map((reader) => reader.author);
    return withCurrent(roster, made, replaces, past, authors);
  },
});

/** With a generation in place of the one before, which lies aside where it is not under the new one; for these readers alone. */
function withCurrent(
  roster: Roster,
  made: ScopeGeneration,
  replaces: GenerationId,
  past: GenerationId | null,
  readers: readonly AuthorKey[],
): Roster {
  const before = roster.generations.map((each) =>
    each.id === replaces && each.id !== past ? { ...each, aside: true } : each,
  );
  const { scope } = made;
  const devices = roster.devices.map((device) =>
    readers.includes(device.author) ? withScope(device, scope) : without(device, scope),
  );
  return { ...roster, generations: [...before, made], devices };
}

const withScope = (device: RosterDevice, scope: Scope): RosterDevice =>
  device.granted.includes(scope) ? device : { ...device, granted: [...device.granted, scope] };

const without = (device: RosterDevice, scope: Scope): RosterDevice =>
  device.granted.includes(scope)
    ? {
        ...device,
        granted: device.granted.filter((each) => each !== scope),
        leftOut: [...new Set([...device.leftOut, scope])],
      }
    : device;

/** Whoever is left out could not read on; whoever is let in has left, or was compared by nobody. So with the recovery key. */
function isForExactly(
  readers: readonly RosterDevice[],
  generation: GenerationId,
  { recovery }: Roster,
  boxes: readonly BoxedGeneration[],
): boolean {
  const boxed = boxes.filter((box) => box.generation === generation);
  const isForAll = readers.every(({ author }) => isBoxedFor(boxed, generation, author));
  const isForRecovery = recovery === null || isBoxedForRecovery(boxed, generation, recovery);
  return isForAll && isForRecovery && boxed.length === readers.length + (recovery ? 1 : 0);
}
