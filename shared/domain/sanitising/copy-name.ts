import type { Attachment } from '../report/attachments.ts';

const extensions: Readonly<Record<Attachment['type'], string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
};

/** Says the place of the attachment in the referral and what it is, and nothing else: names leak. */
export const copyName = (attachment: number, type: Attachment['type']): string =>
  `attachment-${attachment + 1}.${extensions[type]}`;
