import type { ProblemCode } from '#shared/sync/problem.ts';

/** Classes of SQLSTATE in which the server, not the statement, is at fault: connection, resources, operator, system. */
const serverClasses = new Set(['08', '53', '57', '58', 'XX']);
const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'EIO', 'EROFS']);
/** What the two drivers throw without a code. */
const unreachableMessage = /^(Connection terminated|timeout exceeded when trying to connect|PGlite is clos)/;

/** What to answer when the database failed; null when the error is none of the database's. */
export function storageProblem(error: unknown): ProblemCode | null {
  if (!(error instanceof Error)) return null;
  const code = String((error as { code?: unknown }).code ?? '');
  if (code === '53100' || code === 'ENOSPC') return 'storage-full';
  if (code.length === 5 && serverClasses.has(code.slice(0, 2))) return 'storage-unavailable';
  // PostgreSQL in WebAssembly aborts where a server would crash.
  const gone = unreachable.has(code) || unreachableMessage.test(error.message) || error.name === 'RuntimeError';
  return gone ? 'storage-unavailable' : null;
}
