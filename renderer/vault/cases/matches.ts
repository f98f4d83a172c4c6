import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Match } from '../vault-api.ts';
import { recordedAtOf } from './appearances.ts';
import type { IndexedCase } from './case-rows.ts';
import { type MatchItem, selectMatchKeys } from './match-keys.ts';
import { createMatcher, type Match as Found } from './matcher.ts';

const mostMatches = 20;

const toItem = ({ summary, keys }: IndexedCase): MatchItem => {
  const { id, reference, receivedAt, subject } = summary;
  return { case: id, reference, receivedAt, subject, keys };
};

/** Cases added at a time, about 25 ms of work: a keystroke must not wait longer. */
const slice = 1_000;

/** Built in slices once the queue is on screen; what comes in meanwhile, and afterwards, is added as it comes. */
export async function buildMatcher(vault: OpenVault): Promise<void> {
  const matcher = createMatcher();
  vault.matching.matcher = matcher;
  let left = slice;
  for (const indexed of [...vault.cases.confirmed.values()]) {
    matcher.add(toItem(indexed));
    left -= 1;
    if (left > 0) continue;
    left = slice;
    await new Promise((resolve) => setTimeout(resolve));
  }
}

export const learn = (vault: OpenVault, indexed: IndexedCase): void => vault.matching.matcher?.add(toItem(indexed));

/** Other referrals that may concern the same subject or event, the nearest first. */
export function selectMatches(vault: OpenVault, { id, referral }: CaseState): Match[] {
  const { matcher } = vault.matching;
  const { reference, receivedAt } = referral;
  const item: MatchItem = { case: id, reference, receivedAt, subject: null, keys: selectMatchKeys(referral) };
  const found = matcher?.match(item, mostMatches) ?? [];
  return found.map((match) => ({ ...match, recordedAt: recordedAtOf(vault, match.case) }));
}

/** All that may match, the nearest first; none until the matcher is built. */
export const matchesOf = ({ matching: { matcher } }: OpenVault, indexed: IndexedCase): readonly Found[] =>
  matcher?.match(toItem(indexed), Number.POSITIVE_INFINITY) ?? [];
