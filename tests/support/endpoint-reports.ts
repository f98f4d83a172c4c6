import { randomUUID } from 'node:crypto';
import { demoForce } from '#endpoint/demo.ts';
import type { CentreReport, Intake } from '#shared/domain/report/intake.ts';

/** An invented report to the demonstration's force. */
export const intakeOf = (changes: Partial<CentreReport> = {}, attachments: Intake['attachments'] = []): Intake => ({
  id: randomUUID(),
  report: {
    channel: 'online',
    language: 'en',
    recordedAt: '2026-03-02T09:30:00.000Z',
    force: demoForce,
    categories: ['information'],
    reporter: 'anonymous',
    subjects: [
      {
        kind: 'officer',
        name: 'Invented Officer',
        rankOrRole: 'Constable',
        collarNumber: '9999',
        station: 'Nowhere',
        description: null,
      },
    ],
    narrative: 'An invented narrative.',
    dates: [],
    places: [],
    vehicles: [],
    peopleAtRisk: [],
    earlierReference: null,
    ...changes,
  },
  attachments,
});

export const textAttachment = (name: string, text: string): Intake['attachments'][number] => ({
  name,
  type: 'text/plain',
  bytes: Buffer.from(text).toString('base64'),
});
