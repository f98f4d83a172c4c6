import { browserCodec } from './picture-codec.ts';
import { createStrip } from './strip-file.ts';
import type { StripRequest } from './strip-in-worker.ts';

/*
 * Takes one hostile file apart, and ends. It holds no key and nothing of any case: whatever a file does to the code
 * that reads it, there is only that file to be had here.
 */
const strip = createStrip(browserCodec);

self.addEventListener('message', async ({ data }: MessageEvent<StripRequest>) => {
  const stripped = await strip(data.type, data.bytes);
  if (!stripped.ok) return self.postMessage(stripped);
  // A buffer of its own: of one that it is a part of, the rest would go along.
  const bytes = stripped.value.bytes.slice();
  self.postMessage({ ...stripped, value: { ...stripped.value, bytes } }, [bytes.buffer]);
});
