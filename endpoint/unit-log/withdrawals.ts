import type { Bytes } from '#shared/crypto/encoding.ts';
import { hasEnded, type Roster } from '#shared/domain/unit/roster.ts';
import { type Scope, scopeOfGeneration } from '#shared/domain/unit/scopes.ts';
import { readersNow, streamsOf } from '#shared/domain/unit/withdrawals.ts';
import type { Position, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { parseBox } from '#shared/log/box.ts';
import { makerOf } from '#shared/log/content-key.ts';
import { hasItsParts, parseEntry } from '#shared/log/entry.ts';
import { hashSignedHeader } from '#shared/log/tree/leaf.ts';
import { TileBroken } from '#shared/log/tree/tile-reader.ts';
import { sameBytes } from '#shared/log/tree/tree-hash.ts';
import type { Withdrawn } from '#shared/log/withdrawn-parts.ts';
import type { Service } from '../http/service.ts';
import type { LockedUnit } from '../storage/storage.ts';
import { LogDiffers } from './log-differs.ts';
import { readLeaf, readStoredLog, type StoredLog } from './verified-log.ts';

/** Who reads a stream now, the first where there are several; null when there is none of that id. */
export async function readReaders(locked: LockedUnit, log: StoredLog, stream: StreamId): Promise<Scope | null> {
  const { roster } = log;
  const first = roster && (await readFirstReaders(locked, log, roster, stream));
  return first && readersNow(roster, stream, first)[0];
}

/** The streams that acts name. */
const namedIn = ({ withdrawals }: Pick<Roster, 'withdrawals'>): readonly StreamId[] => withdrawals.flatMap(streamsOf);

/** What is withdrawn of a log, with what is for devices that have ended. Null when nothing is. */
export async function readWithdrawn(locked: LockedUnit, log: StoredLog): Promise<Withdrawn | null> {
  const { roster } = log;
  if (!roster) return null;
  const isAllThere = roster.withdrawals.every(({ stopped }) => stopped);
  if (isAllThere && !roster.devices.some((device) => hasEnded(roster, device))) return null;
  const first = new Map<StreamId, Scope | null>();
  for (const stream of new Set(namedIn(roster))) first.set(stream, await readFirstReaders(locked, log, roster, stream));
  return { roster, first: (stream) => first.get(stream) ?? null };
}

/** For whom a stream was begun: the first box beside its first entry says so, which the tree covers. */
export async function readFirstReaders(
  locked: LockedUnit,
  log: StoredLog,
  roster: Roster,
  stream: StreamId,
): Promise<Scope | null> {
  const row = await locked.firstOf(stream);
  const parsed = row && parseEntry(row.wire);
  if (!row || !parsed?.ok || !(await hasItsParts(parsed.value))) return null;
  const { header, wire } = parsed.value;
  const leaf = await readLeaf(locked, log.tree, row.position);
  if (header.stream !== stream || !sameBytes(hashSignedHeader(wire), leaf.entry)) return null;
  for (const each of wire.boxes) {
    const box = parseBox(each);
    if (box?.stream !== stream || makerOf(box.key) !== header.author || !('generation' in box.to)) continue;
    return scopeOfGeneration(roster, box.to.generation);
  }
  return null;
}

/**
 * What is served without. Where what is stored is not the log that its last checkpoint covers, what was known before, and
 * reading goes on: a writer of the database can have it that more is served, which they have anyway.
 * @param head of the roster at the log's end, as a row says
 */
export async function servedWithout(
  service: Service,
  unit: UnitId,
  { head, end }: { readonly head: Bytes; readonly end: Position },
): Promise<Withdrawn | null> {
  const { storage, withdrawals } = service;
  const known = withdrawals.get(unit);
  if (known && sameBytes(known.head, head) && (known.isWhole || known.size === end)) return known.withdrawn;
  try {
    const read = await storage.withUnit(unit, async (locked) => {
      const log = await readStoredLog(service, unit, locked);
      const withdrawn = await readWithdrawn(locked, log);
      const isWhole = !withdrawn || namedIn(withdrawn.roster).every((stream) => withdrawn.first(stream));
      return { head: log.leaf?.rosterHead ?? head, size: log.tree.size, isWhole, withdrawn };
    });
    withdrawals.set(unit, read);
    return read.withdrawn;
  } catch (error) {
    if (!(error instanceof LogDiffers || error instanceof TileBroken)) throw error;
    return known?.withdrawn ?? null;
  }
}
