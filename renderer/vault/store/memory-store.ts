import { type Row, type Store, StoreFull, type Table, tables } from './store.ts';

export interface MemoryStore extends Store {
  /** The rows themselves, to be damaged by a test. */
  readonly rows: Record<Table, Map<string | number, Row>>;
  /** The engine takes the database away. */
  lose(): void;
  /** Commits from now on fail as on a full disk. */
  full: boolean;
}

/**
 * A store without a disk: for the history of the invented unit, which is made without a window, and for tests of what stands on a
 * store. Held to the same conformance suite as the Dexie store.
 * @param from whose rows it starts with: rows are never changed, only replaced, so a copy of the maps is enough
 */
export function createMemoryStore(from?: MemoryStore): MemoryStore {
  const rows = Object.fromEntries(tables.map((table) => [table, new Map(from?.rows[table])])) as MemoryStore['rows'];
  const sorted = (table: Table): Row[] =>
    [...rows[table].values()].sort((a, b) => {
      if (typeof a.key === typeof b.key) return a.key < b.key ? -1 : 1;
      return typeof a.key === 'number' ? -1 : 1;
    });
  const { promise: lost, resolve: lose } = Promise.withResolvers<void>();
  const store: MemoryStore = {
    rows,
    lost,
    lose,
    full: false,
    get: async (table, key) => rows[table].get(key) ?? null,
    all: async (table) => sorted(table),
    keys: async (table) => sorted(table).map(({ key }) => key),
    count: async (table) => rows[table].size,
    after: async (table, after, limit) =>
      sorted(table)
        .filter(({ key }) => typeof key === 'number' && key > after)
        .slice(0, limit),
    startingWith: async (table, prefix) => sorted(table).filter(({ key }) => String(key).startsWith(prefix)),
    keysStartingWith: async (table, prefix) =>
      sorted(table).flatMap(({ key }) => (String(key).startsWith(prefix) ? [String(key)] : [])),
    ofStream: async (stream) => sorted('entries').filter(({ streams }) => streams?.includes(stream)),
    async commit(changes) {
      if (store.full) throw new StoreFull();
      if (changes.some(({ put }) => put?.some(({ key }) => key === undefined)))
        throw new TypeError('a row without a key');
      for (const { table, put, remove } of changes) {
        for (const key of remove ?? []) rows[table].delete(key);
        for (const row of put ?? []) rows[table].set(row.key, structuredClone(row));
      }
    },
    close: () => undefined,
  };
  return store;
}
