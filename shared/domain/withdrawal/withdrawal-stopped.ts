import { z } from 'zod';
import { digestSchema } from '#shared/crypto/key-schemas.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { refuseUnlessHeld, refuseUnlessMay } from '../membership/roster-rules.ts';
import type { Roster } from '../unit/roster.ts';
import { type AnyWithdrawal, isDisposedBy } from '../unit/withdrawals.ts';

/**
 * What was withdrawn is served again, and not destroyed: by one entry of any member who reads it or, where a stream was handed
 * on, of a supervisor of those from whom it was taken. The stream is open again from here.
 */
export const withdrawalStopped = defineRosterEvent('withdrawal.stopped', {
  v: 1,
  data: z.strictObject({ withdrawal: digestSchema }),
  audit: 'alteration',
  rule({ withdrawal }, context) {
    const { roster, actor } = context;
    if (!roster || !actor) return refuse('not-a-member');
    const found = roster.withdrawals.find(({ entry }) => entry === withdrawal);
    if (!found) return refuse('withdrawal-unknown');
    if (found.stopped) return refuse('nothing-changes');
    if (isBuiltUpon(roster, found)) return refuse('withdrawal-not-last');
    if (found.kind === 'bodies') return refuseUnlessHeld(found.scope, context);
    // Those who have it now disposed of it: that is to be stopped first.
    if (isDisposedBy(roster, found.stream, found.to)) return refuse('stream-disposed');
    if (refuseUnlessHeld(found.to, context) === null) return null;
    return refuseUnlessHeld(found.from, context) ?? refuseUnlessMay('restrictCase', context);
  },
  apply: (roster, { withdrawal }) => ({
    ...roster,
    withdrawals: roster.withdrawals.map((each) => (each.entry === withdrawal ? { ...each, stopped: true } : each)),
  }),
});

/** Whether the stream was handed on again since: then that is to be stopped first. */
function isBuiltUpon({ withdrawals }: Roster, found: AnyWithdrawal): boolean {
  if (found.kind === 'bodies') return false;
  const later = withdrawals.slice(withdrawals.indexOf(found) + 1);
  return later.some(
    (each) => each.kind === 'boxes' && each.stream === found.stream && !each.stopped && each.after === found.event,
  );
}
