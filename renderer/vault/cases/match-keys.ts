import { type SubjectLine, selectSubjectLine } from '#shared/domain/case/case-summary.ts';
import type { Referral } from '#shared/domain/referral/referral.ts';
import type { Subject } from '#shared/domain/report/report.ts';
import { evenText } from '#shared/kernel/folded-text.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { londonDay } from '#shared/kernel/london-time.ts';
import { findDay } from '#shared/kernel/written-day.ts';
import { findPhones, findPlates, isWholePlate, toPlaceKey, toVehicleKey } from './match-clues.ts';
import { toRank } from './match-ranks.ts';

/** As written, except that rank and collar number are in their short form; '' where not known. */
export type SubjectKeys = readonly [
  kind: Subject['kind'] | '',
  name: string,
  rank: string,
  collarNumber: string,
  station: string,
];

/**
 * What matching needs of a referral, in about 120 bytes of JSON: kept with each case's summary, so that the matcher is
 * built without opening a single body. As secret as the referral itself. What is empty is left out.
 */
export interface MatchKeys {
  readonly who: readonly SubjectKeys[];
  /** "JL67JW0|greaudia4": see `toVehicleKey`. */
  readonly vehicles?: readonly string[];
  readonly phones?: readonly string[];
  readonly earlier?: string;
  /** Days since 1970. */
  readonly days?: readonly number[];
  readonly places?: readonly string[];
}

export interface MatchItem {
  readonly case: StreamId;
  readonly reference: string;
  readonly receivedAt: string;
  readonly subject: SubjectLine | null;
  readonly keys: MatchKeys;
}

/** No report is held to more of one kind: a long list would match everything, and cost bytes in every summary. */
const most = { who: 6, vehicles: 4, phones: 4, days: 4, places: 4 } as const;

const numberInName = /\b(?:[A-Z]{1,3})?(\d{2,6})\b/i;
/** Without rank, spaces and leading noughts: PC 0412 is 412. */
const toCollarNumber = (written: string): string =>
  evenText(written)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^(PC|DC|PS|DS|SC)?0*(?=\d)/, '');

function toSubjectKeys({ kind, name: written, rankOrRole, collarNumber, station }: Subject): SubjectKeys {
  const name = evenText(written ?? '');
  const rankInName = /^(\S+) /.exec(name)?.[1] ?? '';
  const titled = toRank(rankInName);
  const rank = rankOrRole ? toRank(rankOrRole) : titled === titled.toLowerCase() ? '' : titled;
  const collar = toCollarNumber(collarNumber ?? numberInName.exec(name)?.[1] ?? '');
  return [
    kind === 'unknown' ? '' : kind,
    written ?? '',
    rank,
    collar,
    evenText(station ?? '').replace(/ police station$/i, ''),
  ];
}

/** Each once, and no more than `most`; undefined where there is none. */
const kept = <T>(found: readonly T[], limit: number): readonly T[] | undefined =>
  found.length > 0 ? [...new Set(found)].slice(0, limit) : undefined;

/** Without the lists that are empty, so that they take no room. */
function withLists(keys: MatchKeys, lists: Record<'vehicles' | 'phones' | 'days' | 'places', unknown>): MatchKeys {
  return { ...keys, ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list !== undefined)) };
}

/** Pure, and of the referral alone: the same on every replica. */
export function selectMatchKeys({ report }: Referral): MatchKeys {
  const listed = report.vehicles.map(toVehicleKey);
  const told = findPlates(report.narrative).filter((plate) => !listed.some((key) => key.startsWith(plate)));
  const days = report.dates
    .map((date) => findDay(date, londonDay(Date.parse(report.recordedAt))))
    .filter((day) => day !== null);
  const places = report.places.map(toPlaceKey).filter((place) => place !== '');
  // A day alone and a place alone say nothing.
  const occasion = days.length > 0 && places.length > 0;
  const who = report.subjects.slice(0, most.who).map(toSubjectKeys);
  return withLists(report.earlierReference ? { who, earlier: report.earlierReference } : { who }, {
    vehicles: kept([...listed, ...told.map((plate) => `${plate}|`)], most.vehicles),
    phones: kept(findPhones(report.narrative), most.phones),
    days: occasion ? kept(days, most.days) : undefined,
    places: occasion ? kept(places, most.places) : undefined,
  });
}

export function toMatchItem(id: StreamId, referral: Referral): MatchItem {
  const { reference, receivedAt, report } = referral;
  const subject = selectSubjectLine(report.subjects);
  return { case: id, reference, receivedAt, subject, keys: selectMatchKeys(referral) };
}

/** What a person types to find a referral: what is neither number nor registration is a name. */
export function selectTypedKeys(written: string): MatchKeys {
  const typed = evenText(written);
  const vehicle = toVehicleKey(typed).split('|')[0] ?? '';
  const phones = findPhones(typed);
  const number = phones.length > 0 || vehicle !== '' ? null : numberInName.exec(typed);
  const collar = toCollarNumber(number?.[1] ?? '');
  const name = isWholePlate(vehicle)
    ? ''
    : typed
        .replace(/\S*\d\S*/g, ' ')
        .trim()
        .replace(/\s+/g, ' ');
  return withLists(
    { who: name || collar ? [['', name, '', collar, '']] : [] },
    {
      vehicles: vehicle ? [`${vehicle}|`] : undefined,
      phones: kept(phones, most.phones),
      days: undefined,
      places: undefined,
    },
  );
}
