import { existsSync } from 'node:fs';
import { openStorage } from '../storage/open-storage.ts';
import { ask, claimFolder, socketPath } from './folder-claim.ts';
import { type Order, type OrderReply, operate } from './operate.ts';

/** Has the order carried out: by the endpoint that runs on the data folder, else here and now. */
export async function placeOrder(dataDir: string, databaseUrl: string | undefined, order: Order): Promise<OrderReply> {
  const running = existsSync(dataDir) ? await ask(await socketPath(dataDir), order) : null;
  if (running) return running;
  const claim = await claimFolder(dataDir);
  try {
    const storage = await openStorage(dataDir, databaseUrl);
    return await operate(storage, order, Date.now()).finally(() => storage.close());
  } finally {
    await claim.release();
  }
}
