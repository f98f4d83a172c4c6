import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Host } from '#renderer/vault/host.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { Store } from '#renderer/vault/store/store.ts';
import type { RunningVault } from '#renderer/vault/vault.ts';
import { sealChunks } from '#shared/crypto/chunks.ts';
import { type Bytes, concat, randomBytes, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { selectCopy } from '#shared/domain/sanitising/attachment-sanitised.ts';
import type { Digest, EntryId, StreamId } from '#shared/kernel/ids.ts';
import { parseEntry } from '#shared/log/entry.ts';
import { parsePush } from '#shared/sync/wire.ts';
import { sample } from '#tests/support/effort.ts';
import { createMemoryEndpoint, type MemoryEndpoint, type Weather } from '#tests/support/memory-endpoint.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { foundedOn, grade, passphrase, startProcessOn, statusOf, unlocked } from '#tests/support/workstation.ts';

/* A copy and the event that names it become durable together, and travel chunks first: at every desk, or at none. */

const said = utf8('Said on Thursday: the bags would not be missed.\n'.repeat(12_000));
const saved = concat(Uint8Array.of(0xef, 0xbb, 0xbf), said);

/** A referral with a text of three chunks, as the endpoint seals it. */
async function deliver(endpoint: MemoryEndpoint, file: Bytes = saved): Promise<StreamId> {
  const key = randomBytes(32);
  const chunks = await sealChunks(key, file);
  for (const { digest, bytes } of chunks) endpoint.blobs.set(digest, bytes);
  const attachment = {
    ...{ name: 'Letter by Jo Bloggs.txt', type: 'text/plain' as const, size: file.length },
    ...{ digest: await digestOf(file), key: toBase64url(key), chunks: chunks.map(({ digest }) => digest) },
  };
  return endpoint.deliver(referralWith({}, { attachments: [attachment] }));
}

/** A host that notes what it was asked, and at each push what was sent and which chunks the endpoint had by then. */
function watched(host: Host, endpoint: MemoryEndpoint) {
  const calls: string[] = [];
  const pushes: { readonly ids: readonly EntryId[]; readonly had: ReadonlySet<Digest> }[] = [];
  const watching: Host = {
    async call(name, request) {
      calls.push(name);
      if (name === 'log.push') {
        const entries = (parsePush((request as { push: Bytes }).push)?.entries ?? []).map(parseEntry);
        const ids = entries.flatMap((entry) => (entry.ok ? [entry.value.header.id] : []));
        pushes.push({ ids, had: new Set(endpoint.blobs.keys()) });
      }
      return host.call(name, request);
    },
  };
  /** How often an entry was pushed, and chunks that the endpoint lacked at any of those times. */
  const sentOf = (entry: EntryId, chunks: readonly Digest[]) => {
    const own = pushes.filter(({ ids }) => ids.includes(entry));
    return { times: own.length, missing: own.flatMap(({ had }) => chunks.filter((digest) => !had.has(digest))) };
  };
  return { host: watching, calls, sentOf };
}

async function copyOf(vault: RunningVault, id: StreamId) {
  const view = await vault.call('case.open', { id });
  if (!view.ok) throw new Error(JSON.stringify(view.error));
  return selectCopy(view.value.state, 0);
}

async function bytesOf(vault: RunningVault, id: StreamId, version: 'original' | 'sanitised' = 'original') {
  const opened = await vault.call('attachment.open', { id, index: 0, version });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
}

/** Founded, and holding a case with an attachment. */
async function desk(store: Store, host: Host, endpoint: MemoryEndpoint) {
  const founded = await foundedOn(store, host);
  const id = await deliver(endpoint);
  await founded.vault.call('sync.now', {});
  await founded.vault.call('case.record', { command: { type: 'case.taken', case: id, data: {} } });
  await founded.vault.call('sync.now', {});
  return { ...founded, id };
}

async function made(vault: RunningVault, id: StreamId): Promise<EntryId> {
  const result = await vault.call('attachment.sanitise', { id, index: 0 });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe('a sanitised copy', () => {
  test('is made, sealed and recorded in one commit; the original stays as it came', async () => {
    const endpoint = await createMemoryEndpoint();
    const store = createMemoryStore();
    const commits: string[][] = [];
    const noting: Store = {
      ...store,
      commit: (changes) => {
        commits.push(changes.map(({ table }) => table));
        return store.commit(changes);
      },
    };
    const { vault, id, kill } = await desk(noting, endpoint.host(), endpoint);
    const entry = await made(vault, id);
    expect(commits.filter((each) => each.includes('outbox') && each.includes('blobs'))).toHaveLength(1);
    const copy = await copyOf(vault, id);
    expect(copy).toMatchObject({
      entry,
      attachment: 0,
      original: await digestOf(saved),
      copy: { name: 'attachment-1.txt', type: 'text/plain', size: said.length, digest: await digestOf(said) },
      removed: ['name', 'byteOrderMark'],
    });
    expect(copy?.copy.chunks).toHaveLength(3);
    expect(await bytesOf(vault, id, 'sanitised')).toEqual({
      name: 'attachment-1.txt',
      type: 'text/plain',
      bytes: said,
    });
    expect((await bytesOf(vault, id)).bytes).toEqual(saved);
    for (const digest of copy?.copy.chunks ?? []) {
      expect(Buffer.from(store.rows.blobs.get(digest)?.box ?? []).includes('bags')).toBe(false);
    }
    kill();
  });

  test('made again supersedes, under a new key', async () => {
    const endpoint = await createMemoryEndpoint();
    const { vault, id, kill } = await desk(createMemoryStore(), endpoint.host(), endpoint);
    await made(vault, id);
    const first = await copyOf(vault, id);
    const entry = await made(vault, id);
    const second = await copyOf(vault, id);
    expect(second?.entry).toBe(entry);
    expect(second?.copy.key).not.toBe(first?.copy.key);
    kill();
  });

  test('is uploaded before the entry that names it, and opened at another desk', async () => {
    const endpoint = await createMemoryEndpoint();
    const store = createMemoryStore();
    const { host, calls, sentOf } = watched(endpoint.host(), endpoint);
    const { vault, id, kill } = await desk(store, host, endpoint);
    const admitted = await vault.call('member.admit', { name: 'Ash Birch', role: 'analyst', passphrase, grade });
    if (!admitted.ok) throw new Error(JSON.stringify(admitted.error));
    await vault.call('sync.now', {});
    const elsewhere = createMemoryStore();
    for (const [table, rows] of Object.entries(store.rows)) {
      for (const [key, row] of rows)
        elsewhere.rows[table as keyof typeof elsewhere.rows].set(key, structuredClone(row));
    }
    elsewhere.rows.blobs.clear();
    calls.length = 0;
    const entry = await made(vault, id);
    const copy = await copyOf(vault, id);
    await vault.call('sync.now', {});
    expect(sentOf(entry, copy?.copy.chunks ?? [])).toEqual({ times: 1, missing: [] });
    const sending = calls.filter((name) => name === 'blob.put' || name === 'log.push');
    expect(sending).toEqual(['blob.put', 'blob.put', 'blob.put', 'log.push']);

    const other = startProcessOn(elsewhere, host);
    await unlocked(other.vault, admitted.value);
    await other.vault.call('sync.now', {});
    expect((await bytesOf(other.vault, id, 'sanitised')).bytes).toEqual(said);
    expect(await statusOf(other.vault)).toMatchObject({ warnings: [], waiting: 0 });
    kill();
    other.kill();
  });

  test('a full disk: neither chunks nor event', async () => {
    const endpoint = await createMemoryEndpoint();
    const store = createMemoryStore();
    const { vault, id, kill } = await desk(store, endpoint.host(), endpoint);
    await bytesOf(vault, id);
    const before = store.rows.blobs.size;
    store.full = true;
    expect(await vault.call('attachment.sanitise', { id, index: 0 })).toEqual({
      ok: false,
      error: { code: 'disk-full', params: {} },
    });
    store.full = false;
    expect(store.rows.blobs.size).toBe(before);
    expect(await copyOf(vault, id)).toBeNull();
    kill();
  });

  test('refusals: nobody has the case, no such file, no text, a described copy', async () => {
    const endpoint = await createMemoryEndpoint();
    const { vault, id, kill } = await desk(createMemoryStore(), endpoint.host(), endpoint);
    const broken = await deliver(endpoint, Uint8Array.of(0xff, 0xfe, 0x61, 0));
    await vault.call('sync.now', {});
    expect(await vault.call('attachment.sanitise', { id, index: 1 })).toEqual({
      ok: false,
      error: { code: 'no-such-attachment', params: {} },
    });
    expect(await vault.call('attachment.open', { id, index: 0, version: 'sanitised' })).toMatchObject({ ok: false });
    expect(await vault.call('attachment.sanitise', { id: broken, index: 0 })).toMatchObject({
      error: { code: 'text-not-plain' },
    });
    const copy = { ...(await copyDescription(vault, id)), name: 'attachment-1.txt', key: `${'B'.repeat(42)}A` };
    const data = { attachment: 0, original: copy.digest, copy, removed: [] };
    expect(
      await vault.call('case.record', { command: { type: 'attachment.sanitised', case: id, data } }),
    ).toMatchObject({ ok: false });
    await vault.call('case.record', { command: { type: 'case.released', case: id, data: {} } });
    expect(await vault.call('attachment.sanitise', { id, index: 0 })).toEqual({
      ok: false,
      error: { code: 'take-first', params: {} },
    });
    kill();
  });

  async function copyDescription(vault: RunningVault, id: StreamId) {
    const view = await vault.call('case.open', { id });
    const [attachment] = view.ok ? view.value.state.referral.attachments : [];
    if (!attachment) throw new Error('no attachment');
    return attachment;
  }
});

describe('on the way', () => {
  test('damaged before it was sent: it is named and left out, and what follows arrives', async () => {
    const endpoint = await createMemoryEndpoint();
    const store = createMemoryStore();
    let offline = false;
    const host = endpoint.host(() => (offline ? 'requestLost' : 'fair'));
    const { vault, id, slot, kill } = await desk(store, host, endpoint);
    await bytesOf(vault, id);
    offline = true;
    const lost = await made(vault, id);
    const copy = await copyOf(vault, id);
    const released = await vault.call('case.record', { command: { type: 'case.released', case: id, data: {} } });
    expect(released.ok).toBe(true);
    const { verifiedTo: seen } = await statusOf(vault);
    kill();
    const [, damaged] = copy?.copy.chunks ?? [];
    const row = store.rows.blobs.get(damaged as Digest);
    if (!row) throw new Error('no chunk');
    store.rows.blobs.set(row.key, { ...row, box: row.box.map((byte, at) => (at === 9 ? byte ^ 1 : byte)) });

    const again = startProcessOn(store, host);
    await unlocked(again.vault, slot);
    await again.vault.call('sync.now', {});
    await endpoint.deliver(referralWith({}));
    offline = false;
    await again.vault.call('sync.now', {});
    // Signed again, it does not claim to know what came in meanwhile.
    const inCase = endpoint.log.filter(({ entry }) => entry.header.stream === id);
    expect(inCase.at(-1)?.entry.header.seen.size).toBe(seen);
    const { waiting, trouble, warnings } = await statusOf(again.vault);
    expect([waiting, trouble]).toEqual([0, null]);
    expect(warnings.map(({ code }) => code)).toContain('file-lost');
    expect(endpoint.log.map(({ entry }) => entry.header.id)).not.toContain(lost);
    expect(await copyOf(again.vault, id)).toBeNull();
    const view = await again.vault.call('case.open', { id });
    expect(view.ok && view.value.state.activity.map(({ type }) => type)).toEqual([
      'referral.received',
      'case.taken',
      'case.released',
    ]);
    again.kill();
  });

  const weather = fc.constantFrom<Weather>('fair', 'requestLost', 'answerLost', 'sentTwice');
  const plan = fc.record({
    sky: fc.array(weather, { minLength: 1, maxLength: 30 }),
    /** Host calls after which the process is killed, counted from when the copy was made. */
    kills: fc.array(fc.nat({ max: 8 }), { maxLength: 4 }),
  });

  test('in any weather, killed anywhere: the endpoint never has the entry without its chunks, and gets both', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ sky, kills }) => {
        const endpoint = await createMemoryEndpoint();
        const store = createMemoryStore();
        let calm = true;
        let asked = 0;
        let alive = Number.POSITIVE_INFINITY;
        const sometimes = endpoint.host(() => {
          asked += 1;
          return calm ? 'fair' : (sky[asked % sky.length] ?? 'fair');
        });
        const { host, sentOf } = watched(sometimes, endpoint);
        let station = await desk(store, host, endpoint);
        const { id, slot } = station;
        await bytesOf(station.vault, id);
        calm = false;
        const entry = await made(station.vault, id);
        const chunks = (await copyOf(station.vault, id))?.copy.chunks ?? [];
        for (const after of kills) {
          const { vault, kill } = station;
          alive = asked + after;
          const killer = (async () => {
            while (asked < alive) await new Promise((resolve) => setTimeout(resolve, 1));
            kill();
          })();
          await Promise.race([vault.call('sync.now', {}), killer]);
          alive = 0;
          await killer;
          kill();
          const next = startProcessOn(store, host);
          await unlocked(next.vault, slot);
          station = { ...station, ...next };
        }
        calm = true;
        await station.vault.call('sync.now', {});
        await station.vault.call('sync.now', {});
        const { times, missing } = sentOf(entry, chunks);
        expect([times > 0, missing, chunks.length]).toEqual([true, [], 3]);
        expect(endpoint.log.filter(({ entry: each }) => each.header.id === entry)).toHaveLength(1);
        expect(await statusOf(station.vault)).toMatchObject({ waiting: 0, warnings: [], trouble: null });
        expect((await bytesOf(station.vault, id, 'sanitised')).bytes).toEqual(said);
        station.kill();
      }),
      sample(15),
    );
  });
});
