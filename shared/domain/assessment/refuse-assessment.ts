import type { Actor } from '../case/actor.ts';
import type { AssessmentEvent, CaseState } from '../case/case-state.ts';
import type { Knew } from '../case/signed.ts';
import { may, whoMay } from '../unit/roles.ts';
import { assessmentOf } from './assessment-of.ts';
import { categoriesRecorded, standardsRecorded } from './rules/categories.ts';
import { dispositionRecorded, transferAnswered } from './rules/disposition.ts';
import { itemGraded } from './rules/grading.ts';
import { itemRecorded, itemWithdrawn, provenanceRecorded } from './rules/items.ts';
import { matchRejected, matchRestored, referralLinked, referralUnlinked } from './rules/links.ts';
import { iopcAnswered, iopcReferred, mandatoryReferral } from './rules/mandatory-referral.ts';
import { notification, risk } from './rules/risk.ts';
import type { Rule, RuleContext } from './rules/rule.ts';
import { attachmentSanitised } from './rules/sanitised-copies.ts';
import { sanitisedRecorded } from './rules/sanitising.ts';

/** One rule for each event, so that the compiler misses none. */
type Rules = { readonly [Type in AssessmentEvent['type']]: Rule<Type> };

/** The schema alone says what is required. */
const nothingMore = () => null;

const rules: Rules = {
  'risk.assessed': risk,
  'mandatoryReferral.assessed': mandatoryReferral,
  'iopc.referred': iopcReferred,
  'iopc.answered': iopcAnswered,
  'matter.classified': nothingMore,
  'severity.assessed': nothingMore,
  'notification.set': notification,
  'item.recorded': itemRecorded,
  'provenance.recorded': provenanceRecorded,
  'item.graded': itemGraded,
  'item.withdrawn': itemWithdrawn,
  'categories.recorded': categoriesRecorded,
  'standards.recorded': standardsRecorded,
  'harm.assessed': nothingMore,
  'priority.overridden': nothingMore,
  'sanitised.recorded': sanitisedRecorded,
  'attachment.sanitised': attachmentSanitised,
  'disposition.recorded': dispositionRecorded,
  'transfer.answered': transferAnswered,
  'referral.linked': referralLinked,
  'referral.unlinked': referralUnlinked,
  'match.rejected': matchRejected,
  'match.restored': matchRestored,
};

/** Why the event may not happen to this assessment; null when it may. Asked before signing and by every replica. */
export function refusalOfAssessment(state: CaseState, event: AssessmentEvent, actor: Actor, knew: Knew): string | null {
  // The endpoint only passes on what the other unit answered.
  if (!actor && event.type !== 'transfer.answered') return 'The central endpoint cannot work on cases.';
  if (actor && !may(actor.role, 'assess')) return `Only ${whoMay('assess')} can assess a case.`;
  const rule = rules[event.type] as (data: AssessmentEvent['data'], context: RuleContext) => string | null;
  return rule(event.data, { state, assessment: assessmentOf(state), role: actor?.role ?? null, at: event.at, knew });
}
