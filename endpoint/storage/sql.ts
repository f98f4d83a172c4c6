/**
 * The little of SQL that the storage needs, over an embedded PGlite or a PostgreSQL server. Nothing above this folder
 * knows which. `bigint` columns arrive as numbers, `bytea` as bytes.
 */
export type SqlValue = string | number | boolean | null | Uint8Array | readonly string[];

export interface Queries {
  query<R>(text: string, values?: readonly SqlValue[]): Promise<R[]>;
  /** Several statements without values. For migrations. */
  script(text: string): Promise<void>;
}

export interface Sql extends Queries {
  /** Committed when `task` resolves, rolled back when it throws. */
  transaction<T>(task: (queries: Queries) => Promise<T>): Promise<T>;
  /**
   * Calls `onMessage` for each notification on the channel, and `onGap` when some may have been missed (the connection
   * broke and came back).
   */
  listen(channel: string, onMessage: (payload: string) => void, onGap: () => void): Promise<void>;
  close(): Promise<void>;
}
