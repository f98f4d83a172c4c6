import { type Operation, rowId } from './journal.ts';
import type { Change, Row, Store, Table } from './store.ts';

/*
 * Rows that only this computer has: no endpoint and no other workstation could give them back. All of some tables, some of
 * `meta`, and chunks of files that were made here and wait to be sent, which a change says of them.
 */
const ownTables: readonly Table[] = ['slots', 'outbox', 'drafts'];
/** How keys of such rows of `meta` begin. */
const ownMeta: readonly string[] = ['anchor:', 'preferences:'];

const isOwn = (table: Table, key: Row['key']): boolean =>
  ownTables.includes(table) || (table === 'meta' && ownMeta.some((prefix) => String(key).startsWith(prefix)));

/** All of them, but chunks of files: the store does not tell those that were made here from others. */
export async function ownRowsOf(store: Store): Promise<ReadonlyMap<string, Operation>> {
  const rows = new Map<string, Operation>();
  const add = (table: Table, found: readonly Row[]): void => {
    for (const { key, box } of found) rows.set(rowId({ table, key }), { table, key, box });
  };
  for (const table of ownTables) add(table, await store.all(table));
  for (const prefix of ownMeta) add('meta', await store.startingWith('meta', prefix));
  return rows;
}

/** What a commit changes of them. Chunks come first: an entry that names them must not be there without them. */
export function ownOperationsOf(changes: readonly Change[]): readonly Operation[] {
  const removed = changes.flatMap(({ table, remove = [], elsewhere = [] }) =>
    [...remove.filter((key) => isOwn(table, key)), ...elsewhere].map((key): Operation => ({ table, key, box: null })),
  );
  const put = changes.flatMap(({ table, put: rows = [], onlyHere = false }) =>
    rows.flatMap(({ key, box }): Operation[] => (onlyHere || isOwn(table, key) ? [{ table, key, box }] : [])),
  );
  const isFile = ({ table }: Operation): boolean => table === 'blobs';
  return [...removed, ...put.filter(isFile), ...put.filter((each) => !isFile(each))];
}

/** As changes of the store. */
export function changesOf(operations: readonly Operation[]): readonly Change[] {
  const touched = [...new Set(operations.map(({ table }) => table))];
  return touched.map((table) => {
    const of = operations.filter((each) => each.table === table);
    return {
      table,
      put: of.flatMap(({ key, box }) => (box ? [{ key, box }] : [])),
      remove: of.flatMap(({ key, box }) => (box ? [] : [key])),
    };
  });
}
