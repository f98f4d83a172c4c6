import type { Attachment } from '#shared/domain/report/attachments.ts';

/** A file that somebody made to do harm. Made when it is asked for: some take long, and most are never drawn. */
export interface HostileFile {
  /** What it is, as a noun: no two have the same. */
  readonly name: string;
  readonly type: Attachment['type'];
  readonly make: () => Uint8Array;
}

export const hostilePdf = (name: string, make: () => Uint8Array): HostileFile => ({
  name: `PDF: ${name}`,
  type: 'application/pdf',
  make,
});
