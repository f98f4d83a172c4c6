import { createHash } from 'node:crypto';
import { chmod, mkdir, realpath, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { isAnswered } from './ask.ts';
import { type Order, type Outcome, orderSchema } from './operate.ts';

/** Longest path of a Unix socket in bytes (`sun_path`), on the narrowest system. */
const longestSocketPath = 103;

/**
 * Holds a data folder for one process: two PGlites on one folder would destroy it, and PGlite does not notice. The hold
 * is a local socket, which ends with its process, however it ends; a file with a process id would outlive a SIGKILL.
 * Through the same socket the operator's commands reach the process that holds the folder.
 */
export interface FolderClaim {
  /** From now on the operator's orders are answered. */
  answer(operate: (order: Order) => Promise<Outcome>): void;
  release(): Promise<void>;
}

/** @throws when another process holds the folder */
export async function claimFolder(folder: string): Promise<FolderClaim> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = await socketPath(folder);
  if (await isAnswered(path)) throw new Error(`Another endpoint is using ${folder}.`);
  // What nobody answers was left by a process that was killed.
  if (process.platform !== 'win32') await rm(path, { force: true });
  let operate: ((order: Order) => Promise<Outcome>) | undefined;
  // Orders wait until their asker has sent everything.
  const server = createServer({ allowHalfOpen: true }, (socket) => void serve(socket, operate));
  await listen(server, path);
  if (process.platform !== 'win32') await chmod(path, 0o600);
  return {
    answer: (handler) => {
      operate = handler;
    },
    release: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export async function socketPath(folder: string): Promise<string> {
  const real = await realpath(folder);
  if (process.platform === 'win32') {
    return `\\\\.\\pipe\\probity-endpoint-${createHash('sha256').update(real).digest('hex')}`;
  }
  const path = join(real, 'endpoint.sock');
  if (Buffer.byteLength(path) <= longestSocketPath) return path;
  const shorter = relative(process.cwd(), path);
  if (Buffer.byteLength(shorter) <= longestSocketPath) return shorter;
  throw new Error(`The path of the data folder is too long: ${folder}`);
}

const listen = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve());
  });

async function serve(socket: Socket, operate: ((order: Order) => Promise<Outcome>) | undefined): Promise<void> {
  try {
    const asked = await text(socket);
    // Only asking whether anybody is here.
    if (asked === '') socket.end();
    else if (!operate) socket.end(JSON.stringify({ refused: 'The endpoint is still starting.' }));
    else socket.end(JSON.stringify(await operate(orderSchema.parse(JSON.parse(asked)))));
  } catch {
    socket.destroy();
  }
}
