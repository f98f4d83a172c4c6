import { z } from 'zod';
import { digestSchema } from '#shared/crypto/key-schemas.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { contentKeyIdSchema } from '../event/fields.ts';
import { refuseUnlessHeld } from '../membership/roster-rules.ts';

/** As many as one entry has boxes. */
export const mostKeys = 256;
export const withdrawnKeysSchema = z.array(contentKeyIdSchema).min(1).max(mostKeys);

/** How often keys of one stream are named: else anybody who reads it could make the roster grow without end. */
export const mostNamings = 64;

/**
 * Further keys of a stream that was handed on, which its author did not know: the boxes of those go too. Said by one to whom
 * it was handed, who boxed them to the others; two may do so at once. Their new boxes are to be confirmed as well.
 */
export const withdrawalExtended = defineRosterEvent('withdrawal.extended', {
  v: 1,
  data: z.strictObject({ withdrawal: digestSchema, keys: withdrawnKeysSchema }),
  audit: 'alteration',
  rule({ withdrawal }, context) {
    const { roster } = context;
    if (!roster) return refuse('unit-not-founded');
    const found = roster.withdrawals.find(({ entry }) => entry === withdrawal);
    if (found?.kind !== 'boxes') return refuse('withdrawal-unknown');
    if (found.stopped) return refuse('withdrawal-stopped');
    if (found.named.length >= mostNamings) return refuse('too-many-namings', { maximum: mostNamings });
    return refuseUnlessHeld(found.to, context);
  },
  apply: (roster, { withdrawal, keys }, { entry, actor }) => ({
    ...roster,
    withdrawals: roster.withdrawals.map((each) => {
      if (each.entry !== withdrawal || each.kind !== 'boxes' || !actor) return each;
      const known = new Set(each.named.flatMap((naming) => naming.keys));
      const further = [...new Set(keys)].filter((key) => !known.has(key));
      if (further.length === 0) return each;
      return { ...each, named: [...each.named, { entry, by: actor.id, keys: further, confirmedBy: null }] };
    }),
  }),
});
