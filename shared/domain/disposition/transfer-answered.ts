import { refuse, refuseField } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { changeIn } from '../event/revocable.ts';
import type { DispositionState } from './disposition-recorded.ts';
import { transferAnswerSchema } from './disposition-schemas.ts';

/** The unit that a case went to acknowledges it, or sends it back. From the endpoint, or recorded by a member. */
export const transferAnswered = defineCaseEvent('transfer.answered', {
  v: 1,
  data: transferAnswerSchema,
  audit: 'collection',
  may: 'assess',
  // The endpoint only passes on what the other unit answered.
  fromEndpoint: true,
  rule: ({ disposition, answer, why }, { case: { dispositions } }: RuleContext<DispositionState>) => {
    const sent = dispositions.find(({ entry }) => entry === disposition);
    if (sent?.chosen.kind !== 'otherForce') return refuse('no-such-transfer');
    return answer === 'sentBack' && !why ? refuseField('why', 'sent-back-without-reason') : null;
  },
  history: ({ dispositions }: DispositionState, { disposition }) =>
    dispositions.find(({ entry }) => entry === disposition)?.answers ?? [],
  apply: ({ dispositions }: DispositionState, answer, signed) => ({
    dispositions: changeIn(dispositions, answer.disposition, (each) => ({
      ...each,
      answers: [...each.answers, { ...answer, ...signed }],
    })),
  }),
});
