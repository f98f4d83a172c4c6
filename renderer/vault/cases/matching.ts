import type { Position, StreamId } from '#shared/kernel/ids.ts';
import type { Notice } from '#shared/kernel/refusal.ts';
import type { Matcher } from './matcher.ts';

/** Another referral that was found to concern the same subject or event as a case recorded for intelligence. */
export interface Sighting {
  /** The stream in which it began: it may be handed on. */
  readonly case: StreamId;
  /** As seen from the recorded case; the strongest reason first. */
  readonly because: readonly Notice[];
}

export interface Sightings {
  /** All that the log brought up to here was looked through. */
  readonly upTo: Position;
  /** By recorded case, under the stream in which it began. */
  readonly byCase: Readonly<Record<StreamId, readonly Sighting[]>>;
}

export const noSightings: Sightings = { upTo: 0, byCase: {} };

/** What finds the same subject or event in other cases. Only `cases/` changes it. */
export interface Matching {
  /** Null until the queue is on screen: see `buildMatcher`. */
  matcher: Matcher | null;
  /** Where subjects of cases recorded for intelligence were found again: see `sighting-watch.ts`. */
  found: Sightings;
}

export const emptyMatching = (): Matching => ({ matcher: null, found: noSightings });
