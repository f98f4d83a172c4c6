import { thriveElementIds } from '#shared/domain/harm/thrive.ts';
import { noNdmNotes } from '#shared/domain/harm/thrive-schema.ts';
import type { Random } from '../random.ts';
import type { Add } from './diary.ts';
import * as words from './words.ts';

/* The steps of an assessment, as the events that record them. */

/** A report that is assessed. */
export interface Assessed extends words.Account {
  readonly random: Random;
}

export const take = (add: Add): string => add('case.taken', {});
export const release = (add: Add): string => add('case.released', {});

export function assessRisk(add: Add, account: Assessed): string {
  const people = account.report.peopleAtRisk.map(words.personAtRisk);
  const atRiskNow = people.length > 0 ? 'yes' : 'no';
  return add('risk.assessed', { atRiskNow, people, rationale: words.riskWords(account, account.random) });
}

/** @param clearAt when it became clear, where a criterion is met */
export function testMandatory(add: Add, account: Assessed, clearAt: number): string {
  const { criteria, corruption } = account.profile;
  const becameClearAt = criteria.length > 0 ? new Date(clearAt).toISOString() : null;
  return add('mandatoryReferral.assessed', {
    ...{ criteria, corruption, becameClearAt },
    rationale: words.mandatoryWords(account),
  });
}

/** Of what is sent to the force that the subject serves with. */
export const leaveTest = (add: Add): string =>
  add('mandatoryReferral.assessed', {
    ...{ criteria: [], corruption: [], becameClearAt: null },
    rationale: words.notOursToTestWords,
  });

/** Sentences of the narrative, in its order. */
function sentencesOf(narrative: string): { start: number; end: number; text: string }[] {
  return [...narrative.matchAll(/[A-Z][^.\n]{40,400}\.(?= |\n|$)/g)].map(({ 0: text, index }) => ({
    ...{ start: index, end: index + text.length },
    text,
  }));
}

/** Items as they stand in the narrative, each with its grade. @returns the first of them */
export function itemise(add: Add, account: Assessed, count: number, isFalse = false): string {
  const { random, report } = account;
  const chosen = sentencesOf(report.narrative).slice(0, count);
  const items = chosen.map((selection) => add('item.recorded', { ...selection, provenance: null }));
  for (const [index, item] of items.entries()) {
    const isShared = index > 0 && random.chance(0.4);
    const conditions = { action: 'A1', sanitisation: 'S2', other: words.conditionsWords(account) };
    add('item.graded', {
      ...{ item, source: '2', assessment: isFalse ? 'E' : random.pick(['C', 'D'] as const) },
      ...{ handling: isShared ? 'P' : 'C', conditions: isShared ? null : conditions, corroboratedBy: [] },
      judgedBy: isFalse ? 'Detective Inspector, head of the unit' : null,
      why: isFalse ? words.judgedFalseWords : words.gradeWords(account, random),
    });
  }
  const [first] = items;
  if (!first) throw new Error('A narrative without a sentence.');
  return first;
}

const ofSubject = { subjectRank: 'other', authority: null } as const;

export const classifyMatter = (add: Add, account: Assessed, capacity: 'provisional' | 'delegate'): string =>
  add('matter.classified', {
    ...{ ...ofSubject, capacity, why: words.matterWords(account) },
    type: account.profile.criteria.length > 0 ? 'recordable' : 'conduct',
  });

export function assessSeverity(add: Add, account: Assessed, capacity: 'provisional' | 'delegate'): string {
  const { severity: level } = account.profile;
  const proceedings = { gross: 'hearing', misconduct: 'meeting', neither: 'none' }[level];
  return add('severity.assessed', { ...ofSubject, capacity, level, proceedings, why: words.severityWords(account) });
}

export function categorise(add: Add, { profile, random }: Assessed): void {
  const { categories, standards } = profile;
  add('categories.recorded', { categories, primary: categories[0], why: null });
  if (random.chance(0.3)) add('standards.recorded', { standards, why: null });
}

export function assessHarm(add: Add, account: Assessed): string {
  const { profile, report, random } = account;
  const isGross = profile.severity === 'gross';
  const worst = report.peopleAtRisk[0]?.urgency ?? null;
  const answers: Record<(typeof thriveElementIds)[number], string> = {
    threat: worst === 'immediate' ? 'immediate' : worst ? 'credible' : 'possible',
    harm: isGross ? (worst ? 'serious' : 'moderate') : 'low',
    risk: random.pick(['medium', 'unknown'] as const),
    investigation: profile.perishable ? 'perishable' : 'some',
    vulnerability: worst ? 'present' : random.pick(['none', 'unknown', 'possible'] as const),
    engagement: report.reporter === 'keepInContact' ? 'possible' : 'none',
  };
  const notes: Partial<Record<string, string | null>> = { investigation: profile.perishable };
  const thrive = Object.fromEntries(
    thriveElementIds.map((id) => [id, { answer: answers[id], note: notes[id] ?? null }]),
  );
  const ndm = { ...noNdmNotes, information: words.informationWords(account) };
  return add('harm.assessed', { thrive, ndm, rationale: words.harmWords(account) });
}
