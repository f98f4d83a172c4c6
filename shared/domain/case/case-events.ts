import { z } from 'zod';
import { attachmentLimits, attachmentSchema } from '../report/attachments.ts';
import { referenceSchema, reportSchema } from '../report/report.ts';
import { decisionKindIds, longestRationale, shortestRationale } from './decisions.ts';

/** What the endpoint seals to the unit: the report as recorded, under its reference. */
export const referralSchema = z.strictObject({
  reference: referenceSchema,
  receivedAt: z.iso.datetime(),
  report: reportSchema,
  attachments: z.array(attachmentSchema).max(attachmentLimits.count),
});
export type Referral = z.output<typeof referralSchema>;

const nothing = z.strictObject({});

export const caseEvents = {
  /** Authored and signed by the endpoint; opens the case's stream. Once only. */
  'referral.received': { v: 1, data: referralSchema },
  'case.taken': { v: 1, data: nothing },
  'case.released': { v: 1, data: nothing },
  'decision.recorded': {
    v: 1,
    data: z.strictObject({
      kind: z.enum(decisionKindIds),
      rationale: z.string().trim().min(shortestRationale).max(longestRationale),
    }),
  },
} as const;
