import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Order, type OrderReply, orderReplySchema } from './operate.ts';

/** Whether a process listens at the path. */
export async function isAnswered(path: string): Promise<boolean> {
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
