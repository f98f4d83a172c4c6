import { Dexie, type EntityTable } from 'dexie';
import { type Row, type Store, StoreFull, StoreNewer, type Table, tables } from './store.ts';

/** Grows with each change of the schema. */
const version = 2;
/** Dexie multiplies its versions to keep room between them. */
const versionScale = 10;

/** Only keys and opaque stream ids are indexed. A released version's schema is never edited, only followed by another. */
const schema: Record<Table, string> = {
  slots: 'key',
  meta: 'key',
  entries: 'key, *streams',
  outbox: 'key',
  cases: 'key',
  summaries: 'key',
  search: 'key',
  drafts: 'key',
  blobs: 'key',
  tiles: 'key',
};

/**
 * The encrypted store in IndexedDB. `strict`: a commit that resolved has reached the disk, not only a cache.
 * @throws StoreNewer
 */
export async function openDexieStore(name: string): Promise<Store> {
  // Opened again by itself, a database that was deleted meanwhile would be an empty one.
  const db = new Dexie(name, { chromeTransactionDurability: 'strict', autoOpen: false });
  db.version(version).stores(schema);
  await db.open();
  // Dexie opens what a later version of the schema wrote, and would leave what it does not know behind.
  if (db.backendDB().version > version * versionScale) {
    db.close();
    throw new StoreNewer();
  }
  let isClosed = false;
  const lost = new Promise<void>((resolve) => {
    db.on('close', () => {
      if (!isClosed) resolve();
    });
  });
  const at = (table: Table) => db.table(table) as EntityTable<Row, 'key'>;
  return {
    get: async (table, key) => (await at(table).get(key as never)) ?? null,
    all: (table) => at(table).toArray(),
    keys: (table) => at(table).toCollection().primaryKeys(),
    count: (table) => at(table).count(),
    after(table, after, limit) {
      const rows = at(table).where('key').above(after);
      return (limit === undefined ? rows : rows.limit(limit)).toArray();
    },
    startingWith: (table, prefix) => at(table).where('key').startsWith(prefix).toArray(),
    keysStartingWith: async (table, prefix) =>
      (await at(table).where('key').startsWith(prefix).primaryKeys()) as string[],
    ofStream: (stream) => at('entries').where('streams').equals(stream).sortBy('key'),
    async commit(changes) {
      const touched = tables.filter((table) => changes.some((change) => change.table === table));
      try {
        await db.transaction('rw', touched, async () => {
          for (const { table, put, remove } of changes) {
            if (remove?.length) await at(table).bulkDelete(remove as never[]);
            if (put?.length) await at(table).bulkPut(put as Row[]);
          }
        });
      } catch (error) {
        if (isQuota(error)) throw new StoreFull();
        throw error;
      }
    },
    lost,
    close() {
      isClosed = true;
      db.close();
    },
  };
}

function isQuota(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const inner = (error as { inner?: unknown }).inner;
  return error.name === 'QuotaExceededError' || (inner !== error && isQuota(inner));
}
