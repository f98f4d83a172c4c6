import { z } from 'zod';
import { refuse, refuseField } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { entryIdSchema } from '../event/fields.ts';
import { selectCurrent } from '../event/history.ts';
import { changeIn, findKnown } from '../event/revocable.ts';
import type { LinkState } from '../links/referral-linked.ts';
import { type InStreams, isOwnStream, type ReferralState } from '../referral/referral.ts';
import { isAnonymous } from '../report/report.ts';
import { type Grade, gradeSchema, gradesUp } from './grading-scales.ts';
import type { ItemState } from './item-recorded.ts';

const data = z.strictObject({ item: entryIdSchema, ...gradeSchema.shape });

type Context = RuleContext<ItemState & LinkState & InStreams & ReferralState>;

function refuseRegrade({ item, why }: z.output<typeof data>, { case: { items }, knew }: Context) {
  const graded = findKnown(items, item, knew);
  if (!graded) return refuse('no-such-item');
  return !why && selectCurrent(graded.grades, knew).length > 0 ? refuseField('why', 'regrade-without-reason') : null;
}

/** College APP: B is corroborated independently, never by what has the same origin. */
function refuseCorroboration({ assessment, corroboratedBy }: Grade, { case: state, knew }: Context) {
  if (assessment !== 'B') return null;
  if (corroboratedBy.length === 0) return refuseField('corroboratedBy', 'corroboration-missing');
  const duplicates = state.links.filter((link) => link.kind === 'duplicate' && !link.takenBack.some(knew)).filter(knew);
  const isOfSameOrigin = corroboratedBy.some(
    (by) => by.kind !== 'record' && (isOwnStream(state, by.case) || duplicates.some((link) => link.case === by.case)),
  );
  return isOfSameOrigin ? refuseField('corroboratedBy', 'corroboration-of-same-origin') : null;
}

/** College APP: 3 and E need who judged so, and why. */
function refuseJudgement({ source, assessment, judgedBy, why }: Grade) {
  if (source !== '3' && assessment !== 'E') return null;
  const grade = source === '3' ? 'source3' : 'assessmentE';
  if (!judgedBy) return refuseField('judgedBy', 'judgement-missing', { grade });
  return why ? null : refuseField('why', 'judgement-missing', { grade });
}

/** A source whom nobody here can know has hardly proved reliable, nor is it known what they saw: say why all the same. */
function refuseAnonymous({ source, assessment, why }: Grade, { case: { referral } }: Context) {
  if (why || !gradesUp({ source, assessment }) || !isAnonymous(referral.report)) return null;
  return refuseField('why', 'anonymous-without-reason', { grade: source === '1' ? 'source1' : 'assessmentA' });
}

/** (d) A 3x5x2 grade of one item. A second one needs a reason: nobody regrades in silence. */
export const itemGraded = defineCaseEvent('item.graded', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  rule: (grade, context: Context) =>
    refuseRegrade(grade, context) ??
    refuseCorroboration(grade, context) ??
    refuseJudgement(grade) ??
    refuseAnonymous(grade, context) ??
    (grade.handling === 'P' && grade.conditions ? refuseField('conditions', 'conditions-of-p') : null),
  history: ({ items }: ItemState, { item }) => items.find(({ entry }) => entry === item)?.grades ?? [],
  apply: ({ items }: ItemState, { item, ...grade }, signed) => ({
    items: changeIn(items, item, (each) => ({ ...each, grades: [...each.grades, { ...grade, ...signed }] })),
  }),
});
