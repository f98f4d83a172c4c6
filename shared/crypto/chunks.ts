import type { Digest } from '#shared/kernel/ids.ts';
import { boxOverhead, importContentKey, open, SealBroken, seal } from './aead.ts';
import { type Bytes, concat, utf8 } from './encoding.ts';
import { digestOf } from './hash.ts';

/** Plaintext bytes in a chunk; the last may be shorter. */
const chunkLength = 256 * 1024;
/** Most bytes of a sealed chunk. */
export const mostSealedChunk = chunkLength + boxOverhead;

export interface SealedChunk {
  readonly digest: Digest;
  readonly bytes: Bytes;
}

/** Binds a chunk to its place and to the number of chunks, so that none can be dropped, moved or doubled. */
const place = (index: number, count: number): Bytes => utf8(`probity/chunk/1/${index}/${count}`);

/** Seals a file in chunks under a key that is used for this file only. An empty file is one empty chunk. */
export async function sealChunks(rawKey: Bytes, file: Bytes): Promise<SealedChunk[]> {
  const key = await importContentKey(rawKey);
  const count = Math.max(1, Math.ceil(file.length / chunkLength));
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const plain = file.subarray(index * chunkLength, (index + 1) * chunkLength);
      const bytes = await seal(key, plain, place(index, count));
      return { bytes, digest: await digestOf(bytes) };
    }),
  );
}

/** @throws SealBroken when a chunk was changed, is missing or out of place */
export async function openChunks(rawKey: Bytes, sealed: readonly Bytes[]): Promise<Bytes> {
  if (sealed.length === 0) throw new SealBroken('The file has no chunks.');
  const key = await importContentKey(rawKey);
  return concat(...(await Promise.all(sealed.map((box, index) => open(key, box, place(index, sealed.length))))));
}
