import { z } from 'zod';
import { caseIdSchema, entryIdSchema, line, note } from '../event/fields.ts';
import { assessmentGradeIds, handlingGradeIds, sourceGradeIds } from './grading-scales.ts';
import { actionCodeIds, sanitisationCodeIds } from './handling-codes.ts';

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
