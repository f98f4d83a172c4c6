import { z } from 'zod';
import { refuse, refuseField } from '#shared/kernel/refusal.ts';
import { instantOf, type RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { instant, isLater, reasons } from '../event/fields.ts';
import type { History } from '../event/history.ts';
import { mayDecideOn } from '../misconduct/subject-ranks.ts';
import type { Tested } from './iopc-clock.ts';

const data = z.strictObject({
  /** When it became clear to this force; null: the sender's time does not count here, and its own tests alone do. */
  becameClearAt: instant.nullable(),
  why: reasons,
});
export type IopcTimeSet = z.output<typeof data>;

export interface IopcTimeState {
  readonly iopcTimes: History<IopcTimeSet>;
}

/**
 * Of a case that another force sent with a test of its own: the receiving force sets the time from which its duty to refer
 * runs. Until one who may decide for its authority does, the earlier of the sender's and its own counts.
 */
export const iopcTimeSet = defineCaseEvent('iopcTime.set', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  empty: { iopcTimes: [] },
  rule: (
    { becameClearAt },
    { case: { sentWith }, time, actor, ranks }: RuleContext<IopcTimeState & Pick<Tested, 'sentWith'>>,
  ) => {
    if (!sentWith) return refuse('no-test-sent');
    if (!mayDecideOn('other', actor ? ranks[actor.id] : undefined)) return refuse('time-by-inspector');
    return becameClearAt && isLater(becameClearAt, instantOf(time))
      ? refuseField('becameClearAt', 'clear-in-future')
      : null;
  },
  history: ({ iopcTimes }: IopcTimeState) => iopcTimes,
  apply: ({ iopcTimes }: IopcTimeState, set, signed) => ({ iopcTimes: [...iopcTimes, { ...set, ...signed }] }),
});
