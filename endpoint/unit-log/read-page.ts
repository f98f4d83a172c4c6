import type { SigningKey } from '#shared/crypto/signing.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Position, UnitId } from '#shared/kernel/ids.ts';
import { type LogState, type SignedHead, signHead } from '#shared/log/head.ts';
import type { Page } from '#shared/sync/wire.ts';
import type { Storage } from '../storage/storage.ts';

/** No further entry once those before it have this many bytes: with the longest on top, well under `mostPageMessage`. */
const mostBytes = 8 * 1024 * 1024;

export interface PageQuery {
  readonly after: Position;
  readonly limit: number;
}

export async function readPage(
  storage: Storage,
  unit: UnitId,
  { after, limit }: PageQuery,
  key: SigningKey,
  clock: Clock,
): Promise<Page> {
  const { entries, log, end } = await storage.page(unit, { after, limit, mostBytes });
  const head = await headOf(unit, log, key, clock);
  return { entries: entries.map(({ position, wire }) => ({ position, entry: wire })), head, end };
}

export const headOf = (unit: UnitId, log: LogState, key: SigningKey, clock: Clock): Promise<SignedHead> =>
  signHead({ unit, position: log.position, hash: log.hash, at: new Date(clock.now()).toISOString() }, key);
