import { sealChunks } from '#shared/crypto/chunks.ts';
import { type Bytes, fromBase64url, randomBytes, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { Attachment } from '#shared/domain/report/attachments.ts';
import type { Digest } from '#shared/kernel/ids.ts';
import { tellingPng } from './telling-files.ts';

/** A picture of one grey pixel. */
const onePixel = fromBase64url(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mOsr6__DwAFhAKAjM1mJgAAAABJRU5ErkJggg',
);
const note =
  'He said on Thursday that the bags would not be missed.\n<script>alert(1)</script>\nThe rota is on the wall.';

const files: readonly { readonly name: string; readonly type: Attachment['type']; readonly bytes: Bytes }[] = [
  { name: 'note from the office.txt', type: 'text/plain', bytes: utf8(note) },
  { name: 'photograph of the car park.png', type: 'image/png', bytes: tellingPng(onePixel) },
  { name: 'rota \u202efdp.exe', type: 'application/pdf', bytes: utf8('%PDF-1.7') },
  { name: 'not really a picture.jpg', type: 'image/jpeg', bytes: utf8('MZ this is a program') },
];

export interface InventedAttachments {
  readonly attachments: readonly Attachment[];
  /** The sealed chunks by their digest: what the endpoint keeps of them. */
  readonly chunks: ReadonlyMap<Digest, Bytes>;
}

/** Four small files that a reporter might send, sealed as the endpoint seals them. */
export async function inventAttachments(): Promise<InventedAttachments> {
  const chunks = new Map<Digest, Bytes>();
  const attachments: Attachment[] = [];
  for (const { name, type, bytes } of files) {
    const key = randomBytes(32);
    const sealed = await sealChunks(key, bytes);
    for (const chunk of sealed) chunks.set(chunk.digest, chunk.bytes);
    attachments.push({
      ...{ name, type, size: bytes.length, digest: await digestOf(bytes), key: toBase64url(key) },
      chunks: sealed.map(({ digest }) => digest),
    });
  }
  return { attachments, chunks };
}
