import { casesIn, parseSegment } from '#renderer/vault/cases/search-segment.ts';
import { deriveLabelKey } from '#renderer/vault/keys/device-keys.ts';
import type { SlotSecrets } from '#renderer/vault/keys/slots.ts';
import type { MemoryStore } from '#renderer/vault/store/memory-store.ts';
import { packedLines } from '#renderer/vault/store/pack.ts';
import { openBytes } from '#renderer/vault/store/sealed-rows.ts';
import { type Row, type Table, tables } from '#renderer/vault/store/store.ts';
import { importContentKey } from '#shared/crypto/aead.ts';
import { fromCbor } from '#shared/crypto/cbor.ts';
import { type Bytes, fromBase64url, fromBytes, toBase64url } from '#shared/crypto/encoding.ts';
import { hashEntry, parseEntry } from '#shared/log/entry.ts';
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

/** In place of an entry that is in the log, or waits to be, its hash. */
const withoutEntry = ([wire, ...rest]: readonly unknown[]): readonly unknown[] => {
  const entry = parseEntry(wire);
  if (!entry.ok) throw new Error(entry.error.code);
  return [hashEntry(entry.value), ...rest];
};

/** What the bytes of a row say. */
export function readRow(table: Table, { key }: Row, bytes: Bytes): Opened {
  // Of another unit.
  if (table === 'meta' && String(key).startsWith('roster:')) {
    const { entries, ...rest } = fromCbor(bytes) as { entries: unknown[] };
    return { cbor: asJson({ entries: entries.flatMap((wire) => withoutEntry([wire])), ...rest }) };
  }
  if (table === 'tiles') return { bytes: toBase64url(bytes) };
  if (table === 'search') {
    const segment = parseSegment(bytes);
    return { words: segment ? casesIn(segment).map(({ id, words }) => [id, ...words]) : [] };
  }
  if (table === 'entries') return { cbor: (fromCbor(bytes) as unknown[][]).map(withoutEntry) };
  // The first one is a note in JSON.
  if (table === 'outbox' && key !== 0) return { cbor: asJson(withoutEntry(fromCbor(bytes) as unknown[])) };
  const isPacked = table === 'cases' || (table === 'summaries' && !String(key).includes('/d:'));
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
      const holds = readRow(table, row, bytes);
      recorded[table].push({ ...plain, under, holds });
    }
  }
  return recorded;
}
