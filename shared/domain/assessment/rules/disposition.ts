import { may, whoMay } from '../../unit/roles.ts';
import type { Outcome } from '../disposition-schema.ts';
import { isSuspectedFalse } from '../grading.ts';
import { isIopcOwed } from '../iopc-clock.ts';
import { londonDate } from '../london-time.ts';
import { dispositions } from '../tables/dispositions.ts';
import { hasTwins, type Rule, type RuleContext } from './rule.ts';

/** The order that is law: life first (ECHR Art 2), then the duty to refer (SI 2020/2 reg 4, reg 7), then the outcome. */
function outOfOrder({ kind }: Outcome, { assessment, knew }: RuleContext): string | null {
  if (kind === 'safeguard') return null;
  if (!assessment.risk.some(knew)) return 'Record first whether anyone is at risk now.';
  if (!assessment.mandatory.some(knew)) return 'Record first whether this must be referred to the IOPC.';
  if (dispositions[kind].closes && isIopcOwed(assessment, knew)) {
    return 'This must be referred to the IOPC before it can be closed.';
  }
  return null;
}

/** Never for the merely mistaken or unsubstantiated: every item named is graded E with reasons. */
function malicious(items: readonly string[], { assessment, knew, role }: RuleContext): string | null {
  if (!role || !may(role, 'findMalicious')) return `Only ${whoMay('findMalicious')} can find a referral malicious.`;
  if (hasTwins(items)) return 'An item is named twice.';
  const named = assessment.items.filter((item) => items.includes(item.entry) && !item.takenBack.some(knew));
  if (named.length < items.length) return 'There is no such item, or it was withdrawn.';
  return named.every((item) => isSuspectedFalse(item, knew))
    ? null
    : 'Suspected malicious needs each item it rests on graded E, with reasons.';
}

function incomplete(outcome: Outcome, context: RuleContext): string | null {
  switch (outcome.kind) {
    case 'record':
      return outcome.reviewOn > londonDate(context.at) ? null : 'The review must be on a later day than today.';
    case 'otherForce':
      return outcome.force === context.state.referral.report.force ? 'The referral is with this force already.' : null;
    case 'suspectedMalicious':
      return malicious(outcome.items, context);
    default:
      return null;
  }
}

export const dispositionRecorded: Rule<'disposition.recorded'> = ({ outcome, options }, context) => {
  const refusal = outOfOrder(outcome, context) ?? incomplete(outcome, context);
  if (refusal) return refusal;
  return dispositions[outcome.kind].weighsOptions && options.length === 0
    ? 'Say which other option you considered, and why not.'
    : null;
};

export const transferAnswered: Rule<'transfer.answered'> = ({ disposition, answer, why }, { assessment }) => {
  const sent = assessment.dispositions.find(({ entry }) => entry === disposition);
  if (sent?.outcome.kind !== 'otherForce') return 'This case was not sent to another force by that entry.';
  return answer === 'sentBack' && !why ? 'Say why it was sent back.' : null;
};
