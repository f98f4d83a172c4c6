import { type MatchItem, toMatchItem } from '#renderer/vault/cases/match-keys.ts';
import type { Referral } from '#shared/domain/referral/referral.ts';
import type { Report, Subject } from '#shared/domain/report/report.ts';
import type { StreamId } from '#shared/kernel/ids.ts';

const aSubject = (given: Partial<Subject>): Subject => ({
  kind: 'officer',
  name: null,
  rankOrRole: null,
  collarNumber: null,
  station: null,
  description: null,
  ...given,
});

export type Told = Partial<Omit<Report, 'subjects'>> & { readonly subjects?: readonly Partial<Subject>[] };

export const aReferral = (reference: string, { subjects = [{}], ...told }: Told): Referral => ({
  reference,
  receivedAt: '2026-05-01T10:00:00.000Z',
  report: {
    channel: 'phone',
    language: 'en',
    recordedAt: '2026-05-01T10:00:00.000Z',
    force: 'avon-and-somerset',
    categories: ['information'],
    reporter: 'anonymous',
    narrative: 'Something was said.',
    dates: [],
    places: [],
    vehicles: [],
    peopleAtRisk: [],
    earlierReference: null,
    ...told,
    subjects: subjects.map(aSubject),
  },
  attachments: [],
  leftOut: [],
});

export const anItem = (reference: string, told: Told): MatchItem =>
  toMatchItem(reference as StreamId, aReferral(reference, told));
