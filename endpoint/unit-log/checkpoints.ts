import { fromBase64url } from '#shared/crypto/encoding.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { isSeenSigned, type Seen } from '#shared/log/seen.ts';
import type { Leaf } from '#shared/log/tree/leaf.ts';
import { signCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import { emptyRoot, sameBytes } from '#shared/log/tree/tree-hash.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import type { StoredCheckpoint } from '../storage/storage.ts';
import { wasSetBack } from './set-back.ts';
import { verifyStored } from './verified-log.ts';

/** Milliseconds after which a checkpoint is signed again with a new time, for whoever asks whether there is more. */
const fresh = 60 * 60 * 1000;

/** Whole seconds since 1970: never before the last entry came. */
export const signedNow = (clock: Clock, leaf: Leaf | null): number =>
  Math.floor(Math.max(clock.now(), leaf?.arrivedAt ?? 0) / 1000);

/**
 * The last checkpoint of a unit, not much older than an hour.
 * @param last as it is stored; null before the first entry
 */
export async function freshCheckpoint(service: Service, unit: UnitId, last: StoredCheckpoint | null): Promise<string> {
  const { storage, clock, checkpointKey } = service;
  if (!last) return signCheckpoint({ unit, size: 0, root: emptyRoot }, checkpointKey, signedNow(clock, null));
  const verified = await verifyStored(service, unit, last);
  const time = signedNow(clock, null);
  if ((time - verified.time) * 1000 < fresh) return last.note;
  const note = await signCheckpoint({ unit, size: verified.size, root: verified.root }, checkpointKey, time);
  await storage.renewCheckpoint(unit, last, note);
  return note;
}

/**
 * What a reader says of the log that they have. One that this endpoint signed, and does not have, tells it that its
 * database was set back.
 */
export async function checkReadersCheckpoint(service: Service, unit: UnitId, seen: Seen): Promise<void> {
  if (seen.size === 0) return;
  const { storage, checkpointKey } = service;
  const stored = await storage.checkpoint(unit, seen.size);
  const own = stored && (await verifyStored(service, unit, stored));
  if (own && sameBytes(own.root, fromBase64url(seen.root))) return;
  if (!(await isSeenSigned(seen, { unit, key: checkpointKey.author }))) {
    throw new Refusal(
      'checkpoint-refused',
      'This endpoint did not sign the checkpoint that the log was asked for from.',
    );
  }
  await storage.recordSetBack(unit, seen);
  throw wasSetBack();
}
