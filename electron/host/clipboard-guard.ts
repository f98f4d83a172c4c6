import { digestOfCopied } from '#shared/bridge/clipboard-digest.ts';
import type { Digest } from '#shared/kernel/ids.ts';

/** The system's clipboard, or one of its clipboards. */
export interface TextClipboard {
  readText(): Promise<string>;
  clear(): void;
}

/** Takes what was copied from the workbench off the clipboard again, and nothing that was copied elsewhere since. */
export interface ClipboardGuard {
  /** The window copied a text with this digest. The text itself never comes here. */
  note(copied: Digest): void;
  /** Whether something was copied that has not been cleared. */
  isOwed(): boolean;
  /** Clears what still holds the text that was copied last. */
  clear(): Promise<void>;
}

export function createClipboardGuard(clipboards: readonly TextClipboard[]): ClipboardGuard {
  let owed: Digest | null = null;
  return {
    note: (copied) => {
      owed = copied;
    },
    isOwed: () => owed !== null,
    clear: async () => {
      const copied = owed;
      owed = null;
      if (copied === null) return;
      const clearOne = async (clipboard: TextClipboard): Promise<void> => {
        if ((await digestOfCopied(await clipboard.readText())) === copied) clipboard.clear();
      };
      const cleared = await Promise.allSettled(clipboards.map(clearOne));
      const failed = cleared.find((each) => each.status === 'rejected');
      if (!failed) return;
      // Another programme may hold it for a moment: still owed, unless something else was copied since.
      owed ??= copied;
      throw failed.reason;
    },
  };
}
