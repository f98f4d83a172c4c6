import { selectCurrent } from '../../case/history.ts';
import { gone, standingItem } from './items.ts';
import type { Rule } from './rule.ts';

type Grading = Rule<'item.graded'>;

/** College APP: B is corroborated independently, never by what has the same origin. */
const corroboration: Grading = ({ assessment, corroboratedBy }, { state, assessment: { links }, knew }) => {
  if (assessment !== 'B') return null;
  if (corroboratedBy.length === 0) return 'Assessment B needs a link to what corroborates it.';
  const sameReport = links.filter((link) => link.kind === 'duplicate' && !link.takenBack.some(knew)).filter(knew);
  const sameOrigin = [state.id, ...sameReport.map((link) => link.case)];
  if (corroboratedBy.some((by) => by.kind !== 'record' && sameOrigin.includes(by.case))) {
    return 'What has the same origin corroborates nothing: link another referral, or a record.';
  }
  return null;
};

/** College APP: 3 and E need who judged so, and why. */
const judgement: Grading = ({ source, assessment, judgedBy, why }) => {
  if (source !== '3' && assessment !== 'E') return null;
  const grade = source === '3' ? 'Source 3' : 'Assessment E';
  return judgedBy && why ? null : `${grade} needs who judged so, and why.`;
};

const conditions: Grading = (data) =>
  data.handling === 'P' && data.conditions ? 'Handling P has no conditions. Choose C, or leave them out.' : null;

const regrade: Grading = ({ item, why }, context) => {
  const graded = standingItem(item, context);
  if (!graded) return gone;
  return !why && selectCurrent(graded.grades, context.knew).length > 0 ? 'Regrading needs a reason.' : null;
};

const gradingRules: readonly Grading[] = [regrade, corroboration, judgement, conditions];

export const itemGraded: Grading = (data, context) => {
  for (const rule of gradingRules) {
    const refusal = rule(data, context);
    if (refusal) return refusal;
  }
  return null;
};
