import pg from 'pg';
import type { Queries, Sql, SqlValue } from './sql.ts';

/** Milliseconds between attempts to listen again after the connection broke. */
const reconnectAfter = 1_000;

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** @throws when the server cannot be reached */
export async function pgSql(connectionString: string): Promise<Sql> {
  const pool = new pg.Pool({ connectionString, types, max: 10, connectionTimeoutMillis: 5_000 });
  // An idle connection that breaks is replaced by the next query, which says what is wrong if it cannot.
  pool.on('error', () => undefined);
  await pool.query('SELECT 1');
  const listeners: Listener[] = [];
  return {
    ...queriesOf(pool),
    transaction: (task) => inTransaction(pool, task),
    listen: async (channel, onMessage, onGap) => {
      const listener = new Listener(connectionString, channel, onMessage, onGap);
      listeners.push(listener);
      await listener.connect();
    },
    close: async () => {
      await Promise.all(listeners.map((listener) => listener.close()));
      await pool.end();
    },
  };
}

const queriesOf = (client: pg.Pool | pg.PoolClient): Queries => ({
  query: async <R>(text: string, values: readonly SqlValue[] = []) => {
    const result = await client.query(text, [...values]);
    return result.rows as R[];
  },
  // Without values pg speaks the simple protocol, which takes several statements at once.
  script: async (text) => {
    await client.query(text);
  },
});

async function inTransaction<T>(pool: pg.Pool, task: (queries: Queries) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // Between two statements nobody else listens, and a connection that breaks then would end this process. The next
  // statement fails by itself.
  const note = (error: Error): void => {
    broken = error;
  };
  client.on('error', note);
  try {
    await client.query('BEGIN');
    const result = await task(queriesOf(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.off('error', note);
    client.release(broken);
  }
}

/** A connection of its own, as PostgreSQL sends notifications to the session that asked. */
class Listener {
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;
  readonly #connectionString: string;
  readonly #channel: string;
  readonly #onMessage: (payload: string) => void;
  readonly #onGap: () => void;

  constructor(connectionString: string, channel: string, onMessage: (payload: string) => void, onGap: () => void) {
    this.#connectionString = connectionString;
    this.#channel = channel;
    this.#onMessage = onMessage;
    this.#onGap = onGap;
  }

  async connect(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#connectionString, keepAlive: true });
    this.#client = client;
    client.on('notification', ({ payload }) => this.#onMessage(payload ?? ''));
    client.on('error', () => undefined);
    client.once('end', () => this.#reconnectLater());
    await client.connect();
    await client.query(`LISTEN ${client.escapeIdentifier(this.#channel)}`);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#client?.end().catch(() => undefined);
  }

  #reconnectLater(): void {
    if (this.#closed) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.connect().then(this.#onGap, () => this.#reconnectLater());
    }, reconnectAfter);
  }
}
