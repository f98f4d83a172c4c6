import { openChunks } from '#shared/crypto/chunks.ts';
import { type Bytes, fromBase64url } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { Attachment } from '#shared/domain/report/attachments.ts';
import type { Digest } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { Held } from './held.ts';
import { ask, HostFailure } from './host.ts';
import type { OpenedAttachment } from './vault-api.ts';

/** Sealed as it came: a chunk is kept as the endpoint has it, so the disk holds nothing readable of it. */
async function fetchChunk(held: Held, digest: Digest): Promise<Bytes> {
  const stored = await held.store.get('blobs', digest);
  if (stored && (await digestOf(stored.box)) === digest) return stored.box;
  const bytes = fromBase64url((await ask(held.host, 'blob.get', { digest })).bytes);
  if ((await digestOf(bytes)) !== digest) throw new TypeError('The endpoint sent other bytes than the case names.');
  await held.writer.add(() => held.store.commit([{ table: 'blobs', put: [{ key: digest, box: bytes }] }]));
  return bytes;
}

export async function openAttachment(held: Held, attachment: Attachment): Promise<Result<OpenedAttachment, string>> {
  try {
    const sealed: Bytes[] = [];
    for (const digest of attachment.chunks) sealed.push(await fetchChunk(held, digest));
    const bytes = await openChunks(fromBase64url(attachment.key), sealed);
    if (bytes.length !== attachment.size || (await digestOf(bytes)) !== attachment.digest) {
      return err('This file is not the one that the case names. It was not opened.');
    }
    return ok({ name: attachment.name, type: attachment.type, bytes });
  } catch (error) {
    if (error instanceof HostFailure) return err(`This file is not on this computer yet. ${error.failure.detail}`);
    return err('This file is damaged and was not opened. The referral itself is not affected.');
  }
}
