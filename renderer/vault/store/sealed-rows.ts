import { open, SealBroken, seal } from '#shared/crypto/aead.ts';
import { type Bytes, fromBytes, toBytes, utf8 } from '#shared/crypto/encoding.ts';
import type { Row, Table } from './store.ts';

/** A row opens only in its own table under its own key: rows that were swapped or renamed are broken seals. */
const place = (table: Table, key: string | number): Bytes => utf8(`probity/row/1/${table}/${key}`);

export async function sealBytes(
  storeKey: CryptoKey,
  table: Table,
  key: string | number,
  bytes: Bytes,
  streams?: readonly string[],
): Promise<Row> {
  const box = await seal(storeKey, bytes, place(table, key));
  return streams ? { key, box, streams } : { key, box };
}

/** @throws SealBroken when the row was changed, moved, or belongs to other keys */
export async function openBytes(storeKey: CryptoKey, table: Table, row: Row): Promise<Bytes> {
  if (!(row.box instanceof Uint8Array)) throw new SealBroken('The row holds no sealed data.');
  return open(storeKey, row.box, place(table, row.key));
}

export const sealRow = (storeKey: CryptoKey, table: Table, key: string | number, value: unknown): Promise<Row> =>
  sealBytes(storeKey, table, key, toBytes(value));

/** The caller names the shape: only this vault can have sealed it. @throws SealBroken */
export const openRow = async <T>(storeKey: CryptoKey, table: Table, row: Row): Promise<T> =>
  fromBytes(await openBytes(storeKey, table, row)) as T;
