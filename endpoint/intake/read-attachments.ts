import { attachmentLimits } from '#shared/domain/report/attachments.ts';
import { Refusal } from '../http/problems.ts';

/** What can be read of an attachment as it was sent: its fields where they are text, else null. */
export interface ReadAttachment {
  readonly name: string | null;
  readonly type: string | null;
  readonly bytes: string | null;
  /** Whether it has anything else. */
  readonly hasMore: boolean;
}

/** @throws Refusal when there are too many */
export function readAttachments(sent: readonly unknown[]): ReadAttachment[] {
  if (sent.length > attachmentLimits.count) {
    throw new Refusal('attachments-too-many', `A report has at most ${attachmentLimits.count} attachments.`);
  }
  return sent.map(readAttachment);
}

function readAttachment(sent: unknown): ReadAttachment {
  const { name, type, bytes, ...more } = typeof sent === 'object' ? { ...sent } : ({} as Record<string, unknown>);
  return { name: text(name), type: text(type), bytes: text(bytes), hasMore: Object.keys(more).length > 0 };
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
