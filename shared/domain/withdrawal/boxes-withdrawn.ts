import { z } from 'zod';
import { digestSchema, sealingPublicKeySchema } from '#shared/crypto/key-schemas.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { caseIdSchema, eventIdSchema } from '../event/fields.ts';
import { refuseUnlessHeld, refuseUnlessMay } from '../membership/roster-rules.ts';
import { entitledTo } from '../unit/scope-keys.ts';
import { scopeSchema } from '../unit/scopes.ts';
import { closingsOf, isDisposedBy, timesHandedOn } from '../unit/withdrawals.ts';
import { withdrawnKeysSchema } from './withdrawal-extended.ts';

/** Open reply keys of one stream that are named: of more, an answer comes late. */
export const mostReplies = 16;

const replySchema = z.strictObject({ key: digestSchema, publicKey: sealingPublicKeySchema, stream: caseIdSchema });

/** By one member. Each act is judged with those before it: without a bound one member could keep every other busy. */
const mostTimes = 32;

/**
 * A stream goes from those who read it to others: the boxes for the former go, and the stream is closed. Its keys are boxed to
 * the new readers beside the first entry of the stream in which the case goes on, which only sealed bodies name. To the same
 * scope, it goes from the members who were given it alone.
 */
export const boxesWithdrawn = defineRosterEvent('boxes.withdrawn', {
  v: 1,
  data: z.strictObject({
    stream: caseIdSchema,
    from: scopeSchema,
    to: scopeSchema,
    /** The event of the act by which its author knew the stream to be of `from`; null where it was begun for them. */
    after: eventIdSchema.nullable(),
    keys: withdrawnKeysSchema,
    /** For each reply key of it that is open: where its answer goes from here, and to which key. */
    replies: z.array(replySchema).max(mostReplies),
  }),
  audit: 'alteration',
  rule({ stream, from, to, after }, context) {
    const { roster, actor } = context;
    if (!roster || !actor) return refuse('not-a-member');
    if (stream === roster.stream || stream === roster.policyStream) return refuse('stream-of-unit');
    if (isDisposedBy(roster, stream, from)) return refuse('stream-disposed');
    if (from === 'everyone' || to === 'everyone') return refuse('scope-unfit');
    const isKnown =
      after === null || closingsOf(roster, stream).some((each) => each.event === after && each.to === from);
    if (!isKnown) return refuse('withdrawal-unknown');
    // Anybody may hand a case to those who command, and who looks first at what came passes it on to the unit.
    const isFree = to === 'command' || (from === 'intake' && to === 'unit');
    const refusal = refuseUnlessHeld(from, context) ?? (isFree ? null : refuseUnlessMay('restrictCase', context));
    if (refusal) return refusal;
    if (timesHandedOn(roster, stream, actor.id) >= mostTimes) return refuse('too-many-times', { maximum: mostTimes });
    return entitledTo(roster, to).length > 0 ? null : refuse('scope-without-readers');
  },
  apply(roster, { keys, ...data }, { entry, event, actor }) {
    if (!actor) return roster;
    const by = actor.id;
    const named = [{ entry, by, keys: [...new Set(keys)], confirmedBy: null }];
    const act = { kind: 'boxes', entry, event, by, stopped: false, named, ...data } as const;
    return { ...roster, withdrawals: [...roster.withdrawals, act] };
  },
});
