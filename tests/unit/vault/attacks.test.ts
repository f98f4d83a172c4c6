import { v4, v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { Host } from '#renderer/vault/host.ts';
import { boxesOf, openBoxes } from '#renderer/vault/keys/held-keys.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { Slot } from '#renderer/vault/vault-api.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { decapsulate } from '#shared/crypto/public-box.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import type { DomainEvent } from '#shared/domain/registry/registry.ts';
import { currentGeneration, generationIdOf } from '#shared/domain/unit/roster.ts';
import type { EntryId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import { boxForGeneration } from '#shared/log/box.ts';
import { makeContentKey } from '#shared/log/content-key.ts';
import { proveDevice } from '#shared/log/device-proof.ts';
import { createEntry, type Entry, parseEntry } from '#shared/log/entry.ts';
import { makeGeneration } from '#shared/log/generation.ts';
import { boxGeneration, boxGenerationUnder } from '#shared/log/generation-box.ts';
import { formatHeader } from '#shared/log/header.ts';
import type { Seen } from '#shared/log/seen.ts';
import { parsePush } from '#shared/sync/wire.ts';
import {
  aKey,
  at,
  aUnit,
  caseOf,
  codesOf,
  newEvent,
  placeIn,
  publicKeyOf,
  sealedAsMember,
  sealedToDevice,
  secretsOf,
  take,
  withCase,
} from '#tests/support/attacked-unit.ts';
import { makeFounding, makeMember, signAct } from '#tests/support/made-roster.ts';
import { createMemoryEndpoint, type MemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { sealedToUnit } from '#tests/support/sealed-to-unit.ts';
import {
  foundedOn,
  grade,
  passphrase,
  startProcessOn,
  startVaultOn,
  statusOf,
  unlocked,
} from '#tests/support/workstation.ts';

/* What someone who controls the endpoint, or a workstation's disk, tried in a review; none of it may work again. */

interface Forged {
  readonly key: SigningKey;
  readonly stream?: StreamId;
  readonly id?: EntryId;
  readonly seen?: Seen;
}

/** An entry sealed to the unit's public key, which everyone knows. */
async function sealedForUnit(endpoint: MemoryEndpoint, event: DomainEvent, forged: Forged): Promise<Entry> {
  const place = placeIn(endpoint, forged.key.author, forged);
  return sealedToUnit(publicKeyOf(endpoint), forged.key, place, newEvent(event));
}

/** What the last entry's key is boxed for. */
const lastBox = ({ log }: MemoryEndpoint) => boxesOf(log.at(-1)?.entry as Entry)[0];
const generationOf = (endpoint: MemoryEndpoint) => generationIdOf(publicKeyOf(endpoint));

describe('a malicious endpoint', () => {
  test('who repeats an old entry of a member loses nothing that they wrote after it', async () => {
    const endpoint = await createMemoryEndpoint();
    const fair = endpoint.host();
    let replay: Entry | null = null;
    const host: Host = {
      async call(name, request) {
        const old = name === 'log.push' ? replay : null;
        if (!old) return fair.call(name, request);
        replay = null;
        await endpoint.inject(old);
        const pushed = parsePush((request as { push: Bytes }).push)?.entries ?? [];
        const accepted: { id: EntryId; position: number }[] = [];
        for (const wire of pushed) {
          const entry = parseEntry(wire);
          if (!entry.ok) throw new Error(entry.error.code);
          await endpoint.inject(entry.value);
          accepted.push({ id: entry.value.header.id, position: endpoint.log.length });
        }
        return { ok: true, reply: { accepted } } as never;
      },
    };
    const { vault } = await foundedOn(createMemoryStore(), host);
    const id = await endpoint.deliver(referralWith());
    await vault.call('sync.now', {});
    await take(vault, id);
    await vault.call('sync.now', {});
    replay = endpoint.log[0]?.entry ?? null;
    await vault.call('case.record', { command: { type: 'case.released', case: id, data: {} } });
    await vault.call('sync.now', {});
    expect(await codesOf(vault)).toContain('author-chain');
    expect(await statusOf(vault)).toMatchObject({ waiting: 0, trouble: null });
    expect((await caseOf(vault, id)).holder).toBeNull();
    const types = (await caseOf(vault, id)).activity.map(({ type }) => type);
    expect(types).toEqual(['referral.received', 'case.taken', 'case.released']);
  });

  test('cannot found the unit in its founder’s place, nor slip it keys of its own', async () => {
    const endpoint = await createMemoryEndpoint();
    const store = createMemoryStore();
    const { vault } = startProcessOn(store, endpoint.host());
    const slot = await vault.call('unit.found', { name: 'Sal Penrose', passphrase, grade });
    if (!slot.ok) throw new Error(JSON.stringify(slot.error));
    // The founding is at the endpoint; the founder's other entries come after these.
    const mallory = await makeFounding(endpoint.unit, endpoint.keys, { seen: endpoint.seen() });
    await endpoint.inject(mallory.entry);
    const stream = endpoint.log[0]?.entry.header.stream as StreamId;
    const inside = await makeFounding(endpoint.unit, endpoint.keys, { stream, seen: endpoint.seen() });
    await endpoint.inject(inside.entry);
    await unlocked(vault, slot.value);
    await vault.call('sync.now', {});
    const id = await endpoint.deliver(referralWith());
    await vault.call('sync.now', {});
    expect((await vault.call('case.record', { command: { type: 'case.taken', case: id, data: {} } })).ok).toBe(true);
    await vault.call('sync.now', {});
    expect(endpoint.log.at(-1)?.entry.header.stream).toBe(id);
    expect(lastBox(endpoint)?.to).toEqual({ generation: generationOf(endpoint) });
    const reasons = (await statusOf(vault)).warnings.map(({ code, params }) => [code, params.because]);
    expect(reasons).toEqual([
      ['refused', 'other-roster'],
      ['refused', 'unit-founded-already'],
    ]);
    const view = await vault.call('case.open', { id });
    expect(view.ok && view.value.state.holder).not.toBeNull();
  });

  test('cannot admit somebody, nor give them the unit’s key', async () => {
    const world = await aUnit();
    const { endpoint, vault } = world;
    const stream = endpoint.log[0]?.entry.header.stream as StreamId;
    const mallory = await makeMember(endpoint.unit);
    const { generation } = await makeFounding(endpoint.unit, endpoint.keys);
    const act = async (event: DomainEvent, key: SigningKey, boxes: Parameters<typeof signAct>[3] = []) =>
      endpoint.inject(await signAct(placeIn(endpoint, key.author, { stream }), event, key, boxes));
    const data = { member: mallory.id, role: 'supervisor' as const, device: mallory.device };
    for (const key of [endpoint.key, mallory.key, { ...mallory.key, author: world.member }])
      await act({ type: 'member.admitted', at, data }, key);
    const boxes = [await boxGeneration(generation, stream, mallory.device)];
    const grant = { scope: 'unit' as const, device: mallory.device.author };
    await act({ type: 'scope.granted', at, data: grant }, endpoint.key, boxes);
    await vault.call('sync.now', {});
    const reasons = (await statusOf(vault)).warnings.map(({ code, params }) => params.because ?? code);
    expect(reasons).toEqual(['not-allowed', 'not-allowed', 'not-a-member', 'entry-signature']);
    const id = await withCase(world);
    await endpoint.inject(
      await sealedForUnit(endpoint, { type: 'case.taken', at, data: {} }, { key: mallory.key, stream: id }),
    );
    await vault.call('sync.now', {});
    expect((await caseOf(vault, id)).holder).toBeNull();
  });

  test('cannot erase a decision by confirming another entry under its id', async () => {
    const world = await aUnit();
    const id = await world.endpoint.deliver(referralWith());
    await world.vault.call('sync.now', {});
    world.setOffline(true);
    const taken = await world.vault.call('case.record', { command: { type: 'case.taken', case: id, data: {} } });
    if (!taken.ok) throw new Error(JSON.stringify(taken.error));
    const mallory = await makeMember(world.endpoint.unit);
    const event = { type: 'case.taken' as const, at, data: {} };
    await world.endpoint.inject(await sealedForUnit(world.endpoint, event, { key: mallory.key, id: taken.value }));
    world.setOffline(false);
    await world.vault.call('sync.now', {});
    await world.vault.call('sync.now', {});
    const view = await world.vault.call('case.open', { id });
    expect(view.ok && view.value.state.holder).not.toBeNull();
    expect(await codesOf(world.vault)).toContain('entry-replaced');
    expect((await statusOf(world.vault)).waiting).toBe(0);
  });

  test('cannot void a member’s entries with one in their name that they did not sign', async () => {
    const world = await aUnit();
    const id = await world.endpoint.deliver(referralWith());
    await world.vault.call('sync.now', {});
    await world.vault.call('case.record', { command: { type: 'case.taken', case: id, data: {} } });
    const real = await sealedForUnit(
      world.endpoint,
      { type: 'case.released', at, data: {} },
      { key: world.endpoint.key, stream: id },
    );
    const author = world.endpoint.log.find(({ entry }) => entry.header.author !== world.endpoint.key.author)?.entry
      .header.author;
    const claimed = { ...real.header, author: author as never, id: v7() as EntryId };
    const forged: Entry = { header: claimed, wire: { ...real.wire, header: formatHeader(claimed) } };
    await world.endpoint.inject(forged);
    await world.vault.call('sync.now', {});
    await world.vault.call('sync.now', {});
    expect(await codesOf(world.vault)).toContain('entry-signature');
    const view = await world.vault.call('case.open', { id });
    expect(view.ok && view.value.state.holder).not.toBeNull();
  });

  test('cannot stop the decisions in a case with an event that no Probity knows', async () => {
    const world = await aUnit();
    const id = await world.endpoint.deliver(referralWith());
    await world.vault.call('sync.now', {});
    const key = await aKey();
    const event = { type: 'nobody.knows', at, data: {} } as unknown as DomainEvent;
    await world.endpoint.inject(await sealedForUnit(world.endpoint, event, { key, stream: id }));
    await world.vault.call('sync.now', {});
    const codes = await codesOf(world.vault);
    expect(codes).toContain('unknown-author');
    expect(codes).not.toContain('entries-newer');
    const view = await world.vault.call('case.open', { id });
    expect(view.ok && view.value.state.newer).toEqual([]);
  });

  test('is noticed when it shows less than before, though the ledger was taken away', async () => {
    const world = await aUnit();
    for (let count = 0; count < 3; count += 1) await world.endpoint.deliver(referralWith());
    await world.vault.call('sync.now', {});
    world.endpoint.setBack(4);
    for (const table of ['entries', 'cases', 'summaries'] as const) world.store.rows[table].clear();
    world.store.rows.meta.delete('ledger');
    const vault = await world.restarted();
    await vault.call('sync.now', {});
    expect(await codesOf(vault)).toEqual(expect.arrayContaining(['ledger-row', 'set-back', 'rolled-back']));
  });

  test('cannot drown a serious warning in junk', async () => {
    const world = await aUnit();
    const mallory = await makeMember(world.endpoint.unit);
    for (let count = 0; count < 60; count += 1) {
      const event = { type: 'case.taken' as const, at, data: {} };
      await world.endpoint.inject(await sealedForUnit(world.endpoint, event, { key: mallory.key }));
    }
    const real = await sealedForUnit(world.endpoint, { type: 'case.taken', at, data: {} }, { key: mallory.key });
    await world.endpoint.inject({ ...real, wire: { ...real.wire, signature: new Uint8Array(64) } });
    await world.vault.call('sync.now', {});
    const { warnings } = await statusOf(world.vault);
    expect(warnings.map(({ code }) => code)).toContain('entry-signature');
    expect(warnings.length).toBeLessThan(60);
    expect(warnings.some(({ code, params }) => code === 'more-of-kind' && Number(params.count) > 0)).toBe(true);
  });
});

describe('a rogue member', () => {
  test('cannot make the endpoint a member, whose referrals would be a member’s acts', async () => {
    const world = await aUnit();
    const { endpoint, vault } = world;
    const { key } = await secretsOf(world);
    const stream = endpoint.log[0]?.entry.header.stream as StreamId;
    const id = v4() as MemberId;
    const keys = { author: endpoint.key.author, sealingKey: (await makeMember(endpoint.unit)).device.sealingKey };
    // The endpoint itself takes part: it signs for its binding.
    const proof = await proveDevice({ unit: endpoint.unit, member: id, device: keys }, endpoint.key);
    const data = { member: id, role: 'supervisor' as const, device: { ...keys, proof } };
    const place = placeIn(endpoint, key.author, { stream });
    await endpoint.inject(await signAct(place, { type: 'member.admitted', at, data }, key));
    await vault.call('sync.now', {});
    expect((await statusOf(vault)).warnings).toMatchObject([
      { code: 'refused', params: { because: 'key-of-endpoint' } },
    ]);
    await withCase(world);
    expect((await statusOf(vault)).warnings).toHaveLength(1);
  });

  test('cannot hide an act of the roster under a seal, nor a sealed act in the roster', async () => {
    const world = await aUnit();
    const { endpoint, vault } = world;
    const { key, generation } = await secretsOf(world);
    const stream = endpoint.log[0]?.entry.header.stream as StreamId;
    const mallory = await makeMember(endpoint.unit);
    const data = { member: mallory.id, role: 'analyst' as const, device: mallory.device };
    const admitted = newEvent({ type: 'member.admitted', at, data });
    await endpoint.inject(await sealedAsMember(endpoint, generation, admitted, key, { stream }));
    await endpoint.inject(await sealedAsMember(endpoint, generation, admitted, key, {}));
    const named = newEvent({ type: 'unit.named', at, data: { name: 'Ours' } });
    await endpoint.inject(await sealedAsMember(endpoint, generation, named, key, { stream }));
    const clear = placeIn(endpoint, key.author, {});
    await endpoint.inject(await signAct(clear, { type: 'unit.named', at, data: { name: 'Ours' } }, key));
    await vault.call('sync.now', {});
    expect(await codesOf(vault)).toEqual(['entry-content', 'entry-sealing', 'entry-sealing', 'entry-key']);
    await endpoint.inject(await sealedForUnit(endpoint, { type: 'case.taken', at, data: {} }, { key: mallory.key }));
    await vault.call('sync.now', {});
    expect(await codesOf(vault)).toContain('unknown-author');
  });

  test('cannot seal case work to one reader, nor claim to know what came after', async () => {
    const world = await aUnit();
    const { endpoint } = world;
    const id = await withCase(world);
    const { key, own, generation } = await secretsOf(world);
    const event = newEvent({ type: 'case.taken', at, data: {} });
    await endpoint.inject(await sealedToDevice(endpoint, own, event, key, { stream: id }));
    await endpoint.inject(
      await sealedAsMember(endpoint, generation, event, key, {
        stream: id,
        seen: { ...endpoint.seen(), size: 1e9 } as Seen,
      }),
    );
    await world.vault.call('sync.now', {});
    expect(await codesOf(world.vault)).toEqual(expect.arrayContaining(['entry-sealing', 'entry-seen']));
    expect((await caseOf(world.vault, id)).holder).toBeNull();
  });

  test('cannot write under a key that the endpoint made, and can read', async () => {
    const world = await aUnit();
    const { endpoint } = world;
    const id = await withCase(world);
    const { key, generation } = await secretsOf(world);
    const delivered = endpoint.log.at(-1)?.entry as Entry;
    const { publicKey, privateKey } = generation.sealing;
    expect(publicKey).toBe(endpoint.publicKey());
    const [met] = await openBoxes(boxesOf(delivered), 1, {
      generation: () => generation,
      decapsulate: (_, encapsulated) => decapsulate(privateKey, encapsulated),
    });
    if (met?.kind !== 'held') throw new Error('the box did not open');
    const event = newEvent({ type: 'case.taken', at, data: {} });
    const place = placeIn(endpoint, key.author, { stream: id });
    await endpoint.inject(await createEntry({ place, event, key: met.key, boxes: [] }, key));
    await world.vault.call('sync.now', {});
    expect(await codesOf(world.vault)).toContain('entry-key');
    expect((await caseOf(world.vault, id)).holder).toBeNull();
  });

  test('cannot write under a key that no box brings to the unit, or only a later one', async () => {
    const world = await aUnit();
    const { endpoint } = world;
    const id = await withCase(world);
    const { key, generation } = await secretsOf(world);
    const contentKey = makeContentKey(id, key.author);
    const taken = newEvent({ type: 'case.taken', at, data: {} });
    const early = placeIn(endpoint, key.author, { stream: id });
    await endpoint.inject(await createEntry({ place: early, event: taken, key: contentKey, boxes: [] }, key));
    const released = newEvent({ type: 'case.released', at, data: {} });
    const place = placeIn(endpoint, key.author, { stream: id });
    const boxes = [await boxForGeneration(contentKey, generation)];
    await endpoint.inject(await createEntry({ place, event: released, key: contentKey, boxes }, key));
    await world.vault.call('sync.now', {});
    const { warnings } = await statusOf(world.vault);
    expect(warnings).toContainEqual(
      expect.objectContaining({ code: 'entry-sealing', position: endpoint.log.length - 1 }),
    );
  });

  test('cannot write on under a key that they know was replaced', async () => {
    const world = await aUnit();
    const { endpoint, vault } = world;
    const [id, other] = [await withCase(world), await withCase(world)];
    const { key, own, generation } = await secretsOf(world);
    const stream = endpoint.log[0]?.entry.header.stream as StreamId;
    const next = await makeGeneration();
    const data = {
      ...{ scope: 'unit' as const, replaces: generation.id },
      generation: { id: next.id, publicKey: next.sealing.publicKey },
    };
    const reader = { author: own.author, sealingKey: own.sealingPublicKey };
    const boxes = [await boxGeneration(next, stream, reader), await boxGenerationUnder(generation, stream, next)];
    await endpoint.inject(
      await signAct(placeIn(endpoint, key.author, { stream }), { type: 'scope.rotated', at, data }, key, boxes),
    );
    expect(currentGeneration(endpoint.roster(), 'unit')?.id).toBe(next.id);
    const taken = newEvent({ type: 'case.taken', at, data: {} });
    await endpoint.inject(
      await sealedAsMember(endpoint, generation, taken, key, { stream: id, seen: endpoint.seen() }),
    );
    await vault.call('sync.now', {});
    expect(await codesOf(vault)).toEqual(['entry-sealing']);
    expect((await caseOf(vault, id)).holder).toBeNull();
    await endpoint.inject(
      await sealedAsMember(endpoint, next, newEvent({ type: 'case.taken', at, data: {} }), key, {
        stream: other,
        seen: endpoint.seen(),
      }),
    );
    await vault.call('sync.now', {});
    expect((await caseOf(vault, other)).holder).not.toBeNull();
  });

  test('signs an event again under another entry, and it takes effect once', async () => {
    const world = await aUnit();
    const { endpoint } = world;
    const id = await withCase(world);
    const { key, generation } = await secretsOf(world);
    const taken = newEvent({ type: 'case.taken', at, data: {} });
    const released = newEvent({ type: 'case.released', at, data: {} });
    for (const event of [taken, released, taken])
      await endpoint.inject(await sealedAsMember(endpoint, generation, event, key, { stream: id }));
    await world.vault.call('sync.now', {});
    const { activity, holder } = await caseOf(world.vault, id);
    expect(activity.map(({ type }) => type)).toEqual(['referral.received', 'case.taken', 'case.released']);
    expect(holder).toBeNull();
  });
});

describe('whoever has the disk', () => {
  async function withTwoWaiting() {
    const world = await aUnit();
    const ids = [await world.endpoint.deliver(referralWith()), await world.endpoint.deliver(referralWith())];
    await world.vault.call('sync.now', {});
    world.setOffline(true);
    for (const id of ids)
      await world.vault.call('case.record', { command: { type: 'case.taken', case: id, data: {} } });
    return { world, ids: ids as [StreamId, StreamId] };
  }

  test('cannot stop a workstation for ever by damaging an entry that waits: the rest is signed again', async () => {
    const { world, ids } = await withTwoWaiting();
    const [first] = [...world.store.rows.outbox.keys()].filter((key) => key !== 0);
    const row = world.store.rows.outbox.get(first as number);
    if (row) row.box[20] = (row.box[20] as number) ^ 1;
    world.setOffline(false);
    const vault = await world.restarted();
    await vault.call('sync.now', {});
    await vault.call('sync.now', {});
    expect(await codesOf(vault)).toEqual(expect.arrayContaining(['outbox-row', 'outbox-rejoined']));
    expect((await statusOf(vault)).trouble).toBeNull();
    const view = await vault.call('case.open', { id: ids[1] });
    expect(view.ok && view.value.state.holder).not.toBeNull();
    expect((await statusOf(vault)).waiting).toBe(0);
  });

  test('is noticed when the outbox and its note are taken away', async () => {
    const { world } = await withTwoWaiting();
    world.store.rows.outbox.clear();
    const vault = await world.restarted();
    expect((await vault.call('queue.page', { query: everyCase, offset: 0, limit: 10 })).total).toBe(2);
    expect(await codesOf(vault)).toContain('outbox-note-missing');
  });

  test('cannot make it send without end by putting a confirmed entry back', async () => {
    const { world } = await withTwoWaiting();
    const rows = structuredClone([...world.store.rows.outbox]);
    world.setOffline(false);
    await world.vault.call('sync.now', {});
    world.kill();
    for (const [key, row] of rows) if (key !== 0) world.store.rows.outbox.set(key, row);
    const vault = await world.restarted();
    await vault.call('sync.now', {});
    await vault.call('sync.now', {});
    expect((await statusOf(vault)).waiting).toBe(0);
    expect((await statusOf(vault)).trouble).toBeNull();
  });
});

describe('the vault itself', () => {
  test('opens once: a second unlock or founding at the same time is refused', async () => {
    const endpoint = await createMemoryEndpoint();
    const store = createMemoryStore();
    const { vault } = startProcessOn(store, endpoint.host());
    const founded = await Promise.all([
      vault.call('unit.found', { name: 'A', passphrase, grade }),
      vault.call('unit.found', { name: 'B', passphrase, grade }),
    ]);
    expect(founded.filter(({ ok }) => ok)).toHaveLength(1);
    const slot = founded.flatMap((each) => (each.ok ? [each.value] : []))[0] as Slot;
    const opened = await Promise.all([
      vault.call('slot.unlock', { slot: slot.id, passphrase }),
      vault.call('slot.unlock', { slot: slot.id, passphrase }),
    ]);
    expect(opened.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('founds nothing when another computer has founded the unit meanwhile', async () => {
    const endpoint = await createMemoryEndpoint();
    const [one, two] = [createMemoryStore(), createMemoryStore()];
    const stale = endpoint.host();
    await foundedOn(one, endpoint.host());
    const { vault } = startProcessOn(two, {
      call: async (name, request) => {
        const reply = await stale.call(name, request);
        // As it was stored when this computer enrolled: before the unit was founded.
        if (name !== 'host.describe' || !reply.ok) return reply;
        const described = structuredClone(reply) as { reply: { enrolment: { unit: { founded: boolean } } } };
        described.reply.enrolment.unit.founded = false;
        return described as never;
      },
    });
    const result = await vault.call('unit.found', { name: 'Late', passphrase, grade });
    expect(result).toMatchObject({ ok: false, error: { code: 'unit-founded-elsewhere' } });
    expect(await two.count('slots')).toBe(0);
  });

  test('opens on a full disk, to read', async () => {
    const world = await aUnit();
    await world.endpoint.deliver(referralWith());
    await world.vault.call('sync.now', {});
    world.store.full = true;
    const vault = await world.restarted();
    expect((await vault.call('queue.page', { query: everyCase, offset: 0, limit: 10 })).total).toBe(1);
  });

  test('a pause holds until the member ends it', async () => {
    const world = await aUnit();
    await world.vault.call('sync.pause', {});
    await world.endpoint.deliver(referralWith());
    world.vault.onHostEvent({ type: 'logAdvanced', position: 99 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await world.vault.call('queue.page', { query: everyCase, offset: 0, limit: 10 })).total).toBe(0);
    await world.vault.call('sync.now', {});
    expect((await world.vault.call('queue.page', { query: everyCase, offset: 0, limit: 10 })).total).toBe(1);
  });

  test.each([
    ['ahead', '2046-01-01T00:00:00.000Z'],
    ['behind', '2006-01-01T00:00:00.000Z'],
  ])('a clock that is set far %s after wrong passphrases makes no wait shorter or longer', async (_, time) => {
    const world = await aUnit();
    world.kill();
    let now = Date.now();
    const vault = startVaultOn(world.store, world.host, { now: () => now });
    const rows = new Map(world.store.rows.slots);
    const unlock = (words: string) => vault.call('slot.unlock', { slot: world.slot.id, passphrase: words });
    for (let count = 0; count < 3; count += 1) await unlock('wrong');
    now = Date.parse(time);
    // Nor does a row that is put back.
    for (const [key, row] of rows) world.store.rows.slots.set(key, row);
    const refused = await unlock(passphrase);
    expect(refused).toMatchObject({ ok: false, error: { code: 'wait' } });
    const wait = refused.ok ? 0 : refused.error.wait;
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(2_000);
    await new Promise((resolve) => setTimeout(resolve, wait));
    expect(await unlock(passphrase)).toMatchObject({ ok: true, value: { failedAttemptsBefore: 3 } });
  });
});
