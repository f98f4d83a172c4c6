import { z } from 'zod';
import { refuse, refuseField } from '#shared/kernel/refusal.ts';
import { instantOf, type RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { instant, isLater, reasons } from '../event/fields.ts';
import type { History } from '../event/history.ts';
import { type MatterState, selectSubjectRanks } from '../misconduct/matter-classified.ts';
import { mayDecideOn, type SubjectRankId, subjectRanks } from '../misconduct/subject-ranks.ts';
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

/** Until the matter is classified, whoever may decide about most. */
const unclassified: readonly SubjectRankId[] = ['other'];

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
    { case: state, time, actor, ranks, knew }: RuleContext<IopcTimeState & MatterState & Pick<Tested, 'sentWith'>>,
  ) => {
    if (!state.sentWith) return refuse('no-test-sent');
    const grade = actor ? ranks[actor.id] : undefined;
    const concerned = selectSubjectRanks(state, knew);
    const beyond = (concerned.length > 0 ? concerned : unclassified).find((rank) => !mayDecideOn(rank, grade));
    if (beyond) {
      const { delegatedTo } = subjectRanks[beyond];
      return refuse('time-by-authority', delegatedTo ? { rank: delegatedTo } : {});
    }
    return becameClearAt && isLater(becameClearAt, instantOf(time))
      ? refuseField('becameClearAt', 'clear-in-future')
      : null;
  },
  history: ({ iopcTimes }: IopcTimeState) => iopcTimes,
  apply: ({ iopcTimes }: IopcTimeState, set, signed) => ({ iopcTimes: [...iopcTimes, { ...set, ...signed }] }),
});
