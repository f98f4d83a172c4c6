import { doubleMetaphone } from 'double-metaphone';
import SearchableMap from 'minisearch/SearchableMap';

/** How near a term is to the one asked for, nearest first. */
export const likenesses = ['same', 'sounds', 'near', 'begins', 'far'] as const;
export type Likeness = (typeof likenesses)[number];

/** Where each key occurs: slots of cases, one for each occurrence. */
export interface Postings {
  add(key: string, slot: number): void;
  remove(key: string, slot: number): void;
  slots(key: string): readonly number[];
  /** Keys that occur. */
  keys(): number;
}

const none: readonly number[] = [];

/** Takes out one occurrence. @returns whether any is left */
function takeOut(slots: number[], slot: number): boolean {
  const at = slots.indexOf(slot);
  const last = slots.at(-1);
  if (at >= 0 && last !== undefined) {
    slots[at] = last;
    slots.pop();
  }
  return slots.length > 0;
}

export function createPostings(): Postings {
  const map = new Map<string, number[]>();
  return {
    add(key, slot) {
      const slots = map.get(key);
      if (slots) slots.push(slot);
      else map.set(key, [slot]);
    },
    remove(key, slot) {
      const slots = map.get(key);
      if (slots && !takeOut(slots, slot)) map.delete(key);
    },
    slots: (key) => map.get(key) ?? none,
    keys: () => map.size,
  };
}

/** Postings of words that are often misspelt: also finds those that look or sound alike. */
export interface Terms extends Postings {
  /** @param unfinished whether the term is still being typed */
  like(term: string, unfinished?: boolean): ReadonlyMap<string, Likeness>;
}

/** Letters that may differ: a swap of neighbours counts as two. */
const mostEdits = (term: string): number => (term.length < 4 ? 0 : term.length < 5 ? 1 : 2);
const leastToSound = 4;
/** Shorter codes are those of words that look nothing alike. */
const leastSound = 3;
const leastToBegin = 3;

export function createTerms(): Terms {
  const terms = new SearchableMap<number[]>();
  const bySound = new Map<string, Set<string>>();
  const soundsOf = (term: string): ReadonlySet<string> =>
    new Set(term.length < leastToSound ? [] : doubleMetaphone(term).filter((code) => code.length > 1));

  const forget = (term: string) => {
    terms.delete(term);
    for (const code of soundsOf(term)) {
      const alike = bySound.get(code);
      alike?.delete(term);
      if (alike?.size === 0) bySound.delete(code);
    }
  };
  return {
    add(term, slot) {
      const slots = terms.get(term);
      if (slots) {
        slots.push(slot);
        return;
      }
      terms.set(term, [slot]);
      for (const code of soundsOf(term)) bySound.set(code, (bySound.get(code) ?? new Set()).add(term));
    },
    remove(term, slot) {
      const slots = terms.get(term);
      if (slots && !takeOut(slots, slot)) forget(term);
    },
    slots: (term) => terms.get(term) ?? none,
    keys: () => terms.size,
    like(term, unfinished = false) {
      // Later entries stand over earlier ones: from the weakest likeness to the strongest.
      const like = new Map<string, Likeness>();
      if (unfinished && term.length >= leastToBegin)
        for (const key of terms.atPrefix(term).keys()) like.set(key, 'begins');
      addLooks(like, terms.fuzzyGet(term, mostEdits(term)));
      for (const code of soundsOf(term)) addSounds(like, bySound.get(code) ?? [], code.length >= leastSound);
      if (terms.has(term)) like.set(term, 'same');
      return like;
    },
  };
}

function addLooks(like: Map<string, Likeness>, found: ReadonlyMap<string, readonly [unknown, number]>): void {
  for (const [key, [, edits]] of found) {
    if (edits <= 1) like.set(key, 'near');
    else if (!like.has(key)) like.set(key, 'far');
  }
}

/** @param telling whether to sound alike says something where the spelling does not */
function addSounds(like: Map<string, Likeness>, keys: Iterable<string>, telling: boolean): void {
  for (const key of keys) {
    const looks = like.get(key);
    if (looks === 'near' || looks === 'far') like.set(key, 'sounds');
    else if (telling && !looks) like.set(key, 'far');
  }
}
