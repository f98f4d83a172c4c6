import { z } from 'zod';
import { digestSchema } from '#shared/crypto/key-schemas.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { caseIdSchema, hasTwins } from '../event/fields.ts';
import { refuseUnlessHeld, refuseUnlessMay } from '../membership/roster-rules.ts';
import { disposalReasonIds } from '../policy/disposal-reasons.ts';
import { scopeSchema } from '../unit/scopes.ts';
import { isDisposedBy } from '../unit/withdrawals.ts';

const mostStreams = 64;
const mostBlobs = 4096;

/**
 * A whole, closed case is disposed of: every stream of it and every chunk of its attachments, never a part of one that lives
 * on, else who reads the log later would judge with less than who read it before. Two members who read it sign. That these
 * are all, its author's program sees to.
 */
export const bodiesWithdrawn = defineRosterEvent('bodies.withdrawn', {
  v: 1,
  data: z.strictObject({
    scope: scopeSchema,
    streams: z.array(caseIdSchema).min(1).max(mostStreams),
    blobs: z.array(digestSchema).max(mostBlobs),
    reason: z.enum(disposalReasonIds),
  }),
  audit: 'erasure',
  rule({ scope, streams, blobs }, context) {
    const { roster } = context;
    if (!roster) return refuse('unit-not-founded');
    if (streams.some((each) => each === roster.stream || each === roster.policyStream)) return refuse('stream-of-unit');
    if (hasTwins(streams) || hasTwins(blobs)) return refuse('nothing-changes');
    const refusal = refuseUnlessHeld(scope, context) ?? refuseUnlessMay('disposeOfCase', context);
    if (refusal) return refusal;
    return streams.every((each) => isDisposedBy(roster, each, scope)) ? refuse('nothing-changes') : null;
  },
  needsSecond: () => true,
  maySecond: ({ scope }, context) =>
    refuseUnlessHeld(scope, context) === null && refuseUnlessMay('disposeOfCase', context) === null,
  apply: (roster, data, { entry, actor }) => ({
    ...roster,
    withdrawals: actor
      ? [...roster.withdrawals, { kind: 'bodies', entry, by: actor.id, stopped: false, ...data }]
      : roster.withdrawals,
  }),
});
