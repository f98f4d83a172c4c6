import { type CaseSummary, searchText, searchWords } from '#shared/domain/case/case-summary.ts';
import {
  type IntelligenceCategory,
  intelligenceCategories,
} from '#shared/domain/classification/intelligence-categories.ts';
import { type PublicCategory, publicCategories } from '#shared/domain/report/public-categories.ts';

/** A shorter word ("of") names a category only if it is whole: as a beginning it would mean nearly each of them. */
const fewestLetters = 3;

type Named<Id extends string> = readonly (readonly [id: Id, text: string])[];
const named = <Id extends string>(table: Readonly<Record<Id, { label: string; short: string }>>): Named<Id> =>
  (Object.keys(table) as Id[]).map((id) => [id, `${searchText(`${table[id].label} ${table[id].short}`)} `]);

/** The names of categories are searched here rather than in each summary, where 50,000 copies would take room. */
const reported = named<PublicCategory>(publicCategories);
const recorded = named<IntelligenceCategory>(intelligenceCategories);

function called<Id extends string>(categories: Named<Id>, word: string): readonly Id[] {
  const sought = word.trim().length < fewestLetters ? `${word} ` : word;
  return categories.flatMap(([id, text]) => (text.includes(sought) ? [id] : []));
}

interface Word {
  readonly word: string;
  readonly reported: readonly PublicCategory[];
  readonly recorded: readonly IntelligenceCategory[];
}

const toWord = (word: string): Word => ({ word, reported: called(reported, word), recorded: called(recorded, word) });

const has = ({ search, categories, assessed }: CaseSummary, { word, reported, recorded }: Word): boolean =>
  search.includes(word) ||
  (reported.length > 0 && categories.some((each) => reported.includes(each))) ||
  (recorded.length > 0 && (assessed?.categories.some((each) => recorded.includes(each)) ?? false));

/** Quick search: every word of `text` begins a word of the case, or of the name of a category of it. Keeps the order. */
export function selectMatching(cases: readonly CaseSummary[], text: string): readonly CaseSummary[] {
  const words = searchWords(text).map(toWord);
  if (words.length === 0) return cases;
  return cases.filter((summary) => words.every((word) => has(summary, word)));
}
