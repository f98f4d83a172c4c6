import { z } from 'zod';
import { instant, line, reasons } from '../event/fields.ts';
import { mandatoryCriterionIds } from '../iopc/mandatory-criteria.ts';

/** Most tests that go with a referral from one unit to another: those that stand, the newest last. */
export const mostTestsSent = 5;

/** A mandatory-referral test as another unit recorded it. */
export const sentTestSchema = z.strictObject({
  criteria: z.array(z.enum(mandatoryCriterionIds)).max(20),
  becameClearAt: instant.nullable(),
  rationale: reasons,
  /** When it was recorded, by the clock of its author. */
  at: instant,
});
export type SentTest = z.output<typeof sentTestSchema>;

/** What another force's unit had tested of a referral before it sent it on. */
export const sentWithSchema = z.strictObject({
  force: line(60),
  tests: z.array(sentTestSchema).min(1).max(mostTestsSent),
});
export type SentWith = z.output<typeof sentWithSchema>;
