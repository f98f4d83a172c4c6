import type { AttachmentVersion, OpenedAttachment } from '#renderer/vault/vault-api.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { err, type Result } from '#shared/kernel/result.ts';
import { troubleOf, vaultNow } from './vault-port.ts';

/** The bytes go to the screen that asked, and into no store. */
export async function openAttachment(
  id: StreamId,
  index: number,
  which: AttachmentVersion = 'original',
): Promise<Result<OpenedAttachment, string>> {
  try {
    return await vaultNow().openAttachment(id, index, which);
  } catch (error) {
    return err(troubleOf(error));
  }
}
