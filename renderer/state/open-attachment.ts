import type { AttachmentVersion, OpenedAttachment } from '#renderer/vault/vault-api.ts';
import { say } from '#renderer/words/say.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { err, type Result } from '#shared/kernel/result.ts';
import { ask, troubleOf } from './vault-port.ts';

/** The bytes go to the screen that asked, and into no store. */
export async function openAttachment(
  id: StreamId,
  index: number,
  version: AttachmentVersion = 'original',
): Promise<Result<OpenedAttachment, string>> {
  try {
    const result = await ask('attachment.open', { id, index, version });
    return result.ok ? result : err(say(result.error));
  } catch (error) {
    return err(troubleOf(error));
  }
}
