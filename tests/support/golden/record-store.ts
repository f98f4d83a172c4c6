import { deriveLabelKey, type SlotSecrets } from '#renderer/vault/keys/slots.ts';
import { openEntries } from '#renderer/vault/log/entry-rows.ts';
import { packedLines } from '#renderer/vault/store/pack.ts';
import { openBytes } from '#renderer/vault/store/sealed-rows.ts';
import { type Row, type Table, tables } from '#renderer/vault/store/store.ts';
import { importContentKey } from '#shared/crypto/aead.ts';
import { fromCbor } from '#shared/crypto/cbor.ts';
import { type Bytes, fromBase64url, fromBytes, toBase64url } from '#shared/crypto/encoding.ts';
import { hashEntry, parseEntry } from '#shared/log/entry.ts';
import type { MemoryStore } from '../memory-store.ts';
import { asJson, type GoldenKeys, type GoldenRow, type GoldenStore, type Opened } from './golden-file.ts';

/** What rows are sealed under, by what the files call it. */
export async function rowKeys(
  slots: GoldenKeys['slots'],
  { deviceSecret, readerships }: Pick<GoldenStore, 'deviceSecret' | 'readerships'>,
  unit: string,
): Promise<ReadonlyMap<string, CryptoKey>> {
  const ofUnit = Object.entries(slots).filter(([, slot]) => slot.unit === unit);
  const raw = (text: string) => importContentKey(fromBase64url(text));
  const [, first] = ofUnit[0] as [string, SlotSecrets];
  const keys = new Map<string, CryptoKey>([
    ['label key', await deriveLabelKey(fromBase64url(deviceSecret))],
    ['store key', await raw(first.storeKey)],
  ]);
  for (const [name, { personalKey }] of ofUnit) keys.set(`personal key of ${name}`, await raw(personalKey));
  for (const [id, secrets] of Object.entries(readerships)) {
    for (const [index, secret] of secrets.entries()) keys.set(`readership ${id} ${index}`, await raw(secret));
  }
  return keys;
}

async function openAny(keys: ReadonlyMap<string, CryptoKey>, table: Table, row: Row) {
  for (const [under, key] of keys) {
    const bytes = await openBytes(key, table, row).catch(() => null);
    if (bytes) return { under, bytes };
  }
  throw new Error(`No key opens ${table} ${row.key}.`);
}

/** What the bytes of a row say. Entries are in the log: here, which they are. */
export async function readRow(table: Table, row: Row, bytes: Bytes, key: CryptoKey): Promise<Opened> {
  if (table === 'tiles') return { bytes: toBase64url(bytes) };
  if (table === 'entries') {
    const stored = await openEntries(key, row);
    return { cbor: stored.map(({ position, voidCode, arrivedAt }) => ({ position, voidCode, arrivedAt })) };
  }
  if (table === 'outbox' && row.key !== 0) {
    const [wire, box] = fromCbor(bytes) as [unknown, Bytes | null];
    const entry = parseEntry(wire);
    if (!entry.ok) throw new Error(entry.error.code);
    return { cbor: [hashEntry(entry.value), asJson({ box }) as unknown] };
  }
  const isPacked = table === 'cases' || (table === 'summaries' && !String(row.key).includes('/d:'));
  if (isPacked && bytes.at(-1) === 0x0a)
    return { lines: packedLines(bytes).map((line) => JSON.parse(line) as unknown) };
  return { json: fromBytes(bytes) };
}

export async function recordTables(
  store: MemoryStore,
  keys: ReadonlyMap<string, CryptoKey>,
): Promise<GoldenStore['tables']> {
  const recorded: Record<string, GoldenRow[]> = {};
  for (const table of tables) {
    recorded[table] = [];
    for (const row of await store.all(table)) {
      const plain = { key: row.key, ...(row.streams && { streams: row.streams }), box: toBase64url(row.box) };
      if (table === 'blobs') {
        recorded[table].push({ ...plain, under: null, holds: null });
        continue;
      }
      const { under, bytes } = await openAny(keys, table, row);
      const holds = await readRow(table, row, bytes, keys.get(under) as CryptoKey);
      recorded[table].push({ ...plain, under, holds });
    }
  }
  return recorded;
}
