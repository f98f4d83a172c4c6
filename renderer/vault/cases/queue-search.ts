import type { CaseSummary } from '#shared/domain/case/case-summary.ts';
import { type SoughtWord, searchedWords, soughtWords, toSearchText } from '#shared/domain/case/search-words.ts';
import {
  type IntelligenceCategory,
  intelligenceCategories,
} from '#shared/domain/classification/intelligence-categories.ts';
import { type PublicCategory, publicCategories } from '#shared/domain/report/public-categories.ts';

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
  /** Any of these begins a word of the case. */
  readonly begins: readonly string[];
  readonly reported: readonly PublicCategory[];
  readonly recorded: readonly IntelligenceCategory[];
}

const toWord = ({ word, together }: SoughtWord): Word => ({
  begins: [word, ...together].map((each) => ` ${each}`),
  reported: called(reported, word),
  recorded: called(recorded, word),
});

const has = ({ search, categories, assessed }: CaseSummary, { begins, reported, recorded }: Word): boolean =>
  begins.some((each) => search.includes(each)) ||
  (reported.length > 0 && categories.some((each) => reported.includes(each))) ||
  (recorded.length > 0 && (assessed?.categories.some((each) => recorded.includes(each)) ?? false));

/** Quick search: every word of `text` begins a word of the case, or of the name of a category of it. Keeps the order. */
export function selectMatching(cases: readonly CaseSummary[], text: string): readonly CaseSummary[] {
  const words = soughtWords(text).map(toWord);
  if (words.length === 0) return cases;
  return cases.filter((summary) => words.every((word) => has(summary, word)));
}
