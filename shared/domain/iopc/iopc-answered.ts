import { isInEffect } from '#shared/kernel/in-effect.ts';
import { refuse, refuseField } from '#shared/kernel/refusal.ts';
import { instantOf, type RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { isLater } from '../event/fields.ts';
import { changeIn } from '../event/revocable.ts';
import { iopcAnswerSchema, iopcModes } from './iopc.ts';
import type { IopcState } from './iopc-referred.ts';

/** The IOPC says how it deals with a referral. */
export const iopcAnswered = defineCaseEvent('iopc.answered', {
  v: 1,
  data: iopcAnswerSchema,
  audit: 'collection',
  may: 'assess',
  rule: ({ referral, mode, answeredAt }, { case: { iopc }, time }: RuleContext<IopcState>) => {
    const answered = iopc.find(({ entry }) => entry === referral);
    if (!answered) return refuse('no-such-iopc-referral');
    if (isLater(answered.sentAt, answeredAt)) return refuseField('answeredAt', 'answered-before-sent');
    if (isLater(answeredAt, instantOf(time))) return refuseField('answeredAt', 'answered-in-future');
    return isInEffect(iopcModes[mode], answeredAt) ? null : refuseField('mode', 'mode-not-in-effect');
  },
  history: ({ iopc }: IopcState, { referral }) => iopc.find(({ entry }) => entry === referral)?.answers ?? [],
  apply: ({ iopc }: IopcState, answer, signed) => ({
    iopc: changeIn(iopc, answer.referral, (each) => ({
      ...each,
      answers: [...each.answers, { ...answer, ...signed }],
    })),
  }),
});
