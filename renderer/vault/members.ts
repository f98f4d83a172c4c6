import { v4 as uuid } from 'uuid';
import { randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import { encapsulateTo, generateSealingKey, sealingKeyId } from '#shared/crypto/public-box.ts';
import { type DomainEvent, toEnvelope } from '#shared/domain/events.ts';
import { may, whoMay } from '#shared/domain/unit/roles.ts';
import type { Member, UnitSecrets } from '#shared/domain/unit/unit-events.ts';
import { selectMember } from '#shared/domain/unit/unit-state.ts';
import type { MemberId, StreamId } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { sealToPublicKey } from '#shared/log/body.ts';
import { append } from './execute.ts';
import type { Held } from './held.ts';
import { sealFirstGrantCache } from './keys/grant-cache.ts';
import { generateMember } from './keys/new-member.ts';
import { createSlot, type DeviceKeys, sealSlotRecord } from './keys/slots.ts';
import type { Draft } from './log/outbox.ts';
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
export async function draftGrant(stream: StreamId, to: Member, secrets: UnitSecrets, at: string): Promise<Draft> {
  const event: DomainEvent = { type: 'unitKeys.granted', at, data: { to: to.id, secrets } };
  const [kid, encapsulation] = await Promise.all([sealingKeyId(to.sealingKey), encapsulateTo(to.sealingKey)]);
  return { stream, event, sealTo: { kid, seal: sealToPublicKey(encapsulation, toEnvelope(event)) } };
}

/** Makes the member's keys and slot here, and writes their admission and grant, all in one commit. */
export function admit(held: Held, person: NewMember, device: DeviceKeys): Promise<Result<Slot, string>> {
  return held.writer.add(async () => {
    const me = selectMember(held.unit, held.slot.author);
    const stream =
      held.ledger.unitStream ?? held.outbox.find(({ event }) => event?.type === 'unit.founded')?.entry.header.stream;
    if (!me || !stream || !may(me.role, 'admitMember')) return err(`Only ${whoMay('admitMember')} can admit members.`);
    const id = uuid() as MemberId;
    const { unit, endpointKey, storeKey } = held.slot;
    const made = await generateMember(
      { id, name: person.name.trim(), role: person.role },
      { unit, endpointKey, storeKey },
      { by: held.slot.author, founder: held.slot.founder },
    );
    const slotId = uuid();
    const record = await createSlot(slotId, made.secrets, person.passphrase, device);
    const at = new Date(held.clock.now()).toISOString();
    const drafts: Draft[] = [
      { stream, event: { type: 'member.admitted', at, data: { member: made.member } } },
      await draftGrant(stream, made.member, held.keyring.grantable(), at),
    ];
    const slotRow = await sealSlotRecord(device.labelKey, slotId, record);
    const cache = await sealFirstGrantCache(made.secrets.personalKey, slotId, held.keyring.grantable());
    const written = await append(held, drafts, [
      { table: 'slots', put: [slotRow] },
      { table: 'meta', put: [cache] },
    ]);
    return written.ok ? ok({ id: slotId, name: record.name, role: record.role, waitUntil: 0 }) : written;
  });
}
