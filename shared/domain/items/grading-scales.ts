import { z } from 'zod';
import { type Cited, idsOf } from '#shared/kernel/cited.ts';
import { caseIdSchema, entryIdSchema, line, note } from '../event/fields.ts';

const app =
  'College of Policing APP, intelligence management (3x5x2), as flash cards have it (brainscape 12257278, 9168043)';
/** The labels were read in flash cards; the glosses are professional knowledge. */
const labels = { source: app, standing: 'summary' } as const;

/** How far the source can be relied on. Of 3, one summary has "Unreliable", another "Not reliable". */
export const sourceGrades = {
  1: { label: 'Reliable', means: 'Competence and information relied on in the past without doubt.', ...labels },
  2: {
    label: 'Untested',
    means: 'Not known before, or one who cannot be determined: an anonymous reporter.',
    ...labels,
  },
  3: { label: 'Not reliable', means: 'There are grounds to doubt the source. Say who judged, and why.', ...labels },
} as const satisfies Record<string, Cited & { means: string }>;

/** How the information is known. */
export const assessmentGrades = {
  A: { label: 'Known directly to the source', means: 'Seen or heard by the source.', ...labels },
  B: {
    label: 'Known indirectly but corroborated',
    means: 'Heard from others, and borne out independently: never by what has the same origin.',
    ...labels,
  },
  C: { label: 'Known indirectly', means: 'Heard from others.', ...labels },
  D: { label: 'Not known', means: 'There is no means of assessing it.', ...labels },
  E: { label: 'Suspected to be false', means: 'Say who judged, and why.', ...labels },
} as const satisfies Record<string, Cited & { means: string }>;

export const handlingGrades = {
  P: {
    label: 'Lawful sharing permitted',
    means: 'For a policing purpose, with a legitimate need to know, under the marking that it bears.',
    ...labels,
  },
  C: { label: 'Lawful sharing permitted with conditions', means: 'Say the conditions.', ...labels },
} as const satisfies Record<string, Cited & { means: string }>;

export type SourceGrade = '1' | '2' | '3';
export type AssessmentGrade = keyof typeof assessmentGrades;
export type HandlingGrade = keyof typeof handlingGrades;
export const sourceGradeIds = ['1', '2', '3'] as const satisfies readonly SourceGrade[];
export const assessmentGradeIds = idsOf<AssessmentGrade>(assessmentGrades);
export const handlingGradeIds = idsOf<HandlingGrade>(handlingGrades);

const source = 'College of Policing APP, intelligence report: conditions';

/** What may be done with the information under handling C. [unsure: labels; check the force's own form] */
export const actionCodes = {
  A1: { label: 'Covert development permitted', source, standing: 'unsure' },
  A2: { label: 'Covert use permitted', source, standing: 'unsure' },
  A3: { label: 'Overt use permitted', source, standing: 'unsure' },
} as const satisfies Record<string, Cited>;

/** Who may sanitise it further before it is passed on. [unsure: labels] */
export const sanitisationCodes = {
  S1: { label: 'Recipient may sanitise', source, standing: 'unsure' },
  S2: { label: 'Consult the originator before sanitising', source, standing: 'unsure' },
} as const satisfies Record<string, Cited>;

export type ActionCode = keyof typeof actionCodes;
export type SanitisationCode = keyof typeof sanitisationCodes;
const actionCodeIds = idsOf<ActionCode>(actionCodes);
const sanitisationCodeIds = idsOf<SanitisationCode>(sanitisationCodes);

/** What corroborates an item: an item of another referral, another referral, or a record found by research. */
const corroborationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('item'), case: caseIdSchema, item: entryIdSchema }),
  z.strictObject({ kind: z.literal('referral'), case: caseIdSchema }),
  z.strictObject({ kind: z.literal('record'), what: line(500) }),
]);

const conditionsSchema = z.strictObject({
  action: z.enum(actionCodeIds).nullable(),
  sanitisation: z.enum(sanitisationCodeIds).nullable(),
  other: note.nullable(),
});

/** A 3x5x2 grade. What each value requires is in `item-graded.ts`: the schema only says what can be written. */
export const gradeSchema = z.strictObject({
  source: z.enum(sourceGradeIds),
  assessment: z.enum(assessmentGradeIds),
  handling: z.enum(handlingGradeIds),
  conditions: conditionsSchema.nullable(),
  corroboratedBy: z.array(corroborationSchema).max(20),
  judgedBy: line(200).nullable(),
  why: note.nullable(),
});
export type Grade = z.output<typeof gradeSchema>;

/** Whether a grade says that the source has proved reliable, or itself saw or heard it. */
export const gradesUp = ({ source, assessment }: { readonly source: string; readonly assessment: string }): boolean =>
  source === '1' || assessment === 'A';
