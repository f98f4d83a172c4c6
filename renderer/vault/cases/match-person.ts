import { type Notice, notice, type Params } from '#shared/kernel/refusal.ts';
import type { ComparedSubject, MatchIndex } from './match-index.ts';
import { areShortForms } from './match-short-forms.ts';
import type { Terms } from './match-terms.ts';
import { imagined, offForLikeness, weights } from './match-weights.ts';

/** Why two referrals may concern the same, in the order in which the words for them stand. */
export type MatchReasonCode =
  | 'same-name'
  | 'name-like'
  | 'same-collar-number'
  | 'same-station'
  | 'same-station-and-rank'
  | 'same-vehicle'
  | 'same-part-of-plate'
  | 'same-make'
  | 'same-phone'
  | 'names-this-referral'
  | 'named-by-this-referral'
  | 'both-name-earlier'
  | 'same-place-and-date';

/** For or against, in bits; said only where it speaks for. */
export interface Evidence {
  readonly bits: number;
  readonly reason: Notice<MatchReasonCode> | null;
}

/** Terms of the index that are like one asked for, and what it is worth, in bits, to have them. */
type Worth = ReadonlyMap<string, number>;

/** The subject of the case that is opened, with every term in the index that its own terms are like. */
export interface AskedSubject extends ComparedSubject {
  /** For each of its surnames. */
  readonly surnameWorth: readonly Worth[];
  readonly givenWorth: Worth;
  readonly stationWorth: Worth;
  /** For names written the other way round: surnames like the first name, first names like the surname. */
  readonly givenAsSurname: Worth;
  readonly surnameAsGiven: Worth;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** What it is worth to agree: more, the fewer cases hold it. */
export const agreement = (index: MatchIndex, { least, most }: Bounds, holders: number): number =>
  Math.min(most, Math.max(least, Math.log2((index.size + imagined) / (holders + 1))));

const none: Worth = new Map();

/** A misspelling is as common as what it stands for; of a word that is not finished, nothing is known to be rare. */
function worthOf(index: MatchIndex, terms: Terms, bounds: Bounds, term: string, unfinished = false): Worth {
  const own = terms.slots(term).length;
  const worth = new Map<string, number>();
  for (const [like, likeness] of terms.like(term, unfinished)) {
    const holders = like === term ? own : own + terms.slots(like).length;
    const agreed = unfinished ? bounds.most : agreement(index, bounds, holders);
    worth.set(like, agreed - offForLikeness[likeness]);
  }
  return worth;
}

/** @param unfinished whether the last word of the name is still being typed */
export function ask(subject: ComparedSubject, index: MatchIndex, unfinished: boolean): AskedSubject {
  const { given, surnames, station } = subject;
  const [surname = ''] = surnames;
  const { surname: ofSurname, given: ofGiven, station: ofStation } = weights;
  const isWord = given.length > 2;
  return {
    ...subject,
    surnameWorth: surnames.map((each) => worthOf(index, index.surnames, ofSurname, each, unfinished)),
    givenWorth: given.length > 1 ? worthOf(index, index.givens, ofGiven, given) : none,
    stationWorth: station ? worthOf(index, index.stations, ofStation, station) : none,
    givenAsSurname: isWord ? worthOf(index, index.surnames, ofSurname, given) : none,
    surnameAsGiven:
      surname && (isWord || unfinished) ? worthOf(index, index.givens, ofGiven, surname, unfinished) : none,
  };
}

/** Null where one of the two has no surname. */
function surnameBits(asked: AskedSubject, other: ComparedSubject): number | null {
  if (asked.surnames.length === 0 || other.surnames.length === 0) return null;
  let best: number = weights.otherSurname;
  for (const [mine, worth] of asked.surnameWorth.entries()) {
    for (const [theirs, surname] of other.surnames.entries()) {
      const part = mine + theirs > 0 ? weights.partOfSurname : 0;
      best = Math.max(best, (worth.get(surname) ?? Number.NEGATIVE_INFINITY) - part);
    }
  }
  return best;
}

function givenBits(asked: AskedSubject, other: ComparedSubject, index: MatchIndex): number {
  const [one, two] = [asked.given, other.given];
  if (one === '' || two === '') return 0;
  const sameInitial = one.charAt(0) === two.charAt(0);
  if (one.length === 1 || two.length === 1) return sameInitial ? weights.initial : weights.otherGiven;
  const worth = asked.givenWorth.get(two);
  if (one === two && worth !== undefined) return worth;
  if (areShortForms(one, two) || (sameInitial && (one.startsWith(two) || two.startsWith(one)))) {
    const holders = index.givens.slots(one).length + index.givens.slots(two).length;
    return agreement(index, weights.given, holders) - weights.shortForm;
  }
  if (worth !== undefined && worth > 0) return worth;
  return sameInitial ? weights.otherGivenSameInitial : weights.otherGiven;
}

/** "Postlethwaite Melissa"; or one word, still being typed, that is a first name. */
function swappedBits(asked: AskedSubject, other: ComparedSubject): number {
  const first = asked.surnameAsGiven.get(other.given);
  if (first === undefined) return Number.NEGATIVE_INFINITY;
  if (asked.given === '') return first;
  return first + (asked.givenAsSurname.get(other.surnames[0] ?? '') ?? Number.NEGATIVE_INFINITY) - weights.swappedNames;
}

/** Said only where the surname speaks for it: a shared first name under another surname is no likeness. */
function nameEvidence(asked: AskedSubject, other: ComparedSubject, index: MatchIndex): Evidence | null {
  const surname = surnameBits(asked, other);
  if (surname === null) return null;
  const straight = surname + givenBits(asked, other, index);
  const swapped = swappedBits(asked, other);
  const bits = Math.max(straight, swapped);
  const alike = bits > 0 && (surname > 0 || swapped >= straight);
  const identical = asked.given.length > 1 && asked.given === other.given && asked.surnames[0] === other.surnames[0];
  const reason = identical
    ? notice('same-name', { name: other.name })
    : notice('name-like', { name: other.name, asked: asked.name });
  return { bits, reason: alike ? reason : null };
}

function collarEvidence(asked: AskedSubject, other: ComparedSubject, otherName: boolean): Evidence | null {
  if (asked.collarNumber === '' || other.collarNumber === '') return null;
  if (asked.collarNumber !== other.collarNumber) return { bits: weights.otherCollarNumber, reason: null };
  const number = other.collarNumber;
  const params: Params = otherName ? { number, otherName: other.name } : { number };
  return { bits: weights.collarNumber, reason: notice('same-collar-number', params) };
}

function postEvidence(asked: AskedSubject, other: ComparedSubject, index: MatchIndex): Evidence {
  let bits = 0;
  const otherKind = asked.kind !== '' && other.kind !== '' && asked.kind !== other.kind;
  const sameRank = asked.rank !== '' && asked.rank === other.rank;
  if (sameRank) bits += agreement(index, weights.rank, index.blocks.ranks.slots(asked.rank).length);
  else if (otherKind) bits += weights.otherKind;
  else if (asked.rank && other.rank) bits += weights.otherRank;
  const station = asked.stationWorth.get(other.station) ?? 0;
  const sameStation = station > 0;
  if (sameStation) bits += station;
  else if (asked.station && other.station) bits += weights.otherStation;
  const unnamed = asked.surnames.length === 0 && other.surnames.length === 0;
  const reason = sameRank ? notice('same-station-and-rank', { unnamed }) : notice('same-station');
  return { bits, reason: sameStation ? reason : null };
}

/** What speaks for and against two subjects being one person. */
export function weighPerson(asked: AskedSubject, other: ComparedSubject, index: MatchIndex): Evidence[] {
  const name = nameEvidence(asked, other, index);
  const collar = collarEvidence(asked, other, name !== null && name.reason === null);
  return [name, collar, postEvidence(asked, other, index)].filter((evidence) => evidence !== null);
}
