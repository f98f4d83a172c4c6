/**
 * The matcher of repeat and duplicate referrals: which others may concern the same subject or event, and why. It holds
 * what identifies people, so it lives in the vault's memory only, and is gone when the vault locks. It decides nothing:
 * a person links, merges or rejects.
 */
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Match as Offered } from '../vault-api.ts';
import { type CandidatesOf, selectCandidates } from './match-candidates.ts';
import { type Compared, compare, createMatchIndex } from './match-index.ts';
import { type MatchItem, selectTypedKeys } from './match-keys.ts';
import { ask } from './match-person.ts';
import { selectRepeats } from './match-repeats.ts';
import { type Asked, weigh } from './match-score.ts';
import type { Likeness } from './match-terms.ts';
import { leastScore } from './match-weights.ts';

/** Its score is 0 to 1: roughly how likely it is that both concern one person or event. */
export type Match = Omit<Offered, 'recordedAt'>;

export interface Matcher {
  /** A case added again replaces what was there of it. */
  add(item: MatchItem): void;
  remove(id: StreamId): void;
  /** Best first; the item's own case is never among them, whether it was added or not. */
  match(item: MatchItem, limit: number): Match[];
  /** For a name, collar number, registration or telephone number that someone types; the score only orders. */
  find(typed: string, limit: number): Match[];
  /** Names that somebody may have meant who typed a word that nothing is called. */
  namesLike(word: string): readonly string[];
  /** Other cases with a subject of the same name or collar number. */
  repeatsOf(id: StreamId): readonly StreamId[];
  /** Cases vault, and what they are filed under: no keys when there are no cases. */
  readonly counts: { readonly cases: number; readonly keys: number };
}

const nobody = { case: '' as StreamId, reference: '', receivedAt: '', subject: null };

export function createMatcher(candidatesOf: CandidatesOf = selectCandidates): Matcher {
  const index = createMatchIndex();

  const rank = (asked: Asked, least: number, limit: number): Match[] => {
    const own = index.slotOf(asked.item.case);
    const matches: Match[] = [];
    for (const slot of candidatesOf(asked, index)) {
      const other = slot === own ? undefined : index.at(slot);
      if (!other) continue;
      const { score, reasons } = weigh(asked, other, index);
      if (score >= least && reasons.length > 0) matches.push({ ...other.item, reasons, score });
    }
    return matches.sort(bestFirst).slice(0, limit);
  };
  const toAsked = (compared: Compared, unfinished: boolean): Asked => ({
    ...compared,
    subjects: compared.subjects.map((subject) => ask(subject, index, unfinished)),
  });

  return {
    add: index.add,
    remove: index.remove,
    match: (item, limit) => rank(toAsked(compare(item), false), leastScore, limit),
    find: (typed, limit) => rank(toAsked(compare({ ...nobody, keys: selectTypedKeys(typed) }), true), 0, limit),
    namesLike(word) {
      const names = [index.surnames, index.givens].flatMap((terms) => [...terms.like(word)]);
      return [...new Set(names.flatMap(([name, likeness]) => (isMeant(likeness) ? [name] : [])))];
    },
    repeatsOf(id) {
      const slot = index.slotOf(id);
      if (slot === undefined) return [];
      return [...selectRepeats(slot, index)].flatMap((other) => index.at(other)?.item.case ?? []);
    },
    get counts() {
      return { cases: index.size, keys: index.keys() };
    },
  };
}

/** A word that is far from it is another one. */
const isMeant = (likeness: Likeness): boolean => likeness === 'near' || likeness === 'sounds';

/** The likeliest, then the newest. */
function bestFirst(one: Match, other: Match): number {
  if (one.score !== other.score) return other.score - one.score;
  return one.receivedAt < other.receivedAt ? 1 : -1;
}
