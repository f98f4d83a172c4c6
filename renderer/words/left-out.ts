import { attachmentLimits, type LeftOutReason } from '#shared/domain/report/attachments.ts';

/** Why an attachment did not come with its referral. */
export const leftOutWords: Readonly<Record<LeftOutReason, string>> = {
  type: 'files of this type are not taken in',
  size: `it is larger than the ${attachmentLimits.bytes / 1024 ** 2} MiB that one file may have`,
  content: 'it is not of the type that it claims',
  name: 'its name is none that a file can have',
  malformed: 'it arrived in a form that cannot be read',
};
