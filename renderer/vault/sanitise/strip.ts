import type { Bytes } from '#shared/crypto/encoding.ts';
import type { RemovedKind } from '#shared/domain/assessment/tables/removed-kinds.ts';
import type { Attachment } from '#shared/domain/report/attachments.ts';
import type { Result } from '#shared/kernel/result.ts';

export type PictureType = 'image/jpeg' | 'image/png';

/** A file without what it told beyond what it shows. A picture may have become one of the other type. */
export interface Stripped {
  readonly type: Attachment['type'];
  readonly bytes: Bytes;
  readonly removed: readonly RemovedKind[];
}

/** Takes a hostile file apart and makes a checked copy, or says why it cannot. Never throws. */
export type Strip = (type: Attachment['type'], bytes: Bytes) => Promise<Result<Stripped, string>>;

/** The file cannot be copied; `message` is for a person. */
export class CannotStrip extends Error {
  override readonly name = 'CannotStrip';
}
