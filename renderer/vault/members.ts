import { v4 as uuid } from 'uuid';
import { randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import { encapsulateTo, generateSealingKey, sealingKeyId } from '#shared/crypto/public-box.ts';
import { may, rolesThatMay } from '#shared/domain/policy/policy.ts';
import { type DomainEvent, toEnvelope } from '#shared/domain/registry/registry.ts';
import { type Member, selectMember, type UnitSecrets } from '#shared/domain/unit/unit-state.ts';
import type { MemberId, StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { sealToPublicKey } from '#shared/log/body.ts';
import { refuse } from './codes.ts';
import { sealFirstGrantCache } from './keys/grant-cache.ts';
import { generateMember } from './keys/new-member.ts';
import { createSlot, type DeviceKeys, sealSlotRecord } from './keys/slots.ts';
import { append } from './log/append.ts';
import type { Unsigned } from './log/outbox.ts';
import type { OpenVault } from './open-vault.ts';
import type { NewMember, Slot } from './vault-api.ts';

/** First keys of a unit: epoch 1 of the unit key, and the key pair that referrals are sealed to. */
export async function generateUnitSecrets(): Promise<UnitSecrets> {
  const pair = await generateSealingKey();
  return {
    epochs: [{ epoch: 1, key: toBase64url(randomBytes(32)) }],
    sealingKeys: [{ publicKey: pair.publicKey, privateKey: toBase64url(pair.privateKey) }],
  };
}

/** The unit's keys for one member: an entry that only they can open. */
export async function prepareGrant(stream: StreamId, to: Member, secrets: UnitSecrets, at: string): Promise<Unsigned> {
  const event: DomainEvent = { type: 'unitKeys.granted', at, data: { to: to.id, secrets } };
  const [kid, encapsulation] = await Promise.all([sealingKeyId(to.sealingKey), encapsulateTo(to.sealingKey)]);
  return { stream, event, sealTo: { kid, seal: sealToPublicKey(encapsulation, toEnvelope(event)) } };
}

/** Makes the member's keys and slot here, and writes their admission and grant, all in one commit. */
export function admit(vault: OpenVault, person: NewMember, device: DeviceKeys): Promise<Result<Slot, Refusal>> {
  return vault.io.writer.add(async () => {
    const me = selectMember(vault.log.unit, vault.member.slot.author);
    const stream =
      vault.log.ledger.unitStream ??
      vault.log.outbox.find(({ event }) => event?.type === 'unit.founded')?.entry.header.stream;
    if (!me || !stream || !may(me.role, 'admitMember')) {
      return err(refuse('not-allowed', { action: 'admitMember', roles: rolesThatMay('admitMember') }));
    }
    const id = uuid() as MemberId;
    const { unit, endpointKey, storeKey } = vault.member.slot;
    const made = await generateMember(
      { id, name: person.name.trim(), role: person.role },
      { unit, endpointKey, storeKey },
      { by: vault.member.slot.author, founder: vault.member.slot.founder },
    );
    const slotId = uuid();
    const record = await createSlot(slotId, made.secrets, person.passphrase, device);
    const at = new Date(vault.io.clock.now()).toISOString();
    const events: Unsigned[] = [
      { stream, event: { type: 'member.admitted', at, data: { member: made.member } } },
      await prepareGrant(stream, made.member, vault.member.keyring.grantable(), at),
    ];
    const slotRow = await sealSlotRecord(device.labelKey, slotId, record);
    const cache = await sealFirstGrantCache(made.secrets.personalKey, slotId, vault.member.keyring.grantable());
    const written = await append(vault, events, [
      { table: 'slots', put: [slotRow] },
      { table: 'meta', put: [cache] },
    ]);
    return written.ok ? ok({ id: slotId, name: record.name, role: record.role, waitUntil: 0 }) : written;
  });
}
