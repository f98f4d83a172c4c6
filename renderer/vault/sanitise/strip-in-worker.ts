import type { Bytes } from '#shared/crypto/encoding.ts';
import type { Attachment } from '#shared/domain/report/attachments.ts';
import { err, type Result } from '#shared/kernel/result.ts';
import type { Strip, Stripped } from './strip.ts';

export interface StripRequest {
  readonly type: Attachment['type'];
  readonly bytes: Bytes;
}

/** Milliseconds for one file. Ten megabytes take a few seconds; a file that takes longer was made to. */
const patience = 60_000;

/** Strips in a worker that lives for one file: it can hang or break without touching the vault. */
export const stripInWorker: Strip = (type, bytes) =>
  new Promise((resolve) => {
    const worker = new Worker(new URL('./strip-worker.ts', import.meta.url), { type: 'module', name: 'strip' });
    const finish = (outcome: Result<Stripped, string>): void => {
      clearTimeout(timer);
      worker.terminate();
      resolve(outcome);
    };
    const timer = setTimeout(
      () => finish(err('Taking this file apart takes too long: it may have been made to. No copy was made of it.')),
      patience,
    );
    worker.addEventListener('message', ({ data }: MessageEvent<Result<Stripped, string>>) => finish(data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      finish(err('The file could not be taken apart in the memory of this computer. No copy was made of it.'));
    });
    worker.postMessage({ type, bytes } satisfies StripRequest);
  });
