import type { Bytes } from '#shared/crypto/encoding.ts';
import type { Attachment } from '#shared/domain/report/attachments.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, type Result } from '#shared/kernel/result.ts';
import { refuse } from '../codes.ts';
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
    const finish = (result: Result<Stripped, Refusal>): void => {
      clearTimeout(timer);
      worker.terminate();
      resolve(result);
    };
    const timer = setTimeout(() => finish(err(refuse('file-too-slow'))), patience);
    worker.addEventListener('message', ({ data }: MessageEvent<Result<Stripped, Refusal>>) => finish(data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      finish(err(refuse('memory-too-small')));
    });
    worker.postMessage({ type, bytes } satisfies StripRequest);
  });
