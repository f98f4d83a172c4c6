import { stands } from '../assessment-state.ts';
import type { Rule, RuleContext } from './rule.ts';

/*
 * A link or a rejection says only what a person judged. It moves nothing between cases, so that taking it back leaves
 * no trace but its own entries.
 */

/** The one that an entry recorded, unless its author knew that it was taken back. */
const known = <
  Each extends { readonly entry: string; readonly takenBack: readonly Parameters<RuleContext['knew']>[0][] },
>(
  list: readonly Each[],
  entry: string,
  { knew }: RuleContext,
): Each | undefined => list.find((each) => each.entry === entry && !each.takenBack.some(knew));

export const referralLinked: Rule<'referral.linked'> = (data, { state, assessment, knew }) => {
  if (data.case === state.id) return 'A referral cannot be linked to itself.';
  const linked = assessment.links.some((link) => link.case === data.case && knew(link) && stands(link));
  return linked ? 'These referrals are linked already.' : null;
};

export const referralUnlinked: Rule<'referral.unlinked'> = ({ link }, context) =>
  known(context.assessment.links, link, context) ? null : 'There is no such link, or it was taken back.';

export const matchRejected: Rule<'match.rejected'> = (data, { state, assessment, knew }) => {
  if (data.case === state.id) return 'A referral is no match of itself.';
  const rejected = assessment.rejections.some((each) => each.case === data.case && knew(each) && stands(each));
  return rejected ? 'This match is rejected already.' : null;
};

export const matchRestored: Rule<'match.restored'> = ({ rejection }, context) =>
  known(context.assessment.rejections, rejection, context) ? null : 'There is no such rejection, or it was taken back.';
