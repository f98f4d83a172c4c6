import type { Bytes } from '#shared/crypto/encoding.ts';
import type { Position, UnitId } from '#shared/kernel/ids.ts';
import type { Withdrawn } from '#shared/log/withdrawn-parts.ts';
import type { Encapsulations } from '../intake/encapsulations.ts';
import type { OpenEndpoint } from '../open-endpoint.ts';
import type { Positions } from '../unit-log/positions.ts';
import type { RateLimits } from './rate-limits.ts';

/** What is withdrawn of a log, kept: pages are read far more often than anything is withdrawn. */
export interface KnownWithdrawn {
  /** Of the roster that it follows from. */
  readonly head: Bytes;
  /** Of the log that it was read off. */
  readonly size: Position;
  /** Whether the log has every stream that an act names: else one may begin later. */
  readonly isWhole: boolean;
  readonly withdrawn: Withdrawn | null;
}

/** What the routes work with. */
export interface Service extends OpenEndpoint {
  readonly encapsulations: Encapsulations;
  readonly withdrawals: Map<UnitId, KnownWithdrawn>;
  readonly positions: Positions;
  readonly limits: RateLimits;
  /** Whether the demonstration's reusable codes are accepted. */
  readonly demo: boolean;
  /** Of a unit that was founded just now, before its founder is told. */
  readonly whenFounded: () => Promise<void>;
}
