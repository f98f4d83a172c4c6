import {
  type ActionCode,
  type AssessmentGrade,
  type Grade,
  gradesUp,
  type HandlingGrade,
  type SanitisationCode,
  type SourceGrade,
} from '#shared/domain/items/grading-scales.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { orNull } from '../form/to-shape.ts';

/** A 3x5x2 grade being written. */
export interface GradeForm {
  readonly source: SourceGrade | '';
  readonly assessment: AssessmentGrade | '';
  readonly handling: HandlingGrade | '';
  readonly action: ActionCode | '';
  readonly sanitisation: SanitisationCode | '';
  readonly other: string;
  /** Cases that corroborate it. */
  readonly referrals: readonly StreamId[];
  /** A record that corroborates it. */
  readonly record: string;
  readonly judgedBy: string;
  readonly why: string;
}

export const gradeShape = {
  source: '',
  assessment: '',
  handling: '',
  action: '',
  sanitisation: '',
  other: '',
  referrals: [''],
  record: '',
  judgedBy: '',
  why: '',
};

export function fromGrade({ source, assessment, handling, conditions, corroboratedBy, judgedBy }: Grade): GradeForm {
  return {
    source,
    assessment,
    handling,
    action: conditions?.action ?? '',
    sanitisation: conditions?.sanitisation ?? '',
    other: conditions?.other ?? '',
    referrals: corroboratedBy.flatMap((by) => (by.kind === 'record' ? [] : [by.case])),
    record: corroboratedBy.find((by) => by.kind === 'record')?.what ?? '',
    judgedBy: judgedBy ?? '',
    // A regrade has reasons of its own.
    why: '',
  };
}

export const needsJudge = ({ source, assessment }: GradeForm): boolean => source === '3' || assessment === 'E';

/** What stands around a grade. */
export interface Around {
  /** It was graded before. */
  readonly isRegrade: boolean;
  /** Nobody knows who reported it. */
  readonly isAnonymous: boolean;
}

/** Whether the form asks why, and so whether what stands there is recorded. */
export const needsWhy = (form: GradeForm, { isRegrade, isAnonymous }: Around): boolean =>
  needsJudge(form) || isRegrade || (isAnonymous && gradesUp(form));

/** What is not shown is not recorded. */
export function toGrade(form: GradeForm, around: Around) {
  const { source, assessment, handling, action, sanitisation, referrals, record } = form;
  const conditions = { action: action || null, sanitisation: sanitisation || null, other: orNull(form.other) };
  const isEmpty = Object.values(conditions).every((each) => each === null);
  const corroboratedBy = [
    ...referrals.map((id) => ({ kind: 'referral' as const, case: id })),
    ...(orNull(record) ? [{ kind: 'record' as const, what: record }] : []),
  ];
  return {
    source,
    assessment,
    handling,
    conditions: handling === 'C' && !isEmpty ? conditions : null,
    corroboratedBy: assessment === 'B' ? corroboratedBy : [],
    judgedBy: needsJudge(form) ? orNull(form.judgedBy) : null,
    why: needsWhy(form, around) ? orNull(form.why) : null,
  };
}
