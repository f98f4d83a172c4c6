import { z } from 'zod';
import { sealingPublicKeySchema } from '#shared/crypto/key-schemas.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { generationIdSchema } from '../event/fields.ts';
import { deviceOf, generationIdOf, memberOf, type Roster } from '../unit/roster.ts';
import { scopesIn } from '../unit/scope-keys.ts';
import { mayBelong, type Scope, scopeBefore, scopeSchema } from '../unit/scopes.ts';
import {
  mostReaders,
  newGeneration,
  readersIn,
  recoveryIn,
  refuseUnlessMay,
  refuseUnlessMember,
} from './roster-rules.ts';

/** What one device may open: else it could make the roster grow without end. */
const mostOpened = 32;

/**
 * A scope and its first key, boxed beside the entry to its author and to whomever they choose among devices that were
 * compared with their holders before: those that have the key of the scope that comes before it.
 */
export const scopeOpened = defineRosterEvent('scope.opened', {
  v: 1,
  data: z.strictObject({
    scope: scopeSchema,
    generation: z.strictObject({ id: generationIdSchema, publicKey: sealingPublicKeySchema }),
  }),
  audit: 'alteration',
  rule({ scope, generation: { id, publicKey } }, context) {
    const { roster, author, boxes } = context;
    // All that comes from outside is for the intake from then on.
    const refusal = scope === 'intake' ? refuseUnlessMay('restrictCase', context) : refuseUnlessMember(context);
    if (refusal || !roster) return refusal;
    const { generations } = roster;
    if (generations.some((each) => each.scope === scope)) return refuse('scope-known');
    if (generationIdOf(publicKey) !== id) return refuse('generation-not-its-key');
    if (generations.some((each) => each.id === id)) return refuse('generation-known');
    const readers = readersIn(boxes, id);
    if (!readers.includes(author)) return refuse('grant-without-key');
    if (new Set(readers).size !== readers.length) return refuse('reader-twice');
    if (readers.length > mostReaders) return refuse('scope-full', { maximum: mostReaders });
    if (readers.some((each) => !mayBeGiven(roster, each, scope))) return refuse('not-of-scope');
    const firsts = scopesIn(roster).map((each) => generations.find((one) => one.scope === each));
    return firsts.filter((first) => first?.by === author).length < mostOpened
      ? null
      : refuse('too-many-scopes', { maximum: mostOpened });
  },
  apply(roster, { scope, generation }, { author, boxes }) {
    const readers = readersIn(boxes, generation.id);
    // Who does not know of a recovery key yet may open one without it: then a rotation is owed.
    const recovery = recoveryIn(roster, boxes, generation.id);
    const made = { ...newGeneration({ ...generation, scope }, author), recovery };
    const devices = roster.devices.map((each) =>
      readers.includes(each.author) ? { ...each, granted: [...each.granted, scope] } : each,
    );
    return { ...roster, generations: [...roster.generations, made], devices };
  },
});

function mayBeGiven(roster: Roster, author: AuthorKey, scope: Scope): boolean {
  const member = memberOf(roster, author);
  const before = scopeBefore(scope);
  const isCompared = before === null || deviceOf(roster, author)?.granted.includes(before) === true;
  return member !== null && mayBelong(member.role, scope) && isCompared;
}
