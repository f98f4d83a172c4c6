import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Order, type Outcome, outcomeSchema } from './operate.ts';

/** Whether a process listens at the path. */
export async function isAnswered(path: string): Promise<boolean> {
  const socket = await reach(path);
  socket?.end();
  socket?.resume();
  return socket !== null;
}

/** Hands an order to the endpoint that holds the folder; null when none does. */
export async function ask(path: string, order: Order): Promise<Outcome | null> {
  const socket = await reach(path);
  if (!socket) return null;
  socket.end(JSON.stringify(order));
  return outcomeSchema.parse(JSON.parse(await text(socket)));
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
