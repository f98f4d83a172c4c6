import type { SentAttachment } from '#shared/domain/report/attachments.ts';
import type { CentreReport, Intake } from '#shared/domain/report/intake.ts';
import { centreContacts, type PersonAtRisk, type Urgency } from '#shared/domain/report/report.ts';
import { type Appearance, appearNamed, appearOutside, appearUnnamed } from './appearance.ts';
import {
  attachmentsInWords,
  inventAttachments,
  inventLargeFiles,
  type LargeFiles,
} from './attachments/demo-attachments.ts';
import { recordedTimes } from './calendar.ts';
import { type NarrativePlan, writeNarrative } from './narrative.ts';
import { inventPerson } from './people.ts';
import { type Random, seededRandom } from './random.ts';
import { inventRepeatPerson, type RepeatPerson, repeatPeople } from './repeat-people.ts';
import { emergencyAction, risks } from './risks.ts';
import { type Kind, kinds } from './roles.ts';
import { createScene } from './scene.ts';
import { fillIn } from './template.ts';
import type { Theme } from './theme.ts';
import { genuineThemes, themesFor } from './themes/all-themes.ts';
import { outOfScopeThemes } from './themes/out-of-scope.ts';

export interface DemoOptions {
  readonly seed: number;
  readonly count: number;
  /** ISO instant after which nothing is recorded; the reports reach back about 18 months from it. */
  readonly until: string;
}

/** With attachments that may all be taken. */
export type DemoIntake = Omit<Intake, 'attachments'> & { readonly attachments: readonly SentAttachment[] };

/** What the generator meant by a report, which the report itself does not say. */
export interface Meaning {
  readonly nature: NarrativePlan['nature'];
  readonly theme: string;
  /** Index in the pool of repeat subjects, or null for someone reported once. */
  readonly repeat: number | null;
}
export interface MeantReport {
  readonly intake: DemoIntake;
  readonly meaning: Meaning;
}

/** Invented reports, oldest first. Pure: the same options give the same bytes. */
export function* demoReports(options: DemoOptions): Iterable<DemoIntake> {
  for (const { intake } of meantReports(options)) yield intake;
}

export function* meantReports({ seed, count, until }: DemoOptions): Iterable<MeantReport> {
  const times = recordedTimes(seededRandom(seed, 2), count, Date.parse(until));
  const pool = repeatPeople(seed, count);
  const invent = inventorOf(pool);
  for (const [index, recordedAt] of times.entries()) {
    const random = seededRandom(seed, 3, index);
    const id = random.uuid();
    const nature = random.weighted(natures);
    // Low numbers are the ones that recur most: some people are reported far more often than others.
    const about = random.chance(repeatShare[nature])
      ? Math.floor(pool.length * (random.int(0, 999) / 1000) ** 1.6)
      : null;
    yield invent({ random, id, recordedAt, nature, about });
  }
}

/** What is settled of a report before it is invented. */
export interface Arrival {
  readonly recordedAt: number;
  readonly nature: Meaning['nature'];
  /** Index in the pool of repeat subjects. */
  readonly about: number | null;
  /** Words that stand for blanks of its sentences, in place of what would be picked. */
  readonly said?: Readonly<Record<string, string>>;
  /** That it comes with, in place of what chance would give it. */
  readonly files?: LargeFiles;
}

/** Reports that arrive as planned, in that order. Pure, as `demoReports` is. @param people how many the pool of repeat subjects has */
export function inventArrivals(seed: number, people: number, arrivals: readonly Arrival[]): MeantReport[] {
  const random = seededRandom(seed, 1);
  const invent = inventorOf(Array.from({ length: people }, () => inventRepeatPerson(random)));
  return arrivals.map((arrival, index) => {
    const own = seededRandom(seed, 3, index);
    return invent({ ...arrival, random: own, id: own.uuid() });
  });
}

/** Invents one report after the other, each of which knows the first about the same person. */
function inventorOf(pool: readonly RepeatPerson[]) {
  const firstAbout = new Map<number, number>();
  let index = 0;
  return ({ id, about, ...arrival }: Arrival & { readonly random: Random; readonly id: string }): MeantReport => {
    const repeat = about === null ? null : (pool[about] ?? null);
    const earlier = about === null ? undefined : firstAbout.get(about);
    if (about !== null && earlier === undefined) firstAbout.set(about, index);
    index += 1;
    const meant = inventReport({ ...arrival, repeat, earlier });
    return {
      intake: { id, ...meant.content },
      meaning: { nature: arrival.nature, theme: meant.theme.id, repeat: about },
    };
  };
}

/** The reference that an endpoint gives which is fed these reports, in order, from its first day. */
export const referenceOf = (index: number): string => `PA-${String(index + 1).padStart(6, '0')}`;

const natures = [
  ['genuine', 86],
  ['wrongForce', 6],
  ['outOfScope', 5],
  ['urgent', 3],
] as const;
const outOfScope = outOfScopeThemes.map((theme) => [theme, theme.weight] as const);
/** 12 in 100 of all reports; those for another force or out of scope are about nobody known. */
const repeatShare = { genuine: 0.135, wrongForce: 0, outOfScope: 0, urgent: 0.135 } as const;

interface Occasion extends Omit<Arrival, 'about'> {
  readonly random: Random;
  readonly repeat: RepeatPerson | null;
  /** Index of the first report about the same repeat subject. */
  readonly earlier: number | undefined;
}

function inventReport(occasion: Occasion): { content: Omit<DemoIntake, 'id'>; theme: Theme } {
  const { random, recordedAt, nature, repeat } = occasion;
  const aside = nature === 'outOfScope' ? random.weighted(outOfScope) : null;
  const kind = aside ? random.pick(aside.kinds) : (repeat?.person.kind ?? random.weighted(kinds));
  const theme = aside ?? pickTheme(occasion, kind);
  const person = repeat?.person ?? inventPerson(random, kind, theme);
  const subject = theme.outsider ? appearOutside(random, person) : appear(random, person, repeat !== null);
  const several = nature !== 'outOfScope' && random.chance(0.07);
  const second = several
    ? appear(random, inventPerson(random, random.pick(['officer', 'staff']), { roles: [] }), false)
    : null;
  const attachments = filesOf(occasion);
  const reporter = random.weighted([
    [centreContacts[0], 70],
    [centreContacts[1], 15],
    [centreContacts[2], 15],
  ]);
  const before = beforeOf(occasion);

  const scene = createScene({ random, recordedAt, vehicle: person.vehicle }, subject, occasion.said);
  const channel = attachments.length > 0 || random.chance(0.31) ? 'online' : 'phone';
  const extra: Record<string, string> = {
    session: channel === 'online' ? 'session' : 'call',
    second: second?.introduction ?? '',
    attached: attachmentsInWords(attachments),
  };
  const say = (template: string) => fillIn(template, random, (slot) => extra[slot] ?? scene.wordsFor(slot));
  const risk = inventRisk(occasion, theme);
  const narrative = writeNarrative({
    random,
    theme,
    nature,
    named: subject.subject.name !== null,
    several,
    reporter,
    before,
    attached: attachments.length > 0,
    risk: risk.said,
    say,
    knows: scene.knows,
  });
  const report: CentreReport = {
    channel,
    language: 'en',
    recordedAt: new Date(recordedAt).toISOString(),
    force: 'avon-and-somerset',
    categories: theme.categories.filter((_, index) => index === 0 || random.chance(0.35)),
    reporter,
    subjects: second ? [subject.subject, second.subject] : [subject.subject],
    narrative,
    dates: [...scene.dates],
    places: [...scene.places],
    vehicles: [...scene.vehicles],
    peopleAtRisk: risk.people.map(({ who, risk: harm, urgency }) => ({ who: say(who), risk: say(harm), urgency })),
    earlierReference: before === 'referenced' ? referenceOf(occasion.earlier ?? 0) : null,
  };
  return { content: { report, attachments }, theme };
}

function filesOf({ random, recordedAt, files }: Occasion): readonly SentAttachment[] {
  if (files) return inventLargeFiles(random, recordedAt, files);
  return random.chance(0.06) ? inventAttachments(random, recordedAt) : [];
}

function pickTheme({ random, nature, repeat }: Occasion, kind: Kind): Theme {
  // What is urgent is so because of someone in danger, whatever else is known of the subject.
  const dangerous = (theme: Theme) => (nature === 'urgent' ? theme.atRisk >= 0.2 : true);
  const usual = repeat?.themes.filter(dangerous) ?? [];
  return usual.length > 0 ? random.pick(usual) : random.weighted(themesFor(genuineThemes.filter(dangerous), kind));
}

function appear(random: Random, person: RepeatPerson['person'], repeat: boolean): Appearance {
  if (random.chance(repeat ? 0.1 : 0.385)) return appearUnnamed(random, person, repeat || random.chance(0.12));
  return appearNamed(random, person, repeat);
}

function beforeOf({ random, nature, earlier }: Occasion): NarrativePlan['before'] {
  if (earlier !== undefined && random.chance(0.07)) return 'referenced';
  return nature !== 'outOfScope' && random.chance(0.053) ? 'saidOnly' : 'no';
}

/** Who is in danger, and what is said about it: templates, to be filled in where they stand in the text. */
function inventRisk({ random, nature }: Occasion, theme: Theme): { people: PersonAtRisk[]; said: string[] } {
  const urgent = nature === 'urgent';
  if (!urgent && (nature === 'outOfScope' || !random.chance(theme.atRisk))) return { people: [], said: [] };
  const urgency: Urgency = urgent ? 'immediate' : random.chance(0.38) ? 'high' : 'concern';
  const atRisk = risks[random.pick(theme.risks)];
  const { risk, said } = random.pick(atRisk[urgency]);
  const sentences = [said];
  if (urgent) sentences.push(random.pick(emergencyAction));
  return { people: [{ who: random.pick(atRisk.who), risk, urgency }], said: sentences };
}
