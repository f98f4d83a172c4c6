import type { TestProject } from 'vitest/node';
import { startPostgres } from './endpoint-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the server's own database, which nobody writes to; see `newDatabase`. */
    postgres: string;
  }
}

/** One PostgreSQL server for all test files: starting one takes longer than most of them. */
export default async function globalSetup({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  provide('postgres', server.url);
  return () => server.stop();
}
