import { fromBase64url } from '#shared/crypto/encoding.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import { type CheckpointSeen, type Seen, toCheckpointSeen } from '#shared/log/seen.ts';
import type { Leaf } from '#shared/log/tree/leaf.ts';
import { type SignedCheckpoint, signCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import { emptyRoot, sameBytes } from '#shared/log/tree/tree-hash.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import type { StoredCheckpoint } from '../storage/storage.ts';
import { notFounded } from './founded-unit.ts';
import { signerOfSeen, signingKeyOf } from './own-checkpoint.ts';
import { refuseIfSetBack, wasSetBack } from './set-back.ts';
import { readStoredLog, readVerifiedLog, type VerifiedLog, verifyStored } from './verified-log.ts';
import { whatIsSeen } from './what-is-seen.ts';
import { withinUnit } from './within-unit.ts';

/** Milliseconds after which a checkpoint is signed again with a new time, for whoever asks whether there is more. */
const fresh = 60 * 60 * 1000;

/** Whole seconds since 1970: never before the last entry came. */
export const signedNow = (clock: Clock, leaf: Leaf | null): number =>
  Math.floor(Math.max(clock.now(), leaf?.arrivedAt ?? 0) / 1000);

/** A stored checkpoint, and what it says. */
interface VerifiedCheckpoint {
  readonly stored: StoredCheckpoint;
  readonly signed: SignedCheckpoint;
}

/**
 * The last checkpoint of a unit, not much older than an hour. Of a log that was set back it stays as old as it is.
 * @param last as it is stored; null before the first entry
 * @param verified of this log, where one was verified already: whoever asks whether there is more has the last one
 */
export async function freshCheckpoint(
  service: Service,
  unit: UnitId,
  last: StoredCheckpoint | null,
  verified: VerifiedCheckpoint | null = null,
): Promise<string> {
  const { storage, clock } = service;
  const time = signedNow(clock, null);
  const known = last ? await verifyOnce(service, unit, last, verified) : { size: 0, root: emptyRoot, time: 0 };
  if (last && (time - known.time) * 1000 < fresh) return last.note;
  const whole = await readWholeLog(service, unit);
  if (!whole && !last) throw wasSetBack();
  // Somebody may have appended since it was read: then it is the last no more.
  if (last && whole?.checkpoint.size !== known.size) return last.note;
  const named = whole?.roster?.checkpointKey;
  const signing = keysHeld(service).filter(({ author }) => !named || author === named);
  // Where the key is lost it stays as old as it is, until members have named another.
  if (last && signing.length === 0) return last.note;
  const note = await signCheckpoint({ unit, size: known.size, root: known.root }, signing, time);
  if (last) await storage.renewCheckpoint(unit, last, note);
  return note;
}

async function verifyOnce(
  service: Service,
  unit: UnitId,
  stored: StoredCheckpoint,
  verified: VerifiedCheckpoint | null,
): Promise<SignedCheckpoint> {
  const isSame = verified?.stored.size === stored.size && verified.stored.note === stored.note;
  return isSame ? verified.signed : (await verifyStored(service, unit, stored)).signed;
}

/** The unit's log as it is now, signed now: another unit judges by it who may speak for this one. */
export const checkpointNow = (service: Service, unit: UnitId): Promise<CheckpointSeen> =>
  withinUnit(service, unit, async (locked) => {
    refuseIfSetBack(locked);
    const { checkpoint, leaf, roster } = await readVerifiedLog(service, unit, locked);
    if (!roster) throw notFounded();
    const { clock } = service;
    const signing = await signingKeyOf(service, roster.checkpointKey);
    const { size, root } = checkpoint;
    const note = await signCheckpoint({ unit, size, root: fromBase64url(root) }, signing, signedNow(clock, leaf));
    return toCheckpointSeen((await verifyStored(service, unit, { size, note })).signed);
  });

/** What may be signed again: a new time says that nothing came after. Null when the log is known to lack something. */
const readWholeLog = (service: Service, unit: UnitId): Promise<VerifiedLog | null> =>
  withinUnit(service, unit, async (locked) =>
    locked.setBack === null ? readVerifiedLog(service, unit, locked) : null,
  );

/**
 * What a reader says of the log that they have. One that this endpoint signed, and does not have, tells it that its
 * database was set back.
 * @returns theirs, as it is stored; null where they have none
 */
export async function checkReadersCheckpoint(
  service: Service,
  unit: UnitId,
  seen: Seen,
): Promise<VerifiedCheckpoint | null> {
  if (seen.size === 0) return null;
  const { storage } = service;
  const stored = await storage.checkpoint(unit, seen.size);
  const own = stored && { stored, signed: (await verifyStored(service, unit, stored)).signed };
  if (own && sameBytes(own.signed.root, fromBase64url(seen.root))) return own;
  const by = await signerOfSeen(service, unit, seen);
  if (!by || !(await showsOtherLog(service, unit, seen, by))) {
    throw new Refusal(
      'checkpoint-refused',
      'This endpoint did not sign the checkpoint that the log was asked for from.',
    );
  }
  await storage.recordSetBack(unit, seen);
  throw wasSetBack();
}

/** Whoever has a key of before can sign any checkpoint with it: that halts nobody. */
const showsOtherLog = async (service: Service, unit: UnitId, seen: Seen, by: AuthorKey): Promise<boolean> =>
  service.keys.all.length === 1 ||
  service.storage.withUnit(unit, async (locked) => {
    const log = await readStoredLog(service, unit, locked);
    return (await whatIsSeen(service, locked, log, seen, by)) === 'other log';
  });

/** With which a checkpoint can be signed: of an empty log no roster says with which, so whoever is to found the unit finds theirs. */
const keysHeld = ({ keys }: Service): readonly SigningKey[] =>
  keys.all.flatMap(({ checkpointKey }) => keys.find(checkpointKey) ?? []);
