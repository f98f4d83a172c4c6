import { evenText, foldText } from '#shared/kernel/folded-text.ts';
import type { Referral } from '../referral/referral.ts';
import { findNumbers, withNumbersJoined } from '../report/identifying-numbers.ts';
import { type Report, type Subject, subjectKinds } from '../report/report.ts';

/*
 * The words by which a case is found, and those of whoever looks for it: the one place that says when two are the same. A word
 * is found by its beginning.
 */

const split = (text: string): readonly string[] => foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Words that apostrophes, dashes or dots join: "O'Neill", "Mary-Ann", "PA-000123". Patterns of one class: none can run long. */
const compounds = /[\p{L}\p{N}'.-]+/gu;
function joinedIn(text: string): readonly string[] {
  const joined = (foldText(text).match(compounds) ?? []).map((each) => each.split(/['.-]+/u).filter(Boolean));
  return joined.flatMap((parts) => (parts.length > 1 ? [parts.join('')] : []));
}

const halves = (plate: string): readonly string[] => [plate, plate.slice(0, 4), plate.slice(4)];

/** Each word, what is written together as one word besides, and numbers in the one form in which they are compared. */
export function searchedWords(text: string): readonly string[] {
  const { telephones, plates, postcodes } = findNumbers(text);
  const numbers = [...telephones, ...plates.flatMap(halves), ...postcodes.flatMap((each) => [each, each.slice(0, -3)])];
  return [...split(text), ...joinedIn(text), ...numbers.map((each) => each.toLowerCase())];
}

/** At most as many words as these are written together: "van der Berg". */
const mostTogether = 3;

/** Neighbours from a word on, written together: two, and three. */
const runsFrom = (words: readonly string[], at: number): readonly string[] =>
  words.slice(at + 1, at + mostTogether).map((_, more) => words.slice(at, at + more + 2).join(''));

/** Of a name or a vehicle: neighbours are one word as well, for "Mary Ann", "Mc Andie" and "M123 ABC" are also written as such. */
export function searchedName(name: string): readonly string[] {
  const words = split(name);
  return [...searchedWords(name), ...words.flatMap((_, at) => runsFrom(words, at))];
}

const wordsAndGaps = /[\p{L}\p{N}']+|[^\p{L}\p{N}']+/gu;
const isCapital = /^\p{Lu}/u;

/** Words that begin with capitals and stand together may be a name. */
function namesIn(text: string): readonly string[] {
  const names: string[][] = [[]];
  for (const [part] of text.matchAll(wordsAndGaps)) {
    if (isCapital.test(part)) names.at(-1)?.push(part);
    else if (part !== ' ') names.push([]);
  }
  return names.flatMap((words) => (words.length > 1 ? [words.join(' ')] : []));
}

/** Of running text: as a name is what may be one. */
function searchedText(text: string): readonly string[] {
  const even = evenText(text);
  return [...searchedWords(even), ...namesIn(even).flatMap(searchedName)];
}

/** Whoever looks for a subject without a name types this. */
const unnamed = 'unnamed';

const searchedSubject = ({ name, rankOrRole, kind, collarNumber, station }: Subject): readonly string[] => [
  ...searchedName(name ?? unnamed),
  ...[rankOrRole ?? subjectKinds[kind].label, collarNumber ?? '', station ?? ''].flatMap(searchedWords),
];

/** What a case is found by in its row of the queue, until all that it says can be searched. */
export const searchedInBrief = (reference: string, { subjects, vehicles }: Report): readonly string[] => [
  ...searchedWords(reference),
  ...subjects.flatMap(searchedSubject),
  ...vehicles.flatMap(searchedName),
];

/** Between fields: no name and no number goes on across it. */
const fieldEnd = '\n|\n';

/** All that a referral says: what quick search looks in. */
export function searchedReferral({ reference, report, attachments }: Referral): ReadonlySet<string> {
  const { subjects, narrative, places, dates, vehicles, peopleAtRisk, earlierReference } = report;
  const said = [
    ...[reference, earlierReference, narrative, ...dates],
    ...subjects.flatMap(({ rankOrRole, kind, collarNumber, station, description }) => [
      ...[rankOrRole ?? subjectKinds[kind].label, collarNumber, station, description],
    ]),
    ...peopleAtRisk.flatMap(({ who, risk }) => [who, risk]),
    ...attachments.map(({ name }) => name),
  ];
  const names = [...subjects.map(({ name }) => name ?? unnamed), ...vehicles, ...places];
  return new Set([
    ...searchedText(said.filter((each) => each !== null).join(fieldEnd)),
    ...names.flatMap(searchedName),
  ]);
}

/**
 * Of a reference of another system: from each part of it to its end, written together. Whatever stands between the parts, and
 * whether or not anything does, some of these begins with it.
 */
export function searchedReference(text: string): readonly string[] {
  const parts = foldText(text).match(/\p{L}+|\p{N}+/gu) ?? [];
  return parts.map((_, at) => parts.slice(at).join(''));
}

/** An operation is named with that word, its short form, or without. */
export const searchedOperation = (name: string): readonly string[] =>
  [`op ${name}`, `operation ${name}`].flatMap(searchedReference);

/** Words, each once and with one space before it, so that "begins a word" is one substring test. */
export const toSearchText = (words: Iterable<string>): string => ` ${[...new Set(words)].join(' ')}`;

/** A word that is looked for: found as it is, or as part of one that is written together. */
export interface SoughtWord {
  readonly word: string;
  readonly together: readonly string[];
}

/** Runs of neighbours that have a word in them. */
const togetherWith = (words: readonly string[], at: number): readonly string[] =>
  [...words.keys()]
    .slice(Math.max(0, at - mostTogether + 1), at + 1)
    .flatMap((from) => runsFrom(words, from).slice(Math.max(0, at - from - 1)));

/** What each word of a question must be found as. */
export function soughtWords(text: string): readonly SoughtWord[] {
  const words = split(withNumbersJoined(text));
  return words.map((word, at) => ({ word, together: togetherWith(words, at) }));
}
