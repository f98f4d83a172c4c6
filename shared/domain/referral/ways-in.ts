import { idsOf } from '#shared/kernel/cited.ts';
import type { ReporterContact } from '../report/report.ts';

interface WayIn {
  readonly label: string;
  /** What it tells of who reported: who uses a line for the anonymous is known to nobody here. */
  readonly reporter: ReporterContact;
}

/** How something reached the unit that the central endpoint did not deliver. */
export const waysIn = {
  contactCentre: { label: 'Call from the contact centre, ahead of its referral', reporter: 'anonymous' },
  secureEmail: { label: 'Secure e-mail', reporter: 'notRecorded' },
  confidentialLine: { label: 'The force’s confidential line', reporter: 'anonymous' },
  supervisor: { label: 'Supervisor', reporter: 'notRecorded' },
  partnerAgency: { label: 'Partner agency', reporter: 'notRecorded' },
  itMonitoring: { label: 'IT monitoring', reporter: 'notRecorded' },
  peopleIntelligence: { label: 'People-intelligence meeting', reporter: 'notRecorded' },
  other: { label: 'Another way', reporter: 'notRecorded' },
} as const satisfies Record<string, WayIn>;

export type WayInId = keyof typeof waysIn;
export const wayInIds = idsOf<WayInId>(waysIn);
