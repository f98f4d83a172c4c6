import type { Referral } from '#shared/domain/referral/referral.ts';
import type { CentreReport } from '#shared/domain/report/intake.ts';
import type { Report } from '#shared/domain/report/report.ts';

/** A report by an invented contact-centre agent; a test names only what matters to it. */
export const reportWith = (changes: Partial<CentreReport> = {}): CentreReport => ({
  channel: 'online',
  language: 'en',
  recordedAt: '2026-11-20T08:55:00.000Z',
  force: 'avon-and-somerset',
  categories: ['information'],
  reporter: 'anonymous',
  subjects: [
    {
      kind: 'officer',
      name: 'Ellis Marlow',
      rankOrRole: 'DC',
      collarNumber: '4471',
      station: 'Harbourside',
      description: null,
    },
  ],
  narrative: 'The officer is said to check vehicles for a friend who deals.',
  dates: ['early November'],
  places: ['Harbourside'],
  vehicles: [],
  peopleAtRisk: [],
  earlierReference: null,
  ...changes,
});

let count = 0;

export function referralWith(changes: Partial<Report> = {}, top: Partial<Referral> = {}): Referral {
  count += 1;
  return {
    reference: `PA-${String(count).padStart(6, '0')}`,
    receivedAt: '2026-11-20T09:12:00.000Z',
    report: { ...reportWith(), ...changes },
    attachments: [],
    leftOut: [],
    ...top,
  };
}
