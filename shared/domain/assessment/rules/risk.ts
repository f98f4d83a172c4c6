import { londonDate } from '../london-time.ts';
import type { Rule } from './rule.ts';

/** ECHR Art 2 and 3 (Osman): who is at risk now must be said, and what is done about it. */
export const risk: Rule<'risk.assessed'> = ({ atRiskNow, people }) =>
  atRiskNow === 'yes' && people.length === 0 ? 'Say who is at risk, and what is done about it.' : null;

/** SI 2020/2 reg 17: notice may be delayed where it would prejudice; the delay is looked at again. */
export const notification: Rule<'notification.set'> = ({ doNotNotify, reviewOn }, { at }) => {
  if (!doNotNotify) return null;
  if (!reviewOn) return 'Say when not notifying the subject is looked at again.';
  return reviewOn <= londonDate(at) ? 'The review must be on a later day than today.' : null;
};
