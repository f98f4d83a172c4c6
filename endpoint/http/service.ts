import type { SigningKey } from '#shared/crypto/signing.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Encapsulations } from '../intake/encapsulations.ts';
import type { Storage } from '../storage/storage.ts';
import type { Positions } from '../unit-log/positions.ts';
import type { Rosters } from '../unit-log/rosters.ts';
import type { RateLimits } from './rate-limits.ts';

/** What the routes work with. */
export interface Service {
  readonly storage: Storage;
  readonly signingKey: SigningKey;
  readonly clock: Clock;
  readonly encapsulations: Encapsulations;
  readonly rosters: Rosters;
  readonly positions: Positions;
  readonly limits: RateLimits;
  /** Whether the demonstration's reusable codes are accepted. */
  readonly demo: boolean;
}
