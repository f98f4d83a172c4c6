import { replyNow } from '#shared/domain/unit/replies.ts';
import { currentGeneration } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { Digest, EntryId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { type Answer, carry, streamOfTransfer, type Transfer } from '#shared/sync/transfer.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import type { LockedUnit, StoredTransfer } from '../storage/storage.ts';
import { checkpointNow } from '../unit-log/checkpoints.ts';
import { refuseUnlessFounded } from '../unit-log/founded-unit.ts';
import { appendSealed, newEntryId, stamp } from '../unit-log/seal-entry.ts';
import { readVerifiedLog, type VerifiedLog } from '../unit-log/verified-log.ts';
import { readFirstReaders } from '../unit-log/withdrawals.ts';
import { withinUnit } from '../unit-log/within-unit.ts';

/**
 * Appends what one unit sealed for another to the other's log, with the chunks of its attachments, and the checkpoint of the
 * sender's log by whose roster its signature is judged. Learns from which unit to which, and cannot read it. Sending it again
 * changes nothing: the first is the one that counts.
 */
export async function sendTransfer(service: Service, from: UnitId, transfer: Transfer): Promise<void> {
  const { storage, clock, directory } = service;
  const { id, to, reply, blobs } = transfer;
  const known = await storage.transfer(id);
  if (known) return checkSame(known, from, to);
  if (from === to) throw new Refusal('transfer-to-self', 'The referral is with this unit already.');
  // The answer will be sealed to the sender: a sender without a key could never be answered.
  await refuseUnlessFounded(storage, from);
  await refuseUnlessFounded(storage, to);
  // What is sealed to within the transaction is held against it.
  await directory.read();
  const roster = await checkpointNow(service, from);
  return withinUnit(service, to, async (locked) => {
    const meanwhile = await locked.transfer(id);
    if (meanwhile) return checkSame(meanwhile, from, to);
    if ((await locked.find([id])).size > 0) throw idReused();
    if (!(await locked.copyBlobs(from, blobs))) {
      throw new Refusal('blob-unknown', 'An attachment of this referral is not in the store of the sending unit.');
    }
    const { roster: own } = await readVerifiedLog(service, to, locked);
    if (currentGeneration(own, 'unit')?.id !== (transfer.package.key as string)) {
      throw new Refusal(
        'generation-replaced',
        'This is sealed to a key that the other unit has replaced: seal it again.',
      );
    }
    const event = carry('referral.transferred', stamp(clock), { from, package: transfer.package, roster });
    const place = { id, unit: to, stream: streamOfTransfer(id) };
    await appendSealed(service, locked, { place, event }, 'transfer-too-large');
    await locked.recordTransfer({ id, from, to, reply });
  });
}

const idReused = () => new Refusal('transfer-id-reused', 'Something else has the id of this transfer already.');

function checkSame(known: StoredTransfer, from: UnitId, to: UnitId): void {
  if (known.from !== from || known.to !== to) throw idReused();
}

/**
 * Appends the receiving unit's answer to the sender's log, in the stream that the sender named, or in which that goes on. Each
 * answer counts once, and none after it was sent back: giving it again changes nothing.
 */
export async function answerTransfer(service: Service, by: UnitId, id: EntryId, answer: Answer): Promise<void> {
  const { storage, clock, directory } = service;
  const transfer = await storage.transfer(id);
  // The same words for another unit's transfer: that it exists is nobody else's business.
  if (transfer?.to !== by) throw new Refusal('transfer-unknown', 'No such transfer came to this unit.');
  const { from, reply } = transfer;
  // What is sealed to within the transaction is held against it.
  await directory.read();
  const roster = await checkpointNow(service, by);
  await withinUnit(service, from, async (locked) => {
    const log = await readVerifiedLog(service, from, locked);
    const { stream, scope } = await currentReply(locked, log, reply, answer.note.key);
    if (!(await locked.recordAnswer(id, answer.answer))) return;
    const event = carry('answer.transferred', stamp(clock), { from: by, transfer: id, ...answer, roster });
    const place = { id: newEntryId(clock), unit: from, stream };
    await appendSealed(service, locked, { place, event }, 'transfer-too-large', scope);
  });
}

/** Where an answer goes. Refuses one that is sealed to a key which a closing of the asker's stream replaced. */
async function currentReply(
  locked: LockedUnit,
  log: VerifiedLog,
  reply: StoredTransfer['reply'],
  sealedTo: Digest,
): Promise<{ readonly stream: StreamId; readonly scope: Scope }> {
  const scope = log.roster && (await readFirstReaders(locked, log, log.roster, reply.stream));
  const now = log.roster && scope ? replyNow(log.roster, { ...reply, scope }) : { ...reply, scope: 'unit' as const };
  if (now.key !== sealedTo) {
    throw new Refusal(
      'reply-key-replaced',
      'The answer is not sealed to the key that it is waited for with: seal it again.',
    );
  }
  return now;
}
