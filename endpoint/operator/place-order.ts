import { existsSync } from 'node:fs';
import { type EndpointPlace, openEndpoint } from '../open-endpoint.ts';
import { ask, claimFolder, socketPath } from './folder-claim.ts';
import { type Order, type OrderReply, operate } from './operate.ts';

/** Has the order carried out: by the endpoint that runs on the data folder, else here and now. */
export async function placeOrder(place: EndpointPlace, order: Order): Promise<OrderReply> {
  const { dataDir } = place;
  const running = existsSync(dataDir) ? await ask(await socketPath(dataDir), order) : null;
  if (running) return running;
  const claim = await claimFolder(dataDir);
  try {
    const endpoint = await openEndpoint(place, Date.now);
    return await operate(endpoint, order).finally(() => endpoint.storage.close());
  } finally {
    await claim.release();
  }
}
