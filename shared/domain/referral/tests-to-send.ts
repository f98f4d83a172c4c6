import { selectCurrent } from '../event/history.ts';
import type { MandatoryState } from '../iopc/mandatory-referral-assessed.ts';
import type { ReferralState } from './referral.ts';
import { mostTestsSent, type SentTest } from './sent-with.ts';

type Tested = MandatoryState &
  Pick<ReferralState, 'sentWith'> & { readonly referral: NonNullable<ReferralState['referral']> };

/**
 * What came with the case, then the own tests that stand. Of too many the newest go, and always the one by which it became
 * clear first: the clock there runs from it. A time that this force set for itself is no test.
 */
export function selectTestsToSend({ referral, mandatory, sentWith }: Tested): SentTest[] {
  const { force } = referral.report;
  const own = selectCurrent(mandatory).map(({ criteria, becameClearAt, rationale, at }) => ({
    ...{ force, criteria, becameClearAt, rationale, at },
  }));
  const all: SentTest[] = [...(sentWith?.tests ?? []), ...own];
  const newest = all.slice(-mostTestsSent);
  const [first] = all
    .filter(({ becameClearAt }) => becameClearAt !== null)
    .sort((one, other) => Date.parse(one.becameClearAt ?? '') - Date.parse(other.becameClearAt ?? ''));
  return !first || newest.includes(first) ? newest : [first, ...newest.slice(1)];
}
