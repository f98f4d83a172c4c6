import PQueue from 'p-queue';
import type { Bytes } from '#shared/crypto/encoding.ts';
import type { Attachment } from '#shared/domain/report/attachments.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, type Result } from '#shared/kernel/result.ts';
import { refuse } from '../codes.ts';
import { parseReply } from './parse-reply.ts';
import type { Strip, Stripped } from './strip.ts';

export interface StripRequest {
  readonly type: Attachment['type'];
  readonly bytes: Bytes;
}

/** The part of a worker that is used here, so that a test can be one. */
export type StripWorker = Pick<Worker, 'addEventListener' | 'postMessage' | 'terminate'>;

/** Seconds for one file. Two hundred pages take about thirty; a file that takes longer was made to. */
const patience = 60;

/** In a worker that lives for one file: whatever kills or takes it over, the vault gets an answer that it can read. */
function stripOnce(worker: StripWorker, request: StripRequest, seconds: number): Promise<Result<Stripped, Refusal>> {
  return new Promise((resolve) => {
    const finish = (result: Result<Stripped, Refusal>): void => {
      clearTimeout(timer);
      worker.terminate();
      resolve(result);
    };
    const die = (event: Event): void => {
      event.preventDefault();
      finish(err(refuse('file-undecodable')));
    };
    const timer = setTimeout(() => finish(err(refuse('file-too-slow', { seconds }))), seconds * 1000);
    worker.addEventListener('message', ({ data }) => finish(parseReply(data)));
    worker.addEventListener('error', die);
    worker.addEventListener('messageerror', die);
    worker.postMessage(request);
  });
}

/**
 * One file at a time: so many as are asked for at once would have so many times the memory.
 * @param start a new worker
 */
export function createStripInWorker(start: () => StripWorker, seconds = patience): Strip {
  const turn = new PQueue({ concurrency: 1 });
  return (type, bytes) =>
    turn
      .add(() => stripOnce(start(), { type, bytes }, seconds))
      // Its worker could not even be started.
      .catch(() => err(refuse('file-undecodable')));
}

export const startStripWorker = (): StripWorker =>
  new Worker(new URL('./strip-worker.ts', import.meta.url), { type: 'module', name: 'strip' });

export const stripInWorker: Strip = createStripInWorker(startStripWorker);
