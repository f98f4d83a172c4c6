import type { Referral } from '#shared/domain/referral/referral.ts';
import type { Attachment, LeftOut } from '#shared/domain/report/attachments.ts';
import { publicCategoryIds } from '#shared/domain/report/public-categories.ts';
import { centreContacts, type PersonAtRisk, type Report, type Subject } from '#shared/domain/report/report.ts';

/** Small invented referrals, the same for the same seed: no person, place or vehicle here exists. */
const names = [
  'Ellis Marlow',
  'Priya Dunmore',
  'Callum Reddy',
  'Tamsin Okoro',
  'Gareth Pellow',
  'Nadia Fenn',
  'Joss Hartnoll',
];
const ranks = ['PC', 'DC', 'PS', 'DS', 'Insp', 'Special Constable'];
const stations = ['Harrow Mill', 'Quayside', 'Norbeck', 'Castle Street'];
const stories = [
  'The officer is said to look up vehicles on the police computer for a man who runs a garage, and to be paid in cash. It has gone on since the spring. The caller does not know how often.',
  'He met her when she reported her former partner. He has since sent her messages late at night from his own phone, and turned up at her home in uniform twice without a reason. She has asked him to stop.',
  'He controls who she may see and reads her telephone. When she said she would leave, he told her that nobody would believe her over a police officer. There are two children in the house.',
  'In a group chat of the team there are jokes about race and about women who report rape. Several members of the team have left the group. A supervisor is in it and says nothing.',
  'Property from a search did not reach the store. Somebody else in the office has noticed that the seals on two bags were new.',
];
const risks: readonly PersonAtRisk[] = [
  {
    who: 'Woman, thirties, former partner',
    risk: 'He has her new address and has said that he will come tonight.',
    urgency: 'immediate',
  },
  {
    who: 'Woman who reported a crime',
    risk: 'Contacted at home, out of hours, by the officer in her case.',
    urgency: 'high',
  },
  { who: 'Junior colleague', risk: 'Afraid of what happens if they speak.', urgency: 'concern' },
];

/** Mulberry32: small, quick and good enough to vary test data. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function subjectFrom(random: () => number, pick: <T>(from: readonly T[]) => T): Subject {
  const named = random() < 0.6;
  const kind = pick(['officer', 'officer', 'officer', 'staff', 'volunteer', 'unknown'] as const);
  return {
    kind,
    name: named ? pick(names) : null,
    rankOrRole: kind === 'officer' ? pick(ranks) : kind === 'staff' ? 'Control room operator' : null,
    collarNumber: named && kind === 'officer' ? String(4000 + Math.floor(random() * 60)) : null,
    station: pick(stations),
    description: named ? null : 'Tall, about forty, short grey hair, drives to work.',
  };
}

function peopleFrom(random: () => number): readonly PersonAtRisk[] {
  const chance = random();
  if (chance < 0.04) return [risks[0], risks[2]].filter((risk) => risk !== undefined);
  if (chance < 0.12) return risks.slice(1, 2);
  return chance < 0.2 ? risks.slice(2) : [];
}

/** Disguised as well: it is not to be read as what it is not. */
const leftOut: LeftOut = {
  ...{ index: 4, name: 'call log \u202Eslx.exe', type: 'application/x-msdownload', size: 51_200, why: 'type' },
};

/**
 * @param number counts from 1; the reference follows it. @param now milliseconds: the newest was received just before.
 * @param attachments of one in ten, and of the newest
 */
export function inventReferral(
  number: number,
  of: number,
  now: number,
  random: () => number,
  attachments: readonly Attachment[],
): Referral {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const age = (of - number + random()) * (of > 1000 ? 4 : 55) * 60_000;
  const receivedAt = now - age;
  const category = Math.floor(random() * publicCategoryIds.length);
  const categories = publicCategoryIds.filter((_, index) => index === category || random() < 0.12);
  const report: Report = {
    channel: random() < 0.7 ? 'online' : 'phone',
    language: 'en',
    recordedAt: new Date(receivedAt - 20 * 60_000).toISOString(),
    force: 'norbeck',
    categories: categories as Report['categories'],
    reporter: pick(centreContacts),
    subjects: random() < 0.1 ? [subjectFrom(random, pick), subjectFrom(random, pick)] : [subjectFrom(random, pick)],
    narrative: `${stories[category] ?? ''}\n\nThe reporter adds that others at ${pick(stations)} know of it, and that it is worst at weekends.`,
    dates: ['Since March', 'last Saturday evening'],
    places: [pick(stations)],
    vehicles: random() < 0.3 ? [`Grey estate car, ZZ${10 + Math.floor(random() * 80)} ABC`] : [],
    peopleAtRisk: [...peopleFrom(random)],
    earlierReference: null,
  };
  return {
    reference: `PA-${String(number).padStart(6, '0')}`,
    receivedAt: new Date(receivedAt).toISOString(),
    report,
    attachments: random() < 0.1 || number === of ? [...attachments] : [],
    leftOut: number === of ? [{ ...leftOut }] : [],
  };
}
