import { afterAll, describe, expect, test } from 'vitest';
import { openAttachment } from '#renderer/vault/attachments.ts';
import { currentCase } from '#renderer/vault/cases/current-case.ts';
import { formatSegment } from '#renderer/vault/cases/search-segment.ts';
import { loadSightings } from '#renderer/vault/cases/sighting-rows.ts';
import { loadDrafts } from '#renderer/vault/drafts.ts';
import { loadFollowUps } from '#renderer/vault/follow-ups/follow-ups.ts';
import { openDeviceKeys } from '#renderer/vault/keys/device-keys.ts';
import { currentKdf } from '#renderer/vault/keys/passphrase.ts';
import { openSlot, openSlotRecord, type SlotSecrets } from '#renderer/vault/keys/slots.ts';
import { openEntries } from '#renderer/vault/log/entry-rows.ts';
import { verifyLog } from '#renderer/vault/log/verify-log.ts';
import { loadPreferences } from '#renderer/vault/preferences.ts';
import { program } from '#renderer/vault/program.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import { joinLines } from '#renderer/vault/store/pack.ts';
import { openBytes, sealBytes } from '#renderer/vault/store/sealed-rows.ts';
import { type Row, type Table, tables } from '#renderer/vault/store/store.ts';
import { toBase64url, toBytes } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { hashEntry } from '#shared/log/entry.ts';
import { Desk } from '#tests/support/golden/desk.ts';
import { quietHost, rowOf, stateOf } from '#tests/support/golden/fold-log.ts';
import { asJson, type GoldenRow, readGolden } from '#tests/support/golden/golden-file.ts';
import { readRow, rowKeys } from '#tests/support/golden/record-store.ts';

/* The disk of a workstation, as this program wrote it when the files were made: each row opens, and the vault opens on them. */

const keys = readGolden('keys');
const golden = readGolden('store');
const state = readGolden('state');
const log = readGolden('log');
const under = await rowKeys(keys.slots, golden, keys.unit);
const rows = Object.entries(golden.tables).flatMap(([table, all]) =>
  all.map((row) => [`${table} ${row.key}`, table as Table, row] as const),
);
const rowsOf = (table: Table): readonly GoldenRow[] => golden.tables[table] ?? [];

test('there are rows of every table, and of no other', () => {
  expect(Object.keys(golden.tables)).toEqual([...tables]);
  for (const table of tables) expect(rowsOf(table).length, table).toBeGreaterThan(0);
});

describe('a row', () => {
  test.each(rows.filter(([, , { under: name }]) => name !== null))(
    '%s opens to what was put in',
    async (_, table, row) => {
      const key = under.get(row.under ?? '');
      if (!key) throw new Error(`There is no ${row.under}.`);
      const stored: Row = rowOf(row);
      const bytes = await openBytes(key, table, stored);
      expect(asJson(readRow(table, stored, bytes))).toEqual(row.holds);
      if (row.holds && 'json' in row.holds) expect(toBase64url(bytes)).toBe(toBase64url(toBytes(row.holds.json)));
      if (row.holds && 'lines' in row.holds) {
        expect(toBase64url(bytes)).toBe(toBase64url(joinLines(row.holds.lines.map((line) => JSON.stringify(line)))));
      }
      if (row.holds && 'words' in row.holds) {
        const searched = row.holds.words.map(([id, ...words]) => ({ id: id as StreamId, words: new Set(words) }));
        expect(toBase64url(bytes)).toBe(toBase64url(formatSegment(searched)));
      }
      const again = await sealBytes(key, table, row.key, bytes, row.streams);
      expect(Object.keys(again).sort()).toEqual(Object.keys(stored).sort());
      expect(again.box.length).toBe(stored.box.length);
    },
  );

  test('of a chunk is named by what it holds', async () => {
    for (const row of rowsOf('blobs')) expect(await digestOf(rowOf(row).box)).toBe(row.key);
  });

  test('of entries holds those of the log, by their streams', async () => {
    const key = under.get('store key') as CryptoKey;
    let next = 1;
    for (const row of rowsOf('entries')) {
      expect(row.key).toBe(next);
      const stored = await openEntries(key, rowOf(row));
      expect([...new Set(stored.map(({ entry }) => entry.header.stream))]).toEqual(row.streams);
      for (const { entry, position, arrivedAt } of stored) {
        expect({ hash: hashEntry(entry), position, arrivedAt }).toMatchObject({
          position: next,
          arrivedAt: log.entries[next - 1]?.arrivedAt,
        });
        expect(hashEntry(entry)).toBe(log.entries[next - 1]?.hash);
        next += 1;
      }
    }
    expect(next).toBe(log.entries.length + 1);
  });
});

test('each slot opens with its passphrase, and to its keys', async () => {
  const { labelKey, secretOf } = await openDeviceKeys(quietHost(golden), currentKdf);
  const opened: Record<string, SlotSecrets | null> = {};
  for (const row of rowsOf('slots')) {
    const record = await openSlotRecord(labelKey, rowOf(row));
    const words = keys.passphrases[record.name] ?? '';
    const secret = await secretOf(String(row.key), record.passphrase);
    opened[record.name] = await openSlot(String(row.key), record, words, secret);
  }
  expect(opened).toEqual(Object.fromEntries(Object.entries(keys.slots).filter(([, { unit }]) => unit === keys.unit)));
});

describe('the vault', async () => {
  const store = createMemoryStore();
  for (const table of tables) await store.commit([{ table, put: rowsOf(table).map(rowOf) }]);
  const desk = await Desk.open({ store, host: quietHost(golden) }, { now: () => keys.now }, golden.member);
  const { vault } = desk;
  afterAll(() => desk.close());
  const slot = vault.member.slotId;
  const jsonOf = (table: Table, part: string): unknown => {
    const found = rowsOf(table).find(({ key }) => String(key).includes(part))?.holds;
    return found && 'json' in found ? found.json : undefined;
  };

  test('opens on these rows without a fault, and shows what stood there', async () => {
    expect(vault.findings.warnings).toEqual([]);
    expect(await stateOf(desk)).toEqual(state);
    expect(await verifyLog(vault)).toEqual([]);
  });

  test('found the rows of its fold, and did not make them anew', () => {
    const ledger = jsonOf('meta', 'ledger') as { fold: number };
    // With another fold they are made anew, and the state above says whether to the same.
    if (ledger.fold === program.foldVersion)
      expect(asJson(vault.log.ledger)).toEqual({ ...ledger, lastSynced: expect.any(String) });
    expect(vault.log.readership.id in golden.readerships).toBe(true);
  });

  test('has what waited, and what was kept for its member', async () => {
    const [waiting] = vault.log.outbox;
    expect(waiting?.opened.event.type).toBe('case.taken');
    const [, outbox] = rowsOf('outbox');
    expect((outbox?.holds as { cbor: unknown[] } | undefined)?.cbor[0]).toBe(waiting?.hash);
    expect(await loadPreferences(vault)).toEqual(jsonOf('meta', `preferences:${slot}`));
    expect(await loadFollowUps(vault)).toEqual(jsonOf('meta', `followUps:${slot}`));
    expect(await loadSightings(vault)).toEqual(jsonOf('meta', `sightings:${slot}`));
    const drafts = rowsOf('drafts').map(({ holds }) => holds && 'json' in holds && holds.json);
    const found = await Promise.all(Object.keys(state.cases).map((id) => loadDrafts(vault, id as StreamId)));
    expect(found.filter((each) => Object.keys(each).length > 0)).toEqual(drafts);
  });

  test('opens the attachments whose chunks are there, without a connection', async () => {
    const all = await Promise.all(Object.keys(state.cases).map((id) => currentCase(vault, id as StreamId)));
    const attachments = all.flatMap((each) =>
      each ? [...each.referral.attachments, ...each.copies.map(({ copy }) => copy)] : [],
    );
    const names = rowsOf('blobs').map(({ key }) => key);
    const here = attachments.filter(({ chunks }) => chunks.every((chunk) => names.includes(chunk)));
    expect(here.length).toBeGreaterThan(1);
    for (const each of here) expect(await openAttachment(vault, each)).toMatchObject({ ok: true });
  });
});
