import { z } from 'zod';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { generationIdSchema } from '../event/fields.ts';
import { currentGeneration } from '../unit/roster.ts';
import { scopeSchema } from '../unit/scopes.ts';
import { isBoxedUnder, refuseUnlessHeld } from './roster-rules.ts';

/**
 * The key of a rotation that did not count, or that was passed over, boxed beside the entry under the current one, so that
 * whoever joins the scope later also reads what was written under it. That the box opens is its author's word.
 */
export const generationCarried = defineRosterEvent('generation.carried', {
  v: 1,
  data: z.strictObject({ scope: scopeSchema, generation: generationIdSchema }),
  audit: 'disclosure',
  rule({ scope, generation }, context) {
    const { roster, boxes, author } = context;
    const refusal = refuseUnlessHeld(scope, context);
    if (refusal || !roster) return refusal;
    const found = roster.generations.find((each) => each.id === generation && each.scope === scope);
    if (!found?.aside) return refuse('generation-unknown');
    if (found.carriedBy.includes(author)) return refuse('nothing-changes');
    const current = currentGeneration(roster, scope);
    return current && isBoxedUnder(boxes, generation, current.id) ? null : refuse('grant-without-key');
  },
  apply: (roster, { generation }, { author }) => ({
    ...roster,
    generations: roster.generations.map((each) =>
      each.id === generation ? { ...each, carriedBy: [...each.carriedBy, author] } : each,
    ),
  }),
});
