import { v4 as uuid } from 'uuid';
import type { CentreReport, Intake } from '#shared/domain/report/intake.ts';
import { reportWith } from './referrals.ts';

/** A report on its way to the endpoint. */
export const intakeWith = (changes: Partial<CentreReport> = {}, attachments: Intake['attachments'] = []): Intake => ({
  id: uuid(),
  report: reportWith(changes),
  attachments,
});

export const textAttachment = (name: string, text: string): Intake['attachments'][number] => ({
  name,
  type: 'text/plain',
  bytes: Buffer.from(text).toString('base64'),
});
