import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { migrate, migrations } from '#endpoint/storage/migrations.ts';
import { sqlStorage } from '#endpoint/storage/open-storage.ts';
import { pgSql } from '#endpoint/storage/pg-sql.ts';
import { pgliteSql } from '#endpoint/storage/pglite-sql.ts';
import type { Sql } from '#endpoint/storage/sql.ts';
import type { LockedUnit, Storage, StoredEntry, StoredTransfer, Unit } from '#endpoint/storage/storage.ts';
import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import { toBase64url } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { sealingKeyIdOf } from '#shared/crypto/sealing-key.ts';
import type { AuthorKey, Digest, EntryId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { type Entry, hashEntry, isInClear, type WireEntry } from '#shared/log/entry.ts';
import { rosterHeadOf } from '#shared/log/roster-entry.ts';
import { growTree } from '#shared/log/tree/grow-tree.ts';
import { formatLeaf, hashSignedHeader, nextLeaf } from '#shared/log/tree/leaf.ts';
import { TileBroken } from '#shared/log/tree/tile-reader.ts';
import { hashLeaf } from '#shared/log/tree/tree-hash.ts';
import { withdrawBox } from '#shared/log/wire-box.ts';
import { entryLength } from '#shared/sync/wire.ts';
import { plantDatabase } from '../support/endpoint-database.ts';
import { newDatabase } from '../support/endpoint-postgres.ts';
import { Author, junkBox } from '../support/endpoint-unit.ts';
import { baselineWasm } from '../support/node-flags.ts';
import { suiteFolder, temporaryFolder } from '../support/temporary-folder.ts';

const folder = suiteFolder();
const stopPglite = fileURLToPath(new URL('../support/stop-pglite.ts', import.meta.url));

const anEmptyDatabase = async () => pgSql(await newDatabase(inject('postgres')));

const kinds: [name: string, open: () => Promise<Sql>][] = [
  [
    'PGlite',
    async () => {
      await plantDatabase(folder());
      return pgliteSql(folder());
    },
  ],
  ['PostgreSQL', anEmptyDatabase],
];

const unitOf = (force: string): Unit => ({
  id: crypto.randomUUID() as string as UnitId,
  force,
  forceName: `${force} Police`,
  jurisdiction: 'englandAndWales',
  name: `${force} ACU`,
  founded: false,
});
const keyOf = (text: string) => text.padEnd(43, '_') as AuthorKey;
/** As the endpoint does it, but that nobody signs: what is stored is not looked at here. */
async function appendTo(locked: LockedUnit, entries: Entry[], at = 1000): Promise<void> {
  const size = locked.checkpoint?.size ?? 0;
  let leaf = await locked.leafAt(size);
  const added = entries.map((entry, index) => {
    leaf = nextLeaf(leaf, hashSignedHeader(entry.wire), isInClear(entry), at);
    return { entry, hash: hashEntry(entry), position: size + index + 1, leaf };
  });
  const hashes = added.map((each) => hashLeaf(formatLeaf(each.leaf)));
  const { tiles, ...tree } = await growTree(locked.tiles, size, hashes);
  await locked.append(added, { size: tree.size, note: `note of ${tree.size}` }, tiles);
}
/** Some drivers give bytes as a Buffer: what is compared is what they hold. */
const plain = (wires: WireEntry[]) => fromCbor(toCbor(wires));
const receivedFrom = (device: AuthorKey) =>
  [
    { device, id: crypto.randomUUID() },
    { reference: `PA-${crypto.randomUUID()}`, content: 'C' as Digest },
  ] as const;
const organisation = 'crimestoppers';
const page = { after: 0, limit: 500, mostBytes: 1_000_000 };

for (const [name, open] of kinds) {
  describe(`the storage on ${name}`, () => {
    let storage: Storage;
    let unit: Unit;

    beforeAll(async () => {
      storage = await sqlStorage(await open());
    });
    afterAll(() => storage?.close());
    beforeEach(async () => {
      unit = unitOf(`force-${crypto.randomUUID()}`);
      expect(await storage.addUnit(unit)).toBe(true);
    });

    const intakeOf = async (who = organisation) => {
      const [hash, device] = [crypto.randomUUID() as string as Digest, keyOf(crypto.randomUUID())];
      await storage.addCode({
        hash,
        purpose: 'intake',
        unit: null,
        organisation: who,
        expiresAt: 1000,
        reusable: false,
      });
      await storage.spendCode(hash, device, 0, false);
      return device;
    };
    const append = (entries: Entry[]) => storage.withUnit(unit.id, (locked) => appendTo(locked, entries));

    test('keeps units, one for a force', async () => {
      expect(await storage.unitOfForce(unit.force)).toEqual(unit);
      expect(await storage.addUnit({ ...unit, id: crypto.randomUUID() as string as UnitId })).toBe(false);
      expect((await storage.units()).find(({ id }) => id === unit.id)).toEqual(unit);
      expect(await storage.unitOfForce('nowhere')).toBeNull();
    });

    test('keeps one directory, and replaces the one that was read by one writer only', async () => {
      expect(await storage.replaceDirectory('none yet', 'x')).toBe(false);
      expect(await storage.directory()).toBeNull();
      const firsts = await Promise.all(['a', 'b', 'c'].map((each) => storage.replaceDirectory(null, each)));
      expect(firsts.filter(Boolean)).toHaveLength(1);
      const first = (await storage.directory()) ?? '';
      const seconds = await Promise.all(['d', 'e', 'f'].map((each) => storage.replaceDirectory(first, each)));
      expect(seconds.filter(Boolean)).toHaveLength(1);
      expect(await storage.replaceDirectory(first, 'g')).toBe(false);
      expect(await storage.replaceDirectory(null, 'h')).toBe(false);
      expect(['d', 'e', 'f']).toContain(await storage.directory());
    });

    test('keeps the roster apart: what is in the clear, in order', async () => {
      const roster = (after = 0) => storage.withUnit(unit.id, (locked) => locked.roster(after));
      expect(await roster()).toEqual([]);
      const author = await Author.of(unit.id);
      const stream = crypto.randomUUID() as string as StreamId;
      const act = (name: string) => author.act(stream, { type: 'test.acted', data: { name } });
      const entries = [await act('first'), await author.write(), await act('second')];
      await append(entries);
      const inClear = [entries[0], entries[2]] as Entry[];
      expect(plain([...(await roster())])).toEqual(plain(inClear.map(({ wire }) => wire)));
      for (const [after, left] of [
        [1, 1],
        [2, 1],
        [3, 0],
      ] as const) {
        expect(plain([...(await roster(after))])).toEqual(plain(inClear.slice(2 - left).map(({ wire }) => wire)));
      }
      expect(await storage.unitOfForce(unit.force)).toEqual({ ...unit, founded: true });
    });

    test('belongs to the first key that claims it', async () => {
      await storage.claimFor([keyOf('endpoint')]);
      await storage.claimFor([keyOf('endpoint')]);
      await expect(storage.claimFor([keyOf('another')])).rejects.toThrow('another key');
    });

    test('belongs to the key that follows it, and no more to the one of before', async () => {
      await storage.claimFor([keyOf('endpoint'), keyOf('next')]);
      await expect(storage.claimFor([keyOf('endpoint')])).rejects.toThrow('another key');
      await expect(storage.claimFor([keyOf('another'), keyOf('more')])).rejects.toThrow('another key');
      await storage.claimFor([keyOf('endpoint'), keyOf('next')]);
    });

    test('spends a code once, and answers its device again', async () => {
      const hash = `${crypto.randomUUID()}` as Digest;
      const [device, other] = [keyOf(crypto.randomUUID()), keyOf(crypto.randomUUID())];
      await storage.addCode({
        hash,
        purpose: 'workstation',
        unit: unit.id,
        organisation: null,
        expiresAt: 1000,
        reusable: false,
      });
      expect(await storage.spendCode(hash, device, 1000, true)).toEqual({ refused: 'code' });
      const enrolment = { purpose: 'workstation', unit: unit.id };
      expect(await storage.spendCode(hash, device, 999, false)).toEqual({ enrolment });
      expect(await storage.spendCode(hash, device, 5000, false)).toEqual({ enrolment });
      expect(await storage.spendCode(hash, other, 999, false)).toEqual({ refused: 'code' });
      expect(await storage.admit(other, { id: crypto.randomUUID(), expiresAt: 1 })).toBeNull();
    });

    test('leaves a code that it refuses to a device that is enrolled for something else', async () => {
      const [spent, refused] = [crypto.randomUUID() as string as Digest, crypto.randomUUID() as string as Digest];
      await storage.addCode({
        hash: spent,
        purpose: 'intake',
        unit: null,
        organisation,
        expiresAt: 1000,
        reusable: false,
      });
      await storage.addCode({
        hash: refused,
        purpose: 'workstation',
        unit: unit.id,
        organisation: null,
        expiresAt: 1000,
        reusable: false,
      });
      const [device, other] = [keyOf(crypto.randomUUID()), keyOf(crypto.randomUUID())];
      await storage.spendCode(spent, device, 0, false);
      expect(await storage.spendCode(refused, device, 0, false)).toEqual({ refused: 'device-enrolled-elsewhere' });
      const token = { id: crypto.randomUUID(), expiresAt: 1 };
      expect(await storage.admit(device, token)).toMatchObject({ enrolment: { purpose: 'intake', unit: null } });
      const enrolment = { purpose: 'workstation', unit: unit.id };
      expect(await storage.spendCode(refused, other, 0, false)).toEqual({ enrolment });
    });

    test('lets only one of many devices spend a code at the same time', async () => {
      const hash = `${crypto.randomUUID()}` as Digest;
      await storage.addCode({ hash, purpose: 'intake', unit: null, organisation, expiresAt: 1000, reusable: false });
      const devices = Array.from({ length: 8 }, () => keyOf(crypto.randomUUID()));
      const outcomes = await Promise.all(devices.map((device) => storage.spendCode(hash, device, 0, false)));
      expect(outcomes.filter((outcome) => 'enrolment' in outcome)).toHaveLength(1);
    });

    test('takes reusable codes in a demonstration only, and a device for one thing only', async () => {
      const [station, intake] = [crypto.randomUUID() as string as Digest, crypto.randomUUID() as string as Digest];
      await storage.addCode({
        hash: station,
        purpose: 'workstation',
        unit: unit.id,
        organisation: null,
        expiresAt: 0,
        reusable: true,
      });
      await storage.addCode({
        hash: intake,
        purpose: 'intake',
        unit: null,
        organisation,
        expiresAt: 0,
        reusable: true,
      });
      const device = keyOf(crypto.randomUUID());
      expect(await storage.spendCode(station, device, 1, false)).toEqual({ refused: 'code' });
      expect(await storage.spendCode(station, device, 1, true)).toHaveProperty('enrolment');
      expect(await storage.spendCode(station, keyOf(crypto.randomUUID()), 1, true)).toHaveProperty('enrolment');
      expect(await storage.spendCode(intake, device, 1, true)).toEqual({ refused: 'device-enrolled-elsewhere' });
    });

    test('takes a token once, until it is forgotten', async () => {
      const hash = crypto.randomUUID() as string as Digest;
      const device = keyOf(crypto.randomUUID());
      await storage.addCode({ hash, purpose: 'intake', unit: null, organisation, expiresAt: 1000, reusable: false });
      await storage.spendCode(hash, device, 0, false);
      const token = { id: crypto.randomUUID(), expiresAt: 50 };
      expect(await storage.admit(device, token)).toEqual({ enrolment: { purpose: 'intake', unit: null }, fresh: true });
      expect(await storage.admit(device, token)).toHaveProperty('fresh', false);
      expect(await storage.spendToken(device, token)).toBe(false);
      await storage.forgetTokens(50);
      expect(await storage.admit(device, token)).toHaveProperty('fresh', false);
      await storage.forgetTokens(51);
      expect(await storage.admit(device, token)).toHaveProperty('fresh', true);
    });

    test('appends entries in order, with their leaves, hashes and a checkpoint', async () => {
      const author = await Author.of(unit.id);
      const entries = [await author.write(), await author.write(), await author.write()];
      expect(await storage.checkpoint(unit.id)).toBeNull();
      await append(entries.slice(0, 2));
      await append(entries.slice(2));
      expect(await storage.checkpoint(unit.id)).toEqual({ size: 3, note: 'note of 3' });
      expect(await storage.checkpoint(unit.id, 2)).toEqual({ size: 2, note: 'note of 2' });
      expect(await storage.checkpoint(unit.id, 1)).toBeNull();
      const stored = await storage.page(unit.id, page);
      expect(stored.checkpoint).toEqual({ size: 3, note: 'note of 3' });
      expect(stored.entries.map(({ position, arrivedAt }) => [position, arrivedAt])).toEqual(
        [1, 2, 3].map((n) => [n, 1000]),
      );
      const [tile] = await storage.tiles(unit.id, [{ level: 0, index: 0, width: 3 }]);
      expect(tile).toHaveLength(96);
      await expect(storage.tiles(unit.id, [{ level: 0, index: 1, width: 1 }])).rejects.toThrow(TileBroken);
      expect(plain(stored.entries.map(({ wire }) => wire))).toEqual(plain(entries.map(({ wire }) => wire)));
      await storage.withUnit(unit.id, async (locked) => {
        expect((await locked.tipOf(author.key.author))?.hash).toBe(author.tip);
        expect(await locked.tipOf(keyOf('nobody'))).toBeNull();
        const [first] = entries;
        if (!first) throw new Error('no entry');
        const found = await locked.find([first.header.id]);
        expect([...found.entries()]).toEqual([[first.header.id, { position: 1, hash: hashEntry(first) }]]);
      });
    });

    test('gives back every byte as it came, and every part by itself', async () => {
      const author = await Author.of(unit.id);
      const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      const mostBoxes = Array.from({ length: 256 }, () => junkBox(512, 2048));
      const zeros = { label: new Uint8Array(512), sealed: new Uint8Array(2048) };
      const entries = [
        await author.write({}, 1, []),
        await author.write({}, 700_000, mostBoxes),
        await author.write({}, 1, [{ label: everyByte, sealed: everyByte }, junkBox(2, 1), zeros]),
        await author.write({}, 70_000, [junkBox(2, 1)]),
      ];
      await append(entries);
      const stored = await storage.page(unit.id, { ...page, mostBytes: 10_000_000 });
      expect(plain(stored.entries.map(({ wire }) => wire))).toEqual(plain(entries.map(({ wire }) => wire)));
    });

    test('has room for parts that are withdrawn', async () => {
      const author = await Author.of(unit.id);
      const { header, wire } = await author.write();
      const boxes = wire.boxes.map((box, index) => (index === 0 ? withdrawBox(box) : box));
      const rest = { header, wire: { ...wire, body: null, boxes } };
      await append([rest]);
      const stored = await storage.page(unit.id, page);
      expect(plain(stored.entries.map((each) => each.wire))).toEqual(plain([rest.wire]));
    });

    describe('of a log that has begun', () => {
      let author: Author;
      let entries: Entry[];
      const streams = [crypto.randomUUID(), crypto.randomUUID()] as string[] as [StreamId, StreamId];
      beforeEach(async () => {
        author = await Author.of(unit.id);
        entries = [
          await author.act(crypto.randomUUID() as string as StreamId, { type: 'test.acted', data: {} }),
          await author.write({ stream: streams[0] }),
          await author.write({ stream: streams[1] }),
          await author.write({ stream: streams[0] }),
        ];
        await append(entries.slice(0, 2));
        await append(entries.slice(2));
      });
      const locked = <T>(task: (locked: LockedUnit) => Promise<T>, id = unit.id) => storage.withUnit(id, task);
      /** Positions and parts. */
      const told = (stored: readonly StoredEntry[]) => stored.map(({ position, wire }) => [position, plain([wire])]);
      const expected = (...positions: number[]) =>
        positions.map((position) => [position, plain([(entries[position - 1] as Entry).wire])]);

      test('the first entry of a stream is found, in its own unit', async () => {
        const firstOf = (stream: StreamId, id = unit.id) =>
          locked(async (each) => {
            const found = await each.firstOf(stream);
            return found && told([found]);
          }, id);
        expect(await firstOf(streams[0])).toEqual(expected(2));
        expect(await firstOf(streams[1])).toEqual(expected(3));
        expect(await firstOf(crypto.randomUUID() as string as StreamId)).toBeNull();
        const other = unitOf(`force-${crypto.randomUUID()}`);
        await storage.addUnit(other);
        expect(await firstOf(streams[0], other.id)).toBeNull();
      });

      test('the position of an act is found by its hash, and that of no other entry', async () => {
        const positions = (id = unit.id) =>
          locked(async (each) => {
            const found: (number | null)[] = [];
            for (const entry of entries) found.push(await each.rosterPosition(hashEntry(entry)));
            return found;
          }, id);
        expect(await positions()).toEqual([1, null, null, null]);
        const other = unitOf(`force-${crypto.randomUUID()}`);
        await storage.addUnit(other);
        expect(await positions(other.id)).toEqual([null, null, null, null]);
      });

      test('entries are read in order from any position on, so many at most', async () => {
        const read = (position: number, limit: number) =>
          locked(async (each) => told(await each.entriesAfter(position, limit)));
        expect(await read(0, 3)).toEqual(expected(1, 2, 3));
        expect(await read(3, 3)).toEqual(expected(4));
        expect(await read(4, 3)).toEqual([]);
      });

      test('parts are taken out of one entry, and of nothing else: its leaf, its place and the tree stay', async () => {
        const changing = (entries[1] as Entry).wire;
        const boxes = changing.boxes.map((box, index) => (index === 1 ? withdrawBox(box) : box));
        const less = { ...changing, body: null, boxes };
        const around = () =>
          locked(async (each) => ({
            leaf: await each.leafAt(2),
            tip: await each.tipOf(author.key.author),
            tiles: await each.tiles.readTiles([{ level: 0, index: 0, width: 4 }]),
            checkpoint: each.checkpoint,
          }));
        const before = await around();
        await locked((each) => each.replaceParts(2, less));
        const stored = await storage.page(unit.id, page);
        const left = entries.map(({ wire }) => (wire === changing ? less : wire));
        expect(plain(stored.entries.map(({ wire }) => wire))).toEqual(plain(left));
        expect(await around()).toEqual(before);
      });

      test('parts of an entry stay where the transaction fails', async () => {
        const less = { ...(entries[1] as Entry).wire, body: null };
        const failing = locked(async (each) => {
          await each.replaceParts(2, less);
          throw new Error('cut');
        });
        await expect(failing).rejects.toThrow('cut');
        const stored = await storage.page(unit.id, page);
        expect(plain(stored.entries.map(({ wire }) => wire))).toEqual(plain(entries.map(({ wire }) => wire)));
      });
    });

    test('takes as many entries at once as a push may have', async () => {
      const author = await Author.of(unit.id);
      const entries: Entry[] = [];
      for (let count = 0; count < 500; count += 1) entries.push(await author.write({}, 1, []));
      await append(entries);
      const stored = await storage.page(unit.id, page);
      expect(plain(stored.entries.map(({ wire }) => wire))).toEqual(plain(entries.map(({ wire }) => wire)));
    });

    test('keeps nothing of a transaction that fails', async () => {
      const author = await Author.of(unit.id);
      const entry = await author.write();
      const device = await intakeOf();
      let number = 0;
      const failing = storage.withUnit(unit.id, async (locked) => {
        number = await locked.nextReferenceNumber();
        await appendTo(locked, [entry]);
        await locked.recordReport(...receivedFrom(device));
        throw new Error('cut');
      });
      await expect(failing).rejects.toThrow('cut');
      expect(await storage.checkpoint(unit.id)).toBeNull();
      await expect(storage.tiles(unit.id, [{ level: 0, index: 0, width: 1 }])).rejects.toThrow(TileBroken);
      expect((await storage.page(unit.id, page)).entries).toEqual([]);
      expect(await storage.withUnit(unit.id, (locked) => locked.nextReferenceNumber())).toBe(number);
    });

    test('refuses to be asked beside a transaction by whoever is in it, and takes what comes after', async () => {
      const before = await storage.units();
      await expect(storage.withUnit(unit.id, () => storage.units())).rejects.toThrow('beside the transaction');
      await expect(storage.withUnit(unit.id, () => storage.withUnit(unit.id, async () => undefined))).rejects.toThrow(
        'beside the transaction',
      );
      const [meanwhile, units] = await Promise.all([
        storage.withUnit(unit.id, async () => new Promise((resolve) => setTimeout(resolve, 20, 'done'))),
        storage.units(),
      ]);
      expect([meanwhile, units]).toEqual(['done', before]);
      let later: Promise<unknown> | undefined;
      await storage.withUnit(unit.id, async () => {
        later = new Promise((resolve) => setTimeout(resolve, 20)).then(() => storage.units());
      });
      expect(await later).toEqual(before);
    });

    test('orders concurrent writers without gaps', async () => {
      const authors = await Promise.all(Array.from({ length: 6 }, () => Author.of(unit.id)));
      await Promise.all(
        authors.map(async (author) => {
          for (let index = 0; index < 3; index += 1) await append([await author.write()]);
        }),
      );
      const { entries, end } = await storage.page(unit.id, page);
      expect(end).toBe(18);
      expect(entries.map(({ position }) => position)).toEqual(Array.from({ length: 18 }, (_, index) => index + 1));
    });

    test('bounds a page by number and by size, and ends it at a checkpoint', async () => {
      const author = await Author.of(unit.id);
      const entries = [await author.write({}, 3000), await author.write({}, 3000), await author.write({}, 3000)];
      for (const entry of entries) await append([entry]);
      const one = entryLength((entries[0] as Entry).wire);
      const byNumber = await storage.page(unit.id, { ...page, limit: 2 });
      expect([byNumber.entries.length, byNumber.checkpoint?.size, byNumber.end]).toEqual([2, 2, 3]);
      const bySize = await storage.page(unit.id, { ...page, mostBytes: one + 100 });
      expect([bySize.entries.length, bySize.checkpoint?.size]).toEqual([2, 2]);
      const atLeastOne = await storage.page(unit.id, { ...page, after: 1, mostBytes: 1 });
      expect(atLeastOne.entries.map(({ position }) => position)).toEqual([2]);
      const beyond = await storage.page(unit.id, { ...page, after: 99 });
      const checkpoint = await storage.checkpoint(unit.id);
      expect(beyond).toMatchObject({ entries: [], checkpoint, end: 3 });
    });

    test('says with each page what the head of the roster is at the log’s end', async () => {
      const pageFrom = async (after: number) => {
        const { rosterHead } = await storage.page(unit.id, { ...page, after, limit: 1 });
        return rosterHead && toBase64url(rosterHead);
      };
      expect(await pageFrom(0)).toBeNull();
      const author = await Author.of(unit.id);
      const stream = crypto.randomUUID() as string as StreamId;
      const act = () => author.act(stream, { type: 'test.acted', data: {} });
      const acts = [await act(), await act()] as const;
      await append([acts[0]]);
      await append([await author.write()]);
      expect(await pageFrom(0)).toBe(toBase64url(rosterHeadOf(acts.slice(0, 1))));
      await append([acts[1]]);
      await append([await author.write()]);
      for (const after of [0, 1, 4, 99]) expect(await pageFrom(after)).toBe(toBase64url(rosterHeadOf(acts)));
    });

    test('ends a page behind what was asked for where one append had more', async () => {
      const author = await Author.of(unit.id);
      await append([await author.write(), await author.write(), await author.write()]);
      await append([await author.write()]);
      const first = await storage.page(unit.id, { ...page, limit: 1 });
      expect([first.entries.length, first.checkpoint?.size, first.end]).toEqual([3, 3, 4]);
      const second = await storage.page(unit.id, { ...page, after: 1, limit: 3 });
      expect(second.entries.map(({ position }) => position)).toEqual([2, 3, 4]);
    });

    test('signs a checkpoint again only in the place of the one that was read', async () => {
      const author = await Author.of(unit.id);
      await append([await author.write()]);
      const before = { size: 1, note: 'note of 1' };
      await storage.renewCheckpoint(unit.id, { ...before, note: 'another' }, 'late');
      expect(await storage.checkpoint(unit.id)).toEqual(before);
      await storage.renewCheckpoint(unit.id, before, 'again');
      expect(await storage.checkpoint(unit.id)).toEqual({ size: 1, note: 'again' });
    });

    test('remembers what first showed that it was set back', async () => {
      const shown = { size: 9, root: 'R' as Digest, time: 1, signature: 'S' };
      const setBack = () => storage.withUnit(unit.id, async (locked) => locked.setBack);
      expect(await setBack()).toBeNull();
      await storage.recordSetBack(unit.id, shown);
      await storage.recordSetBack(unit.id, { ...shown, size: 10 });
      expect(await setBack()).toEqual(shown);
    });

    test('gives a report one reference, however often and wherever it is recorded', async () => {
      const other = unitOf(`force-${crypto.randomUUID()}`);
      await storage.addUnit(other);
      const posted = { id: crypto.randomUUID(), device: await intakeOf() };
      const content = 'C' as Digest;
      const record = (to: UnitId) =>
        storage.withUnit(to, async (locked) => {
          const known = await locked.receivedReport(posted);
          if (known) return known.reference;
          const reference = `PA-${await locked.nextReferenceNumber()}-${unit.id}`;
          await locked.recordReport(posted, { reference, content });
          return reference;
        });
      const references = await Promise.all([record(unit.id), record(other.id), record(unit.id), record(other.id)]);
      expect(new Set(references).size).toBe(1);
      expect(await storage.receivedReport(posted)).toEqual({ reference: references[0], content });
    });

    test('keeps the ids of each intake device apart', async () => {
      const id = crypto.randomUUID();
      const content = 'C' as Digest;
      const devices = [await intakeOf(), await intakeOf()];
      for (const device of devices) {
        const reference = `PA-${device}`;
        await storage.withUnit(unit.id, (locked) => locked.recordReport({ device, id }, { reference, content }));
      }
      for (const device of devices) {
        const known = { reference: `PA-${device}`, content };
        // As a sender may write it.
        expect(await storage.receivedReport({ device, id: id.toUpperCase() })).toEqual(known);
      }
      expect(await storage.receivedReport({ device: await intakeOf(), id })).toBeNull();
    });

    test('keeps blobs by unit and digest', async () => {
      const bytes = new Uint8Array(randomBytes(300_000));
      const digest = await digestOf(bytes);
      await storage.putBlob(unit.id, digest, bytes);
      await storage.putBlob(unit.id, digest, bytes);
      expect(Buffer.from((await storage.blob(unit.id, digest)) ?? []).equals(bytes)).toBe(true);
      expect(await storage.blob(crypto.randomUUID() as string as UnitId, digest)).toBeNull();
    });

    test('deletes the blobs that are named, of its own unit', async () => {
      const other = unitOf(`force-${crypto.randomUUID()}`);
      await storage.addUnit(other);
      const blobs = [1, 2, 3].map((length) => new Uint8Array(randomBytes(length)));
      const digests = await Promise.all(blobs.map((bytes) => digestOf(bytes)));
      for (const [index, bytes] of blobs.entries()) {
        for (const { id } of [unit, other]) await storage.putBlob(id, digests[index] as Digest, bytes);
      }
      const lengths = ({ id }: Unit) =>
        Promise.all(digests.map(async (digest) => (await storage.blob(id, digest))?.length ?? null));
      const deleteBlobs = (named: Digest[]) => storage.withUnit(unit.id, (locked) => locked.deleteBlobs(named));
      await deleteBlobs([]);
      expect(await lengths(unit)).toEqual([1, 2, 3]);
      for (let times = 0; times < 2; times += 1) {
        await deleteBlobs([...digests.slice(0, 2), await digestOf(new Uint8Array(randomBytes(9)))]);
        expect([await lengths(unit), await lengths(other)]).toEqual([
          [null, null, 3],
          [1, 2, 3],
        ]);
      }
    });

    describe('between units', () => {
      let other: Unit;
      beforeEach(async () => {
        other = unitOf(`force-${crypto.randomUUID()}`);
        await storage.addUnit(other);
      });
      const theKey = sealingKeyIdOf('a public key');
      const newTransfer = (): StoredTransfer => ({
        id: v7() as EntryId,
        from: unit.id,
        to: other.id,
        reply: { stream: crypto.randomUUID() as string as StreamId, key: theKey },
      });
      const record = (transfer: StoredTransfer) =>
        storage.withUnit(other.id, (locked) => locked.recordTransfer(transfer));

      test('a transfer is kept once, and found by its id', async () => {
        const transfer = newTransfer();
        expect(await storage.transfer(transfer.id)).toBeNull();
        await record(transfer);
        expect(await storage.transfer(transfer.id)).toEqual(transfer);
        await expect(record({ ...transfer, reply: newTransfer().reply })).rejects.toThrow();
        expect(await storage.transfer(transfer.id)).toEqual(transfer);
        await expect(record({ ...newTransfer(), to: unit.id })).rejects.toThrow();
      });

      test('each answer counts once, and none after it was sent back', async () => {
        const [kept, back] = [newTransfer(), newTransfer()];
        await record(kept);
        await record(back);
        const answer = (id: EntryId, what: 'acknowledged' | 'sentBack') =>
          storage.withUnit(unit.id, (locked) => locked.recordAnswer(id, what));
        expect(await answer(kept.id, 'acknowledged')).toBe(true);
        expect(await answer(kept.id, 'acknowledged')).toBe(false);
        expect(await answer(kept.id, 'sentBack')).toBe(true);
        expect(await answer(kept.id, 'sentBack')).toBe(false);
        expect(await answer(back.id, 'sentBack')).toBe(true);
        expect(await answer(back.id, 'acknowledged')).toBe(false);
      });

      test('blobs are taken over from the unit that has them, all or with word of it', async () => {
        const bytes = new Uint8Array(randomBytes(1000));
        const digest = await digestOf(bytes);
        const missing = await digestOf(new Uint8Array(1));
        await storage.putBlob(unit.id, digest, bytes);
        const copy = (digests: Digest[]) => storage.withUnit(other.id, (locked) => locked.copyBlobs(unit.id, digests));
        expect(await copy([])).toBe(true);
        expect(await copy([digest, missing])).toBe(false);
        expect(await copy([digest, digest])).toBe(true);
        expect(await copy([digest])).toBe(true);
        expect(Buffer.from((await storage.blob(other.id, digest)) ?? []).equals(bytes)).toBe(true);
      });

      describe('one word is kept of a report', () => {
        const whole = { after: 0, limit: 100, before: '2026-11-30' };
        let mine: string;
        let device: AuthorKey;
        beforeEach(async () => {
          mine = `centre-${crypto.randomUUID()}`;
          device = await intakeOf(mine);
        });
        const received = async (from = device) => {
          const received = receivedFrom(from);
          await storage.withUnit(unit.id, (locked) => locked.recordReport(...received));
          return received[1].reference;
        };

        test('said by the unit that received it, and anew as it changes', async () => {
          expect(await storage.setOutcome(unit.id, 'PA-nothing', 'recorded', '2026-11-20')).toBe(false);
          const reference = await received();
          expect(await storage.outcomes(device, whole)).toEqual([]);
          expect(await storage.setOutcome(unit.id, reference, 'recorded', '2026-11-20')).toBe(true);
          expect(await storage.setOutcome(unit.id, reference, 'passedOn', '2026-11-21')).toBe(true);
          expect(await storage.setOutcome(unit.id, reference, 'passedOn', '2026-11-22')).toBe(true);
          expect(await storage.setOutcome(other.id, reference, 'closed', '2026-11-22')).toBe(false);
          expect(await storage.outcomes(device, whole)).toEqual([
            { change: 2, reference, class: 'passedOn', day: '2026-11-21' },
          ]);
        });

        test('read in the order of changes by the organisation that posted it, from each of its devices', async () => {
          const [first, second] = [await received(), await received(await intakeOf(mine))];
          const foreign = await intakeOf(`${mine}-other`);
          const theirs = await received(foreign);
          for (const reference of [second, theirs, first]) {
            await storage.setOutcome(unit.id, reference, 'acted', '2026-11-20');
          }
          await storage.setOutcome(unit.id, second, 'closed', '2026-11-20');
          const changes = async (who: AuthorKey, request: object = {}) =>
            (await storage.outcomes(who, { ...whole, ...request })).map(({ change, reference }) => [change, reference]);
          expect(await changes(device)).toEqual([
            [2, first],
            [3, second],
          ]);
          expect(await changes(await intakeOf(mine), { after: 2 })).toEqual([[3, second]]);
          expect(await changes(device, { limit: 1 })).toEqual([[2, first]]);
          expect(await changes(foreign)).toEqual([[1, theirs]]);
          expect(await changes(keyOf(crypto.randomUUID()))).toEqual([]);
        });

        test('read from the day after, and in order also when a clock goes back', async () => {
          const [first, second] = [await received(), await received()];
          await storage.setOutcome(unit.id, first, 'acted', '2026-11-21');
          await storage.setOutcome(unit.id, second, 'acted', '2026-11-20');
          expect(await storage.outcomes(device, { ...whole, before: '2026-11-21' })).toEqual([]);
          expect((await storage.outcomes(device, { ...whole, before: '2026-11-22' })).map(({ day }) => day)).toEqual([
            '2026-11-21',
            '2026-11-21',
          ]);
        });

        test('numbered without gaps or doubles by many at the same time', async () => {
          const references = await Promise.all(Array.from({ length: 6 }, () => received()));
          const say = (reference: string) => storage.setOutcome(unit.id, reference, 'recorded', '2026-11-20');
          await Promise.all([...references, ...references].map(say));
          const found = await storage.outcomes(device, whole);
          expect(found.map(({ change }) => change)).toEqual([1, 2, 3, 4, 5, 6]);
          expect(found.map(({ reference }) => reference).sort()).toEqual([...references].sort());
        });
      });
    });

    test('tells of new positions after they are committed', async () => {
      const seen: [UnitId, number][] = [];
      await storage.watch({ onPosition: (id, position) => seen.push([id, position]), onGap: () => undefined });
      const author = await Author.of(unit.id);
      await append([await author.write(), await author.write()]);
      await vi.waitFor(() => expect(seen).toContainEqual([unit.id, 2]));
    });
  });
}

test('PGlite on disk is what it was when it is opened again, and waits for the disk', async () => {
  const reopened = await temporaryFolder();
  await plantDatabase(reopened);
  const unit = unitOf('reopened');
  const first = await sqlStorage(await pgliteSql(reopened));
  await first.addUnit(unit);
  await first.close();
  const sql = await pgliteSql(reopened);
  const [row] = await sql.query(
    `SELECT current_setting('fsync') AS fsync, current_setting('wal_sync_method') AS method,
            current_setting('synchronous_commit') AS commit`,
  );
  expect(row).toEqual({ fsync: 'on', method: 'fsync', commit: 'on' });
  const second = await sqlStorage(sql);
  expect(await second.units()).toEqual([unit]);
  await second.close();
});

test('PGlite whose journal cannot be written refuses from then on, and closes', async () => {
  const broken = await temporaryFolder();
  await plantDatabase(broken);
  // Killed when it does not end: that is what this is about.
  const answered = promisify(execFile)(process.execPath, [baselineWasm, stopPglite, broken], {
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  expect(JSON.parse((await answered).stdout)).toEqual(['58P01', '58P01', '58P01', 'done']);
});

describe('a connection to PostgreSQL that breaks', () => {
  test('in the middle of a transaction fails that transaction and nothing else', async () => {
    const url = await newDatabase(inject('postgres'));
    const [sql, other] = [await pgSql(url), await pgSql(url)];
    await sql.script('CREATE TABLE kept (number int)');
    const broken = sql.transaction(async (tx) => {
      await tx.query('INSERT INTO kept VALUES (1)');
      const [session] = await tx.query<{ id: number }>('SELECT pg_backend_pid() AS id');
      await other.query('SELECT pg_terminate_backend($1)', [session?.id ?? 0]);
      // What the endpoint does between two statements: sealing, say.
      await new Promise((resolve) => setTimeout(resolve, 200));
      await tx.query('INSERT INTO kept VALUES (2)');
    });
    await expect(broken).rejects.toThrow();
    await sql.transaction((tx) => tx.query('INSERT INTO kept VALUES (3)'));
    expect(await sql.query('SELECT number FROM kept')).toEqual([{ number: 3 }]);
    await Promise.all([sql.close(), other.close()]);
  });

  test('is listened on again, and what nobody can read is passed over', async () => {
    const url = await newDatabase(inject('postgres'));
    const storage = await sqlStorage(await pgSql(url));
    const other = await pgSql(url);
    const unit = unitOf('listened');
    await storage.addUnit(unit);
    const seen: number[] = [];
    let gaps = 0;
    await storage.watch({
      onPosition: (_, position) => seen.push(position),
      onGap: () => {
        gaps += 1;
      },
    });
    for (const payload of ['', 'nonsense', '{}', '{"unit":"x","position":1}', `{"unit":"${unit.id}","position":-1}`])
      await other.query("SELECT pg_notify('probity_positions', $1)", [payload]);
    await other.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
    await expect.poll(() => gaps, { timeout: 10_000 }).toBe(1);
    await storage.withUnit(unit.id, async (locked) => appendTo(locked, [await (await Author.of(unit.id)).write()]));
    await expect.poll(() => seen).toEqual([1]);
    await Promise.all([storage.close(), other.close()]);
  });
});

describe('a database of an older endpoint', () => {
  /** As a version to come would add it: what was there gets a value, what comes needs one. */
  const next = {
    version: 9998,
    sql: `ALTER TABLE units ADD COLUMN later text;
          UPDATE units SET later = force;
          ALTER TABLE units ALTER COLUMN later SET NOT NULL;`,
  };
  const later = (sql: Sql) => sql.query('SELECT force, later FROM units');

  test('gets what it lacks, once, and keeps what it has', async () => {
    const sql = await anEmptyDatabase();
    const storage = await sqlStorage(sql);
    const unit = unitOf('older');
    await storage.addUnit(unit);
    await Promise.all([migrate(sql, [...migrations, next]), migrate(sql, [...migrations, next])]);
    await migrate(sql, [...migrations, next]);
    expect(await storage.units()).toEqual([unit]);
    expect(await later(sql)).toEqual([{ force: 'older', later: 'older' }]);
    await storage.close();
  });

  test('is as it was when one step fails', async () => {
    const sql = await anEmptyDatabase();
    const storage = await sqlStorage(sql);
    const broken = { version: 9999, sql: 'ALTER TABLE units DROP COLUMN name; SELECT no_such_column FROM units;' };
    await expect(migrate(sql, [...migrations, next, broken])).rejects.toThrow('no_such_column');
    await expect(later(sql)).rejects.toThrow('later');
    await storage.addUnit(unitOf('as-before'));
    await migrate(sql);
    expect((await storage.units()).map(({ force }) => force)).toEqual(['as-before']);
    await storage.close();
  });
});

test('a database of a newer endpoint is not touched', async () => {
  const sql = await anEmptyDatabase();
  await sqlStorage(sql);
  await sql.query('INSERT INTO schema_migrations (version) VALUES (9999)');
  await expect(sqlStorage(sql)).rejects.toThrow('newer version');
  await sql.close();
});
