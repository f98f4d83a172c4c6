import { v4 as uuid } from 'uuid';
import { pack, unpack } from '../store/pack.ts';
import { openBytes, sealBytes, sealRow } from '../store/sealed-rows.ts';
import type { Row, Store } from '../store/store.ts';
import type { IndexedCase } from './case-rows.ts';

/**
 * Summaries lie 128 to a row, so that 50,000 load in a fraction of a second. A changed one gets a row of its own
 * ("delta") that stands over the packed one; many deltas are folded into packs again when the vault is idle.
 */
const deltaPrefix = 'd:';

export const sealPacked = (storeKey: CryptoKey, summaries: readonly IndexedCase[]): Promise<Row[]> =>
  Promise.all(pack(summaries).map(({ bytes }) => sealBytes(storeKey, 'summaries', uuid(), bytes)));

export const sealDeltas = (storeKey: CryptoKey, summaries: readonly IndexedCase[]): Promise<Row[]> =>
  Promise.all(summaries.map((item) => sealRow(storeKey, 'summaries', deltaPrefix + item.summary.id, item)));

export interface LoadedSummaries {
  readonly cases: Map<string, IndexedCase>;
  readonly rows: number;
  readonly deltas: number;
  /** Keys of the rows that did not open. */
  readonly broken: readonly string[];
}

export async function loadSummaries(store: Store, storeKey: CryptoKey): Promise<LoadedSummaries> {
  const rows = await store.all('summaries');
  const broken: string[] = [];
  const read = async (row: Row): Promise<readonly IndexedCase[]> => {
    try {
      return unpack<IndexedCase>(await openBytes(storeKey, 'summaries', row));
    } catch {
      broken.push(String(row.key));
      return [];
    }
  };
  const isDelta = (row: Row) => String(row.key).startsWith(deltaPrefix);
  const [packed, deltas] = [rows.filter((row) => !isDelta(row)), rows.filter(isDelta)];
  const cases = new Map<string, IndexedCase>();
  for (const items of [...(await Promise.all(packed.map(read))), ...(await Promise.all(deltas.map(read)))]) {
    for (const item of items) cases.set(item.summary.id, item);
  }
  return { cases, rows: rows.length, deltas: deltas.length, broken };
}
