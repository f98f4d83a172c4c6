import type { CaseSummary } from '#shared/domain/case/case-summary.ts';
import { type SoughtWord, searchedWords, soughtWords, toSearchText } from '#shared/domain/case/search-words.ts';
import {
  type IntelligenceCategory,
  intelligenceCategories,
} from '#shared/domain/classification/intelligence-categories.ts';
import { type PublicCategory, publicCategories } from '#shared/domain/report/public-categories.ts';
import { lookOf } from '#shared/kernel/folded-text.ts';
import { type FindWord, type SearchIndex, wordFinder } from './search-index.ts';

/** A shorter word ("of") names a category only if it is whole: as a beginning it would mean nearly each of them. */
const fewestLetters = 3;

type Named<Id extends string> = readonly (readonly [id: Id, text: string])[];
const named = <Id extends string>(table: Readonly<Record<Id, { label: string; short: string }>>): Named<Id> =>
  (Object.keys(table) as Id[]).map((id) => [
    id,
    `${toSearchText(searchedWords(`${table[id].label} ${table[id].short}`))} `,
  ]);

/** The names of categories are searched here rather than in each summary, where 50,000 copies would take room. */
const reported = named<PublicCategory>(publicCategories);
const recorded = named<IntelligenceCategory>(intelligenceCategories);

function called<Id extends string>(categories: Named<Id>, word: string): readonly Id[] {
  const sought = word.length < fewestLetters ? ` ${word} ` : ` ${word}`;
  return categories.flatMap(([id, text]) => (text.includes(sought) ? [id] : []));
}

interface Word {
  /** Any of these begins a word of the row of a case. */
  readonly begins: readonly string[];
  /** Marks of the cases that say it. */
  readonly marks: Uint8Array | null;
  readonly reported: readonly PublicCategory[];
  readonly recorded: readonly IntelligenceCategory[];
}

/** Where quick search looks, and what it takes for what is meant where nothing is written so. */
export interface Searching {
  readonly index: SearchIndex;
  readonly alike: (word: string) => readonly string[];
}

function marksOf(sought: SoughtWord, find: FindWord, alike: Searching['alike']): Uint8Array | null {
  const marks = find(sought);
  if (marks) return marks;
  const [first, ...others] = alike(sought.word);
  return first === undefined ? null : find({ word: first, together: others });
}

const nameCategory = ({ reported, recorded }: Pick<Word, 'reported' | 'recorded'>): boolean =>
  reported.length + recorded.length > 0;

function toWord(sought: SoughtWord, find: FindWord, { index, alike }: Searching): Word {
  const { word, together } = sought;
  const categories = { reported: called(reported, word), recorded: called(recorded, word) };
  // What is the name of a category is no misspelt name of a person.
  const meant = nameCategory(categories) ? () => [] : alike;
  return {
    begins: [word, ...together].map((each) => ` ${each}`),
    marks: index.ready ? marksOf(sought, find, meant) : null,
    ...categories,
  };
}

/** @param place of the case among the marks; absent while it is not in the index */
function has({ search, outside, categories, assessed }: CaseSummary, place: number | undefined, word: Word): boolean {
  const { begins, marks, reported, recorded } = word;
  if (place === undefined ? begins.some((each) => search.includes(each)) : marks?.[place] === 1) return true;
  if (outside && begins.some((each) => outside.includes(each))) return true;
  if (reported.length > 0 && categories.some((each) => reported.includes(each))) return true;
  return recorded.length > 0 && (assessed?.categories.some((each) => recorded.includes(each)) ?? false);
}

/** Marks of the cases that have all words which name no category: nearly always all that there is to ask. */
function marksOfAll(words: readonly Word[], { size }: SearchIndex): Uint8Array {
  const all = new Uint8Array(size).fill(1);
  for (const { marks } of words) {
    if (!marks) return all.fill(0);
    for (let at = 0; at < size; at += 1) (all[at] as number) &= marks[at] as number;
  }
  return all;
}

/** Of a list that is searched at each keystroke, once for as long as neither it nor the index changes. */
const known = new WeakMap<readonly CaseSummary[], { version: number; list: readonly (number | undefined)[] }>();
function placesOf(cases: readonly CaseSummary[], index: SearchIndex): readonly (number | undefined)[] {
  const before = known.get(cases);
  if (before?.version === index.version) return before.list;
  const list = cases.map(({ id }) => index.places.get(id));
  known.set(cases, { version: index.version, list });
  return list;
}

/**
 * Quick search: every word of `text` begins a word of the case, or of the name of a category of it. Keeps the order. Until the
 * index is ready, it looks in what the queue shows.
 */
export function selectMatching(
  cases: readonly CaseSummary[],
  text: string,
  searching: Searching,
): readonly CaseSummary[] {
  const { index } = searching;
  const find = wordFinder(index);
  const words = soughtWords(text).map((word) => toWord(word, find, searching));
  if (words.length === 0) return cases;
  // A reference of another system, in however many parts it is written.
  const whole = ` ${lookOf(text)}`;
  const isNamed = ({ outside }: CaseSummary): boolean => outside?.includes(whole) ?? false;
  const hasAll = (summary: CaseSummary, place: number | undefined): boolean =>
    isNamed(summary) || words.every((word) => has(summary, place, word));
  if (!index.ready) return cases.filter((summary) => hasAll(summary, undefined));
  const ofCategories = words.filter(nameCategory);
  const marks = marksOfAll(
    words.filter((word) => !nameCategory(word)),
    index,
  );
  const places = placesOf(cases, index);
  return cases.filter((summary, at) => {
    const place = places[at];
    // These are in no index, so that they are found as soon as they are recorded: few cases have any.
    if (summary.outside) return hasAll(summary, place);
    if (place !== undefined && marks[place] === 0) return false;
    const asked = place === undefined ? words : ofCategories;
    return asked.length === 0 || asked.every((word) => has(summary, place, word));
  });
}
