import { z } from 'zod';
import type { MemberId, StreamId } from '#shared/kernel/ids.ts';
import { attachmentLimits, attachmentSchema, leftOutSchema } from '../report/attachments.ts';
import { referenceSchema, reportSchema } from '../report/report.ts';
import { type SentWith, sentWithSchema } from './sent-with.ts';
import type { WayInId } from './ways-in.ts';

/** The report as recorded, under its reference: what the endpoint seals to the unit, or what a member entered by hand. */
export const referralSchema = z.strictObject({
  reference: referenceSchema,
  receivedAt: z.iso.datetime(),
  report: reportSchema,
  attachments: z.array(attachmentSchema).max(attachmentLimits.count),
  /** What came with it and was not allowed. */
  leftOut: z.array(leftOutSchema).max(attachmentLimits.count),
});
export type Referral = z.output<typeof referralSchema>;

/** As a unit receives it: from another force's unit it comes with what that had tested. */
export const receivedSchema = referralSchema.extend({ sentWith: sentWithSchema.optional() });
export type Received = z.output<typeof receivedSchema>;

/** Of a case that a member opened here: how it reached the unit, which referral is to follow, and who says so. */
export interface ByHandHere {
  readonly how: WayInId;
  readonly expects: string | null;
  readonly by: MemberId | null;
}

/** What every case has: its referral, and which member has it on their desk. */
export interface ReferralState {
  readonly id: StreamId;
  readonly referral: Referral;
  /** What the unit that sent it on had tested; null for one that came from Crimestoppers, or with no test. */
  readonly sentWith: SentWith | null;
  /** Null for what the endpoint delivered. */
  readonly origin: ByHandHere | null;
  readonly holder: MemberId | null;
}

/** A case, and the closed streams that it was in before. */
export interface InStreams {
  readonly id: StreamId;
  readonly continues: readonly { readonly stream: StreamId }[];
}

/** Whether a stream is of this case itself. */
export const isOwnStream = ({ id, continues }: InStreams, stream: StreamId): boolean =>
  stream === id || continues.some((each) => each.stream === stream);
