import type { UnitId } from '#shared/kernel/ids.ts';
import { sealToPublicKey } from '#shared/log/body.ts';
import { hashEntry } from '#shared/log/entry.ts';
import { carry, streamOfTransfer, type Transfer } from '#shared/sync/transfer.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import type { StoredTransfer } from '../storage/storage.ts';
import { sealEntry } from '../unit-log/seal-entry.ts';
import { foundedUnit } from './founded-unit.ts';

/**
 * Appends what one unit sealed for another to the other's log, with the chunks of its attachments. Learns from which
 * unit to which, and cannot read it. Sending it again changes nothing: the first is the one that counts.
 */
export async function sendTransfer(service: Service, from: UnitId, transfer: Transfer): Promise<void> {
  const { storage, encapsulations, clock } = service;
  const { id, to, returnTo, blobs } = transfer;
  const known = await storage.transfer(id);
  if (known) return checkSame(known, from, to);
  if (from === to) throw new Refusal('transfer-to-self', 'The referral is with this unit already.');
  // The answer will be sealed to the sender: a sender without a key could never be answered.
  await foundedUnit(storage, from);
  const { sealingKey } = await foundedUnit(storage, to);
  const sealing = await encapsulations.take(sealingKey);
  return storage.withUnit(to, async (locked) => {
    const meanwhile = await locked.transfer(id);
    if (meanwhile) return checkSame(meanwhile, from, to);
    if ((await locked.find([id])).size > 0) throw idReused();
    if (!(await locked.copyBlobs(from, blobs))) {
      throw new Refusal('blob-unknown', 'An attachment of this referral is not in the store of the sending unit.');
    }
    const at = new Date(clock.now()).toISOString();
    const body = sealToPublicKey(sealing.to, carry('referral.transferred', at, { from, package: transfer.package }));
    const place = { id, unit: to, stream: streamOfTransfer(id), kid: sealing.kid };
    const entry = await sealEntry(service, locked, place, body, 'transfer-too-large');
    await locked.append([{ entry, hash: await hashEntry(entry) }]);
    await locked.recordTransfer({ id, from, to, returnTo });
  });
}

const idReused = () => new Refusal('transfer-id-reused', 'Something else has the id of this transfer already.');

function checkSame(known: StoredTransfer, from: UnitId, to: UnitId): void {
  if (known.from !== from || known.to !== to) throw idReused();
}
