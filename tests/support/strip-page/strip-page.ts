import { createStripInWorker, startStripWorker } from '#renderer/vault/sanitise/strip-in-worker.ts';
import type { Attachment } from '#shared/domain/report/attachments.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';

export interface Taken {
  readonly refusal: Refusal | null;
  /** Bytes of the copy. */
  readonly copied: number;
  readonly removed: readonly string[];
}

let held: Uint8Array<ArrayBuffer> = new Uint8Array();

/** A file by itself, so that how it got here is over when its peak is measured. @param bytes in base64 */
function hold(bytes: string): void {
  held = Uint8Array.from(atob(bytes), (each) => each.charCodeAt(0));
}

/** What comes of the file that is held. */
async function takeApart(type: Attachment['type'], seconds: number): Promise<Taken> {
  const result = await createStripInWorker(startStripWorker, seconds)(type, held);
  if (!result.ok) return { refusal: result.error, copied: 0, removed: [] };
  return { refusal: null, copied: result.value.bytes.length, removed: result.value.removed };
}

declare global {
  interface Window {
    hold: typeof hold;
    takeApart: typeof takeApart;
  }
}
Object.assign(window, { hold, takeApart });
