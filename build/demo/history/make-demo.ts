import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { demoWorkstationCode } from '#endpoint/demo.ts';
import type { Endpoint } from '#endpoint/start-endpoint.ts';
import { usualJurisdiction } from '#shared/domain/jurisdiction/jurisdictions.ts';

import { day } from '../calendar.ts';
import { otherForce } from './arrivals.ts';
import type { Asked } from './history-worker.ts';
import type { SetClock } from './set-clock.ts';

/** Of the history that `npm start` makes: the same for everybody but for its dates, and with something of everything. */
export const demoSeed = 3;

/** Days before the end at which the units are founded, some time before the first report. */
const foundedBefore = 574;
export const beginningOf = (until: number): number => until - foundedBefore * day;

/** Where the workstation of the other force is kept. */
export const elsewhereIn = (folder: string): string => join(folder, 'other-force');

interface Making extends Pick<Asked, 'profile' | 'elsewhere' | 'seed' | 'count' | 'until'> {
  /** A demonstration that nothing was ever told, on the clock. */
  readonly endpoint: Pick<Endpoint, 'url' | 'operate'>;
  readonly clock: SetClock;
  readonly signal: AbortSignal;
}

/**
 * The invented unit with its history: founded, its members admitted, and each report posted, read and decided at its time by the
 * vault's own code. What was signed is then in the endpoint's log, and the members' keys in the journal of the profile, from which
 * the first window fills its database.
 */
export async function makeDemo({ endpoint, clock, signal, ...making }: Making): Promise<void> {
  const added = await endpoint.operate({
    ...{ order: 'addUnit', force: otherForce.id, forceName: otherForce.name, name: otherForce.unit },
    jurisdiction: usualJurisdiction,
  });
  if (!('code' in added) || added.unit === null) throw new Error('The other unit could not be added.');
  const codes = { own: demoWorkstationCode, other: added.code };
  await inThread({ ...making, url: endpoint.url, codes, otherUnit: added.unit, clock: clock.shared }, signal);
}

/** In a thread of its own, beside the endpoint's: a vault is made to end with its thread, which takes its timers along. */
async function inThread(asked: Asked, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const worker = new Worker(new URL('./history-worker.ts', import.meta.url), { workerData: asked });
  worker.once('message', () => resolve());
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new Error(`Making the invented history ended with ${code}.`)));
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop);
  try {
    await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
