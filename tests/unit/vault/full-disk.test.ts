import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openJournaledStore } from '#renderer/vault/store/journaled-store.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { RunningVault } from '#renderer/vault/vault.ts';
import type { Slot } from '#renderer/vault/vault-api.ts';
import { fromBase64url, randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { createMemoryHost } from '#tests/support/memory-host.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { foundedOn, startProcessOn, statusOf, unlocked } from '#tests/support/workstation.ts';

/* What is being typed survives a disk without room, the lock and a lost database; what comes in waits, and comes by itself. */

const typed = { text: 'Half a sentence' };

async function workstation() {
  const secret = toBase64url(randomBytes(32));
  const endpoint = await createMemoryEndpoint();
  const host = createMemoryHost(endpoint, { secret });
  const disk = { store: createMemoryStore() };
  const opened = () => openJournaledStore(disk.store, host, fromBase64url(secret));
  const founded = await foundedOn(await opened(), host);
  let running: { vault: RunningVault; kill(): void } = founded;
  onTestFinished(() => running.kill());
  const id = await endpoint.deliver(referralWith());
  await founded.vault.call('sync.now', {});
  return {
    endpoint,
    host,
    disk,
    id,
    slot: founded.slot as Slot,
    vault: () => running.vault,
    fill(full: boolean): void {
      disk.store.full = full;
      host.journal.full = full;
    },
    /** Locks: the worker ends, and another is started. */
    async lock(): Promise<void> {
      running.kill();
      running = startProcessOn(await opened(), host);
    },
    save: (value: unknown, form = 'risk') => running.vault.call('draft.save', { id, form, value }),
    drafts: (of: StreamId = id) => running.vault.call('draft.load', { id: of }),
  };
}

beforeEach(() =>
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'], shouldAdvanceTime: true }),
);
afterEach(() => vi.useRealTimers());

const twoSeconds = () => vi.advanceTimersByTimeAsync(2_000);

describe('a draft that finds no room', () => {
  test('is held, is read back, and is saved by itself within two seconds of there being room', async () => {
    const station = await workstation();
    station.fill(true);
    expect(await station.save(typed)).toMatchObject({ held: true });
    expect((await station.drafts()).risk?.value).toEqual(typed);
    expect(station.disk.store.rows.drafts.size).toBe(0);
    await twoSeconds();
    expect(station.disk.store.rows.drafts.size).toBe(0);
    station.fill(false);
    await twoSeconds();
    await vi.waitFor(() => expect(station.disk.store.rows.drafts.size).toBe(1));
    expect(station.host.drafts.call('draft.held', {})).toEqual({ ok: true, reply: { drafts: [] } });
    expect((await station.drafts()).risk?.value).toEqual(typed);
  });

  test('outlives the lock, is told of on the locked screen, and is there after the next unlock', async () => {
    const station = await workstation();
    await station.save({ text: 'Half' });
    station.fill(true);
    await station.save(typed);
    await station.save({ text: 'Another' }, 'harm');
    await station.lock();
    const findings = await station.vault().call('store.findings', {});
    expect(findings.map(({ code }) => code)).toEqual(['draft-held']);
    // While it is locked.
    station.fill(false);
    await twoSeconds();
    await vi.waitFor(async () => expect(await station.vault().call('store.findings', {})).toEqual([]));
    await unlocked(station.vault(), station.slot);
    const { risk, harm } = await station.drafts();
    expect([risk?.value, harm?.value]).toEqual([typed, { text: 'Another' }]);
  });

  test('is there after the next unlock also where the disk is still full', async () => {
    const station = await workstation();
    station.fill(true);
    await station.save(typed);
    await station.lock();
    await unlocked(station.vault(), station.slot);
    expect((await station.drafts()).risk?.value).toEqual(typed);
  });

  test('gives way to what is typed after it, on the disk and off it', async () => {
    const station = await workstation();
    station.fill(true);
    await station.save(typed);
    await station.save({ text: 'A whole sentence.' });
    station.fill(false);
    expect(await station.save({ text: 'Two of them.' })).toMatchObject({ held: false });
    await twoSeconds();
    await station.lock();
    await unlocked(station.vault(), station.slot);
    expect((await station.drafts()).risk?.value).toEqual({ text: 'Two of them.' });
  });

  test('is gone once it is discarded', async () => {
    const station = await workstation();
    station.fill(true);
    await station.save(typed);
    station.fill(false);
    await station.vault().call('draft.discard', { id: station.id, form: 'risk' });
    await twoSeconds();
    await station.lock();
    await unlocked(station.vault(), station.slot);
    expect(await station.drafts()).toEqual({});
  });

  test('is refused where the host holds as much as it can', async () => {
    const station = await workstation();
    station.fill(true);
    station.host.instead = (name, request, carryOn) =>
      name === 'draft.hold'
        ? Promise.resolve({ ok: false, failure: { code: 'no-more-held', params: {}, retry: false } })
        : carryOn(name, request);
    await expect(station.save(typed)).rejects.toThrow('disk-full');
  });

  test('is sealed: the host holds no word of it', async () => {
    const station = await workstation();
    station.fill(true);
    await station.save({ text: 'Constable Hollis Marsh' });
    const held = station.host.drafts.call('draft.held', {});
    const [draft] = (held.ok && 'drafts' in held.reply && held.reply.drafts) || [];
    expect(Buffer.from(draft?.box ?? []).toString('latin1')).not.toMatch(/Hollis|Marsh|text|risk/);
  });
});

test('a database that was taken away: what was being typed is in the next one', async () => {
  const station = await workstation();
  station.disk.store.lose();
  const { commit } = station.disk.store;
  station.disk.store.commit = () => Promise.reject(new Error('closed'));
  expect(await station.save(typed)).toMatchObject({ held: true });
  station.disk.store.commit = commit;
  station.disk.store = createMemoryStore();
  await station.lock();
  await unlocked(station.vault(), station.slot);
  await station.vault().call('sync.now', {});
  expect((await station.drafts()).risk?.value).toEqual(typed);
});

test('a report that found no room comes in within two seconds of there being some, however long there was none', async () => {
  const station = await workstation();
  station.fill(true);
  await station.endpoint.deliver(referralWith());
  await station.vault().call('sync.now', {});
  expect((await statusOf(station.vault())).trouble).toMatchObject({ code: 'disk-full-for-log' });
  const { verifiedTo } = await statusOf(station.vault());
  for (let tries = 0; tries < 20; tries += 1) await twoSeconds();
  expect((await statusOf(station.vault())).verifiedTo).toBe(verifiedTo);
  station.fill(false);
  await twoSeconds();
  await vi.waitFor(async () => expect((await statusOf(station.vault())).trouble).toBeNull());
  expect((await statusOf(station.vault())).verifiedTo).toBeGreaterThan(verifiedTo);
});

test('too little room for a day of work is foreseen, and no longer said once there is more', async () => {
  const station = await workstation();
  expect((await statusOf(station.vault())).roomLeft).toBeNull();
  station.host.room = 300_000_000;
  await vi.advanceTimersByTimeAsync(60_000);
  expect((await statusOf(station.vault())).roomLeft).toBe(300_000_000);
  station.host.room = 3_000_000_000;
  await vi.advanceTimersByTimeAsync(60_000);
  expect((await statusOf(station.vault())).roomLeft).toBeNull();
});

describe('a journal that something else wrote to', () => {
  test('ends the vault, and nothing that was saved is lost', async () => {
    const station = await workstation();
    const events: string[] = [];
    await station.vault().subscribe(({ type }) => events.push(type));
    await station.save(typed);
    // Somebody else reads it from the beginning, and writes from then on.
    await station.host.call('journal.read', { after: 0 });
    expect(await station.save({ text: 'After that.' })).toMatchObject({ held: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(events).toContain('storeLost');
    await station.lock();
    await unlocked(station.vault(), station.slot);
    expect((await station.drafts()).risk?.value).toEqual({ text: 'After that.' });
  });
});
