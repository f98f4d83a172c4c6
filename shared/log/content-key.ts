import { SealBroken } from '#shared/crypto/aead.ts';
import { type Bytes, fromBase64url, randomBytes, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import { sha256Now } from '#shared/crypto/sha256-now.ts';
import type { AuthorKey, ContentKeyId, StreamId } from '#shared/kernel/ids.ts';

/** Opens the bodies of one stream. Made at random by a device, or by the endpoint for what it seals. */
export interface ContentKey {
  readonly id: ContentKeyId;
  readonly stream: StreamId;
  /** 32 bytes of AES-256-GCM. */
  readonly raw: Bytes;
}

const label = utf8('probity/content-key/2\n');

/** Says whose key it is, and commits to it: one ciphertext cannot open to two texts under two keys of one id. */
const idOf = (raw: Bytes, stream: StreamId, maker: AuthorKey): ContentKeyId =>
  `${maker}.${toBase64url(sha256Now(label, raw, utf8(stream), fromBase64url(maker)))}` as ContentKeyId;

/** The device that made a key, as its id claims: known only once that device has signed an entry with a box of it. */
export const makerOf = (id: ContentKeyId): AuthorKey => id.slice(0, id.indexOf('.')) as AuthorKey;

export function makeContentKey(stream: StreamId, maker: AuthorKey): ContentKey {
  const raw = randomBytes(32);
  return { id: idOf(raw, stream, maker), stream, raw };
}

/** A key as a box brought it. @throws SealBroken when it is not the key of that id */
export function admitContentKey(id: ContentKeyId, stream: StreamId, raw: Bytes): ContentKey {
  if (raw.length !== 32 || idOf(raw, stream, makerOf(id)) !== id)
    throw new SealBroken('The key is not that of its id.');
  return { id, stream, raw };
}
