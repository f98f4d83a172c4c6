import { v4, v7 } from 'uuid';
import type { Host } from '#renderer/vault/host.ts';
import { createMemoryStore, type MemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { RunningVault } from '#renderer/vault/vault.ts';
import type { Slot } from '#renderer/vault/vault-api.ts';
import { encapsulateTo } from '#shared/crypto/public-box.ts';
import { generateSigningKey, importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { Envelope } from '#shared/domain/event/envelope.ts';
import { type DomainEvent, toEnvelope } from '#shared/domain/registry/registry.ts';
import type { AuthorKey, EntryId, EventId, StreamId } from '#shared/kernel/ids.ts';
import { boxForGeneration, boxToPublicKey } from '#shared/log/box.ts';
import { type ContentKey, makeContentKey } from '#shared/log/content-key.ts';
import { createEntry, type Entry } from '#shared/log/entry.ts';
import type { Generation } from '#shared/log/generation.ts';
import type { Seen } from '#shared/log/seen.ts';
import { createMemoryEndpoint, type MemoryEndpoint } from './memory-endpoint.ts';
import { referralWith } from './referrals.ts';
import { keyringOf, slotSecretsOf } from './slot-secrets.ts';
import { foundedOn, passphrase, startProcessOn, statusOf, unlocked } from './workstation.ts';

/* A unit at one workstation, and what somebody with a program of their own can make of its log. */

/** When forged events say that they were. */
export const at = '2026-11-20T10:00:00.000Z';

export interface AttackedUnit {
  readonly endpoint: MemoryEndpoint;
  readonly store: MemoryStore;
  readonly host: Host;
  readonly vault: RunningVault;
  readonly slot: Slot;
  readonly member: AuthorKey;
  kill(): void;
  setOffline(offline: boolean): void;
  /** @param change what becomes of the disk in between */
  restarted(change?: () => void): Promise<RunningVault>;
}

/** @param tamper what the endpoint does to each page */
export async function aUnit(tamper?: Parameters<MemoryEndpoint['host']>[1]): Promise<AttackedUnit> {
  const endpoint = await createMemoryEndpoint();
  const store = createMemoryStore();
  let offline = false;
  const host = endpoint.host(() => (offline ? 'requestLost' : 'fair'), tamper);
  const founded = await foundedOn(store, host);
  let { kill } = founded;
  return {
    ...{ endpoint, store, host, vault: founded.vault, slot: founded.slot },
    member: endpoint.log[0]?.entry.header.author as AuthorKey,
    kill: () => kill(),
    setOffline: (next) => {
      offline = next;
    },
    async restarted(change = () => undefined) {
      kill();
      change();
      const next = startProcessOn(store, host);
      kill = next.kill;
      return unlocked(next.vault, founded.slot);
    },
  };
}

/** A referral that the endpoint delivered and the workstation has. */
export async function withCase({ endpoint, vault }: AttackedUnit): Promise<StreamId> {
  const id = await endpoint.deliver(referralWith());
  await vault.call('sync.now', {});
  return id;
}

export const take = (vault: RunningVault, id: StreamId) =>
  vault.call('case.record', { command: { type: 'case.taken', case: id, data: {} } });

export const codesOf = async (vault: RunningVault) => (await statusOf(vault)).warnings.map(({ code }) => code);

export async function caseOf(vault: RunningVault, id: StreamId): Promise<CaseState> {
  const view = await vault.call('case.open', { id });
  if (!view.ok) throw new Error(view.error.code);
  return view.value.state;
}

export async function aKey(): Promise<SigningKey> {
  const { author, pkcs8 } = await generateSigningKey();
  return importSigningKey(author, pkcs8);
}

export const newEvent = (event: DomainEvent): Envelope => toEnvelope(v7() as EventId, event);

interface Placing {
  readonly stream?: StreamId;
  readonly id?: EntryId;
  readonly seen?: Seen;
}

/** Behind what the log has of its author. */
export const placeIn = (endpoint: MemoryEndpoint, author: AuthorKey, { stream, id, seen }: Placing = {}) => ({
  id: id ?? (v7() as EntryId),
  unit: endpoint.unit,
  stream: stream ?? (v4() as StreamId),
  prev: endpoint.lastOf(author),
  seen: seen ?? endpoint.seen(),
});

/** The unit's public key, which everyone knows. */
export const publicKeyOf = (endpoint: MemoryEndpoint): string => endpoint.publicKey();

/** What a member's own program can take out of their slot. */
export async function secretsOf({ store, host, slot }: AttackedUnit) {
  const opened = await slotSecretsOf(store, host, slot.name, passphrase);
  const [generation] = (await keyringOf(store, opened)).all();
  if (!generation) throw new Error('no keys');
  return { own: opened.own, key: opened.key, generation };
}

/** An entry as a member's program makes it: under a key of their own, boxed for the unit. */
export async function sealedAsMember(
  endpoint: MemoryEndpoint,
  generation: Generation,
  event: Envelope,
  author: SigningKey,
  placing: Placing,
): Promise<Entry> {
  const place = placeIn(endpoint, author.author, placing);
  const key = makeContentKey(place.stream, author.author);
  return createEntry({ place, event, key, boxes: [await boxForGeneration(key, generation)] }, author);
}

/** The same for a single device. */
export async function sealedToDevice(
  endpoint: MemoryEndpoint,
  { author: device, sealingPublicKey }: { readonly author: AuthorKey; readonly sealingPublicKey: string },
  event: Envelope,
  author: SigningKey,
  placing: Placing,
): Promise<Entry> {
  const place = placeIn(endpoint, author.author, placing);
  const key: ContentKey = makeContentKey(place.stream, author.author);
  const boxes = [await boxToPublicKey(key, { device }, await encapsulateTo(sealingPublicKey))];
  return createEntry({ place, event, key, boxes }, author);
}
