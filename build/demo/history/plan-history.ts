import { defaultPolicy } from '#shared/domain/policy/policy.ts';
import { decisionHoursOf, selectDueAt, selectPriority } from '#shared/domain/priority/priorities.ts';
import { day } from '../calendar.ts';
import { inventArrivals, type MeantReport } from '../demo-report.ts';
import { inventedMembers, type MemberName } from '../members.ts';
import { type Random, seededRandom } from '../random.ts';
import { planArrivals, repeats } from './arrivals.ts';
import type { Sitting } from './diary.ts';
import { type Fate, profileOf, receivedAt } from './fate.ts';
import { planCase } from './plan-case.ts';

export interface HistoryOptions {
  readonly seed: number;
  /** Reports in all. */
  readonly count: number;
  /** ISO instant at which the history ends: now. */
  readonly until: string;
}

export interface History {
  /** Oldest first. */
  readonly reports: readonly MeantReport[];
  /** In the order in which they begin. */
  readonly sittings: readonly Sitting[];
}

const namesOf = (role: string): readonly MemberName[] =>
  inventedMembers.filter((member) => member.role === role).map(({ name }) => name);
const analysts = namesOf('analyst');
const [founder = 'Helen Ashworth', ...supervisors] = namesOf('supervisor');

/** What happened in the invented unit, as a plan. Pure: the same options give the same history. */
export function planHistory({ seed, count, until: end }: HistoryOptions): History {
  const until = Date.parse(end);
  const reports = inventArrivals(seed, repeats.length, planArrivals(seed, count, until));
  const fates = planFates(seed, reports, until);
  const diaries = reports.map((meant, index) => {
    const fate = fates[index] as Fate;
    // What another force is sent leaves from the founder's desk, whose vault exchanges with the endpoint.
    const isFounders = fate.disposition === 'otherForce' || index % 3 === 0;
    const supervisor = (isFounders ? undefined : supervisors[0]) ?? founder;
    const analyst = analysts[(index * 2 + Math.floor(index / 7)) % analysts.length] ?? founder;
    return planCase({ index, meant, fate, random: seededRandom(seed, 22, index), analyst, supervisor, until });
  });
  const sittings = diaries.flatMap((diary) => diary.sittings).sort((one, other) => one.at - other.at);
  return { reports, sittings };
}

/** Days before the end within which what is investigated is still under way. */
const underWayFor = 26;
/** After so many days every investigation has ended. */
const endsAfter = 110;
/** What came in before so many days is decided. */
const openFor = 5;
/** Of what is due and nobody has decided. */
const overdue = 4;

function planFates(seed: number, reports: readonly MeantReport[], until: number): readonly Fate[] {
  const random = seededRandom(seed, 21);
  const firstAbout = new Map<number, number>();
  let late = 0;
  const fates = reports.map((meant, index): Fate => {
    const { repeat } = meant.meaning;
    const repeatOf = repeat === null ? null : (firstAbout.get(repeat) ?? null);
    if (repeat !== null && repeatOf === null) firstAbout.set(repeat, index);
    const age = (until - receivedAt(meant)) / day;
    const isLate = isOverdue(meant, until);
    const isOpen = age < openFor && (!isLate || late < overdue);
    if (isOpen && isLate) late += 1;
    const disposition = dispositionOf(random, meant, age);
    const isEnded = disposition === 'investigate' && age > endsAfter;
    return {
      ...{ suspension: null, notTold: false, overridden: false, iopc: 'inTime', disposition, repeatOf },
      stage: isOpen ? stageOf(index, reports.length, isLate) : 'decided',
      investigated: isEnded ? random.weighted([['found', 3] as const, ['nothing', 2] as const]) : null,
      review: random.weighted([['kept', 3] as const, ['out', 2] as const]),
    };
  });
  return withOccasions(reports, fates, until);
}

function dispositionOf(random: Random, meant: MeantReport, age: number): Fate['disposition'] {
  const { nature } = meant.meaning;
  if (nature === 'wrongForce' || nature === 'outOfScope') return nature === 'wrongForce' ? 'otherForce' : nature;
  const { subjects, peopleAtRisk } = meant.intake.report;
  const isNamed = subjects[0]?.name !== null;
  const isStrong = isNamed && profileOf(meant).severity === 'gross';
  const isRecent = age < underWayFor;
  if (isStrong && (isRecent || (age > endsAfter && random.chance(0.55)))) return 'investigate';
  return !isNamed && peopleAtRisk.length === 0 && random.chance(0.35) ? 'noFurtherAction' : 'record';
}

function isOverdue(meant: MeantReport, until: number): boolean {
  const received = new Date(receivedAt(meant)).toISOString();
  return Date.parse(selectDueAt(selectPriority(meant.intake.report), received, hours)) < until;
}

const hours = decisionHoursOf(defaultPolicy);

/** Of the open ones each third is in the middle of its assessment; the last, which came just now, is read by nobody yet. */
const stageOf = (index: number, count: number, isDue: boolean): Fate['stage'] => {
  if (index === count - 1) return 'new';
  return isDue ? (index % 2 === 0 ? 'assessing' : 'new') : index % 3 === 0 ? 'assessing' : 'new';
};

/** What a newcomer is to find once or twice. */
function withOccasions(reports: readonly MeantReport[], fates: readonly Fate[], until: number): readonly Fate[] {
  const made = [...fates];
  const ages = reports.map((meant) => (until - receivedAt(meant)) / day);
  const change = (
    changes: Partial<Fate>,
    from: number,
    to: number,
    fits: (meant: MeantReport, fate: Fate) => boolean,
  ) => {
    const index = made.findIndex((fate, at) => {
      const [meant, age] = [reports[at], ages[at] ?? 0];
      return meant && age >= from && age < to && fate.stage === 'decided' && fits(meant, fate);
    });
    const fate = made[index];
    if (fate) made[index] = { ...fate, ...changes };
  };
  const isGenuine = ({ disposition }: Fate) => disposition !== 'outOfScope' && disposition !== 'otherForce';
  const isOfficer = ({ intake: { report } }: MeantReport) =>
    report.subjects[0]?.kind === 'officer' && report.subjects[0].name !== null;
  const isOwed = (meant: MeantReport) => profileOf(meant).criteria.length > 0;
  const isGross = (meant: MeantReport) => profileOf(meant).severity === 'gross';
  change({ iopc: 'late' }, 60, 500, (meant, fate) => isGenuine(fate) && isOwed(meant));
  change(
    { disposition: 'malicious', investigated: null },
    120,
    400,
    (meant, fate) =>
      isGenuine(fate) &&
      !isOwed(meant) &&
      meant.intake.report.peopleAtRisk.length === 0 &&
      isOfficer(meant) &&
      fate.investigated === null,
  );
  change({ suspension: 'suspended' }, 16, 110, (meant, fate) => isGenuine(fate) && isGross(meant) && isOfficer(meant));
  change(
    { suspension: 'put', notTold: true },
    5,
    26,
    (meant, fate) => isGenuine(fate) && isGross(meant) && isOfficer(meant) && fate.suspension === null,
  );
  for (let times = 0; times < 2; times++) {
    change({ overridden: true }, 20, 300, (_, fate) => isGenuine(fate) && !fate.overridden);
    change({ review: 'due' }, 200, 540, (_, fate) => fate.disposition === 'record' && fate.review !== 'due');
  }
  const owed = made.findLastIndex((fate, at) => {
    const meant = reports[at];
    return meant && fate.stage !== 'decided' && isGenuine(fate) && isOwed(meant) && at < made.length - 1;
  });
  const fate = made[owed];
  if (fate) made[owed] = { ...fate, stage: 'assessing', iopc: 'owed' };
  return made;
}
