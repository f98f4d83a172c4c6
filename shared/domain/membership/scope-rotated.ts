import { z } from 'zod';
import { sealingPublicKeySchema } from '#shared/crypto/key-schemas.ts';
import type { GenerationId } from '#shared/kernel/ids.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import { type BoxedGeneration, defineRosterEvent } from '../event/define-event.ts';
import { generationIdSchema } from '../event/fields.ts';
import { currentGeneration, deviceOf, generationIdOf, type RosterDevice } from '../unit/roster.ts';
import { entitledTo, pastOf } from '../unit/scope-keys.ts';
import { type Scope, scopeSchema } from '../unit/scopes.ts';
import { isBoxedFor, isBoxedUnder } from './roster-rules.ts';

/** What one device may have made in vain and not passed on yet: else it could make the roster grow without end. */
const mostAside = 16;

/**
 * A new key of a scope, boxed beside the entry to exactly the devices that may go on reading, with the key before it under
 * itself: one grant opens the scope's past. Of two that replace the same key the first in the log counts; one that is not for
 * exactly those, because somebody left or came before it in the log, does not, nor one by who lost the key meanwhile. All are
 * known, because something may have been written under them.
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
  rule({ scope, replaces, generation: { id, publicKey } }, { roster, boxes, author }) {
    const device = deviceOf(roster, author);
    if (!roster || !device) return refuse('not-a-member');
    if (![...device.granted, ...device.leftOut].includes(scope)) return refuse('grant-not-held');
    if (generationIdOf(publicKey) !== id) return refuse('generation-not-its-key');
    const { generations } = roster;
    if (generations.some((each) => each.id === id)) return refuse('generation-known');
    if (!generations.some((each) => each.id === replaces && each.scope === scope)) return refuse('generation-unknown');
    const past = pastOf(roster, scope, replaces, author);
    if (past && !isBoxedUnder(boxes, past.id, id)) return refuse('rotation-without-past');
    const open = generations.filter(({ by, aside, carriedBy }) => by === author && aside && !carriedBy.includes(by));
    return open.length < mostAside ? null : refuse('too-many-rotations', { maximum: mostAside });
  },
  apply(roster, { scope, replaces, generation }, { author, actor, boxes }) {
    const readers = entitledTo(roster, scope);
    const mayHere = actor !== null && readers.some((reader) => reader.author === author);
    const isNext = currentGeneration(roster, scope)?.id === replaces;
    const counts = mayHere && isNext && isForExactly(readers, generation.id, boxes);
    const made = { ...generation, scope, counts, by: author, aside: !counts, carriedBy: [], unopenedBy: [] };
    if (!counts) return { ...roster, generations: [...roster.generations, made] };
    const past = pastOf(roster, scope, replaces, author)?.id;
    const before = roster.generations.map((each) =>
      each.id === replaces && each.id !== past ? { ...each, aside: true } : each,
    );
    const devices = roster.devices.map((device) => (readers.includes(device) ? device : without(device, scope)));
    return { ...roster, generations: [...before, made], devices };
  },
});

const without = (device: RosterDevice, scope: Scope): RosterDevice =>
  device.granted.includes(scope)
    ? {
        ...device,
        granted: device.granted.filter((each) => each !== scope),
        leftOut: [...new Set([...device.leftOut, scope])],
      }
    : device;

/** Whoever is left out could not read on; whoever is let in has left, or was compared by nobody. */
function isForExactly(
  readers: readonly RosterDevice[],
  generation: GenerationId,
  boxes: readonly BoxedGeneration[],
): boolean {
  const boxed = boxes.filter((box) => box.generation === generation);
  return boxed.length === readers.length && readers.every(({ author }) => isBoxedFor(boxed, generation, author));
}
