import { currentGeneration, type Roster, type DeviceKeys as RosterKeys } from '#shared/domain/unit/roster.ts';
import { entitledTo } from '#shared/domain/unit/scope-keys.ts';
import { timeOf } from '#shared/kernel/clock.ts';
import type { Notice, Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { consentToRenewal } from '#shared/log/device-proof.ts';
import { boxGeneration } from '#shared/log/generation-box.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';
import { refuse } from './codes.ts';
import type { DeviceKeys } from './keys/device-keys.ts';
import { generateDevice } from './keys/new-member.ts';
import { createSlot, type SlotSecrets, sealSlotRecord } from './keys/slots.ts';
import { appendSigned } from './log/append-signed.ts';
import { isSetBack } from './log/set-back.ts';
import type { OpenVault } from './open-vault.ts';
import { signTogether } from './sign-together.ts';
import { unlockSlot } from './unlock.ts';

/**
 * New keys for a device that was found to be set back, in the slot of its member, who goes on with the same passphrase. The old key
 * signs that it is replaced, and nothing else any more. To use them the vault is locked and unlocked.
 * @param passphrase of the member who is at work
 */
export function renewDevice(
  vault: OpenVault,
  passphrase: string,
  device: DeviceKeys,
): Promise<Result<null, Refusal | Notice>> {
  return vault.io.writer.add(async () => {
    const { io, log, member } = vault;
    const { roster } = log;
    if (!roster) return err(refuse('unit-not-founded'));
    if (!isSetBack(vault)) return err(refuse('device-not-set-back'));
    const opened = await unlockSlot(io, device, member.slotId, passphrase);
    if (!opened.ok) return opened;
    const { unit, member: person } = member.slot;
    const made = await generateDevice(unit, person.id);
    const consent = await consentToRenewal({ unit, member: person.id, device: made.device }, member.signing);
    const data = { member: person.id, replaces: member.slot.author, device: made.device, consent };
    const event = { type: 'device.renewed' as const, at: timeOf(io.clock), data };
    const act = { stream: roster.stream, event, boxes: await boxesAlone(vault, roster, made.device) };
    const secrets = withFormer(member.slot, made.secrets);
    const renewed = { ...vault, member: { ...member, slot: secrets, signing: made.signing } };
    const signed = await signTogether(renewed, roster, act, null);
    if (!signed.ok) return signed.error.code === 'second-needed' ? err(refuse('renewal-needs-second')) : signed;
    const record = await createSlot(member.slotId, secrets, passphrase, device, opened.value.changes);
    const written = await appendSigned(renewed, signed.value.signed, [
      { table: 'slots', put: [await sealSlotRecord(device.labelKey, member.slotId, record)] },
    ]);
    return written.ok ? ok(null) : written;
  });
}

/** The slot with new keys of its device. The old ones stay in it, to open what was sealed to them. */
const withFormer = (slot: SlotSecrets, made: Partial<SlotSecrets>): SlotSecrets => ({
  ...slot,
  ...made,
  former: [...(slot.former ?? []), { author: slot.author, sealingPrivateKey: slot.sealingPrivateKey }],
});

/** The keys that no other device could give the new one. */
async function boxesAlone(
  { member: { keyring, slot } }: OpenVault,
  roster: Roster,
  device: RosterKeys,
): Promise<readonly WholeBox[]> {
  const scopes = [...new Set(roster.generations.map(({ scope }) => scope))];
  const alone = scopes.filter((scope) => entitledTo(roster, scope).every(({ author }) => author === slot.author));
  const held = alone.flatMap((scope) => {
    const current = currentGeneration(roster, scope);
    return (current && keyring.generation(current.id)) ?? [];
  });
  return Promise.all(held.map((generation) => boxGeneration(generation, roster.stream, device)));
}
