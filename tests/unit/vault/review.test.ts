import { v4, v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { Host } from '#renderer/vault/host.ts';
import { loadGrantCache } from '#renderer/vault/keys/grant-cache.ts';
import { boxesOf } from '#renderer/vault/keys/held-keys.ts';
import { deriveLabelKey, openSlot, openSlotRecord } from '#renderer/vault/keys/slots.ts';
import type { RunningVault } from '#renderer/vault/vault.ts';
import type { Slot } from '#renderer/vault/vault-api.ts';
import { importContentKey } from '#shared/crypto/aead.ts';
import { fromCanonicalJson } from '#shared/crypto/canonical-json.ts';
import { toCbor } from '#shared/crypto/cbor.ts';
import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import { encapsulateTo } from '#shared/crypto/public-box.ts';
import { generateSigningKey, importSigningKey, type SigningKey } from '#shared/crypto/signing.ts';
import { type DomainEvent, toEnvelope } from '#shared/domain/registry/registry.ts';
import type { AuthorKey, EntryId, EventId, StreamId } from '#shared/kernel/ids.ts';
import { boxForGeneration, boxToPublicKey } from '#shared/log/box.ts';
import { makeContentKey, makerOf } from '#shared/log/content-key.ts';
import { createEntry, type Entry } from '#shared/log/entry.ts';
import { generationIdOf, makeGeneration, openGeneration } from '#shared/log/generation.ts';
import { verifySealingKey } from '#shared/sync/enrolment.ts';
import { createMemoryEndpoint, type MemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { createMemoryStore, type MemoryStore } from '#tests/support/memory-store.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { sealedToUnit } from '#tests/support/sealed-to-unit.ts';
import { foundedOn, passphrase, startProcessOn, statusOf, unlocked } from '#tests/support/workstation.ts';

/* What a review of entry format 2 tried; none of it may work again. */

const at = '2026-11-20T10:00:00.000Z';

interface World {
  readonly endpoint: MemoryEndpoint;
  readonly store: MemoryStore;
  readonly host: Host;
  readonly vault: RunningVault;
  readonly slot: Slot;
  readonly member: AuthorKey;
  setOffline(offline: boolean): void;
  restarted(change?: () => void): Promise<RunningVault>;
}

async function aUnit(tamper?: Parameters<MemoryEndpoint['host']>[1]): Promise<World> {
  const endpoint = await createMemoryEndpoint();
  const store = createMemoryStore();
  let offline = false;
  const host = endpoint.host(() => (offline ? 'requestLost' : 'fair'), tamper);
  const founded = await foundedOn(store, host);
  let { kill } = founded;
  return {
    ...{ endpoint, store, host, vault: founded.vault, slot: founded.slot },
    member: endpoint.log[0]?.entry.header.author as AuthorKey,
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

const aKey = async (): Promise<SigningKey> => {
  const { author, pkcs8 } = await generateSigningKey();
  return importSigningKey(author, pkcs8);
};

const newEvent = (event: DomainEvent) => toEnvelope(v7() as EventId, event);
const taken = { type: 'case.taken' as const, at, data: {} };
const publicKeyOf = async (endpoint: MemoryEndpoint) => (await verifySealingKey(endpoint.statement())).publicKey;

const placeIn = (endpoint: MemoryEndpoint, author: AuthorKey, stream: StreamId) => ({
  ...{ id: v7() as EntryId, unit: endpoint.unit, stream },
  ...{ prev: endpoint.lastOf(author), seen: endpoint.log.length },
});

/** An entry in a member's name that an outsider made: all is as it should be, but for the signature. */
async function forgedAs({ endpoint, member }: World, stream: StreamId, event: DomainEvent): Promise<Entry> {
  const key = { ...(await aKey()), author: member };
  return sealedToUnit(await publicKeyOf(endpoint), key, placeIn(endpoint, member, stream), newEvent(event));
}

const damage = (rows: Map<string | number, { box: Uint8Array }>): void => {
  for (const row of rows.values()) row.box[20] = (row.box[20] as number) ^ 1;
};

const codesOf = async (vault: RunningVault) => (await statusOf(vault)).warnings.map(({ code }) => code);
const caseOf = async (vault: RunningVault, id: StreamId) => {
  const view = await vault.call('case.open', { id });
  if (!view.ok) throw new Error(view.error.code);
  return view.value.state;
};

async function withCase(world: World): Promise<StreamId> {
  const id = await world.endpoint.deliver(referralWith());
  await world.vault.call('sync.now', {});
  return id;
}
const take = (vault: RunningVault, id: StreamId) =>
  vault.call('case.record', { command: { type: 'case.taken', case: id, data: {} } });

/** A program that makes all cases anew from the log, or only the one whose row is damaged. */
const again = [
  ['rebuilt', ({ store }: World) => damage(store.rows.summaries)],
  ['folded again', ({ store }: World) => damage(store.rows.cases)],
] as const;

describe.each(again)('what was refused when it came, when its case is %s', (_, spoil) => {
  const again = (world: World): Promise<RunningVault> => world.restarted(() => spoil(world));

  test('an entry that its author did not sign changes nothing, and does not break its author’s chain', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    await world.endpoint.inject(await forgedAs(world, id, taken));
    await world.vault.call('sync.now', {});
    expect((await caseOf(world.vault, id)).holder).toBeNull();
    expect((await caseOf(await again(world), id)).holder).toBeNull();
  });

  test('an entry with other boxes than its author signed changes nothing', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    const { vault, endpoint } = world;
    const more = ({ header, wire }: Entry): Entry => ({
      header,
      wire: { ...wire, boxes: [...wire.boxes, new Uint8Array(9)] },
    });
    const other = await endpoint.deliver(referralWith(), undefined, more);
    await vault.call('sync.now', {});
    expect(await codesOf(vault)).toContain('entry-parts');
    const next = await again(world);
    expect((await next.call('case.open', { id: other })).ok).toBe(false);
    expect((await next.call('case.open', { id })).ok).toBe(true);
  });

  test('a box beside an entry that its author did not sign brings no key', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    const { endpoint, vault } = world;
    // The endpoint makes a key in a member’s name, and uses it for an entry of its own.
    const key = makeContentKey(id, endpoint.key.author);
    const to = { generation: generationIdOf(await publicKeyOf(endpoint)) };
    const box = await boxToPublicKey(key, to, await encapsulateTo(await publicKeyOf(endpoint)));
    const forger = { ...(await aKey()), author: endpoint.key.author };
    const place = placeIn(endpoint, forger.author, id);
    await endpoint.inject(await createEntry({ place, event: newEvent(taken), key, boxes: [box] }, forger));
    const second = placeIn(endpoint, endpoint.key.author, id);
    const event = newEvent({ type: 'referral.received', at, data: referralWith() });
    await endpoint.inject(await createEntry({ place: second, event, key, boxes: [] }, endpoint.key));
    await vault.call('sync.now', {});
    const before = await caseOf(vault, id);
    expect((await caseOf(await again(world), id)).activity).toEqual(before.activity);
  });
});

describe('keys that an outsider made', () => {
  const boxOf = async (endpoint: MemoryEndpoint, stream: StreamId, maker: AuthorKey) => {
    const publicKey = await publicKeyOf(endpoint);
    const key = makeContentKey(stream, maker);
    return {
      key,
      box: await boxToPublicKey(key, { generation: generationIdOf(publicKey) }, await encapsulateTo(publicKey)),
    };
  };

  test.each(['a stranger', 'the endpoint, in a member’s name'])('a key of %s is not written under', async (who) => {
    const world = await aUnit();
    const { endpoint, vault, member } = world;
    const id = await withCase(world);
    const author = who === 'a stranger' ? await aKey() : endpoint.key;
    const { key, box } = await boxOf(endpoint, id, who === 'a stranger' ? author.author : member);
    const own = await boxOf(endpoint, id, author.author);
    const place = placeIn(endpoint, author.author, id);
    const entry = await createEntry({ place, event: newEvent(taken), key: own.key, boxes: [own.box, box] }, author);
    await endpoint.inject(entry);
    await vault.call('sync.now', {});
    await take(vault, id);
    await vault.call('sync.now', {});
    const last = endpoint.log.at(-1)?.entry.header;
    expect(last).toMatchObject({ author: member, stream: id });
    expect(last?.key).not.toBe(key.id);
    expect(last && makerOf(last.key)).toBe(member);
    expect((await caseOf(vault, id)).holder).not.toBeNull();
  });
});

describe('what waits and must be signed again', () => {
  const rowsOf = ({ store }: World): number[] => [...store.rows.outbox.keys()].map(Number).filter((key) => key !== 0);
  const damageRow = (world: World, row = 0): void => {
    const key = rowsOf(world)[row] as number;
    damage(new Map([[key, world.store.rows.outbox.get(key) as { box: Uint8Array }]]));
  };
  const admit = (vault: RunningVault) =>
    vault.call('member.admit', { name: 'Ray Okafor', role: 'analyst', passphrase });
  const grantsIn = ({ endpoint }: World) =>
    endpoint.log.slice(2).flatMap(({ entry }) => {
      const boxes = boxesOf(entry);
      return boxes.some(({ to }) => 'device' in to) ? [boxes.map(({ to }) => Object.keys(to)[0])] : [];
    });
  const settled = async (vault: RunningVault) => {
    for (let count = 0; count < 3; count += 1) await vault.call('sync.now', {});
    const { waiting, trouble } = await statusOf(vault);
    return { waiting, trouble };
  };

  test('a grant that waits is still for one device, after a restart too', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    world.setOffline(true);
    await take(world.vault, id);
    expect((await admit(world.vault)).ok).toBe(true);
    const vault = await world.restarted(() => damageRow(world));
    world.setOffline(false);
    expect(await settled(vault)).toEqual({ waiting: 0, trouble: null });
    expect(grantsIn(world)).toEqual([['device']]);
    expect(await codesOf(vault)).not.toContain('entry-sealing');
  });

  test('a grant that waits is still for one device, when an id was taken', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    world.setOffline(true);
    const written = await take(world.vault, id);
    if (!written.ok) throw new Error(written.error.code);
    await admit(world.vault);
    const stranger = await aKey();
    const place = { ...placeIn(world.endpoint, stranger.author, id), id: written.value };
    const publicKey = await publicKeyOf(world.endpoint);
    await world.endpoint.inject(await sealedToUnit(publicKey, stranger, place, newEvent(taken)));
    world.setOffline(false);
    expect(await settled(world.vault)).toEqual({ waiting: 0, trouble: null });
    expect(grantsIn(world)).toEqual([['device']]);
    expect(await codesOf(world.vault)).not.toContain('entry-sealing');
  });

  test('entries are not lost with the one that carried their key', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    world.setOffline(true);
    await take(world.vault, id);
    await world.vault.call('case.record', { command: { type: 'case.released', case: id, data: {} } });
    await take(world.vault, id);
    const vault = await world.restarted(() => damageRow(world));
    world.setOffline(false);
    expect(await settled(vault)).toEqual({ waiting: 0, trouble: null });
    expect(world.endpoint.log.filter(({ entry }) => entry.header.stream === id)).toHaveLength(3);
    expect((await caseOf(vault, id)).holder).not.toBeNull();
  });

  test('an own entry that comes back without what it holds is not forgotten', async () => {
    let marred = 0;
    const world = await aUnit((page) => ({
      ...page,
      entries: page.entries.map(({ position, entry }) => {
        if (position !== 5 || marred > 0) return { position, entry };
        marred += 1;
        return { position, entry: { ...entry, body: null } };
      }),
    }));
    const id = await withCase(world);
    await take(world.vault, id);
    expect(await settled(world.vault)).toEqual({ waiting: 0, trouble: null });
    expect(marred).toBe(1);
    expect((await caseOf(world.vault, id)).holder).not.toBeNull();
  });
});

describe('boxes that open to nothing', () => {
  const rowLength = ({ store }: World): number => store.rows.meta.get('ledger')?.box.length ?? 0;

  test('leave nothing behind in the ledger', async () => {
    const world = await aUnit();
    const { endpoint, vault } = world;
    const stranger = await aKey();
    const boxes = Array.from({ length: 200 }, () => {
      const { id, stream } = makeContentKey(v4() as StreamId, stranger.author);
      const to = { generation: stranger.author };
      return toCbor({ key: id, stream, to, by: 'secret', sealed: new Uint8Array(60) });
    });
    const stream = v4() as StreamId;
    const key = makeContentKey(stream, stranger.author);
    const before = rowLength(world);
    const place = placeIn(endpoint, stranger.author, stream);
    await endpoint.inject(await createEntry({ place, event: newEvent(taken), key, boxes }, stranger));
    await vault.call('sync.now', {});
    expect(rowLength(world) - before).toBeLessThan(1000);
  });
});

describe('a key whose box stands in another stream than its own', () => {
  test('is found again when the row of its case is damaged', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    const { endpoint } = world;
    // The endpoint boxes the key of its second entry beside its first, in another case.
    const publicKey = await publicKeyOf(endpoint);
    const key = makeContentKey(id, endpoint.key.author);
    const to = { generation: generationIdOf(publicKey) };
    const box = await boxToPublicKey(key, to, await encapsulateTo(publicKey));
    const other = v4() as StreamId;
    const own = makeContentKey(other, endpoint.key.author);
    const ownBox = await boxToPublicKey(own, to, await encapsulateTo(publicKey));
    const received = () => newEvent({ type: 'referral.received', at, data: referralWith() });
    const first = placeIn(endpoint, endpoint.key.author, other);
    await endpoint.inject(
      await createEntry({ place: first, event: received(), key: own, boxes: [ownBox, box] }, endpoint.key),
    );
    const second = placeIn(endpoint, endpoint.key.author, id);
    await endpoint.inject(await createEntry({ place: second, event: received(), key, boxes: [] }, endpoint.key));
    await world.vault.call('sync.now', {});
    const before = await caseOf(world.vault, id);
    expect(before.activity).toHaveLength(2);
    const vault = await world.restarted(() => damage(world.store.rows.cases));
    expect((await caseOf(vault, id)).activity).toEqual(before.activity);
  });
});

describe('not mended yet', () => {
  async function secretsOf({ store, host, slot }: World) {
    const reply = await host.call('device.secret', {});
    const row = await store.get('slots', slot.id);
    if (!reply.ok || !row) throw new Error('no slot');
    const deviceSecret = fromBase64url(reply.reply.secret);
    const record = await openSlotRecord(await deriveLabelKey(deviceSecret), row);
    const own = await openSlot(slot.id, record, passphrase, deviceSecret);
    if (!own) throw new Error('no secrets');
    const personalKey = await importContentKey(fromBase64url(own.personalKey));
    const cache = await loadGrantCache(store, personalKey, slot.id);
    const generation = await openGeneration(fromBase64url(cache?.secrets.generations[0] ?? ''));
    return { own, key: await importSigningKey(own.author, fromBase64url(own.signingKey)), generation };
  }

  // A supervisor can grant a generation of their own to one member, who then writes what nobody else can read, and sees it
  // applied: until rotations say which generations count, one that no rotation brought in should not be current.
  test.fails('a generation that was granted to one member only is not written under', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    const { own, key } = await secretsOf(world);
    const unitStream = world.endpoint.log[0]?.entry.header.stream as StreamId;
    const second = await makeGeneration();
    const granted = newEvent({
      type: 'unitKeys.granted',
      at,
      data: { to: own.member.id, secrets: { generations: [toBase64url(second.secret)] } },
    });
    const contentKey = makeContentKey(unitStream, own.author);
    const box = await boxToPublicKey(contentKey, { device: own.author }, await encapsulateTo(own.sealingPublicKey));
    const place = placeIn(world.endpoint, own.author, unitStream);
    await world.endpoint.inject(await createEntry({ place, event: granted, key: contentKey, boxes: [box] }, key));
    await world.vault.call('sync.now', {});
    await take(world.vault, id);
    await world.vault.call('sync.now', {});
    const last = world.endpoint.log.at(-1)?.entry as Entry;
    expect((await caseOf(world.vault, id)).holder).not.toBeNull();
    expect(boxesOf(last)[0]?.to).toEqual({ generation: generationIdOf(await publicKeyOf(world.endpoint)) });
  });

  // docs/protocol.md says so. The endpoint takes no id twice; a replica does not look, and applies both.
  test.fails('an entry under the id of another changes nothing', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    const { key, generation } = await secretsOf(world);
    await take(world.vault, id);
    await world.vault.call('sync.now', {});
    const used = world.endpoint.log.at(-1)?.entry.header.id as EntryId;
    const contentKey = makeContentKey(id, key.author);
    const released = newEvent({ type: 'case.released', at, data: {} });
    const place = { ...placeIn(world.endpoint, key.author, id), id: used };
    const boxes = [await boxForGeneration(contentKey, generation)];
    await world.endpoint.inject(await createEntry({ place, event: released, key: contentKey, boxes }, key));
    await world.vault.call('sync.now', {});
    expect((await caseOf(world.vault, id)).holder).not.toBeNull();
  });
});

describe('an event that is nested deep', () => {
  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const isRead = (text: string): boolean => {
    try {
      fromCanonicalJson(text);
      return true;
    } catch {
      return false;
    }
  };
  const lowOnStack = <Result>(act: () => Result, frames: number): Result =>
    frames === 0 ? act() : lowOnStack(act, frames - 1);

  test('is read, or not, whatever is left of the stack', () => {
    for (const depth of [60, 64, 65, 1500]) {
      const text = nested(depth);
      expect(isRead(text)).toBe(lowOnStack(() => isRead(text), 6000));
    }
  });
});
