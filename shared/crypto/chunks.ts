import type { Digest } from '#shared/kernel/ids.ts';
import { boxOverhead, importContentKey, open, SealBroken, seal } from './aead.ts';
import { type Bytes, concat, utf8 } from './encoding.ts';
import { digestOf } from './hash.ts';
import { paddedLength } from './padded-length.ts';

/** Plaintext bytes in a chunk; the only one of a small file may be shorter. */
const chunkLength = 256 * 1024;
const smallFile = 64 * 1024;
/** Most bytes of a sealed chunk. */
export const mostSealedChunk = chunkLength + boxOverhead;

export interface SealedChunk {
  readonly digest: Digest;
  readonly bytes: Bytes;
}

/** Binds a chunk to its place and to the number of chunks, so that none can be dropped, moved or doubled. */
const place = (index: number, count: number): Bytes => utf8(`probity/chunk/1/${index}/${count}`);

/** After the last byte of a file; nothing but zeros follows (ISO/IEC 7816-4). */
const endMark = 0x80;

/** A file whose size is public, as a form or a photograph that was passed around, must not be known by it. */
function withPadding(file: Bytes): Bytes {
  const length = file.length + 1;
  const padded = length > smallFile ? Math.ceil(length / chunkLength) * chunkLength : paddedLength(length);
  const bytes = new Uint8Array(padded);
  bytes.set(file);
  bytes[file.length] = endMark;
  return bytes;
}

/** @throws SealBroken when it does not end as a padded file does */
function withoutPadding(padded: Bytes): Bytes {
  const end = padded.findLastIndex((byte) => byte !== 0);
  if (padded[end] !== endMark) throw new SealBroken('The file has no end.');
  return padded.slice(0, end);
}

/** Seals a file in chunks under a key that is used for this file only. */
export async function sealChunks(rawKey: Bytes, plain: Bytes): Promise<SealedChunk[]> {
  const key = await importContentKey(rawKey);
  const file = withPadding(plain);
  const count = Math.ceil(file.length / chunkLength);
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const chunk = file.subarray(index * chunkLength, (index + 1) * chunkLength);
      const bytes = await seal(key, chunk, place(index, count));
      return { bytes, digest: await digestOf(bytes) };
    }),
  );
}

/** @throws SealBroken when a chunk was changed, is missing or out of place */
export async function openChunks(rawKey: Bytes, sealed: readonly Bytes[]): Promise<Bytes> {
  if (sealed.length === 0) throw new SealBroken('The file has no chunks.');
  const key = await importContentKey(rawKey);
  const chunks = await Promise.all(sealed.map((box, index) => open(key, box, place(index, sealed.length))));
  return withoutPadding(concat(...chunks));
}
