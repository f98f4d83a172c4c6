import { oneMinute } from '#shared/kernel/durations.ts';
import { britishDate, britishMonth, clockTime, day, weekdayOf } from './calendar.ts';
import { inventName } from './names.ts';
import { nameOfGroup, otherForces, regionOf } from './places.ts';
import type { Random } from './random.ts';
import type { Vehicle } from './vehicles.ts';

/** What fills the blanks of sentences, by name: `{date}`, `{money}`. Places have their own table, in places.ts. */
export interface Setting {
  readonly random: Random;
  readonly recordedAt: number;
  readonly vehicle: Vehicle;
}
export type Blank = (setting: Setting) => string;

const half = (random: Random) => random.pick(['00', '10', '15', '20', '30', '40', '45', '50']);
const ago = ({ random, recordedAt }: Setting, from: number, to: number) => recordedAt - random.int(from, to) * day;
const minutesAgo = ({ random, recordedAt }: Setting, from: number, to: number) =>
  clockTime(recordedAt - random.int(from, to) * oneMinute);

/** A friend of the subject outside the police: named in full once, and by surname from then on. */
export function inventAssociate(random: Random): { introduced: string; full: string; short: string } {
  const { first, familiar, last } = inventName(random, 'male');
  const full = `${random.pick([first, familiar])} ${last}`;
  const introduced = `${random.pick(['a man named', 'an associate named', 'a friend named', 'a man known as'])} ${full}`;
  return { introduced, full, short: last };
}

/** Not everything happens on one day: how often a date said before is said again. */
export const dateAgain: Readonly<Record<string, number>> = { month: 0.4, later: 0.6 };

/** From `{later}` to `{since}` each reaches further back: what `{month}` began has begun before `{date}`. */
export const dateBlanks: Readonly<Record<string, Blank>> = {
  date: (setting) => britishDate(ago(setting, 35, 130)),
  later: (setting) => britishDate(ago(setting, 3, 34)),
  month: (setting) => `${setting.random.pick(['early', 'mid', 'late'])} ${britishMonth(ago(setting, 140, 300))}`,
  since: (setting) => `since about ${britishMonth(ago(setting, 310, 560))}`,
};

/** Kept for the whole report once said. */
export const fixedBlanks: Readonly<Record<string, Blank>> = {
  group: ({ random }) => nameOfGroup(random),
  otherForce: ({ random }) => random.pick(otherForces),
  region: ({ random }) => regionOf(random),
  phone: ({ random }) => `07700 900${random.int(100, 999)}`,
  drug: ({ random }) => random.pick(['cocaine', 'cannabis', 'ketamine', 'MDMA', 'steroids and cocaine']),
  team: ({ random }) => random.pick(['response team', 'neighbourhood team', 'shift', 'section', 'unit', 'department']),
  period: ({ random }) =>
    random.pick([
      'the past six weeks',
      'the last three months',
      'the past six months',
      'the best part of a year',
      'more than a year',
    ]),
  age: ({ random }) => String(random.int(19, 62)),
  tonight: (setting) => `at ${minutesAgo(setting, 50, 200)} today`,
  called: (setting) => minutesAgo(setting, 5, 25),
};

/** Said afresh each time. */
export const freshBlanks: Readonly<Record<string, Blank>> = {
  time: ({ random }) => `about ${String(random.int(6, 23)).padStart(2, '0')}:${half(random)}`,
  weekday: ({ random }) => random.pick(['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']),
  often: ({ random }) =>
    random.pick([
      'two or three times a week',
      'most weekends',
      'about once a fortnight',
      'on at least four occasions',
      'almost every day',
      'several times a month',
      'every few weeks',
      'on most night shifts',
      'roughly once a month',
      'more than a dozen times',
    ]),
  few: ({ random }) => random.pick(['two', 'three', 'four', 'five', 'six', 'several']),
  money: ({ random }) => `£${random.pick([80, 120, 150, 200, 250, 300, 350, 400, 450, 500, 600, 750, 800])}`,
  sum: ({ random }) => `£${random.int(1, 24)},${random.pick(['000', '200', '500', '800'])}`,
  shift: ({ random }) =>
    random.pick(['late turn', 'nights', 'early turn', 'a late shift', 'a night shift', 'a day shift']),
  app: ({ random }) => random.pick(['WhatsApp', 'Signal', 'Snapchat', 'Instagram', 'Telegram', 'Facebook Messenger']),
  system: ({ random }) =>
    random.pick([
      'the crime recording system',
      'the intelligence database',
      'the PNC',
      'the command and control system',
      'the custody record system',
    ]),
  /** When people have finished work, and when they ought to be asleep. */
  evening: ({ random }) => `about ${random.int(18, 21)}:${half(random)}`,
  late: ({ random }) => `${random.pick(['22', '23', '23', '00'])}:${half(random)}`,
  recent: (setting) => `${weekdayOf(ago(setting, 4, 9))} of last week`,
  seen: ({ random }) => random.pick(['seen', 'seen', 'observed']),
};
