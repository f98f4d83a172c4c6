import { v4 as uuid } from 'uuid';
import type { Intake } from '#shared/domain/report/intake.ts';
import type { Report } from '#shared/domain/report/report.ts';
import { reportWith } from './referrals.ts';

/** A report on its way to the endpoint. */
export const intakeWith = (changes: Partial<Report> = {}, attachments: Intake['attachments'] = []): Intake => ({
  id: uuid(),
  report: reportWith(changes),
  attachments,
});

export const textAttachment = (name: string, text: string): Intake['attachments'][number] => ({
  name,
  type: 'text/plain',
  bytes: Buffer.from(text).toString('base64'),
});
