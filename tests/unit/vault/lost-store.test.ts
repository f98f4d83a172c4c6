import { describe, expect, onTestFinished, test } from 'vitest';
import { openJournaledStore } from '#renderer/vault/store/journaled-store.ts';
import { createMemoryStore, type MemoryStore } from '#renderer/vault/store/memory-store.ts';
import { JournalForeign, type StoreFinding } from '#renderer/vault/store/reconcile.ts';
import type { RunningVault } from '#renderer/vault/vault.ts';
import type { Slot } from '#renderer/vault/vault-api.ts';
import { fromBase64url, randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { createMemoryEndpoint, type MemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { createMemoryHost, type MemoryHost } from '#tests/support/memory-host.ts';
import { createMemoryJournal } from '#tests/support/memory-journal.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { foundedOn, startProcessOn, statusOf, unlocked } from '#tests/support/workstation.ts';

/* What only a workstation has outlives its database: what waits to be sent, drafts, and the founder's only keys. */

/** A workstation whose founder can be taken off the network, and whose disk can be changed between two starts. */
class Workstation {
  store: MemoryStore = createMemoryStore();
  readonly secret = toBase64url(randomBytes(32));
  readonly endpoint: MemoryEndpoint;
  readonly host: MemoryHost;
  private running: RunningVault | null = null;
  private slot: Slot | null = null;
  private end: () => void = () => undefined;

  private constructor(endpoint: MemoryEndpoint) {
    this.endpoint = endpoint;
    this.host = createMemoryHost(endpoint, { secret: this.secret });
    onTestFinished(() => this.end());
  }

  static async create(): Promise<Workstation> {
    const station = new Workstation(await createMemoryEndpoint());
    const founded = await foundedOn(await station.opened(), station.host);
    station.slot = founded.slot;
    station.running = founded.vault;
    station.end = founded.kill;
    return station;
  }

  get vault(): RunningVault {
    if (!this.running) throw new Error('not running');
    return this.running;
  }

  opened = () => openJournaledStore(this.store, this.host, fromBase64url(this.secret));

  /** The process ends, and another begins. @param change what becomes of the disk in between */
  async restart(
    change: () => void = () => undefined,
    said: (found: readonly StoreFinding[]) => readonly StoreFinding[] = (found) => found,
  ): Promise<readonly StoreFinding[]> {
    this.end();
    change();
    const opened = await this.opened();
    const store = { ...opened, findings: said(opened.findings) };
    const { vault, kill } = startProcessOn(store, this.host);
    this.end = kill;
    this.running = vault;
    if (!this.slot) throw new Error('not founded');
    await unlocked(vault, this.slot);
    return store.findings;
  }

  async arrives(): Promise<StreamId> {
    const id = await this.endpoint.deliver(referralWith());
    await this.vault.call('sync.now', {});
    return id;
  }

  async record(command: CaseCommand): Promise<void> {
    const done = await this.vault.call('case.record', { command });
    if (!done.ok) throw new Error(done.error.code);
  }

  async activity(id: StreamId): Promise<readonly string[]> {
    const view = await this.vault.call('case.open', { id });
    if (!view.ok) throw new Error(view.error.code);
    return view.value.state.activity.map(({ type }) => type);
  }

  async warnings(): Promise<readonly string[]> {
    return (await statusOf(this.vault)).warnings.map(({ code }) => code);
  }

  /** Of this workstation's log: all entries, and what is wrong with any. */
  async expectWhole(): Promise<void> {
    await this.vault.call('sync.now', {});
    const { waiting, trouble } = await statusOf(this.vault);
    expect({ waiting, trouble }).toEqual({ waiting: 0, trouble: null });
    expect(await this.vault.call('log.verify', {})).toEqual([]);
  }
}

/** One case that is taken, confirmed; offline, three decisions that wait and a draft. */
async function atWork() {
  const station = await Workstation.create();
  const [one, other] = [await station.arrives(), await station.arrives()];
  await station.record({ type: 'case.taken', case: one, data: {} });
  await station.vault.call('sync.now', {});
  station.host.goOffline();
  await station.record({ type: 'case.released', case: one, data: {} });
  await station.record({ type: 'case.taken', case: other, data: {} });
  await station.record({ type: 'case.released', case: other, data: {} });
  await station.vault.call('draft.save', { id: one, form: 'risk', value: { text: 'Half a sentence' } });
  await station.vault.call('preferences.save', { savedViews: [{ name: 'Mine', query: everyCase }] });
  return { station, one, other };
}
type AtWork = Awaited<ReturnType<typeof atWork>>;

const done = ['referral.received', 'case.taken', 'case.released'];

async function expectAllThere({ station, one, other }: AtWork): Promise<void> {
  expect(await station.activity(one)).toEqual(done);
  expect(await station.activity(other)).toEqual(done);
  const drafts = await station.vault.call('draft.load', { id: one });
  expect(drafts.risk?.value).toEqual({ text: 'Half a sentence' });
  expect((await station.vault.call('preferences.load', {})).savedViews.map(({ name }) => name)).toEqual(['Mine']);
}

describe('a database that is gone', () => {
  test('is made again from the journal and the endpoint: what waited, drafts, saved views and the only keys', async () => {
    const world = await atWork();
    const { station } = world;
    const before = station.endpoint.log.length;
    const found = await station.restart(() => {
      station.store = createMemoryStore();
    });
    expect(found).toEqual(['store-remade']);
    station.host.goOnline();
    await station.expectWhole();
    await expectAllThere(world);
    expect(await station.warnings()).toEqual(['store-remade']);
    // Under the same keys, in one chain, and each of them once.
    const { author } = station.endpoint.log[0]?.entry.header ?? {};
    const own = station.endpoint.log.slice(before).map(({ entry }) => entry.header);
    expect(own.length).toBeGreaterThanOrEqual(3);
    expect(new Set(own.map((each) => each.author))).toEqual(new Set([author]));
  });

  test('is no news where there never was one: the journal was made before a window', async () => {
    const world = await atWork();
    const { station } = world;
    station.host.goOnline();
    await station.restart(
      () => {
        station.store = createMemoryStore();
      },
      () => ['store-begun'],
    );
    await station.expectWhole();
    await expectAllThere(world);
    expect(await station.warnings()).toEqual([]);
    expect(await station.vault.call('store.findings', {})).toEqual([]);
  });

  test('also where nobody can reach the endpoint: it opens, says how far it is, and goes on once the log is read', async () => {
    const world = await atWork();
    const { station } = world;
    await station.restart(() => {
      station.store = createMemoryStore();
    });
    // Answered once all is read.
    await station.vault.call('queue.page', { query: everyCase, offset: 0, limit: 10 });
    const status = await statusOf(station.vault);
    expect(status.warnings.map(({ code }) => code)).toEqual(['store-remade']);
    expect(status.waiting).toBeGreaterThanOrEqual(3);
    expect(status.verifiedTo).toBe(0);
    // And nothing goes wrong by a second start in this state.
    expect(await station.restart()).toEqual([]);
    station.host.goOnline();
    await station.expectWhole();
    await expectAllThere(world);
  });

  test('is no sign that an entry is missing, where all was sent', async () => {
    const station = await Workstation.create();
    const id = await station.arrives();
    await station.record({ type: 'case.taken', case: id, data: {} });
    await station.vault.call('sync.now', {});
    expect((await statusOf(station.vault)).waiting).toBe(0);
    await station.restart(() => {
      station.store = createMemoryStore();
    });
    await station.expectWhole();
    expect(await station.warnings()).toEqual(['store-remade']);
    await station.record({ type: 'case.released', case: id, data: {} });
    await station.expectWhole();
    expect(await station.activity(id)).toEqual(done);
  });

  test('beside a journal that lacks an entry which waited is said, once the log was read', async () => {
    const { station } = await atWork();
    const { journal } = station.host;
    await station.restart(() => {
      station.store = createMemoryStore();
      // The last decision: of the group that wrote it, the row of the entry, and not the note of what was written last.
      journal.records.splice(journal.records.length - 3, 1);
    });
    station.host.goOnline();
    await station.vault.call('sync.now', {});
    expect(await station.warnings()).toContain('outbox-missing');
  });

  test('and its journal with it is told from a new computer', async () => {
    const { station } = await atWork();
    const gone = createMemoryStore();
    station.host.journal = Object.assign(createMemoryJournal(), { begun: true });
    const store = await openJournaledStore(gone, station.host, fromBase64url(station.secret));
    expect(store.findings).toEqual(['all-lost']);
    const again = await openJournaledStore(gone, station.host, fromBase64url(station.secret));
    expect(again.findings).toEqual([]);
    const fresh = await openJournaledStore(createMemoryStore(), createMemoryHost(station.endpoint), randomBytes(32));
    expect(fresh.findings).toEqual([]);
  });

  test('costs nobody the founding that the endpoint does not have yet', async () => {
    const endpoint = await createMemoryEndpoint();
    const host = createMemoryHost(endpoint);
    host.goOffline();
    const { reply } = (await host.call('device.secret', {})) as { reply: { secret: string } };
    const secret = fromBase64url(reply.secret);
    host.instead = async (name, request, carryOn) =>
      name === 'log.push' || name === 'log.pull'
        ? { ok: false, failure: { code: 'offline', params: {}, retry: true } }
        : carryOn(name, request);
    host.goOnline();
    const founded = await foundedOn(await openJournaledStore(createMemoryStore(), host, secret), host);
    founded.kill();
    const store = await openJournaledStore(createMemoryStore(), host, secret);
    expect(store.findings).toEqual(['store-remade']);
    host.instead = null;
    const { vault, kill } = startProcessOn(store, host);
    onTestFinished(kill);
    await unlocked(vault, founded.slot);
    await vault.call('sync.now', {});
    expect((await statusOf(vault)).waiting).toBe(0);
    expect(endpoint.log.length).toBeGreaterThanOrEqual(4);
  });
});

describe('a database that was set back', () => {
  test('gets what was written since from the journal', async () => {
    const station = await Workstation.create();
    const id = await station.arrives();
    await station.record({ type: 'case.taken', case: id, data: {} });
    await station.vault.call('sync.now', {});
    const then = createMemoryStore(station.store);
    const later = await station.arrives();
    station.host.goOffline();
    await station.record({ type: 'case.released', case: id, data: {} });
    await station.record({ type: 'case.taken', case: later, data: {} });
    const found = await station.restart(() => {
      station.store = then;
    });
    expect(found).toEqual(['store-behind']);
    station.host.goOnline();
    await station.expectWhole();
    expect(await station.activity(id)).toEqual(done);
    expect(await station.activity(later)).toEqual(['referral.received', 'case.taken']);
  });

  test('in one row is put right, and that is said', async () => {
    const world = await atWork();
    const { station } = world;
    const found = await station.restart(() => {
      const [first] = station.store.rows.drafts.values();
      if (first) station.store.rows.drafts.set(first.key, { ...first, box: first.box.slice(0, 20) });
      station.store.rows.slots.clear();
    });
    expect(found).toEqual(['store-rows-changed']);
    station.host.goOnline();
    await station.expectWhole();
    await expectAllThere(world);
  });
});

test('a slot that is damaged in both is told of, and the others open', async () => {
  const { station } = await atWork();
  const [, slot] = [await station.restart(), [...station.store.rows.slots.values()][0]];
  expect(await station.vault.call('store.findings', {})).toEqual([]);
  // As of another computer: it is whole, and opens nowhere here.
  station.store.rows.slots.set('other', { key: 'other', box: randomBytes(slot?.box.length ?? 200) });
  const found = await station.vault.call('store.findings', {});
  expect(found.map(({ code, params }) => [code, params.count])).toEqual([['slot-row', 1]]);
  expect((await station.vault.call('slots.list', {})).slots.length).toBe(1);
});

describe('a journal', () => {
  test.each<[string, StoreFinding, (station: Workstation) => void]>([
    ['that is gone', 'journal-missing', ({ host }) => (host.journal = createMemoryJournal())],
    ['that is damaged', 'journal-damaged', ({ host }) => (host.journal.damaged = true)],
    [
      'in which a record was changed',
      'journal-damaged',
      ({ host }) => {
        const [{ number, bytes } = { number: 1, bytes: randomBytes(9) }] = host.journal.records;
        host.journal.records[0] = { number, bytes: bytes.map((byte) => byte ^ 1) };
      },
    ],
    [
      'in which two records changed places',
      'journal-damaged',
      ({ host }) => {
        const [one, other, ...rest] = host.journal.records;
        if (!(one && other)) throw new Error('too short');
        host.journal.records = [{ ...one, bytes: other.bytes }, { ...other, bytes: one.bytes }, ...rest];
      },
    ],
  ])('%s is written anew from the database, which then outlives the next loss', async (_, finding, change) => {
    const world = await atWork();
    const { station } = world;
    expect(await station.restart(() => change(station))).toEqual([finding]);
    await expectAllThere(world);
    const again = await station.restart(() => {
      station.store = createMemoryStore();
    });
    expect(again).toEqual(['store-remade']);
    station.host.goOnline();
    await station.expectWhole();
    await expectAllThere(world);
  });

  test('of another computer is replaced where there is a database, and left alone where there is none', async () => {
    const world = await atWork();
    const { station } = world;
    const stranger = await Workstation.create();
    const foreign = () => createMemoryJournal(stranger.host.journal);
    await expect(
      openJournaledStore(
        createMemoryStore(),
        { call: (name, request) => foreign().call(name, request) as never },
        fromBase64url(station.secret),
      ),
    ).rejects.toThrow(JournalForeign);
    const found = await station.restart(() => {
      station.host.journal = foreign();
    });
    expect(found).toEqual(['journal-elsewhere']);
    await expectAllThere(world);
  });

  test('that is damaged and has no database beside it gives what can be read, and says that something may be lost', async () => {
    const world = await atWork();
    const { station } = world;
    const found = await station.restart(() => {
      station.store = createMemoryStore();
      // The draft, which was written before the saved view.
      station.host.journal.records = station.host.journal.records.filter((_, index, all) => index !== all.length - 2);
      station.host.journal.damaged = true;
    });
    expect(found).toEqual(['store-remade', 'journal-lost-part']);
    station.host.goOnline();
    await station.expectWhole();
    expect(await station.activity(world.one)).toEqual(done);
    expect(await station.vault.call('draft.load', { id: world.one })).toEqual({});
  });

  test('that has no room keeps nothing back in the database: nothing was saved', async () => {
    const { station, one } = await atWork();
    station.host.journal.full = true;
    const refused = await station.vault.call('case.record', { command: { type: 'case.taken', case: one, data: {} } });
    expect(refused).toMatchObject({ ok: false, error: { code: 'disk-full' } });
    station.host.journal.full = false;
    expect(await station.activity(one)).toEqual(done);
    await station.record({ type: 'case.taken', case: one, data: {} });
    expect(await station.restart()).toEqual([]);
    expect(await station.activity(one)).toEqual([...done, 'case.taken']);
  });

  test('is settled: what was confirmed, discarded or replaced leaves it', async () => {
    const station = await Workstation.create();
    const id = await station.arrives();
    const { journal } = station.host;
    for (let count = 0; count < 650; count += 1) {
      await station.vault.call('draft.save', { id, form: 'risk', value: { text: `Draft ${count}` } });
    }
    expect(journal.end.end).toBeGreaterThan(650);
    expect(journal.records.length).toBeLessThan(200);
    await station.restart(() => {
      station.store = createMemoryStore();
    });
    await station.expectWhole();
    expect((await station.vault.call('draft.load', { id })).risk?.value).toEqual({ text: 'Draft 649' });
  });
});
