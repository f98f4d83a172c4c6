import { copyName } from '../sanitised-copies.ts';
import type { Rule } from './rule.ts';

const pictures: readonly string[] = ['image/jpeg', 'image/png'];

/** What a copy must be before anyone may pass it on. That it holds no metadata only its maker could check: they sign. */
export const attachmentSanitised: Rule<'attachment.sanitised'> = ({ attachment, original, copy }, { state }) => {
  const source = state.referral.attachments[attachment];
  if (!source) return 'There is no such attachment.';
  if (source.digest !== original) return 'The copy was made of another file than the referral holds.';
  if (copy.type !== source.type && !(pictures.includes(copy.type) && pictures.includes(source.type))) {
    return 'The copy is of another type than the attachment.';
  }
  if (copy.name !== copyName(attachment, copy.type))
    return 'The name of the copy must say nothing but its place and type.';
  // Who is given the key of the copy must not be able to open the original with it.
  return copy.key === source.key ? 'The copy is sealed under the key of the original.' : null;
};
