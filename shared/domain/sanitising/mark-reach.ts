import type { ExposurePattern } from './exposure-pattern.ts';
import { isWordPart } from './word-part.ts';

/* How far a mark reaches: to whole words, names and clauses. Places are UTF-16 units, end exclusive. */

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const joins = /['-]/;
/** Whether a word goes on across a place: "sister-in-law" and "O'Neill" are one. */
function goesOn(text: string, at: number): boolean {
  const [before, after] = [text[at - 1], text[at]];
  if (isWordPart(before) && isWordPart(after)) return true;
  if (before && joins.test(before)) return isWordPart(text[at - 2]) && isWordPart(after);
  return after !== undefined && joins.test(after) && isWordPart(before) && isWordPart(text[at + 1]);
}

function toWords(text: string, { start, end }: Stretch, from: number): Stretch {
  let [first, last] = [start, end];
  while (first > from && goesOn(text, first)) first -= 1;
  while (last < text.length && goesOn(text, last)) last += 1;
  return { start: first, end: last };
}

/** A name goes on while words with a capital follow, on the same line. */
const restOfName = /(?: {1,2}\p{Lu}[\p{L}'-]{0,40}){1,4}(?![\p{L}\p{N}])/uy;
const lastWord = /(?:^|[^\p{L}\p{N}'-])(\p{Lu}?)[\p{L}\p{N}'-]{1,40}$/u;
const named: readonly string[] = ['name', 'address', 'kinship', 'workplace', 'victim'];
/** Words that begin with a capital wherever they stand, and are no part of a name. */
const noName =
  /^ {1,2}(?:I|I'\p{L}{1,2}|PC|DC|PS|DS|DI|DCI|Sgt|PCSO|Mr|Mrs|Ms|Miss|Dr|Insp|Inspector|Sergeant|Constable)(?![\p{L}])/u;

function toName(text: string, stretch: Stretch, kind: string): Stretch {
  if (!named.includes(kind)) return stretch;
  const hasCapital = Boolean(lastWord.exec(text.slice(Math.max(stretch.start, stretch.end - 60), stretch.end))?.[1]);
  if (!hasCapital && kind !== 'kinship') return stretch;
  restOfName.lastIndex = stretch.end;
  const rest = restOfName.exec(text)?.[0] ?? '';
  return noName.test(rest) ? stretch : { ...stretch, end: stretch.end + rest.length };
}

const longestClause = 300;
const ends =
  /[.!?;:](?=\s|$)|[\n(),]|[–—]|\s-\s|\s(?:and|but|so|because|cos|then|until|till|while|who|which|when|if|where|ac|ond|felly|achos|oherwydd|nes|tan)\s/giu;
const abbreviation = /(?:^|\s)(?:St|Dr|Mr|Mrs|Ms|Sgt|Insp|Supt|Rd|No)$/u;

function endOfClause(text: string, end: number): number {
  const ahead = text.slice(end, end + longestClause);
  for (const { index } of ahead.matchAll(ends)) {
    if (!abbreviation.test(text.slice(Math.max(0, end + index - 6), end + index))) return end + index;
  }
  return end + (end + ahead.length === text.length ? ahead.length : Math.max(0, ahead.search(/\s\S*$/u)));
}

function startOfClause(text: string, start: number): number {
  const from = Math.max(0, start - longestClause);
  const last = [...text.slice(from, start).matchAll(ends)].at(-1);
  const at = last ? from + last.index + last[0].length : from;
  return at + (/^\s*/u.exec(text.slice(at, start))?.[0].length ?? 0);
}

/** @param from where the mark before ends: what it holds is not looked at again */
export function reachOf(
  text: string,
  found: Stretch,
  from: number,
  { reach, kind }: Omit<ExposurePattern, 'pattern'>,
): Stretch {
  const end = reach === 'words' ? found.end : endOfClause(text, found.end);
  const start = reach === 'clause' ? Math.max(from, startOfClause(text, found.start)) : found.start;
  const words = text.slice(start, end).trimEnd();
  return toName(text, toWords(text, { start: Math.min(start, found.start), end: start + words.length }, from), kind);
}
