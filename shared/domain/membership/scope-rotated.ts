import { z } from 'zod';
import { sealingPublicKeySchema } from '#shared/crypto/key-schemas.ts';
import type { GenerationId } from '#shared/kernel/ids.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import { type BoxedGeneration, defineRosterEvent } from '../event/define-event.ts';
import { generationIdSchema } from '../event/fields.ts';
import { currentGeneration, entitledTo, generationIdOf, type RosterDevice, scopeSchema } from '../unit/roster.ts';
import { isBoxedFor, isBoxedUnder, refuseUnlessHeld } from './roster-rules.ts';

/**
 * A new key of a scope, boxed beside the entry to exactly the devices that may go on reading, with the key before it under
 * itself: one grant opens the scope's past. Of two that replace the same key the first in the log counts; one that is not for
 * exactly those, because somebody left or came before it in the log, does not. Both are known all the same, because their
 * authors may have written under them.
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
  rule({ scope, replaces, generation: { id, publicKey } }, context) {
    const { roster, boxes } = context;
    const refusal = refuseUnlessHeld(scope, context);
    if (refusal || !roster) return refusal;
    if (generationIdOf(publicKey) !== id) return refuse('generation-not-its-key');
    if (roster.generations.some((each) => each.id === id)) return refuse('generation-known');
    const isKnown = roster.generations.some((each) => each.id === replaces && each.scope === scope);
    if (!isKnown) return refuse('generation-unknown');
    return isBoxedUnder(boxes, replaces, id) ? null : refuse('rotation-without-past');
  },
  apply(roster, { scope, replaces, generation }, { author, boxes }) {
    const readers = entitledTo(roster, scope);
    const isNext = currentGeneration(roster, scope)?.id === replaces;
    const counts = isNext && isForExactly(readers, generation.id, boxes);
    const generations = [...roster.generations, { ...generation, scope, counts, carried: false, by: author }];
    if (!counts) return { ...roster, generations };
    const devices = roster.devices.map((device) =>
      readers.includes(device) ? device : { ...device, granted: device.granted.filter((each) => each !== scope) },
    );
    return { ...roster, generations, devices };
  },
});

/** Whoever is left out could not read on; whoever is let in has left, or was compared by nobody. */
function isForExactly(
  readers: readonly RosterDevice[],
  generation: GenerationId,
  boxes: readonly BoxedGeneration[],
): boolean {
  const boxed = boxes.filter((box) => box.generation === generation);
  return boxed.length === readers.length && readers.every(({ author }) => isBoxedFor(boxed, generation, author));
}
