import { z } from 'zod';
import { instant, line, reasons } from '../event/fields.ts';
import { mandatoryCriterionIds } from '../iopc/mandatory-criteria.ts';

/** Most tests that go with a referral from one unit to another: those that stand, in the order in which they were recorded. */
export const mostTestsSent = 5;

/** A mandatory-referral test as a unit of another force recorded it: the sender, or one that sent it to the sender. */
export const sentTestSchema = z.strictObject({
  force: line(60),
  criteria: z.array(z.enum(mandatoryCriterionIds)).max(20),
  becameClearAt: instant.nullable(),
  rationale: reasons,
  /** When it was recorded, by the clock of its author. */
  at: instant,
});
export type SentTest = z.output<typeof sentTestSchema>;

/** Which force sent a referral on, and what was tested of it before. */
export const sentWithSchema = z.strictObject({
  force: line(60),
  tests: z.array(sentTestSchema).min(1).max(mostTestsSent),
});
export type SentWith = z.output<typeof sentWithSchema>;
