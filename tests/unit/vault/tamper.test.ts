import { v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { Host } from '#renderer/vault/host.ts';
import { createMemoryStore, type MemoryStore } from '#renderer/vault/store/memory-store.ts';
import { type Table, tables } from '#renderer/vault/store/store.ts';
import type { RunningVault } from '#renderer/vault/vault.ts';
import type { Slot } from '#renderer/vault/vault-api.ts';
import { fromUtf8, utf8 } from '#shared/crypto/encoding.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import type { Entry, WireEntry } from '#shared/log/entry.ts';
import { formatHeader } from '#shared/log/header.ts';
import type { Page } from '#shared/sync/wire.ts';
import { flipByte } from '#tests/support/damage.ts';
import { patience, runs, seed } from '#tests/support/effort.ts';
import { randomOf } from '#tests/support/endpoint-random.ts';
import { createMemoryEndpoint, type MemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { foundedOn, grade, passphrase, startProcessOn, statusOf, unlocked } from '#tests/support/workstation.ts';

const noRisk = { atRiskNow: 'no' as const, people: [], rationale: 'Reasons that suffice.' };

interface Prepared {
  readonly endpoint: MemoryEndpoint;
  readonly store: MemoryStore;
  readonly host: Host;
  readonly slot: Slot;
  readonly ids: readonly StreamId[];
}

/** A unit with three referrals, one taken and assessed, all confirmed; and one more entry that waits to be sent. */
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
  await vault.call('sync.now', {});
  await vault.call('case.record', { command: { type: 'case.taken', case: ids[0] as StreamId, data: {} } });
  await vault.call('case.record', {
    command: {
      type: 'risk.assessed',
      case: ids[0] as StreamId,
      data: noRisk,
    },
  });
  await vault.call('sync.now', {});
  offline = true;
  await vault.call('case.record', { command: { type: 'case.taken', case: ids[1] as StreamId, data: {} } });
  await vault.call('draft.save', { id: ids[1] as StreamId, form: 'disposition', value: 'half a thought' });
  // The top of the queue is stored when it has been quiet.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  kill();
  offline = false;
  return { endpoint, store, host, slot, ids };
}

interface Flip {
  readonly table: Table;
  readonly key: string | number;
  readonly at: number;
}

/** Every row at the same place, then rows and places as the seed has them, until it is as many as are asked for. */
function flipsOf(store: MemoryStore): Flip[] {
  const flips = tables.flatMap((table) => [...store.rows[table].keys()].map((key): Flip => ({ table, key, at: 17 })));
  const rows = flips.length;
  const random = randomOf(seed);
  while (flips.length < runs(rows)) {
    const { table, key } = flips[Math.floor(random() * rows)] as Flip;
    flips.push({ table, key, at: Math.floor(random() * (store.rows[table].get(key)?.box.length ?? 1)) });
  }
  return flips;
}

const copyOf = (store: MemoryStore): MemoryStore => {
  const copy = createMemoryStore();
  for (const table of tables)
    for (const [key, row] of store.rows[table]) copy.rows[table].set(key, structuredClone(row));
  return copy;
};

describe('damage on the disk', () => {
  test('a flipped byte in any stored row is found and named, and the rest stays usable', {
    timeout: patience(120_000),
  }, async () => {
    const { store, host, slot, ids } = await prepared();
    const flips = flipsOf(store);
    for (const { table, key, at } of flips) {
      const damaged = copyOf(store);
      flipByte(damaged, table, key, at);
      const { vault, kill } = startProcessOn(damaged, host);
      const result = await vault.call('slot.unlock', { slot: slot.id, passphrase });
      if (table === 'slots') {
        expect(result, `${table} ${key}, byte ${at}`).toMatchObject({ ok: false, error: { code: 'slot-damaged' } });
        continue;
      }
      expect(result.ok, `${table} ${key}, byte ${at}`).toBe(true);
      await vault.call('sync.now', {});
      const { matching } = await vault.call('queue.page', { query: everyCase, offset: 0, limit: 200 });
      expect(matching).toBe(3);
      for (const id of ids) expect((await vault.call('case.open', { id })).ok).toBe(true);
      kill();
    }
    expect(new Set(flips.map(({ table }) => table))).toEqual(
      new Set(['slots', 'meta', 'entries', 'outbox', 'cases', 'summaries', 'search', 'drafts', 'tiles']),
    );
  });

  test.each<[Table, string]>([
    ['summaries', 'summary-row'],
    ['outbox', 'outbox-row'],
    ['tiles', 'tree-rows'],
  ])('damage in %s is named %s', async (table, code) => {
    const { store, host, slot } = await prepared();
    for (const key of store.rows[table].keys()) flipByte(store, table, key, 30);
    const { vault } = startProcessOn(store, host);
    await unlocked(vault, slot);
    await vault.call('sync.now', {});
    expect((await statusOf(vault)).warnings.map((warning) => warning.code)).toContain(code);
  });

  test('damage in the entries is named by a full check', async () => {
    const { store, host, slot } = await prepared();
    for (const key of store.rows.entries.keys()) flipByte(store, 'entries', key, 30);
    const { vault } = startProcessOn(store, host);
    await unlocked(vault, slot);
    await vault.call('sync.now', {});
    expect((await vault.call('log.verify', {})).map((warning) => warning.code)).toContain('entry-row-now');
  });

  test('entries taken out of the outbox are missed', async () => {
    const { store, host, slot } = await prepared();
    store.rows.outbox.clear();
    const { vault } = startProcessOn(store, host);
    await unlocked(vault, slot);
    await vault.call('sync.now', {});
    expect((await statusOf(vault)).warnings.map((warning) => warning.code)).toContain('outbox-note-missing');
  });

  test('a case set back to an earlier state is made again from the log', async () => {
    const { store, host, slot, ids } = await prepared();
    for (const key of store.rows.summaries.keys()) if (String(key).includes('/d:')) store.rows.summaries.delete(key);
    const { vault } = startProcessOn(store, host);
    await unlocked(vault, slot);
    const view = await vault.call('case.open', { id: ids[0] as StreamId });
    expect(view.ok && view.value.state.risk).toHaveLength(1);
    expect((await statusOf(vault)).warnings.map((warning) => warning.code)).toContain('summary-row');
  });

  describe('a case whose stored state is damaged', () => {
    /** Entries of two cases, written in turn by two members; the second was admitted between. Some count for nothing. */
    async function intertwined() {
      const endpoint = await createMemoryEndpoint();
      const store = createMemoryStore();
      const host = endpoint.host();
      const { vault, slot, kill } = await foundedOn(store, host);
      const run = async (on: RunningVault, command: CaseCommand) => {
        const done = await on.call('case.record', { command });
        if (!done.ok) throw new Error(JSON.stringify(done.error));
        await on.call('sync.now', {});
      };
      const [id, beside] = [await endpoint.deliver(referralWith()), await endpoint.deliver(referralWith())];
      await vault.call('sync.now', {});
      await run(vault, { type: 'case.taken', case: beside, data: {} });
      await run(vault, { type: 'case.taken', case: id, data: {} });
      // In the name of the founder and not by them, in this case and in another: neither says what they wrote last.
      await endpoint.inject(await unsigned(endpoint, id));
      await endpoint.inject(await unsigned(endpoint, beside));
      await run(vault, { type: 'case.released', case: id, data: {} });
      await run(vault, { type: 'case.released', case: beside, data: {} });
      const admitted = await vault.call('member.admit', { name: 'Ash Birch', role: 'analyst', passphrase, grade });
      if (!admitted.ok) throw new Error(JSON.stringify(admitted.error));
      await vault.call('sync.now', {});
      kill();
      const other = startProcessOn(store, host);
      await unlocked(other.vault, admitted.value);
      await run(other.vault, { type: 'case.taken', case: beside, data: {} });
      await run(other.vault, { type: 'case.taken', case: id, data: {} });
      await run(other.vault, {
        type: 'risk.assessed',
        case: id,
        data: noRisk,
      });
      other.kill();
      return { endpoint, store, host, slot, second: admitted.value, id };
    }

    /** What the endpoint could put in the founder's name. */
    async function unsigned(endpoint: MemoryEndpoint, stream: StreamId): Promise<Entry> {
      const real = endpoint.log.findLast(({ entry }) => entry.header.author !== endpoint.key.author)?.entry;
      if (!real) throw new Error('nothing was written');
      const header = { ...real.header, id: v7() as EntryId, stream, prev: endpoint.lastOf(real.header.author) };
      return { header, wire: { ...real.wire, header: formatHeader(header) } };
    }

    const openedOn = async (store: MemoryStore, { host, slot, id }: Awaited<ReturnType<typeof intertwined>>) => {
      const { vault, kill } = startProcessOn(store, host);
      await unlocked(vault, slot);
      const view = await vault.call('case.open', { id });
      kill();
      return view.ok ? view.value.state : null;
    };
    const damagedIn = (store: MemoryStore, table: Table): MemoryStore => {
      const damaged = copyOf(store);
      for (const key of damaged.rows[table].keys()) flipByte(damaged, table, key, 17);
      return damaged;
    };

    test('is made again from the whole log, exactly as it was folded when it came', async () => {
      const world = await intertwined();
      const whole = await openedOn(copyOf(world.store), world);
      expect(whole?.activity.map(({ type }) => type)).toEqual([
        'referral.received',
        'case.taken',
        'case.released',
        'case.taken',
        'risk.assessed',
      ]);
      expect(new Set(whole?.activity.map(({ by }) => by)).size).toBe(3);
      expect(await openedOn(damagedIn(world.store, 'cases'), world)).toEqual(whole);
    });

    test('goes on from there with what comes after', async () => {
      const world = await intertwined();
      const [sound, damaged] = [copyOf(world.store), damagedIn(world.store, 'cases')];
      const { vault, kill } = startProcessOn(world.store, world.host);
      await unlocked(vault, world.second);
      expect(
        (await vault.call('case.record', { command: { type: 'case.released', case: world.id, data: {} } })).ok,
      ).toBe(true);
      await vault.call('sync.now', {});
      kill();
      const states = [];
      for (const store of [sound, damaged]) {
        const station = startProcessOn(store, world.host);
        await unlocked(station.vault, world.slot);
        await station.vault.call('sync.now', {});
        const view = await station.vault.call('case.open', { id: world.id });
        states.push(view.ok && view.value.state);
        station.kill();
      }
      expect(states[0]).toMatchObject({ holder: null, activity: { length: 6 } });
      expect(states[1]).toEqual(states[0]);
    });

    test('does not open when its entries are damaged too, and nothing is invented in its place', async () => {
      const world = await intertwined();
      const damaged = damagedIn(damagedIn(world.store, 'cases'), 'entries');
      expect(await openedOn(damaged, world)).toBeNull();
    });
  });

  test('a full disk refuses the decision in plain words, and keeps what there was', async () => {
    const { store, host, slot, ids } = await prepared();
    const { vault } = startProcessOn(store, host);
    await unlocked(vault, slot);
    await vault.call('sync.now', {});
    store.full = true;
    const refused = await vault.call('case.record', {
      command: { type: 'case.taken', case: ids[2] as StreamId, data: {} },
    });
    expect(refused).toMatchObject({ ok: false, error: { code: 'disk-full' } });
    store.full = false;
    expect(
      (await vault.call('case.record', { command: { type: 'case.taken', case: ids[2] as StreamId, data: {} } })).ok,
    ).toBe(true);
  });
});

const inNewerSuite = (entry: WireEntry): WireEntry => ({
  ...entry,
  header: utf8(fromUtf8(entry.header).replace('probity-entry/2', 'probity-entry/3')),
});

describe('an endpoint that lies', () => {
  const lies: [string, string, (page: Page) => Page][] = [
    ['drops an entry', 'gap', (page) => ({ ...page, entries: page.entries.filter((_, index) => index !== 1) })],
    [
      'brings an entry in the format of a newer Probity',
      'suite-newer',
      (page) => ({ ...page, entries: page.entries.map((each) => ({ ...each, entry: inNewerSuite(each.entry) })) }),
    ],
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
      'checkpoint-signature',
      (page) => {
        // The key’s id and the time stay as they are: only the signature behind them is another.
        const changed = page.checkpoint.replace(
          /(.)(.{3})\n$/,
          (_, one: string, end: string) => `${one === 'A' ? 'B' : 'A'}${end}\n`,
        );
        return { ...page, checkpoint: changed };
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
    await vault.call('sync.now', {});
    const status = await statusOf(vault);
    expect(status.warnings.map((warning) => warning.code)).toContain(code);
    expect(status.trouble).toMatchObject({ code: 'log-not-believed', params: { because: code } });
    expect((await vault.call('queue.page', { query: everyCase, offset: 0, limit: 10 })).total).toBe(3);
    lying = false;
    await vault.call('sync.now', {});
    expect((await vault.call('queue.page', { query: everyCase, offset: 0, limit: 10 })).total).toBe(6);
  });

  test('that rolls its log back, or forks it, is named', async () => {
    const { endpoint, store, host, slot } = await prepared();
    const lost = endpoint.log.length - 5;
    endpoint.setBack(5);
    const { vault } = startProcessOn(store, host);
    await unlocked(vault, slot);
    await vault.call('sync.now', {});
    expect((await statusOf(vault)).warnings.map((warning) => warning.code)).toContain('rolled-back');
    for (let count = 0; count <= lost; count += 1) await endpoint.deliver(referralWith());
    await vault.call('sync.now', {});
    expect((await statusOf(vault)).warnings.map((warning) => warning.code)).toContain('forked');
    expect((await vault.call('queue.page', { query: everyCase, offset: 0, limit: 10 })).total).toBe(3);
  });
});
