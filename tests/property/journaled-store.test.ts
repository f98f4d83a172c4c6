import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Host } from '#renderer/vault/host.ts';
import { type JournaledStore, openJournaledStore } from '#renderer/vault/store/journaled-store.ts';
import { createMemoryStore, type MemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { StoreFinding } from '#renderer/vault/store/reconcile.ts';
import { type Change, type Row, type Store, StoreFull, type Table } from '#renderer/vault/store/store.ts';
import type { CallName } from '#shared/bridge/contract.ts';
import { type Bytes, randomBytes } from '#shared/crypto/encoding.ts';
import { sample } from '#tests/support/effort.ts';
import { createMemoryJournal, type MemoryJournal } from '#tests/support/memory-journal.ts';

/*
 * What was acknowledged is there again at the next start, whatever became of the store or of the journal, and where it was in
 * neither, that is said.
 */

const secret = randomBytes(32);

/** What lies on the disk. */
interface Disk {
  store: MemoryStore;
  journal: MemoryJournal;
}
const copyOf = ({ store, journal }: Disk): Disk => ({
  store: createMemoryStore(store),
  journal: createMemoryJournal(journal),
});

const hostOf = ({ journal }: Disk): Host => ({
  call: (name, request) => journal.call(name as CallName, request) as never,
});

const start = (disk: Disk): Promise<JournaledStore> => openJournaledStore(disk.store, hostOf(disk), secret);

/** Rows that only this computer has, and their first bytes. */
const places: readonly (readonly [Table, Row['key']])[] = [
  ['slots', 'a'],
  ['slots', 'b'],
  ['outbox', 0],
  ['outbox', 1],
  ['outbox', 2],
  ['outbox', 3],
  ['drafts', 'c'],
  ['drafts', 'd'],
  ['meta', 'anchor:a'],
  ['meta', 'preferences:a'],
  ['blobs', 'chunk'],
];
type State = ReadonlyMap<number, number>;

async function stateOf(store: Store): Promise<State> {
  const found = new Map<number, number>();
  for (const [index, [table, key]] of places.entries()) {
    const row = await store.get(table, key);
    if (row) found.set(index, row.box[0] as number);
  }
  return found;
}

interface Write {
  readonly put: readonly (readonly [place: number, value: number])[];
  readonly remove: readonly number[];
  /** Also a row that the endpoint could give back. */
  readonly more: boolean;
}
const place = fc.nat(places.length - 1);
const write: fc.Arbitrary<Write> = fc.record({
  put: fc
    .uniqueArray(fc.tuple(place, fc.nat(255)), { maxLength: 4, selector: ([at]) => at })
    // A chunk is named by what it holds: under its name there is nothing else.
    .map((rows) => rows.map(([at, value]) => [at, at === places.length - 1 ? 5 : value] as const)),
  // Chunks stay.
  remove: fc.uniqueArray(fc.nat(places.length - 2), { maxLength: 2 }),
  more: fc.boolean(),
});

const box = (value: number): Bytes => new Uint8Array([value, 1, 2, 3]);

function changesOf({ put, remove, more }: Write): Change[] {
  const changes = put.map(([at, value]): Change => {
    const [table, key] = places[at] as (typeof places)[number];
    return { table, put: [{ key, box: box(value) }], onlyHere: table === 'blobs' };
  });
  const removed = remove.map((at): Change => {
    const [table, key] = places[at] as (typeof places)[number];
    return { table, remove: [key] };
  });
  return [...removed, ...changes, ...(more ? [{ table: 'cases' as const, put: [{ key: 'x', box: box(9) }] }] : [])];
}

function after(before: State, { put, remove }: Write): State {
  const next = new Map(before);
  for (const at of remove) next.delete(at);
  for (const [at, value] of put) next.set(at, value);
  return next;
}

/** What may happen to the disk while Probity is not running. `back`: to how it was some starts ago. */
const damages = [
  'nothing',
  'storeGone',
  'journalGone',
  'storeBack',
  'journalBack',
  'journalDamaged',
  'storeRowGone',
  'storeRowChanged',
  'noteGone',
] as const;
type Damage = (typeof damages)[number];

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('write' as const), write }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('journalFull' as const, 'storeFull' as const), write }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('killed' as const), write }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('restart' as const),
      damage: fc.constantFrom(...damages),
      at: fc.nat(20),
      /** After how many calls of the journal the process that puts it right is killed. */
      dies: fc.option(fc.integer({ min: 1, max: 6 })),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

/** @param at which of its kind, and which start it is set back to */
function damage(disk: Disk, kind: Damage, at: number, past: readonly Disk[]): void {
  const [table, key] = places[at % (places.length - 1)] as (typeof places)[number];
  const then = past[at % Math.max(1, past.length)];
  switch (kind) {
    case 'nothing':
      return;
    case 'storeGone':
      disk.store = createMemoryStore();
      return;
    case 'journalGone':
      disk.journal = createMemoryJournal();
      return;
    case 'storeBack':
      if (then) disk.store = createMemoryStore(then.store);
      return;
    case 'journalBack':
      if (then) disk.journal = createMemoryJournal(then.journal);
      return;
    case 'journalDamaged': {
      const hit = disk.journal.records[at % Math.max(1, disk.journal.records.length)];
      disk.journal.records = disk.journal.records.filter((each) => each !== hit);
      disk.journal.damaged = true;
      return;
    }
    case 'storeRowGone':
      disk.store.rows[table].delete(key);
      return;
    case 'storeRowChanged': {
      const row = disk.store.rows[table].get(key);
      if (row) disk.store.rows[table].set(key, { ...row, box: box(77) });
      return;
    }
    case 'noteGone':
      disk.store.rows.meta.delete('journal');
  }
}

/** What is said where something was not as it was left. A chunk in the store alone is no loss of the store's. */
const mustBeSaid: Readonly<Record<Damage, readonly StoreFinding[]>> = {
  nothing: [],
  // Where nothing is in force, there is nothing to make it of.
  storeGone: ['store-remade', 'all-lost'],
  journalGone: ['journal-missing'],
  storeBack: ['store-behind', 'store-rows-changed', 'store-remade', 'store-and-journal-apart'],
  journalBack: ['journal-behind', 'journal-missing', 'store-and-journal-apart'],
  journalDamaged: ['journal-damaged'],
  storeRowGone: ['store-rows-changed', 'store-remade'],
  storeRowChanged: ['store-rows-changed'],
  noteGone: ['store-behind', 'store-remade', 'all-lost'],
};

class Run {
  private disk: Disk = { store: createMemoryStore(), journal: createMemoryJournal() };
  private readonly past: Disk[] = [];
  private acknowledged: State = new Map();
  private running: JournaledStore | null = null;
  /** A commit found no room, and none was made since: that the journal went on may be taken for a store that was set back. */
  private wasFull = false;

  private async store(): Promise<JournaledStore> {
    this.running ??= await start(this.disk);
    return this.running;
  }

  async write(each: Write): Promise<void> {
    await (await this.store()).commit(changesOf(each));
    this.acknowledged = after(this.acknowledged, each);
    this.wasFull &&= each.put.length === 0;
  }

  /** Two faults on one another are not tried: the one before is over. */
  private async settleFull(): Promise<void> {
    if (this.wasFull) this.running = null;
    this.wasFull = false;
    await this.store();
  }

  /** Nothing of it is there, now or after a restart. */
  async refused(each: Write, which: 'journal' | 'store'): Promise<void> {
    const store = await this.store();
    const full = this.disk[which];
    full.full = true;
    await store.commit(changesOf(each)).then(
      // There was nothing to write.
      () => undefined,
      (error: unknown) => expect(error).toBeInstanceOf(StoreFull),
    );
    full.full = false;
    this.wasFull = true;
    if (which === 'journal') {
      const isOwn = each.put.length > 0 || each.remove.some((at) => this.acknowledged.has(at));
      // Without rows of its own it needs no journal.
      if (!isOwn) this.acknowledged = after(this.acknowledged, each);
    }
    expect(await stateOf(this.disk.store)).toEqual(this.acknowledged);
  }

  /** The process ends after the journal was written, before the store is. */
  async killed(each: Write): Promise<void> {
    await this.settleFull();
    const store = await this.store();
    const before = createMemoryStore(this.disk.store);
    await store.commit(changesOf(each));
    this.disk.store = before;
    this.running = null;
    const again = await this.store();
    expect(again.findings).toEqual([]);
    const [now, next] = [await stateOf(again), after(this.acknowledged, each)];
    // It was not acknowledged: all of it is there, or nothing.
    expect([this.acknowledged, next]).toContainEqual(now);
    this.acknowledged = now;
  }

  /** A start that ends after so many calls of the journal, whose last was done. */
  private async startAndDie(calls: number): Promise<void> {
    const host = hostOf(this.disk);
    let left = calls;
    const dying: Host = {
      async call(name, request) {
        if (left === 0) throw new Error('killed');
        left -= 1;
        return host.call(name, request);
      },
    };
    await openJournaledStore(this.disk.store, dying, secret).catch((error: Error) => {
      if (error.message !== 'killed') throw error;
    });
  }

  async restart(kind: Damage, at: number, dies: number | null): Promise<void> {
    await this.settleFull();
    this.running = null;
    this.past.push(copyOf(this.disk));
    const before = await stateOf(this.disk.store);
    expect(before).toEqual(this.acknowledged);
    damage(this.disk, kind, at, this.past);
    if (dies !== null) await this.startAndDie(dies);
    const again = await this.store();
    const now = await stateOf(again);
    // Chunks of files are sought in the journal alone: the store may have lost one that the endpoint has.
    const withoutChunk = (state: State): State => new Map([...state].filter(([index]) => index < places.length - 1));
    expect({ kind, state: withoutChunk(now) }).toEqual({ kind, state: withoutChunk(this.acknowledged) });
    const mayBe = dies === null ? mustBeSaid[kind] : [...mustBeSaid[kind], 'journal-damaged', 'store-behind'];
    for (const finding of again.findings) expect(mayBe).toContain(finding);
    this.acknowledged = now;
    // What was put right is right: nothing is said of it twice.
    this.running = null;
    expect((await this.store()).findings).toEqual([]);
  }

  async take(each: Step): Promise<void> {
    switch (each.kind) {
      case 'write':
        return this.write(each.write);
      case 'journalFull':
        return this.refused(each.write, 'journal');
      case 'storeFull':
        return this.refused(each.write, 'store');
      case 'killed':
        return this.killed(each.write);
      case 'restart':
        return this.restart(each.damage, each.at, each.dies);
    }
  }
}

test('what was acknowledged is there, whatever becomes of the store or of the journal', async () => {
  const run = async (steps: readonly Step[]): Promise<void> => {
    const running = new Run();
    for (const each of steps) await running.take(each);
  };
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), run), sample(200));
});
