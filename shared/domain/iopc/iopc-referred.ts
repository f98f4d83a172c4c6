import { z } from 'zod';
import { refuseField } from '#shared/kernel/refusal.ts';
import { instantOf, type RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { instant, isLater, note } from '../event/fields.ts';
import type { History, Recorded } from '../event/history.ts';
import { type IopcAnswer, iopcReferralKindIds } from './iopc.ts';
import { selectIopcDeadline, type Tested } from './iopc-clock.ts';

const data = z.strictObject({
  kind: z.enum(iopcReferralKindIds),
  /** When it was sent; of a matter that was called in, when the Director General's notice came. */
  sentAt: instant,
  /** What was sent: documents, and in what form. Of a matter that was called in, what the notice says. */
  what: note,
  /** Grounds of a voluntary referral, or the later facts of a re-notification. */
  why: note.nullable(),
  /** Required when it was sent after the deadline. */
  lateReason: note.nullable(),
});
export type IopcReferred = z.output<typeof data>;

export interface IopcReferral extends Recorded<IopcReferred> {
  readonly answers: History<IopcAnswer>;
}
export interface IopcState {
  readonly iopc: readonly IopcReferral[];
}

type Context = RuleContext<IopcState & Tested>;

function refuseLate({ sentAt, lateReason }: IopcReferred, { case: state, knew }: Context) {
  const deadline = selectIopcDeadline(state, knew);
  if (!deadline) return refuseField('kind', 'criteria-before-referral');
  return isLater(sentAt, deadline.dueAt) && !lateReason ? refuseField('lateReason', 'sent-late') : null;
}

/** Police Reform Act 2002 Sch 3 paras 4, 13 and 13A; SI 2020/2 reg 4, reg 7. */
export const iopcReferred = defineCaseEvent('iopc.referred', {
  v: 1,
  data,
  audit: 'disclosure',
  may: 'assess',
  empty: { iopc: [] },
  protects: () => true,
  rule: (referred, context: Context) => {
    const { kind, sentAt, why } = referred;
    if (isLater(sentAt, instantOf(context.time))) return refuseField('sentAt', 'sent-in-future');
    if (kind === 'mandatory') return refuseLate(referred, context);
    if (kind === 'calledIn') return null;
    if (kind === 'voluntary') return why ? null : refuseField('why', 'voluntary-without-grounds');
    if (!context.case.iopc.some(context.knew)) return refuseField('kind', 'nothing-referred-before');
    return why ? null : refuseField('why', 'renotification-without-facts');
  },
  apply: ({ iopc }: IopcState, recorded, signed) => ({ iopc: [...iopc, { ...recorded, ...signed, answers: [] }] }),
});
