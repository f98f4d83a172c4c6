import type { Likeness } from './match-terms.ts';

/**
 * The weights of evidence, after Fellegi and Sunter, "A Theory for Record Linkage" (JASA 64, 1969): each agreement is
 * worth the binary logarithm of how much likelier it is between two referrals about one person or event than between
 * two that are not. Agreement on what is rare is worth more; a contradiction counts against. Values are our judgement,
 * checked against the invented repeat subjects; a force may tune them, and nothing else depends on them.
 */
export const weights = {
  /** At most, and at least, what agreement is worth: it is log2 of one in how many has the same. */
  surname: { least: 3, most: 14 },
  given: { least: 2, most: 7 },
  rank: { least: 0.5, most: 6 },
  station: { least: 1.5, most: 8 },
  makeOfVehicle: { least: 0, most: 4 },
  day: { least: 0, most: 9 },
  place: { least: 0, most: 9 },
  /** What a thing that has one owner is worth, less log2 of how many referrals name it. */
  collarNumber: 18,
  wholePlate: 22,
  halfPlate: 10,
  phone: 22,
  /** Somebody has said that it is the same. */
  namesReference: 32,
  sameEarlier: 24,
  /** In place of agreement on a first name. */
  initial: 3,
  /** Off the agreement. */
  shortForm: 1,
  swappedNames: 3,
  partOfSurname: 3,
  /** Contradictions. Reporters mistake ranks and numbers, and people move and marry. */
  otherSurname: -6,
  otherGiven: -5,
  otherGivenSameInitial: -2,
  otherKind: -3,
  otherRank: -2,
  otherStation: -3,
  otherCollarNumber: -5,
  otherWholePlate: -1,
  otherMakeOfVehicle: -3,
  /** People who contradict one another count against a shared place or vehicle by no more than this. */
  worstPerson: -5,
} as const;

/** Off the agreement of words that are only alike. */
export const offForLikeness: Readonly<Record<Likeness, number>> = {
  same: 0,
  sounds: 1.5,
  near: 2,
  begins: 2.5,
  far: 4,
};

/** Below this chance of being the same, nobody is shown a match. */
export const leastScore = 0.4;

/**
 * From this chance on, a match brings a case back that was recorded for intelligence: four interruptions in five are
 * worth it, by the weights' own reckoning. What has one owner suffices alone, even among 50,000 referrals: a collar
 * number (18 bits against 15.6) gives 0.84 there. Half a registration, or a post without a name, must be rare besides.
 */
export const worthInterrupting = 0.8;

/** What a common surname, station or place is among, before there are enough cases to count. */
export const imagined = 200;
/** With few cases a coincidence is no likelier to mean something: never reckon with fewer. */
const fewestCases = 2_000;

/** From weight of evidence to the chance that it is the same: about one other referral in all is taken to be. */
export const toScore = (bits: number, cases: number): number =>
  1 / (1 + 2 ** (Math.log2(Math.max(cases, fewestCases)) - bits));
