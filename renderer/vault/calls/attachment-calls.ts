import { selectCopy } from '#shared/domain/sanitising/attachment-sanitised.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, type Result } from '#shared/kernel/result.ts';
import { openAttachment as openFile } from '../attachments.ts';
import { currentCase } from '../cases/current-case.ts';
import { refuse } from '../codes.ts';
import { sanitiseAttachment as makeCopy } from '../sanitise/sanitise-attachment.ts';
import type { AttachmentVersion, OpenedAttachment } from '../vault-api.ts';
import { openCall } from './define-call.ts';

export interface OfAttachment {
  readonly id: StreamId;
  /** Its place in the referral, from 0. */
  readonly index: number;
}

/** The original, or the sanitised copy that is in force. */
export const openAttachment = openCall(
  'attachment.open',
  'loaded',
  async (
    { vault },
    { id, index, version }: OfAttachment & { readonly version: AttachmentVersion },
  ): Promise<Result<OpenedAttachment, Refusal>> => {
    const state = await currentCase(vault, id);
    if (!state) return err(refuse('no-such-attachment'));
    const file = version === 'original' ? state.referral.attachments[index] : selectCopy(state, index)?.copy;
    return file ? openFile(vault, file) : err(refuse('no-such-attachment'));
  },
);

/** Makes a copy that tells nothing beyond what it shows. Resolves when it is durable on this machine. */
export const sanitiseAttachment = openCall(
  'attachment.sanitise',
  'loaded',
  async ({ vault, written }, { id, index }: OfAttachment, { parts }): Promise<Result<EntryId, Refusal>> => {
    const result = await makeCopy(vault, parts.strip, id, index);
    if (result.ok) written();
    return result;
  },
);
