import {
  type IntelligenceCategory,
  intelligenceCategoryIds,
} from '#shared/domain/classification/intelligence-categories.ts';
import { type Standard, standardIds } from '#shared/domain/classification/standards.ts';
import { type DispositionKind, dispositions } from '#shared/domain/disposition/dispositions.ts';
import { type ThriveElement, thrive, thriveElementIds } from '#shared/domain/harm/thrive.ts';
import { type MandatoryCriterion, mandatoryCriterionIds } from '#shared/domain/iopc/mandatory-criteria.ts';
import type { Report } from '#shared/domain/report/report.ts';

/** A grade other than the service's default of 2, D, C, and what it makes one say. */
export type PlannedGrade = 'default' | 'suspectedFalse' | 'corroborated' | 'unreliable' | 'shareable';

/** What somebody makes of one referral, so that fifty of them take every way through the assessment. */
export interface AssessmentPlan {
  readonly atRisk: 'Yes' | 'No' | 'Cannot be told';
  readonly criteria: readonly MandatoryCriterion[];
  /** What is owed to the IOPC is recorded as sent. */
  readonly refers: boolean;
  /** Words of the narrative in each item of information, one item after the other. */
  readonly items: readonly number[];
  readonly grades: readonly PlannedGrade[];
  readonly categories: readonly IntelligenceCategory[];
  readonly standards: readonly Standard[];
  /** Answers to THRIVE; null: not asked, because the outcome does not turn on it. */
  readonly thrive: Readonly<Record<ThriveElement, string>> | null;
  readonly overridden: boolean;
  readonly sanitised: boolean;
  readonly disposition: DispositionKind;
}

/** Without the one that is for chief officers alone. */
const kinds = (Object.keys(dispositions) as DispositionKind[]).filter((kind) => kind !== 'localPolicingBody');

/** Of a table, some entries that differ from one referral to the next. */
const some = <Id>(ids: readonly Id[], from: number, count: number): readonly Id[] =>
  Array.from({ length: count }, (_, index) => ids[(from + index * 5) % ids.length] as Id);

const gradeOf = (number: number): PlannedGrade =>
  (['default', 'corroborated', 'default', 'unreliable', 'shareable'] as const)[number % 5] ?? 'default';

/** What becomes of a referral. @param number counts the referrals from nought */
const planDisposition = (number: number): DispositionKind => kinds[number % kinds.length] as DispositionKind;

/** @param number counts the referrals from nought: each ninth has the same disposition, and little else in common */
export function planAssessment(number: number, report: Report): AssessmentPlan {
  const disposition = planDisposition(number);
  const malicious = disposition === 'suspectedMalicious';
  const isMet = !malicious && number % 4 === 0;
  const items = malicious ? [6] : some([7, 4, 9], number, number % 3);
  const answered = number % 2 === 0 || disposition === 'investigate';
  const answers = thriveElementIds.map((id, index) => {
    const labels = Object.values<string>(thrive[id].answers);
    return [id, labels[(number + index) % labels.length] as string] as const;
  });
  return {
    atRisk: report.peopleAtRisk.length > 0 ? 'Yes' : number % 3 === 0 ? 'Cannot be told' : 'No',
    criteria: isMet ? some(mandatoryCriterionIds, number, 1 + (number % 2)) : [],
    refers: isMet,
    items,
    grades: malicious ? ['suspectedFalse'] : items.map((_, index) => gradeOf(number + index)),
    categories: [...new Set(some(intelligenceCategoryIds, number, 1 + (number % 3)))],
    standards: number % 2 === 0 ? some(standardIds, number, 1) : [],
    thrive: answered ? (Object.fromEntries(answers) as Record<ThriveElement, string>) : null,
    overridden: number % 10 === 3,
    sanitised: number % 5 === 2,
    disposition,
  };
}
