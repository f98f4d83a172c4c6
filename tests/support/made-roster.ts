import { v4, v7 } from 'uuid';
import { generateSealingKey, type SealingKeyPair } from '#shared/crypto/public-box.ts';
import { generateSigningKey, importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';
import { type DomainEvent, toEnvelope } from '#shared/domain/registry/registry.ts';
import type { EndpointPublicKeys } from '#shared/domain/unit/endpoint-keys.ts';
import type { DeviceKeys } from '#shared/domain/unit/roster.ts';
import type { EntryId, EventId, MemberId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { proveDevice } from '#shared/log/device-proof.ts';
import type { EndpointSigningKeys } from '#shared/log/endpoint-keys-proof.ts';
import { createRosterEntry, type Entry } from '#shared/log/entry.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { boxGeneration } from '#shared/log/generation-box.ts';
import type { EntryPlace } from '#shared/log/header.ts';
import { seenNothing } from '#shared/log/seen.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';

/* Real members, devices and acts on a roster, as anybody with a program of their own can make them. */

const at = '2026-11-20T10:00:00.000Z';

/** Somebody with a device that wants to be bound to them. */
export interface MadeMember {
  readonly id: MemberId;
  readonly key: SigningKey;
  readonly sealing: SealingKeyPair;
  readonly device: DeviceKeys;
}

export async function makeMember(unit: UnitId, id = v4() as MemberId): Promise<MadeMember> {
  const [{ author, pkcs8 }, sealing] = await Promise.all([generateSigningKey(), generateSealingKey()]);
  const key = await importSigningKey(author, pkcs8);
  const keys = { author, sealingKey: sealing.publicKey };
  return { id, key, sealing, device: { ...keys, proof: await proveDevice({ unit, member: id, device: keys }, key) } };
}

async function newSigningKey(): Promise<SigningKey> {
  const { author, pkcs8 } = await generateSigningKey();
  return importSigningKey(author, pkcs8);
}

/** Keys of an endpoint. */
export const newEndpointKeys = async (): Promise<EndpointSigningKeys> => ({
  entries: await newSigningKey(),
  checkpoints: await newSigningKey(),
});

/** An act as its author signs it. */
export const signAct = (
  place: EntryPlace,
  event: DomainEvent,
  key: SigningKey,
  boxes: readonly WholeBox[] = [],
): Promise<Entry> => createRosterEntry({ place, event: toEnvelope(v7() as EventId, event), boxes }, key);

export interface MadeFounding {
  readonly founder: MadeMember;
  readonly generation: Generation;
  readonly stream: StreamId;
  readonly entry: Entry;
}

/** A founding that is all as it should be: whether it is the unit's, only the pin of its founder can say. */
export async function makeFounding(
  unit: UnitId,
  keys: EndpointPublicKeys,
  place: Partial<EntryPlace> = {},
): Promise<MadeFounding> {
  const [founder, generation] = await Promise.all([makeMember(unit), makeGeneration()]);
  const stream = place.stream ?? (v4() as StreamId);
  const endpointKeys = { endpointKey: keys.endpointKey, checkpointKey: keys.checkpointKey };
  const data = {
    ...{ founder: founder.id, device: founder.device, ...endpointKeys, policyStream: v4() as StreamId },
    generation: { scope: 'unit' as const, id: generation.id, publicKey: generation.sealing.publicKey },
  };
  const boxes = [await boxGeneration(generation, stream, founder.device)];
  const first = { id: v7() as EntryId, unit, prev: null, seen: seenNothing, ...place, stream };
  const entry = await signAct(first, { type: 'unit.founded', at, data }, founder.key, boxes);
  return { founder, generation, stream, entry };
}
