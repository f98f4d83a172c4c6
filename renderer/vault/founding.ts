import { v4 as uuid } from 'uuid';
import { randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import type { MemberId, StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { makeGeneration } from '#shared/log/generation.ts';
import { type EnrolmentReply, signSealingKey } from '#shared/sync/enrolment.ts';
import { refuse } from './codes.ts';
import { ask, type Host, HostFailure } from './host.ts';
import { sealFirstGrantCache } from './keys/grant-cache.ts';
import { generateMember } from './keys/new-member.ts';
import { createSlot, type DeviceKeys, sealSlotRecord } from './keys/slots.ts';
import { ledgerKey } from './log/ledger.ts';
import { signEvents } from './log/outbox.ts';
import { prepareGrant } from './log/prepare-grant.ts';
import { createOpenVault, type Opening } from './open-vault.ts';
import { openRow, sealRow } from './store/sealed-rows.ts';
import type { Store } from './store/store.ts';
import type { NewMember, Slot } from './vault-api.ts';

/** Kept until the endpoint has the unit's public key: without it no referral can be sealed. */
const foundingKey = 'founding';

type Enrolment = EnrolmentReply & { readonly unit: NonNullable<EnrolmentReply['unit']> };

interface Founding {
  readonly enrolment: Enrolment;
  readonly device: DeviceKeys;
}

/**
 * Founds the unit: its keys, its first member and the first entries of its log, durable here in one commit before
 * anything is published, so that no published key can be lost.
 */
export async function found(
  { enrolment, device, ...opening }: Omit<Opening, 'slotId' | 'slot' | 'emit'> & Founding,
  founder: Omit<NewMember, 'role'>,
): Promise<Result<Slot, Refusal>> {
  const { store, clock, host } = opening;
  const unit = enrolment.unit.id;
  const storeKey = toBase64url(randomBytes(32));
  const person = { id: uuid() as MemberId, name: founder.name.trim(), role: 'supervisor' as const };
  const made = await generateMember(person, { unit, endpointKey: enrolment.endpointKey, storeKey }, null);
  const generation = await makeGeneration();
  const secrets = { generations: [toBase64url(generation.secret)] };
  const vault = await createOpenVault({ ...opening, slotId: '', slot: made.secrets, emit: () => undefined });
  await vault.member.keyring.admit(secrets);
  const at = new Date(clock.now()).toISOString();
  const stream = uuid() as StreamId;
  const { changes } = await signEvents(vault, [
    { stream, event: { type: 'unit.founded', at, data: { name: enrolment.unit.name, founder: made.member } } },
    prepareGrant(stream, made.member, secrets, at),
  ]);
  const slotId = uuid();
  const record = await createSlot(slotId, made.secrets, founder.passphrase, device);
  const statement = await signSealingKey(
    { unit, publicKey: generation.sealing.publicKey, founder: made.member.author },
    vault.member.signing,
  );
  await store.commit([
    ...changes,
    { table: 'slots', put: [await sealSlotRecord(device.labelKey, slotId, record)] },
    {
      table: 'meta',
      put: [
        await sealRow(vault.member.storeKey, 'meta', ledgerKey, vault.log.ledger),
        await sealRow(vault.member.storeKey, 'meta', foundingKey, statement),
        await sealFirstGrantCache(made.secrets.personalKey, slotId, secrets),
      ],
    },
  ]);
  if (await isTaken(store, vault.member.storeKey, host)) {
    // Nothing was ever sealed to the keys that were made here.
    await store.commit([
      { table: 'slots', remove: [slotId] },
      { table: 'outbox', remove: (await store.all('outbox')).map(({ key }) => key) },
      { table: 'meta', remove: (await store.all('meta')).map(({ key }) => key) },
    ]);
    return err(refuse('unit-founded-elsewhere'));
  }
  return ok({ id: slotId, name: record.name, role: record.role, waitUntil: 0 });
}

/** Whether the endpoint has another key of this unit. Out of reach, it is asked again at each exchange. */
async function isTaken(store: Store, storeKey: CryptoKey, host: Host): Promise<boolean> {
  try {
    await publishUnitKey(store, storeKey, host);
    return false;
  } catch (error) {
    return error instanceof HostFailure && error.failure.code === 'sealing-key-set';
  }
}

/** Publishes the unit's public key when that has not happened yet. @throws HostFailure */
export async function publishUnitKey(store: Store, storeKey: CryptoKey, host: Host): Promise<void> {
  const row = await store.get('meta', foundingKey);
  if (!row) return;
  await ask(host, 'unit.publishKey', { statement: await openRow<string>(storeKey, 'meta', row) });
  await store.commit([{ table: 'meta', remove: [foundingKey] }]);
}
