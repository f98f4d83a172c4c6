import { sealChunks } from '#shared/crypto/chunks.ts';
import { randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { copyName } from '#shared/domain/sanitising/attachment-sanitised.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, type Result } from '#shared/kernel/result.ts';
import { openAttachment } from '../attachments.ts';
import { currentCase } from '../cases/current-case.ts';
import { refuse } from '../codes.ts';
import { execute } from '../execute.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Strip } from './strip.ts';

/**
 * Makes a sanitised copy of an attachment and records it: the sealed chunks and the signed event that names them become
 * durable in one commit, or neither does. The original is only read.
 */
export async function sanitiseAttachment(
  vault: OpenVault,
  strip: Strip,
  id: StreamId,
  attachment: number,
): Promise<Result<EntryId, Refusal>> {
  const original = (await currentCase(vault, id))?.referral.attachments[attachment];
  if (!original) return err(refuse('no-such-attachment'));
  const opened = await openAttachment(vault, original);
  if (!opened.ok) return opened;
  const stripped = await strip(original.type, opened.value.bytes);
  if (!stripped.ok) return stripped;
  const { type, bytes, removed } = stripped.value;
  const key = randomBytes(32);
  const chunks = await sealChunks(key, bytes);
  const name = copyName(attachment, type);
  const copy = {
    ...{ name, type, size: bytes.length, digest: await digestOf(bytes) },
    ...{ key: toBase64url(key), chunks: chunks.map(({ digest }) => digest) },
  };
  const data = {
    ...{ attachment, original: original.digest, copy },
    removed: [...(name === original.name ? [] : ['name' as const]), ...removed],
  };
  const blobs = chunks.map(({ digest, bytes: box }) => ({ key: digest, box }));
  return execute(vault, { type: 'attachment.sanitised', case: id, data }, async () => [
    { table: 'blobs', put: blobs, onlyHere: true },
  ]);
}
