import { SealBroken } from '#shared/crypto/aead.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { notice, type VaultCode } from './codes.ts';
import { ask, type Host } from './host.ts';
import type { DeviceKeys } from './keys/device-keys.ts';
import { openSlot, openSlotRecord, type SlotSecrets } from './keys/slots.ts';
import type { Store } from './store/store.ts';
import type { UnlockFailure } from './vault-api.ts';

const failure = (code: VaultCode, wait = 0) => err<UnlockFailure>({ ...notice(code), wait });

interface Unlocked {
  readonly secrets: SlotSecrets;
  /** How often the passphrase was changed. */
  readonly changes: number;
  readonly failedAttemptsBefore: number;
}

/**
 * Opens a slot. The host counts the attempt before it is made, and says whether it may be: no clock and no row of this store
 * shortens a wait. @throws HostFailure
 */
export async function unlockSlot(
  { store, host }: { readonly store: Store; readonly host: Host },
  { labelKey, secretOf, settleSlot }: DeviceKeys,
  id: string,
  passphrase: string,
): Promise<Result<Unlocked, UnlockFailure>> {
  const row = await store.get('slots', id);
  if (!row) return failure('slot-missing');
  const record = await openSlotRecord(labelKey, row).catch(() => null);
  if (!record) return failure('slot-damaged');
  const { passphrase: changes } = record;
  const secret = await secretOf(id, changes);
  const { taken, failed, wait } = await ask(host, 'attempt.begin', { slot: id });
  if (!taken) return failure('wait', wait);
  try {
    const secrets = await openSlot(id, record, passphrase, secret);
    if (!secrets) return failure('wrong-passphrase', wait);
    await ask(host, 'attempt.opened', { slot: id });
    // What a change of the passphrase replaced, where that was broken off. It keeps nobody out: the next unlock does it.
    await settleSlot(id, changes).catch(() => undefined);
    return ok({ secrets, changes, failedAttemptsBefore: failed });
  } catch (error) {
    if (error instanceof SealBroken) return failure('slot-damaged');
    throw error;
  }
}
