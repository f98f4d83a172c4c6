import { isWholePlate } from './match-clues.ts';
import { halvesOf, type MatchIndex, postOf } from './match-index.ts';
import type { AskedSubject } from './match-person.ts';
import type { Asked } from './match-score.ts';
import type { Postings } from './match-terms.ts';

/** Which cases are worth weighing. The other way to choose is to weigh all: tests and bench compare the two. */
export type CandidatesOf = (asked: Asked, index: MatchIndex) => Iterable<number>;

export const everyCase: CandidatesOf = (_, index) => index.slots();

/** More than this share one block only where it says nothing: a number that a thousand referrals name. */
const mostInBlock = 5_000;

export const selectCandidates: CandidatesOf = (asked, index) => {
  const { blocks } = index;
  const found = new Set<number>();
  const take = (postings: Postings, key: string) => {
    const slots = key === '' ? [] : postings.slots(key);
    if (slots.length <= mostInBlock) for (const slot of slots) found.add(slot);
  };
  for (const subject of asked.subjects) {
    takeNames(subject, index, take);
    take(blocks.collarNumbers, subject.collarNumber);
    for (const station of subject.stationWorth.keys()) take(blocks.posts, postOf(subject.rank, station));
  }
  for (const { plate } of asked.vehicles) {
    for (const half of halvesOf(plate)) take(blocks.halfPlates, half);
    if (isWholePlate(plate)) take(blocks.wholePlates, plate);
  }
  for (const phone of asked.phones) take(blocks.phones, phone);
  take(blocks.references, asked.earlier);
  take(blocks.earlier, asked.earlier);
  take(blocks.earlier, asked.item.reference);
  for (const day of asked.days) {
    for (const slot of blocks.days.slots(String(day))) {
      if (index.at(slot)?.places.some((place) => asked.places.includes(place))) found.add(slot);
    }
  }
  return found;
};

function takeNames(
  { surnameWorth, givenAsSurname, surnameAsGiven, given }: AskedSubject,
  { surnames, givens }: MatchIndex,
  take: (postings: Postings, key: string) => void,
): void {
  for (const worth of [...surnameWorth, givenAsSurname]) for (const key of worth.keys()) take(surnames, key);
  // One word alone may be a first name; of two words the surname, in either place, is the rarer.
  if (given === '') for (const key of surnameAsGiven.keys()) take(givens, key);
}
