import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { dirname, join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { type Order, type OrderReply, orderReplySchema, orderSchema } from './operate.ts';

/** Whether a process listens at the path. */
async function isAnswered(path: string): Promise<boolean> {
  const socket = await reach(path);
  socket?.end();
  socket?.resume();
  return socket !== null;
}

/** Hands an order to the endpoint that holds the folder; null when none does. */
export async function ask(path: string, order: Order): Promise<OrderReply | null> {
  const socket = await reach(path);
  if (!socket) return null;
  socket.end(JSON.stringify(order));
  return orderReplySchema.parse(JSON.parse(await text(socket)));
}

const reach = (path: string): Promise<Socket | null> =>
  new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(null);
      else reject(error);
    });
  });

/** Longest path of a Unix socket in bytes (`sun_path`), on the narrowest system. No name here is longer than the first. */
const longestSocketPath = 103;
const holderName = 'endpoint.sock';
const bindingPrefix = '.b-';
const claimPrefix = '.c-';
/** Milliseconds between two looks at the other claims, and that a claim which does not move is waited for. */
const pause = 20;
const patience = 5000;

/**
 * Holds a data folder for one process: two PGlites on one folder would destroy it, and PGlite does not notice. The hold
 * is a local socket, which ends with its process, however it ends; a file with a process id would outlive a SIGKILL.
 * Through the same socket the operator's commands reach the process that holds the folder.
 */
export interface FolderClaim {
  /** From now on the operator's orders are answered. */
  answer(operate: (order: Order) => Promise<OrderReply>): void;
  release(): Promise<void>;
}

/** @throws when another process holds the folder */
export async function claimFolder(folder: string): Promise<FolderClaim> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = await socketPath(folder);
  let operate: ((order: Order) => Promise<OrderReply>) | undefined;
  // Orders wait until their asker has sent everything.
  const server = createServer({ allowHalfOpen: true }, (socket) => void serve(socket, operate));
  // A socket that nobody answers stays behind. It is never removed, only replaced by the next holder's.
  const release = () => new Promise<void>((resolve) => server.close(() => resolve()));
  const hold = process.platform === 'win32' ? holdPipe : holdSocket;
  try {
    if (!(await hold(server, path))) throw new Error(`Another endpoint is using ${folder}.`);
  } catch (error) {
    await release();
    throw error;
  }
  return {
    answer: (handler) => {
      operate = handler;
    },
    release,
  };
}

export async function socketPath(folder: string): Promise<string> {
  const real = await realpath(folder);
  if (process.platform === 'win32') {
    return `\\\\.\\pipe\\probity-endpoint-${createHash('sha256').update(real).digest('hex')}`;
  }
  const path = join(real, holderName);
  if (Buffer.byteLength(path) <= longestSocketPath) return path;
  const shorter = relative(process.cwd(), path);
  if (Buffer.byteLength(shorter) <= longestSocketPath) return shorter;
  throw new Error(`The path of the data folder is too long: ${folder}`);
}

/** Windows gives a pipe's name to one process at a time, and forgets it with the process. */
const holdPipe = (server: Server, path: string): Promise<boolean> =>
  listen(server, path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') return false;
      throw error;
    },
  );

/**
 * A Unix socket's file outlives its process, and no system call replaces a file only if it is stale. So each claim is
 * announced under a name of its own *before* it looks for others: of any two, the one that looks later sees the other.
 *
 *   .b-<id> (bound) -> .c-<id> (answers, announced) -> endpoint.sock (holds)
 *
 * Only renames, so that a claim is at one of the last two names at every moment, and answers there until it ends. A
 * process that is killed before the first leaves an empty file that nobody reads.
 */
async function holdSocket(server: Server, path: string): Promise<boolean> {
  const id = randomBytes(5).toString('hex');
  const binding = join(dirname(path), `${bindingPrefix}${id}`);
  const claim = join(dirname(path), `${claimPrefix}${id}`);
  // Between its bind and its listen a socket refuses, as a stale one does: nobody may see it then.
  await listen(server, binding);
  await chmod(binding, 0o600);
  await rename(binding, claim);
  try {
    if (!(await prevails(claim, path))) return false;
    await rename(claim, path);
    return true;
  } finally {
    await rm(claim, { force: true });
  }
}

/** Whether nobody else holds the folder or claims it. Of several claims at a time, the first by name waits for the others. */
async function prevails(claim: string, path: string): Promise<boolean> {
  for (const end = Date.now() + patience; Date.now() < end; await wait(pause)) {
    const others = await otherClaims(claim);
    // In this order: a claim that became the holder's between the two looks is found by the second.
    if ((await isThere(path)) || others.some((other) => other < claim)) return false;
    if (others.length === 0) return true;
  }
  return false;
}

async function otherClaims(claim: string): Promise<string[]> {
  const folder = dirname(claim);
  const others: string[] = [];
  for (const name of await readdir(folder)) {
    const other = join(folder, name);
    if (!name.startsWith(claimPrefix) || other === claim) continue;
    if (await isThere(other)) others.push(other);
    // Of a process that was killed: what was announced had answered, and never will again.
    else await rm(other, { force: true });
  }
  return others;
}

/** A socket that is closed as it is asked, or has too many askers, is somebody's: whoever claims looks again. */
const isThere = (path: string): Promise<boolean> =>
  isAnswered(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNRESET' || error.code === 'EAGAIN') return true;
    throw error;
  });

const listen = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve());
  });

async function serve(socket: Socket, operate: ((order: Order) => Promise<OrderReply>) | undefined): Promise<void> {
  // An asker that is gone before its answer must not end this process.
  socket.on('error', () => undefined);
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
