import { type Cited, idsOf } from '#shared/kernel/cited.ts';
import { refuseField } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { type History, selectCurrent } from '../event/history.ts';
import { mayDecideOn, type SubjectRankId, subjectRanks } from './subject-ranks.ts';

/*
 * In what capacity somebody says what kind of matter it is, or how serious:
 *
 *   nothing --provisional--> provisional --delegate, investigator--> decided --delegate, investigator--> decided
 *      '--------------------delegate, investigator---------------------^
 */

export const capacities = {
  delegate: {
    label: 'For the appropriate authority',
    means: 'You decide for it, and your rank or grade allows that.',
    source: 'SI 2020/2 reg 46(1), reg 46(3) as made: not where your impartiality could reasonably be doubted',
    standing: 'found',
  },
  investigator: {
    label: 'As the investigator',
    means: 'You were appointed to investigate this matter. Say by whom.',
    source: 'SI 2020/2 reg 16 (severity); for the type of a matter: local practice',
    standing: 'unsure',
  },
  provisional: {
    label: 'Provisional',
    means: 'Neither: a view to work by, until one who may decide records it.',
    source: 'Local practice: an analyst decides neither type nor severity',
    standing: 'unsure',
  },
} as const satisfies Record<string, Cited & { means: string }>;

export type Capacity = keyof typeof capacities;
export const capacityIds = idsOf<Capacity>(capacities);

interface Said {
  readonly capacity: Capacity;
  readonly subjectRank: SubjectRankId;
  readonly authority: string | null;
}
type Judged = History<{ readonly capacity: Capacity }>;

export const isProvisional = ({ capacity }: Pick<Said, 'capacity'>): boolean => capacity === 'provisional';

/** Why it may not be said in that capacity; `before` is all that was recorded of the same. */
export function refuseCapacity(
  { capacity, subjectRank, authority }: Said,
  before: Judged,
  { actor, ranks, knew }: Pick<RuleContext<unknown>, 'actor' | 'ranks' | 'knew'>,
) {
  if (capacity === 'investigator') return authority ? null : refuseField('authority', 'appointed-by-whom');
  if (capacity === 'provisional') {
    // A view to work by never takes the place of a decision.
    const decided = selectCurrent(before, knew).some((each) => !isProvisional(each));
    return decided ? refuseField('capacity', 'decided-already') : null;
  }
  if (mayDecideOn(subjectRank, actor ? ranks[actor.id] : undefined)) return null;
  const { delegatedTo } = subjectRanks[subjectRank];
  return delegatedTo
    ? refuseField('capacity', 'grade-too-low', { rank: delegatedTo })
    : refuseField('capacity', 'for-policing-body');
}
