import { selectIopcDeadline } from '../iopc-clock.ts';
import { hasTwins, isLater, type Rule } from './rule.ts';

/**
 * SI 2020/2 reg 4, reg 7. Looks at the criteria and the instant only: no grade, no merits (Rose v GMP [2021] EWHC 875
 * (Admin)). Anyone who may assess may find a criterion met; that others disagree is for them to record.
 */
export const mandatoryReferral: Rule<'mandatoryReferral.assessed'> = (data, { at }) => {
  const { criteria, corruption, becameClearAt } = data;
  if (hasTwins(criteria) || hasTwins(corruption)) return 'A criterion is named twice.';
  if (corruption.length > 0 && !criteria.includes('seriousCorruption')) {
    return 'A kind of serious corruption is named, but the criterion is not chosen.';
  }
  if (criteria.length === 0) {
    return becameClearAt ? 'No criterion is met, so there is no time at which it became clear.' : null;
  }
  if (!becameClearAt) return 'Say when it became clear that this must be referred.';
  return isLater(becameClearAt, at) ? 'It cannot have become clear later than now.' : null;
};

const lateness: Rule<'iopc.referred'> = ({ sentAt, lateReason }, { assessment, knew }) => {
  const deadline = selectIopcDeadline(assessment, knew);
  if (!deadline) return 'Record first which criteria are met: the deadline follows from them.';
  if (isLater(sentAt, deadline.dueAt) && !lateReason) return 'It was sent after the deadline. Say why.';
  return null;
};

/** Police Reform Act 2002 Sch 3 paras 4 and 13; SI 2020/2 reg 4, reg 7. */
export const iopcReferred: Rule<'iopc.referred'> = (data, context) => {
  if (isLater(data.sentAt, context.at)) return 'It cannot have been sent later than now.';
  switch (data.kind) {
    case 'mandatory':
      return lateness(data, context);
    case 'voluntary':
      return data.why ? null : 'Say what gravity or exceptional circumstances call for a voluntary referral.';
    case 'renotification':
      if (!context.assessment.iopc.some(context.knew)) return 'Nothing was referred to the IOPC before.';
      return data.why ? null : 'Say which later facts change what the IOPC was told.';
  }
};

export const iopcAnswered: Rule<'iopc.answered'> = ({ referral, answeredAt }, { assessment, at }) => {
  const answered = assessment.iopc.find(({ entry }) => entry === referral);
  if (!answered) return 'This case has no such referral to the IOPC.';
  if (isLater(answered.sentAt, answeredAt)) return 'The IOPC cannot have answered before it was asked.';
  return isLater(answeredAt, at) ? 'The IOPC cannot have answered later than now.' : null;
};
