import { oneMinute } from '#shared/kernel/durations.ts';
import { londonDate } from '#shared/kernel/london-time.ts';
import type { MeantReport } from '../demo-report.ts';
import type { MemberName } from '../members.ts';
import type { Random } from '../random.ts';
import { type Profile, profiles } from './profiles.ts';

/** What is to become of one report. */
export interface Fate {
  /** How far it has come: read by nobody, in the middle of its assessment, or decided. */
  readonly stage: 'new' | 'assessing' | 'decided';
  readonly disposition: 'investigate' | 'record' | 'noFurtherAction' | 'malicious' | 'otherForce' | 'outOfScope';
  /** What an investigation ended with; null while it goes on. */
  readonly investigated: 'found' | 'nothing' | null;
  /** What came of the review of what was recorded, if its day has come; `due`: nobody has looked yet. */
  readonly review: 'kept' | 'out' | 'due' | null;
  readonly iopc: 'inTime' | 'late' | 'owed';
  readonly suspension: 'put' | 'suspended' | null;
  readonly notTold: boolean;
  readonly overridden: boolean;
  /** Index of the first report about the same person. */
  readonly repeatOf: number | null;
}

export interface PlannedCase {
  readonly index: number;
  readonly meant: MeantReport;
  readonly fate: Fate;
  readonly random: Random;
  readonly analyst: MemberName;
  readonly supervisor: MemberName;
  /** End of the history. */
  readonly until: number;
}

export const isoOf = (time: number): string => new Date(time).toISOString();
export const dateOf = (time: number): string => londonDate(isoOf(time));

/** For what has no theme of its own kind: it is out of scope. */
export const plain: Profile = {
  alleged: 'did what the report describes',
  research: 'the record of the incident',
  perishable: null,
  categories: ['other'],
  standards: ['respect'],
  criteria: [],
  corruption: [],
  severity: 'neither',
  harmed: 'the reporter’s trust in the police',
};

export const profileOf = ({ meaning }: MeantReport): Profile => profiles[meaning.theme] ?? plain;

/** Milliseconds from a report's being recorded to its arrival. */
const underWay = 3 * oneMinute;
export const receivedAt = ({ intake }: MeantReport): number => Date.parse(intake.report.recordedAt) + underWay;

/** Whether a supervisor decides what an analyst assessed: what is serious, or must be referred. */
export const isByTwo = ({ meant, fate: { disposition } }: PlannedCase): boolean => {
  const { severity, criteria } = profileOf(meant);
  return severity === 'gross' || criteria.length > 0 || disposition === 'malicious' || disposition === 'investigate';
};
