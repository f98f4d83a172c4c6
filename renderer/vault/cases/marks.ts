import type { Position, StreamId } from '#shared/kernel/ids.ts';

/** Another referral that was found to concern the same subject or event as a case recorded for intelligence. */
export interface Mark {
  readonly case: StreamId;
  /** In words, as seen from the recorded case; the strongest first. */
  readonly because: readonly string[];
}

export interface Marks {
  /** All that the log brought up to here was looked through. */
  readonly upTo: Position;
  /** By recorded case. */
  readonly byCase: Readonly<Record<StreamId, readonly Mark[]>>;
}

export const noMarks: Marks = { upTo: 0, byCase: {} };
