import { v7 } from 'uuid';
import type { EntryId, UnitId } from '#shared/kernel/ids.ts';
import { sealToPublicKey } from '#shared/log/body.ts';
import { hashEntry } from '#shared/log/entry.ts';
import { type Answer, carry } from '#shared/sync/transfer.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import { sealEntry } from '../unit-log/seal-entry.ts';
import { foundedUnit } from './founded-unit.ts';

/**
 * Appends the receiving unit's answer to the sender's log, in the stream that the sender named. Each answer counts
 * once, and none after it was sent back: giving it again changes nothing.
 */
export async function answerTransfer(service: Service, by: UnitId, id: EntryId, answer: Answer): Promise<void> {
  const { storage, encapsulations, clock } = service;
  const transfer = await storage.transfer(id);
  // The same words for another unit's transfer: that it exists is nobody else's business.
  if (transfer?.to !== by) throw new Refusal('transfer-unknown', 'No such transfer came to this unit.');
  const { from, returnTo } = transfer;
  const { sealingKey } = await foundedUnit(storage, from);
  const { to, kid } = await encapsulations.take(sealingKey);
  await storage.withUnit(from, async (locked) => {
    if (!(await locked.recordAnswer(id, answer.answer))) return;
    const at = new Date(clock.now()).toISOString();
    const body = sealToPublicKey(to, carry('answer.transferred', at, { from: by, transfer: id, ...answer }));
    const place = { id: v7({ msecs: clock.now() }) as EntryId, unit: from, stream: returnTo, kid };
    const entry = await sealEntry(service, locked, place, body, 'transfer-too-large');
    await locked.append([{ entry, hash: await hashEntry(entry) }]);
  });
}
