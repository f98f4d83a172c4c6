import { AsyncLocalStorage } from 'node:async_hooks';
import type { Sql } from './sql.ts';

/**
 * Within a transaction only its own queries are asked. Another would see the database as it was before and, on the embedded
 * one, which has a single connection, both would wait for ever: an error says so at once, on either database.
 */
export function besideNoTransaction(sql: Sql): Sql {
  const within = new AsyncLocalStorage<{ isOpen: boolean }>();
  const refuseWithin = (): void => {
    if (within.getStore()?.isOpen) throw new TypeError('The database was asked beside the transaction that is open.');
  };
  return {
    ...sql,
    query: async (text, values) => {
      refuseWithin();
      return sql.query(text, values);
    },
    script: async (text) => {
      refuseWithin();
      return sql.script(text);
    },
    transaction: async (task) => {
      refuseWithin();
      const transaction = { isOpen: true };
      try {
        return await sql.transaction((queries) => within.run(transaction, () => task(queries)));
      } finally {
        // What was begun in it and goes on afterwards, as a timer does, is in it no more.
        transaction.isOpen = false;
      }
    },
  };
}
