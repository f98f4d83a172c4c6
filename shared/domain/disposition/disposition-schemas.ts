import { z } from 'zod';
import { uuidOf } from '#shared/kernel/ids.ts';
import { day, entryIdSchema, instant, line, note } from '../event/fields.ts';

/**
 * What each disposition needs to say besides its reasons. The force and its unit are ids of the endpoint's directory, so
 * that the case can be sealed again to that unit; the agency is outside it and is named.
 */
const dispositionDetails = [
  z.strictObject({ kind: z.literal('investigate') }),
  /** `ended`: nobody needs safeguarding any more. */
  z.strictObject({ kind: z.literal('safeguard'), ended: z.boolean() }),
  z.strictObject({ kind: z.literal('record'), reviewOn: day }),
  z.strictObject({ kind: z.literal('complaints'), department: line(200) }),
  z.strictObject({ kind: z.literal('localPolicingBody'), body: line(200) }),
  z.strictObject({ kind: z.literal('otherForce'), force: line(60), unit: z.string().regex(uuidOf(4)) }),
  z.strictObject({ kind: z.literal('otherAgency'), agency: line(200) }),
  z.strictObject({ kind: z.literal('notPolicing') }),
  z.strictObject({ kind: z.literal('noFurtherAction') }),
  z.strictObject({
    kind: z.literal('suspectedMalicious'),
    /** The items graded E that it rests on. */
    items: z.array(entryIdSchema).min(1).max(200),
  }),
] as const;

export const choiceSchema = z.discriminatedUnion('kind', dispositionDetails);
export type DispositionChoice = z.output<typeof choiceSchema>;

/** An option that was considered and not taken, and why not. */
export const optionSchema = z.strictObject({ option: line(300), why: note });
export type ConsideredOption = z.output<typeof optionSchema>;

const transferAnswers = ['acknowledged', 'sentBack'] as const;

/** What the unit that a case went to says of it. */
export const transferAnswerSchema = z.strictObject({
  disposition: entryIdSchema,
  answer: z.enum(transferAnswers),
  answeredAt: instant,
  why: note.nullable(),
});
export type TransferAnswered = z.output<typeof transferAnswerSchema>;
