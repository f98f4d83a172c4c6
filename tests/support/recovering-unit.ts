import { v4 } from 'uuid';
import { expect } from 'vitest';
import { openDeviceKeys } from '#renderer/vault/keys/device-keys.ts';
import { generateMember } from '#renderer/vault/keys/new-member.ts';
import { createSlot, type SlotSecrets, sealSlotRecord } from '#renderer/vault/keys/slots.ts';
import { emptyLedger, sealLedger } from '#renderer/vault/log/ledger.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import { importContentKey } from '#shared/crypto/aead.ts';
import { fromBase64url, randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import { combineShares } from '#shared/crypto/secret-shares.ts';
import type { DomainEvent } from '#shared/domain/registry/registry.ts';
import { currentGeneration, type DeviceKeys, type RecoveryUse, type Roster } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { AuthorKey, MemberId } from '#shared/kernel/ids.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { boxForRecovery, boxGeneration, boxGenerationUnder } from '#shared/log/generation-box.ts';
import { openRecoveryKey, type RecoveryKey } from '#shared/log/recovery-key.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';
import { placeIn } from './attacked-unit.ts';
import { signAct } from './made-roster.ts';
import type { MemoryEndpoint } from './memory-endpoint.ts';
import { createMemoryHost } from './memory-host.ts';
import { type MemoryUnit, passphraseOf, slotOf } from './memory-unit.ts';
import type { Station } from './rotating-unit.ts';
import { startProcessOn, unlocked } from './workstation.ts';

/* The invented unit with a recovery key: its shares, and workstations that are all that is left. */

const at = new Date().toISOString();
const three = { holders: 5, threshold: 3 } as const;

/** @returns the shares */
export async function bindRecovery({ vault }: Station): Promise<readonly string[]> {
  const shares = await vault.call('recovery.bind', { holding: three });
  if (!shares.ok) throw new Error(shares.error.code);
  expect(shares.value).toHaveLength(three.holders);
  return shares.value;
}

/** Two members permit a use at one workstation. */
export const permit = async ({ vault }: Station, use: RecoveryUse, second: string) =>
  vault.call('recovery.permit', {
    use,
    second: { slot: (await slotOf(vault, second)).id, passphrase: passphraseOf(second) },
  });

/** What the holders of enough shares can put together, with a program of their own. */
export async function recoveryKeyOf(shares: readonly string[]): Promise<RecoveryKey> {
  const secret = await combineShares(shares.slice(0, three.threshold));
  if (!secret.ok) throw new Error(secret.error.code);
  return openRecoveryKey(secret.value);
}

/** An act that the recovery key signs, put into the log. */
export async function actAsRecovery(
  { endpoint }: MemoryUnit,
  { signing }: RecoveryKey,
  event: DomainEvent,
  boxes: readonly WholeBox[] = [],
): Promise<void> {
  const { stream } = endpoint.roster() as Roster;
  await endpoint.inject(await signAct(placeIn(endpoint, signing.author, { stream }), event, signing, boxes));
}

/** A rotation that it signs, for these devices, over a key that it opened. */
export async function rotateAsRecovery(
  unit: MemoryUnit,
  key: RecoveryKey,
  {
    scope,
    past,
    devices,
  }: { scope: Scope; past: Generation; devices: readonly Pick<DeviceKeys, 'author' | 'sealingKey'>[] },
): Promise<Generation> {
  const roster = unit.endpoint.roster() as Roster;
  const { stream } = roster;
  const next = await makeGeneration();
  const own = { author: key.signing.author, sealingKey: key.sealing.publicKey };
  const boxes = await Promise.all([
    ...devices.map((device) => boxGeneration(next, stream, device)),
    boxForRecovery(next, stream, own),
    boxGenerationUnder(past, stream, next),
  ]);
  const replaces = currentGeneration(roster, scope)?.id ?? past.id;
  const generation = { id: next.id, publicKey: next.sealing.publicKey };
  await actAsRecovery(unit, key, { type: 'scope.rotated', at, data: { scope, replaces, generation } }, boxes);
  return next;
}

/** Their old workstation, and all that was on it, is gone. */
export interface NewStation extends Station {
  /** The new keys of each, which nobody bound yet. */
  readonly devices: readonly DeviceKeys[];
}

/** Members at a new workstation with new keys, opened by the first. @param lost what their slots held */
export async function newStation(
  endpoint: MemoryEndpoint,
  lost: readonly SlotSecrets[],
  words: (name: string) => string = passphraseOf,
): Promise<NewStation> {
  const secret = toBase64url(randomBytes(32));
  const [store, host] = [createMemoryStore(), createMemoryHost(endpoint, { secret })];
  const deviceKeys = await openDeviceKeys(host, { memoryKiB: 64, passes: 1 });
  const storeKey = toBase64url(randomBytes(32));
  const key = await importContentKey(fromBase64url(storeKey));
  await store.commit([{ table: 'meta', put: [await sealLedger(key, emptyLedger)] }]);
  const devices: DeviceKeys[] = [];
  for (const { member, founder, ...old } of lost) {
    const { unit, endpointKey, checkpointKey, operatorKey } = old;
    const { secrets, device } = await generateMember(
      member,
      { unit, endpointKey, checkpointKey, operatorKey, storeKey },
      founder,
    );
    const slotId = v4();
    const record = await createSlot(slotId, secrets, words(member.name), deviceKeys);
    await store.commit([{ table: 'slots', put: [await sealSlotRecord(deviceKeys.labelKey, slotId, record)] }]);
    devices.push(device);
  }
  const { vault, kill } = startProcessOn(store, host);
  const name = lost[0]?.member.name ?? '';
  await unlocked(vault, await slotOf(vault, name), words(name));
  return { vault, host, store, kill, devices };
}

/** At that station a member gets a new device, by the recovery key. */
export const recover = ({ vault }: Station, shares: readonly string[], member: MemberId, device: DeviceKeys) =>
  vault.call('recovery.bindDevice', { shares: shares.slice(0, three.threshold), member, device });

export const reopen = ({ vault }: Station, shares: readonly string[], scope: Scope, devices: readonly AuthorKey[]) =>
  vault.call('recovery.reopenScope', { shares: shares.slice(0, three.threshold), scope, devices });
