import { type ChromeTransactionDurability, Dexie, type Table } from 'dexie';
import { applyEncryptionMiddleware, NON_INDEXED_FIELDS } from 'dexie-encrypted';
import { saySubject } from '#renderer/words/subjects.ts';
import { roleOf } from '#shared/domain/case/case-summary.ts';
import type { Referral } from '#shared/domain/referral/referral.ts';
import { getJson, type Measures, median, spread, timed } from './stopwatch.ts';

type RecordRow = Referral & { id: string };

/** The peers: Dexie with the same records in the clear, one a row, and the same under `dexie-encrypted`. */
class PeerDb extends Dexie {
  declare readonly referrals: Table<RecordRow, string>;
}

async function openPeer(
  peer: string,
  durability: ChromeTransactionDurability = 'default',
): Promise<{ db: Dexie; table: Table<RecordRow, string> }> {
  const db = new PeerDb(`bench-${peer}`, { chromeTransactionDurability: durability });
  if (peer === 'dexie-encrypted') {
    const key = new Uint8Array(32).fill(7);
    applyEncryptionMiddleware(db, key, { referrals: NON_INDEXED_FIELDS }, async () => undefined);
  }
  db.version(1).stores({ referrals: 'id' });
  await db.open();
  return { db, table: db.referrals };
}

const pageLength = 500;

/** Kept, as a queue would keep them, so that memory is compared like with like. */
let loaded: RecordRow[] = [];

async function ingest(peer: string): Promise<Measures> {
  await Dexie.delete(`bench-${peer}`);
  const { db, table } = await openPeer(peer);
  let adding = 0;
  const start = performance.now();
  for (let after = 0; ; after += pageLength) {
    const records = await getJson<RecordRow[]>(`/records?after=${after}&limit=${pageLength}`);
    if (records.length === 0) break;
    adding += await timed(() => table.bulkAdd(records));
  }
  const time = performance.now() - start;
  db.close();
  return { ingest: time, bulkAdd: adding };
}

async function queue(peer: string): Promise<Measures> {
  const start = performance.now();
  const { db, table } = await openPeer(peer);
  const rows = await table.toArray();
  rows.sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
  loaded = rows;
  const time = performance.now() - start;
  db.close();
  return { queue: time, rows: loaded.length };
}

async function work(peer: string): Promise<Measures> {
  const { db, table } = await openPeer(peer);
  const keys = await table.toCollection().primaryKeys();
  const chosen = spread(keys.length, 100).map((index) => keys[index] as string);
  const gets: number[] = [];
  const puts: number[] = [];
  const strictPuts: number[] = [];
  const strict = await openPeer(peer, 'strict');
  for (const key of chosen) gets.push(await timed(() => table.get(key)));
  for (const key of chosen) {
    const record = (await table.get(key)) as RecordRow;
    const changed = { ...record, receivedAt: new Date().toISOString() };
    puts.push(await timed(() => table.put(changed)));
    strictPuts.push(await timed(() => strict.table.put(changed)));
  }
  const texts = (await table.toArray()).map(({ reference, report }) =>
    `${reference} ${report.subjects.map((each) => saySubject({ role: roleOf(each), name: each.name })).join(' ')}`.toLowerCase(),
  );
  const scans: number[] = [];
  for (const text of ['d', 'de', 'det', '44', 'harb']) {
    scans.push(await timed(async () => texts.filter((each) => each.includes(text)).length));
  }
  strict.db.close();
  db.close();
  return { open: median(gets), save: median(puts), strictSave: median(strictPuts), search: median(scans) };
}

export async function measurePlain(peer: string, what: string): Promise<Measures> {
  if (what === 'ingest') return ingest(peer);
  return what === 'queue' ? queue(peer) : work(peer);
}
