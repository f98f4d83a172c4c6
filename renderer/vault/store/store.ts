import type { Bytes } from '#shared/crypto/encoding.ts';

/**
 * What the vault needs of a database: sealed rows under opaque keys, and one atomic commit. Nothing here can read a
 * row, and nothing above here knows Dexie.
 */
export const tables = [
  'slots',
  'meta',
  'entries',
  'outbox',
  'cases',
  'summaries',
  'search',
  'drafts',
  'blobs',
  'tiles',
] as const;
export type Table = (typeof tables)[number];

export interface Row {
  readonly key: string | number;
  readonly box: Bytes;
  /** Opaque stream ids that the row holds something of; only `entries` is found by them. */
  readonly streams?: readonly string[];
}

export interface Change {
  readonly table: Table;
  readonly put?: readonly Row[];
  readonly remove?: readonly (string | number)[];
  /** The rows that are put were made here, and nobody else has them yet: said of chunks of files. */
  readonly onlyHere?: boolean;
  /** Keys of rows, said to be only here before, that the endpoint has now. They stay in the store. */
  readonly elsewhere?: readonly (string | number)[];
}

export interface Store {
  get(table: Table, key: string | number): Promise<Row | null>;
  /** All rows in order of their keys. */
  all(table: Table): Promise<readonly Row[]>;
  keys(table: Table): Promise<readonly (string | number)[]>;
  count(table: Table): Promise<number>;
  /** Rows with keys above `after`, in order; all of them, or the first `limit`. */
  after(table: Table, after: number, limit?: number): Promise<readonly Row[]>;
  /** Rows with keys that begin so, in order. */
  startingWith(table: Table, prefix: string): Promise<readonly Row[]>;
  keysStartingWith(table: Table, prefix: string): Promise<readonly string[]>;
  /** Rows of `entries` that hold something of the stream, in order. */
  ofStream(stream: string): Promise<readonly Row[]>;
  /** All of it durably or none of it. @throws StoreFull when the disk has no room; nothing was changed then */
  commit(changes: readonly Change[]): Promise<void>;
  /** A journal has what only this computer has, too: less than was signed here is in it only where both were set back. */
  readonly isJournaled?: boolean;
  /** Resolves when something took away what it writes to, while it was open: nothing is written any more. */
  readonly lost: Promise<void>;
  close(): void;
}

/** A newer Probity has written here: this one would not understand what it wrote. */
export class StoreNewer extends Error {
  override readonly name = 'StoreNewer';
}

/** The disk, or the browser's share of it, is full. Its message is the code that crosses to the window. */
export class StoreFull extends Error {
  override readonly name = 'StoreFull';
  constructor() {
    super('disk-full');
  }
}
