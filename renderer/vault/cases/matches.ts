import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { warning, warnOnce } from '../findings.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Match } from '../vault-api.ts';
import { recordedAtOf } from './appearances.ts';
import { firstStream } from './case-index.ts';
import type { IndexedCase } from './case-rows.ts';
import { matchKeysOf } from './derived.ts';
import type { MatchItem } from './match-keys.ts';
import { createMatcher, type Match as Found, type Matcher } from './matcher.ts';

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
    add(vault, matcher, indexed);
    left -= 1;
    if (left > 0) continue;
    left = slice;
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** A case that the matcher cannot take in is named, and found by no other; the others are not affected. */
function add(vault: OpenVault, matcher: Matcher, indexed: IndexedCase): void {
  try {
    matcher.add(toItem(indexed));
  } catch {
    const { id, reference } = indexed.summary;
    warnOnce(vault.findings, warning('case-not-derived', null, { reference }, id));
  }
}

export function learn(vault: OpenVault, indexed: IndexedCase): void {
  const { matcher } = vault.matching;
  if (matcher && vault.cases.confirmed.has(indexed.summary.id)) add(vault, matcher, indexed);
}

/** A case that is not for this member any more, or that goes on in another stream. */
export function forget({ matching: { matcher } }: OpenVault, id: StreamId): void {
  matcher?.remove(id);
}

/** Other referrals that may concern the same subject or event, the nearest first. */
export function selectMatches(vault: OpenVault, state: CaseState): Match[] {
  const { id, referral, joined } = state;
  const { matcher } = vault.matching;
  const { reference, receivedAt } = referral;
  const item: MatchItem = { case: id, reference, receivedAt, subject: null, keys: matchKeysOf(state) };
  const found = matcher?.match(item, mostMatches) ?? [];
  // What a person says of one names it as it always was: by where it began.
  const began = (each: StreamId): StreamId => firstStream(vault.cases, each);
  return found
    .filter((match) => began(match.case) !== began(id))
    .filter((match) => !joined.some((each) => each.case === began(match.case)))
    .map((match) => ({ ...match, case: began(match.case), recordedAt: recordedAtOf(vault, match.case) }));
}

/** All that may match, the nearest first; none until the matcher is built. */
export const matchesOf = ({ matching: { matcher } }: OpenVault, indexed: IndexedCase): readonly Found[] =>
  matcher?.match(toItem(indexed), Number.POSITIVE_INFINITY) ?? [];
