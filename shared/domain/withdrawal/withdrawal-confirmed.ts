import { z } from 'zod';
import { digestSchema } from '#shared/crypto/key-schemas.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { refuseUnlessHeld } from '../membership/roster-rules.ts';
import type { Roster } from '../unit/roster.ts';
import { entitledTo, isReader } from '../unit/scope-keys.ts';
import type { NamedKeys, WithdrawnBoxes } from '../unit/withdrawals.ts';

/**
 * The boxes that took the place of those withdrawn open for another member of the scope that the stream was handed to than the
 * one who named their keys. Where it has no second one, a member of the scope that it came from may say that nothing stands
 * against it. Two may do so at once: the first counts.
 */
export const withdrawalConfirmed = defineRosterEvent('withdrawal.confirmed', {
  v: 1,
  data: z.strictObject({ withdrawal: digestSchema }),
  audit: 'alteration',
  rule({ withdrawal }, context) {
    const { roster, actor } = context;
    if (!roster || !actor) return refuse('not-a-member');
    const found = roster.withdrawals.find(({ entry }) => entry === withdrawal);
    if (found?.kind !== 'boxes') return refuse('withdrawal-unknown');
    if (found.stopped) return refuse('withdrawal-stopped');
    const open = found.named.filter(({ by }) => by !== actor.id);
    if (open.length === 0) return refuse('same-member-twice');
    const refusal = refuseUnlessHeld(found.to, context);
    return refusal && open.some((naming) => !hasOther(roster, found, naming))
      ? refuseUnlessHeld(found.from, context)
      : refusal;
  },
  apply: (roster, { withdrawal }, { actor, author }) => ({
    ...roster,
    withdrawals: roster.withdrawals.map((each) => {
      if (each.entry !== withdrawal || each.kind !== 'boxes' || !actor) return each;
      const mayConfirm = (naming: NamedKeys): boolean =>
        !naming.confirmedBy &&
        naming.by !== actor.id &&
        (isReader(roster, author, each.to) || !hasOther(roster, each, naming));
      const named = each.named.map((naming) => (mayConfirm(naming) ? { ...naming, confirmedBy: actor.id } : naming));
      return { ...each, named };
    }),
  }),
});

/** Whether the scope that it was handed to has a member besides who named the keys. */
const hasOther = (roster: Roster, { to }: WithdrawnBoxes, { by }: NamedKeys): boolean =>
  entitledTo(roster, to).some(({ member }) => member !== by);
