import { SealBroken } from '#shared/crypto/aead.ts';
import { type Bytes, fromBytes, toBytes } from '#shared/crypto/encoding.ts';
import type { Readership } from '../keys/readership.ts';
import { openBytes, sealBytes } from './sealed-rows.ts';
import type { Row, Store, Table } from './store.ts';

/* Rows of one readership: found by its id, and sealed for whoever holds its keys. */

type Rows = Pick<Readership, 'id' | 'keys'>;

/** Of a row of this readership. */
export const keyIn = ({ id }: Pick<Readership, 'id'>, key: string): string => `${id}/${key}`;

export function sealForReaders(readership: Rows, table: Table, key: string, bytes: Bytes): Promise<Row> {
  const [newest] = readership.keys;
  if (!newest) throw new TypeError('A readership has a key.');
  return sealBytes(newest, table, keyIn(readership, key), bytes);
}

export const sealValueForReaders = (readership: Rows, table: Table, key: string, value: unknown): Promise<Row> =>
  sealForReaders(readership, table, key, toBytes(value));

/** @throws SealBroken when the row was changed, moved, or is for other readers */
export async function openForReaders({ keys }: Rows, table: Table, row: Row): Promise<Bytes> {
  for (const key of keys) {
    const bytes = await openBytes(key, table, row).catch((error: unknown) => {
      if (error instanceof SealBroken) return null;
      throw error;
    });
    if (bytes) return bytes;
  }
  throw new SealBroken('The row was changed, or is for other readers.');
}

/** Null when it is missing. @throws SealBroken */
export async function readForReaders(store: Store, readership: Rows, table: Table, key: string): Promise<Bytes | null> {
  const row = await store.get(table, keyIn(readership, key));
  return row && openForReaders(readership, table, row);
}

/** The caller names the shape: only this vault can have sealed it. Null when it is missing. @throws SealBroken */
export async function valueForReaders<T>(store: Store, readership: Rows, table: Table, key: string): Promise<T | null> {
  const bytes = await readForReaders(store, readership, table, key);
  return bytes && (fromBytes(bytes) as T);
}

export const rowsForReaders = (store: Store, { id }: Rows, table: Table): Promise<readonly Row[]> =>
  store.startingWith(table, `${id}/`);

/** Without the readership's id. */
export const keyForReaders = ({ id }: Rows, { key }: Pick<Row, 'key'>): string => String(key).slice(id.length + 1);

export const keysForReaders = (store: Store, { id }: Rows, table: Table): Promise<readonly string[]> =>
  store.keysStartingWith(table, `${id}/`);
