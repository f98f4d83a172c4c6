import { z } from 'zod';
import { digestSchema } from '#shared/crypto/key-schemas.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import type { RuleContext } from '../event/context.ts';
import { defineCaseEvent } from '../event/define-event.ts';
import { type History, selectLatest } from '../event/history.ts';
import type { ReferralState } from '../referral/referral.ts';
import { type Attachment, attachmentLimits, attachmentSchema } from '../report/attachments.ts';
import { removedKindIds } from './removed-kinds.ts';

const extensions: Readonly<Record<Attachment['type'], string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
};

/** Says the place of the attachment in the referral and what it is, and nothing else: names leak. */
export const copyName = (attachment: number, type: Attachment['type']): string =>
  `attachment-${attachment + 1}.${extensions[type]}`;

const data = z.strictObject({
  /** Its place in the referral, from 0, and the digest of what stands there. */
  attachment: z
    .int()
    .min(0)
    .max(attachmentLimits.count - 1),
  original: digestSchema,
  copy: attachmentSchema,
  removed: z.array(z.enum(removedKindIds)).max(30),
});
export type AttachmentSanitised = z.output<typeof data>;

export interface CopyState {
  /** Of all attachments together: `copiesOf` takes them apart. */
  readonly copies: History<AttachmentSanitised>;
}

const pictures: readonly string[] = ['image/jpeg', 'image/png'];

/**
 * A copy that tells nothing beyond what it shows; the original stays sealed and as it came. The rule says what a copy
 * must be before anyone may pass it on. That it holds no metadata only its maker could check: they sign.
 */
export const attachmentSanitised = defineCaseEvent('attachment.sanitised', {
  v: 1,
  data,
  audit: 'alteration',
  may: 'assess',
  empty: { copies: [] },
  blobs: ({ copy }) => copy.chunks,
  rule: ({ attachment, original, copy }, { case: { referral } }: RuleContext<ReferralState>) => {
    const source = referral.attachments[attachment];
    if (!source) return refuse('no-such-attachment');
    if (source.digest !== original) return refuse('copy-of-another-file');
    if (copy.type !== source.type && !(pictures.includes(copy.type) && pictures.includes(source.type))) {
      return refuse('copy-of-another-type');
    }
    if (copy.name !== copyName(attachment, copy.type)) return refuse('copy-name-tells');
    // Who is given the key of the copy must not be able to open the original with it.
    return copy.key === source.key ? refuse('copy-under-original-key') : null;
  },
  history: (state: CopyState, { attachment }) => copiesOf(state, attachment),
  apply: ({ copies }: CopyState, recorded, signed) => ({ copies: [...copies, { ...recorded, ...signed }] }),
});

/** All copies ever made of one attachment, known by its place in the referral. */
export const copiesOf = ({ copies }: CopyState, attachment: number): History<AttachmentSanitised> =>
  copies.filter((copy) => copy.attachment === attachment);

/**
 * The copy that may leave the case. Two made without sight of each other are no conflict: each was stripped and checked
 * by itself, nobody judged anything in making them, and either serves.
 */
export const selectCopy = (state: CopyState, attachment: number) => selectLatest(copiesOf(state, attachment));
