import { z } from 'zod';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { generationIdSchema } from '../event/fields.ts';
import { scopeSchema } from '../unit/scopes.ts';
import { refuseUnlessHeld } from './roster-rules.ts';

/**
 * A key of a scope does not open for a device that was given a box of it: by an error, or so that its member cannot read on.
 * Another is owed then, which that device may make too (scope-rotated.ts).
 */
export const generationUnopened = defineRosterEvent('generation.unopened', {
  v: 1,
  data: z.strictObject({ scope: scopeSchema, generation: generationIdSchema }),
  audit: 'alteration',
  rule({ scope, generation }, context) {
    const { roster, author } = context;
    const refusal = refuseUnlessHeld(scope, context);
    if (refusal) return refusal;
    const found = roster?.generations.find((each) => each.id === generation && each.scope === scope);
    if (!found?.counts) return refuse('generation-unknown');
    return found.unopenedBy.includes(author) ? refuse('nothing-changes') : null;
  },
  apply: (roster, { generation }, { author }) => ({
    ...roster,
    generations: roster.generations.map((each) =>
      each.id === generation ? { ...each, unopenedBy: [...each.unopenedBy, author] } : each,
    ),
  }),
});
