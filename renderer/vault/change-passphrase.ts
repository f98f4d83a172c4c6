import type { Notice, Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { refuse } from './codes.ts';
import type { DeviceKeys } from './keys/device-keys.ts';
import { judgePassphrase } from './keys/passphrase.ts';
import { createSlot, sealSlotRecord } from './keys/slots.ts';
import type { OpenVault } from './open-vault.ts';
import { unlockSlot } from './unlock.ts';

/** Two passphrases of the member who is at work. */
export interface PassphraseChange {
  readonly current: string;
  readonly next: string;
}

/**
 * Another passphrase for this member's slot on this workstation; keys and all else stay. The slot of before opens no more, wherever
 * a copy of it lies on this computer: what it needs besides its passphrase is destroyed. Where that fails, the next unlock does it. A
 * copy of the whole profile, with the system's secure storage, opens with the passphrase that it was made under.
 * @throws HostFailure
 */
export function changePassphrase(
  { io, member }: OpenVault,
  { current, next }: PassphraseChange,
  device: DeviceKeys,
): Promise<Result<null, Refusal | Notice>> {
  return io.writer.add(async () => {
    const { slotId } = member;
    const opened = await unlockSlot(io, device, slotId, current);
    if (!opened.ok) return opened;
    if (next.normalize('NFKC') === current.normalize('NFKC')) return err(refuse('passphrase-as-before'));
    const { secrets, changes } = opened.value;
    const { acceptable } = await judgePassphrase(next, secrets.member.name.split(/\s+/));
    if (!acceptable) return err(refuse('passphrase-too-easy'));
    const record = await createSlot(slotId, secrets, next, device, changes + 1);
    await io.store.commit([{ table: 'slots', put: [await sealSlotRecord(device.labelKey, slotId, record)] }]);
    await device.settleSlot(slotId, changes + 1).catch(() => undefined);
    return ok(null);
  });
}
