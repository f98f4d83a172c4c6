import type { Matcher } from './matcher.ts';
import { noSightings, type Sightings } from './sightings.ts';

/** What finds the same subject or event in other cases. Only `cases/` changes it. */
export interface Matching {
  /** Null until the queue is on screen: see `buildMatcher`. */
  matcher: Matcher | null;
  /** Where subjects of cases recorded for intelligence were found again: see `sighting-watch.ts`. */
  found: Sightings;
}

export const emptyMatching = (): Matching => ({ matcher: null, found: noSightings });
