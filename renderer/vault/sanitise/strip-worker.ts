import { browserCodec } from './picture-codec.ts';
import { createStrip } from './strip-file.ts';
import type { StripRequest } from './strip-in-worker.ts';

/*
 * Takes one hostile file apart, and ends. It holds no key and nothing of any case: whatever a file does to the code
 * that reads it, there is only that file to be had here.
 */
const strip = createStrip(browserCodec);

self.addEventListener('message', async ({ data }: MessageEvent<StripRequest>) => {
  self.postMessage(await strip(data.type, data.bytes));
});
