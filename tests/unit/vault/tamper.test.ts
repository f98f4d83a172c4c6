import { describe, expect, test } from 'vitest';
import { usualQuery } from '#renderer/vault/cases/queue-head.ts';
import type { Host } from '#renderer/vault/host.ts';
import { type Table, tables } from '#renderer/vault/store/store.ts';
import type { Slot } from '#renderer/vault/vault-api.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Page } from '#shared/sync/wire.ts';
import { createMemoryEndpoint, type MemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { createMemoryStore, type MemoryStore } from '#tests/support/memory-store.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { foundedOn, startProcessOn, statusOf, unlocked } from '#tests/support/workstation.ts';

interface Prepared {
  readonly endpoint: MemoryEndpoint;
  readonly store: MemoryStore;
  readonly host: Host;
  readonly slot: Slot;
  readonly ids: readonly StreamId[];
}

/** A unit with three referrals, one taken and decided, all confirmed; and one more entry that waits to be sent. */
async function prepared(tamper?: (page: Page) => Page): Promise<Prepared> {
  const endpoint = await createMemoryEndpoint();
  const store = createMemoryStore();
  let offline = false;
  const host = endpoint.host(() => (offline ? 'requestLost' : 'fair'), tamper);
  const { vault, slot, kill } = await foundedOn(store, host);
  const ids = [
    await endpoint.deliver(referralWith()),
    await endpoint.deliver(referralWith()),
    await endpoint.deliver(referralWith()),
  ];
  await vault.syncNow();
  await vault.execute({ type: 'take', case: ids[0] as StreamId });
  await vault.execute({
    type: 'recordDecision',
    case: ids[0] as StreamId,
    kind: 'record',
    rationale: 'Reasons that suffice.',
  });
  await vault.syncNow();
  offline = true;
  await vault.execute({ type: 'take', case: ids[1] as StreamId });
  await vault.saveDraft(ids[1] as StreamId, 'disposition', 'half a thought');
  // The top of the queue is stored when it has been quiet.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  kill();
  offline = false;
  return { endpoint, store, host, slot, ids };
}

function flipByte(store: MemoryStore, table: Table, key: string | number, at: number): void {
  const row = store.rows[table].get(key);
  if (!row) throw new Error('no such row');
  const box = row.box.slice();
  const index = at % box.length;
  box[index] = (box[index] as number) ^ 0x40;
  store.rows[table].set(key, { ...row, box });
}

const copyOf = (store: MemoryStore): MemoryStore => {
  const copy = createMemoryStore();
  for (const table of tables)
    for (const [key, row] of store.rows[table]) copy.rows[table].set(key, structuredClone(row));
  return copy;
};

describe('damage on the disk', () => {
  test('a flipped byte in any stored row is found and named, and the rest stays usable', {
    timeout: 120_000,
  }, async () => {
    const { store, host, slot, ids } = await prepared();
    const seen: string[] = [];
    for (const table of tables) {
      for (const key of store.rows[table].keys()) {
        const damaged = copyOf(store);
        flipByte(damaged, table, key, 17);
        const { vault, kill } = startProcessOn(damaged, host);
        const outcome = await vault.unlock(slot.id, 'copper lantern orbit meadow');
        seen.push(`${table}: ${outcome.ok ? 'opened' : outcome.error.code}`);
        if (table === 'slots') {
          expect(outcome).toMatchObject({ ok: false, error: { code: 'damaged' } });
          continue;
        }
        expect(outcome.ok).toBe(true);
        await vault.syncNow();
        const { matching } = await vault.queuePage(usualQuery, 0, 200);
        expect(matching).toBe(3);
        for (const id of ids) expect((await vault.openCase(id)).ok).toBe(true);
        kill();
      }
    }
    expect(new Set(seen.map((line) => line.split(':')[0]))).toEqual(
      new Set(['slots', 'meta', 'entries', 'outbox', 'cases', 'summaries', 'drafts']),
    );
  });

  test.each<[Table, string]>([
    ['summaries', 'summary-row'],
    ['outbox', 'outbox-row'],
  ])('damage in %s is named %s', async (table, code) => {
    const { store, host, slot } = await prepared();
    for (const key of store.rows[table].keys()) flipByte(store, table, key, 30);
    const { vault } = startProcessOn(store, host);
    await unlocked(vault, slot);
    await vault.syncNow();
    expect((await statusOf(vault)).warnings.map((warning) => warning.code)).toContain(code);
  });

  test('damage in the entries is named by a full check', async () => {
    const { store, host, slot } = await prepared();
    for (const key of store.rows.entries.keys()) flipByte(store, 'entries', key, 30);
    const { vault } = startProcessOn(store, host);
    await unlocked(vault, slot);
    await vault.syncNow();
    expect((await vault.verifyLog()).map((warning) => warning.code)).toContain('entry-row');
  });

  test('entries taken out of the outbox are missed', async () => {
    const { store, host, slot } = await prepared();
    store.rows.outbox.clear();
    const { vault } = startProcessOn(store, host);
    await unlocked(vault, slot);
    await vault.syncNow();
    expect((await statusOf(vault)).warnings.map((warning) => warning.code)).toContain('outbox-missing');
  });

  test('a case set back to an earlier state is made again from the log', async () => {
    const { store, host, slot, ids } = await prepared();
    for (const key of store.rows.summaries.keys()) if (String(key).startsWith('d:')) store.rows.summaries.delete(key);
    const { vault } = startProcessOn(store, host);
    await unlocked(vault, slot);
    const view = await vault.openCase(ids[0] as StreamId);
    expect(view.ok && view.value.summary.status).toBe('recorded');
    expect((await statusOf(vault)).warnings.map((warning) => warning.code)).toContain('summary-row');
  });

  test('a full disk refuses the decision in plain words, and keeps what there was', async () => {
    const { store, host, slot, ids } = await prepared();
    const { vault } = startProcessOn(store, host);
    await unlocked(vault, slot);
    await vault.syncNow();
    store.full = true;
    const refused = await vault.execute({ type: 'take', case: ids[2] as StreamId });
    expect(refused).toMatchObject({ ok: false, error: expect.stringContaining('disk of this computer is full') });
    store.full = false;
    expect((await vault.execute({ type: 'take', case: ids[2] as StreamId })).ok).toBe(true);
  });
});

describe('an endpoint that lies', () => {
  const lies: [string, string, (page: Page) => Page][] = [
    ['drops an entry', 'gap', (page) => ({ ...page, entries: page.entries.filter((_, index) => index !== 1) })],
    [
      'reorders entries',
      'forked',
      (page) => {
        const [first, second, ...rest] = page.entries;
        if (!first || !second) return page;
        return {
          ...page,
          entries: [{ ...first, entry: second.entry }, { ...second, entry: first.entry }, ...rest],
        };
      },
    ],
    [
      'replays an entry',
      'forked',
      (page) => {
        const [first, second, ...rest] = page.entries;
        if (!first || !second) return page;
        return { ...page, entries: [first, { ...second, entry: first.entry }, ...rest] };
      },
    ],
    [
      'signs with another key',
      'head-signature',
      (page) => {
        const [header, payload, signature = ''] = page.head.split('.');
        return { ...page, head: [header, payload, signature.split('').reverse().join('')].join('.') };
      },
    ],
  ];

  test.each(lies)('that %s is not believed: %s', async (_, code, tamper) => {
    let lying = false;
    const { endpoint, store, host, slot } = await prepared((page) => (lying ? tamper(page) : page));
    for (let count = 0; count < 3; count += 1) await endpoint.deliver(referralWith());
    lying = true;
    const { vault } = startProcessOn(store, host);
    await unlocked(vault, slot);
    await vault.syncNow();
    const status = await statusOf(vault);
    expect(status.warnings.map((warning) => warning.code)).toContain(code);
    expect(status.trouble).toContain('Nothing of it was used');
    expect((await vault.queuePage(usualQuery, 0, 10)).total).toBe(3);
    lying = false;
    await vault.syncNow();
    expect((await vault.queuePage(usualQuery, 0, 10)).total).toBe(6);
  });

  test('that rolls its log back, or forks it, is named', async () => {
    const { endpoint, store, host, slot } = await prepared();
    const kept = endpoint.log.splice(5);
    const { vault } = startProcessOn(store, host);
    await unlocked(vault, slot);
    await vault.syncNow();
    expect((await statusOf(vault)).warnings.map((warning) => warning.code)).toContain('rolled-back');
    for (let count = 0; count <= kept.length; count += 1) await endpoint.deliver(referralWith());
    await vault.syncNow();
    expect((await statusOf(vault)).warnings.map((warning) => warning.code)).toContain('forked');
    expect((await vault.queuePage(usualQuery, 0, 10)).total).toBe(3);
  });
});
