import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A port that stays free until it is used, and between a stop and the next start: below those that systems give to outgoing
 * connections (from 32768 on Linux, 49152 elsewhere), of which the tests beside this one make thousands.
 */
export async function freePort(): Promise<number> {
  const port = randomInt(10_240, 32_768);
  const server = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (!isFree) return freePort();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
