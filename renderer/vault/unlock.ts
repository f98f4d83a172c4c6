import { SealBroken } from '#shared/crypto/aead.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { notice, type VaultCode } from './codes.ts';
import {
  type DeviceKeys,
  longestWait,
  openSlot,
  openSlotRecord,
  type SlotSecrets,
  sealSlotRecord,
  waitAfter,
} from './keys/slots.ts';
import { type Store, StoreFull } from './store/store.ts';
import type { UnlockFailure } from './vault-api.ts';

const failure = (code: VaultCode, waitUntil = 0) => err<UnlockFailure>({ ...notice(code), waitUntil });

/** Opens a slot. A wrong passphrase is counted on disk before it is answered, so that a restart does not forget it. */
export async function unlockSlot(
  store: Store,
  clock: Clock,
  { deviceSecret, labelKey }: DeviceKeys,
  id: string,
  passphrase: string,
): Promise<Result<{ secrets: SlotSecrets; failedAttemptsBefore: number }, UnlockFailure>> {
  const row = await store.get('slots', id);
  if (!row) return failure('slot-missing');
  const record = await openSlotRecord(labelKey, row).catch(() => null);
  if (!record) return failure('slot-damaged');
  const save = async (failed: number, waitUntil: number): Promise<void> => {
    const put = [await sealSlotRecord(labelKey, id, { ...record, failed, waitUntil })];
    // On a full disk a member must still be able to read: the attempt is then not counted.
    await store.commit([{ table: 'slots', put }]).catch((error: unknown) => {
      if (!(error instanceof StoreFull)) throw error;
    });
  };
  const patience = record.waitUntil - clock.now();
  // A clock that was once far ahead must not lock a member out for years.
  const until = patience > longestWait ? clock.now() + longestWait : record.waitUntil;
  if (patience > 0) {
    if (until !== record.waitUntil) await save(record.failed, until);
    return failure('wait', until);
  }
  const failed = record.failed + 1;
  const waitUntil = clock.now() + waitAfter(failed);
  // Before the attempt: a process killed in the middle of it has still used one up.
  await save(failed, waitUntil);
  try {
    const secrets = await openSlot(id, record, passphrase, deviceSecret);
    if (!secrets) return failure('wrong-passphrase', waitUntil);
    await save(0, 0);
    return ok({ secrets, failedAttemptsBefore: record.failed });
  } catch (error) {
    if (error instanceof SealBroken) return failure('slot-damaged');
    throw error;
  }
}
