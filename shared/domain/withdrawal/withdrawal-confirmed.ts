import { z } from 'zod';
import { digestSchema } from '#shared/crypto/key-schemas.ts';
import type { Digest } from '#shared/kernel/ids.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { refuseUnlessHeld } from '../membership/roster-rules.ts';
import type { Roster } from '../unit/roster.ts';
import { entitledTo } from '../unit/scope-keys.ts';
import type { AnyWithdrawal, NamedKeys, WithdrawnBoxes } from '../unit/withdrawals.ts';

/**
 * The boxes that took the place of those withdrawn open for another member of the scope that the stream was handed to than the
 * one who named their keys. Where it has no second one, a member of the scope that it came from may say that nothing stands
 * against it. It is said of each naming alone: a key that somebody invented holds up only those named with it. Two may do so
 * at once: the first counts.
 */
export const withdrawalConfirmed = defineRosterEvent('withdrawal.confirmed', {
  v: 1,
  data: z.strictObject({ naming: digestSchema }),
  audit: 'alteration',
  rule({ naming: entry }, context) {
    const { roster, actor } = context;
    if (!roster || !actor) return refuse('not-a-member');
    const found = roster.withdrawals.find((each) => namingIn(each, entry));
    const naming = found && namingIn(found, entry);
    if (!naming || found.kind !== 'boxes') return refuse('withdrawal-unknown');
    if (found.stopped) return refuse('withdrawal-stopped');
    if (naming.by === actor.id) return refuse('same-member-twice');
    const refusal = refuseUnlessHeld(found.to, context);
    return refusal && !hasOther(roster, found, naming) ? refuseUnlessHeld(found.from, context) : refusal;
  },
  apply: (roster, { naming: entry }, { actor }) => ({
    ...roster,
    withdrawals: roster.withdrawals.map((each) => {
      if (each.kind !== 'boxes' || !namingIn(each, entry) || !actor) return each;
      const named = each.named.map((naming) =>
        naming.entry === entry && !naming.confirmedBy ? { ...naming, confirmedBy: actor.id } : naming,
      );
      return { ...each, named };
    }),
  }),
});

const namingIn = (act: AnyWithdrawal, entry: Digest): NamedKeys | undefined =>
  act.kind === 'boxes' ? act.named.find((naming) => naming.entry === entry) : undefined;

/** Whether the scope that it was handed to has a member besides who named the keys. */
const hasOther = (roster: Roster, { to }: WithdrawnBoxes, { by }: NamedKeys): boolean =>
  entitledTo(roster, to).some(({ member }) => member !== by);
