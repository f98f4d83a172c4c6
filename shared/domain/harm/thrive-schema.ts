import { z } from 'zod';
import { idsOf } from '#shared/kernel/cited.ts';
import { note } from '../event/fields.ts';
import type { NdmStage } from './ndm.ts';
import { thrive } from './thrive.ts';

const answered = <Answer extends string>({ answers }: { readonly answers: Readonly<Record<Answer, string>> }) =>
  z.strictObject({ answer: z.enum(idsOf<Answer>(answers)), note: note.nullable() });

/** All six, each with an answer of its table: `unknown` may be said, and silence may not. */
export const thriveSchema = z.strictObject({
  threat: answered(thrive.threat),
  harm: answered(thrive.harm),
  risk: answered(thrive.risk),
  investigation: answered(thrive.investigation),
  vulnerability: answered(thrive.vulnerability),
  engagement: answered(thrive.engagement),
});
export type ThriveAnswers = z.output<typeof thriveSchema>;

const stage = note.nullable();

/** Notes on the stages of the decision model: prompts, so any may stay empty. */
export const ndmSchema = z.strictObject({
  ethics: stage,
  information: stage,
  assessment: stage,
  powers: stage,
  options: stage,
  action: stage,
} satisfies Record<NdmStage, typeof stage>);
export type NdmNotes = z.output<typeof ndmSchema>;

export const noNdmNotes: NdmNotes = {
  ethics: null,
  information: null,
  assessment: null,
  powers: null,
  options: null,
  action: null,
};
