import type { Bytes } from '#shared/crypto/encoding.ts';
import type { Attachment } from '#shared/domain/report/attachments.ts';
import type { RemovedKind } from '#shared/domain/sanitising/removed-kinds.ts';
import type { Params, Refusal } from '#shared/kernel/refusal.ts';
import type { Result } from '#shared/kernel/result.ts';
import { refuse, type StripRefusalCode } from '../codes.ts';

export type PictureType = 'image/jpeg' | 'image/png';

/** A file without what it told beyond what it shows. A picture may have become one of the other type. */
export interface Stripped {
  readonly type: Attachment['type'];
  readonly bytes: Bytes;
  readonly removed: readonly RemovedKind[];
}

/** Takes a hostile file apart and makes a checked copy, or says why it cannot. Never throws. */
export type Strip = (type: Attachment['type'], bytes: Bytes) => Promise<Result<Stripped, Refusal>>;

/** What a finished copy must not hold, as it was found in one. */
export const leftInCopyIds = [
  'beside-picture',
  'document-properties',
  'earlier-version',
  'embedded-file',
  'form',
  'other-pages',
  'picture-metadata',
  'script',
  'signature',
  'structure',
] as const;
export type LeftInCopy = (typeof leftInCopyIds)[number];

export class CannotStrip extends Error {
  override readonly name = 'CannotStrip';
  readonly refusal: Refusal<StripRefusalCode>;
  constructor(code: StripRefusalCode, params: Params = {}) {
    super(code);
    this.refusal = refuse(code, params);
  }
}

/** The copy is not kept. */
export const notClean = (left: LeftInCopy): CannotStrip => new CannotStrip('copy-not-clean', { left });
