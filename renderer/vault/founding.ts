import { v4 as uuid } from 'uuid';
import { randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import type { Grade } from '#shared/domain/policy/ranks.ts';
import { refusalOfData } from '#shared/domain/registry/registry.ts';
import { timeOf } from '#shared/kernel/clock.ts';
import type { MemberId, StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { boxGeneration } from '#shared/log/generation-box.ts';
import type { EnrolmentReply } from '#shared/sync/enrolment.ts';
import { formatPush } from '#shared/sync/wire.ts';
import { refuse } from './codes.ts';
import { ask, type Host, HostFailure } from './host.ts';
import type { DeviceKeys } from './keys/device-keys.ts';
import { sealKeyCache } from './keys/key-cache.ts';
import { generateMember } from './keys/new-member.ts';
import { newReadership, sealReadership } from './keys/readership.ts';
import { createSlot, sealSlotRecord } from './keys/slots.ts';
import { sealLedger } from './log/ledger.ts';
import { outboxChange, type Signed, signEvents, type Unsigned } from './log/outbox.ts';
import { applyPending } from './log/project-pending.ts';
import { sealView } from './log/view-row.ts';
import { createOpenVault, type Opening, type OpenVault } from './open-vault.ts';
import type { Founder, Slot } from './vault-api.ts';

type Enrolment = EnrolmentReply & { readonly unit: NonNullable<EnrolmentReply['unit']> };

interface Founding {
  readonly enrolment: Enrolment;
  readonly device: DeviceKeys;
}

/**
 * Founds the unit: its keys, its first member and the first entries of its log, durable here in one commit before
 * anything is sent, so that no key that something was sealed to can be lost.
 */
export async function found(
  { enrolment, device, ...opening }: Omit<Opening, 'slotId' | 'slot' | 'emit'> & Founding,
  founder: Founder,
): Promise<Result<Slot, Refusal>> {
  const { store, host } = opening;
  const person = { id: uuid() as MemberId, name: founder.name.trim(), role: 'supervisor' as const };
  const { name } = enrolment.unit;
  const refused =
    refusalOfData({ type: 'member.named', data: { member: person.id, name: person.name } }) ??
    refusalOfData({ type: 'unit.named', data: { name } });
  // Before a code is spent, or a key made.
  if (refused) return err(refused);
  const { endpointKey, checkpointKey, operatorKey } = enrolment;
  const pinned = { endpointKey, checkpointKey, operatorKey };
  const place = { ...pinned, unit: enrolment.unit.id, storeKey: toBase64url(randomBytes(32)) };
  const made = await generateMember(person, place, null);
  const slotId = uuid();
  const vault = await createOpenVault({ ...opening, slotId, slot: made.secrets, emit: () => undefined });
  const signed = await signFounding(vault, name, founder.grade, made);
  const record = await createSlot(slotId, made.secrets, founder.passphrase, device);
  const readership = await newReadership(vault.member.keyring);
  await store.commit([
    await outboxChange(vault, signed),
    { table: 'slots', put: [await sealSlotRecord(device.labelKey, slotId, record)] },
    {
      table: 'meta',
      put: [
        await sealLedger(vault.member.storeKey, vault.log.ledger),
        await sealKeyCache(vault.member),
        await sealReadership(vault.member.storeKey, readership, vault.member.keyring),
        await sealView(readership, vault.log.view),
      ],
    },
  ]);
  if (await isTaken(host, signed)) {
    // Nothing was ever sealed to the keys that were made here.
    await store.commit([
      { table: 'slots', remove: [slotId] },
      { table: 'outbox', remove: (await store.all('outbox')).map(({ key }) => key) },
      { table: 'meta', remove: (await store.all('meta')).map(({ key }) => key) },
    ]);
    return err(refuse('unit-founded-elsewhere'));
  }
  return ok({ id: slotId, name: record.name, role: record.role, wait: 0 });
}

/** The founding and the key of all members in the clear; under that key, what the unit and its founder are called, and the founder's rank. */
async function signFounding(
  vault: OpenVault,
  name: string,
  grade: Grade,
  { device, secrets }: Awaited<ReturnType<typeof generateMember>>,
): Promise<Signed> {
  const generation = await makeGeneration();
  vault.member.keyring.admit(generation);
  const { endpointKey, checkpointKey, member } = secrets;
  const at = timeOf(vault.io.clock);
  const [stream, policyStream] = [uuid() as StreamId, uuid() as StreamId];
  const data = {
    ...{ founder: member.id, device, endpointKey, checkpointKey, policyStream },
    generation: { scope: 'unit' as const, ...publicOf(generation) },
  };
  const boxes = [await boxGeneration(generation, stream, device)];
  const founding = await signEvents(vault, [{ stream, event: { type: 'unit.founded', at, data }, boxes }]);
  applyPending(vault, founding.pending, new Map());
  const everyone = await makeGeneration();
  vault.member.keyring.admit(everyone);
  const opening: Unsigned = {
    stream,
    event: { type: 'scope.opened', at, data: { scope: 'everyone', generation: publicOf(everyone) } },
    boxes: [await boxGeneration(everyone, stream, device)],
  };
  const opened = await signEvents(vault, [opening], vault.member.signing, founding);
  applyPending(vault, opened.pending.slice(-1), new Map());
  const names = [
    { stream: policyStream, event: { type: 'unit.named' as const, at, data: { name } } },
    {
      stream: policyStream,
      event: { type: 'member.named' as const, at, data: { member: member.id, name: member.name } },
    },
    { stream: policyStream, event: { type: 'member.ranked' as const, at, data: { member: member.id, ...grade } } },
  ];
  return signEvents(vault, names, vault.member.signing, opened);
}

const publicOf = ({ id, sealing: { publicKey } }: Generation) => ({ id, publicKey });

/** Whether the endpoint has a log of this unit already. Out of reach, it is asked again at each exchange. */
async function isTaken(host: Host, { pending }: Signed): Promise<boolean> {
  try {
    await ask(host, 'log.push', { push: formatPush({ entries: pending.map(({ entry }) => entry.wire) }) });
    return false;
  } catch (error) {
    return error instanceof HostFailure && error.failure.code === 'unit-founded';
  }
}
