import { openChunks } from '#shared/crypto/chunks.ts';
import { type Bytes, fromBase64url } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { Attachment } from '#shared/domain/report/attachments.ts';
import type { Digest } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { refuse } from './codes.ts';
import { ask, HostFailure } from './host.ts';
import type { OpenVault } from './open-vault.ts';
import type { OpenedAttachment } from './vault-api.ts';

/** Sealed as it came: a chunk is kept as the endpoint has it, so the disk holds nothing readable of it. */
async function fetchChunk({ io }: OpenVault, digest: Digest): Promise<Bytes> {
  const stored = await io.store.get('blobs', digest);
  if (stored && (await digestOf(stored.box)) === digest) return stored.box;
  const { bytes } = await ask(io.host, 'blob.get', { digest });
  if ((await digestOf(bytes)) !== digest) throw new TypeError('The endpoint sent other bytes than the case names.');
  await io.writer.add(() => io.store.commit([{ table: 'blobs', put: [{ key: digest, box: bytes }] }]));
  return bytes;
}

export async function openAttachment(
  vault: OpenVault,
  attachment: Attachment,
): Promise<Result<OpenedAttachment, Refusal>> {
  try {
    const sealed: Bytes[] = [];
    for (const digest of attachment.chunks) sealed.push(await fetchChunk(vault, digest));
    const bytes = await openChunks(fromBase64url(attachment.key), sealed);
    if (bytes.length !== attachment.size || (await digestOf(bytes)) !== attachment.digest) {
      return err(refuse('file-not-named'));
    }
    return ok({ name: attachment.name, type: attachment.type, bytes });
  } catch (error) {
    return err(
      error instanceof HostFailure
        ? refuse('file-not-here', { ...error.failure.params, because: error.failure.code })
        : refuse('file-damaged'),
    );
  }
}
