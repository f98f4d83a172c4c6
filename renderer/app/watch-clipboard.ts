import { notify } from '#renderer/state/notice-store.ts';
import { digestOfCopied } from '#shared/bridge/clipboard-digest.ts';
import type { Probity } from '#shared/bridge/contract.ts';

/** What was copied from the workbench stays in the clipboard for so long (ms). */
export const clipboardLimit = 60_000;

const notCleared =
  'What you copied may still be in the clipboard: Probity could not clear it. Copy something harmless in its place.';

/** Clears the clipboard a minute after the last copy, and at once when the watch ends. Returns what ends it. */
export function watchClipboard(probity: Probity): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether the host took note of what was copied; null when nothing is in the clipboard. */
  let noted: Promise<boolean> | null = null;
  const clear = () => {
    clearTimeout(timer);
    void noted?.then((byHost) => clearClipboard(probity, byHost));
    noted = null;
  };
  const seen = (event: ClipboardEvent) => {
    const text = copiedText(event);
    if (!text) return;
    clearTimeout(timer);
    noted = noteCopied(probity, text);
    timer = setTimeout(clear, clipboardLimit);
  };
  document.addEventListener('copy', seen);
  document.addEventListener('cut', seen);
  return () => {
    document.removeEventListener('copy', seen);
    document.removeEventListener('cut', seen);
    clear();
  };
}

/** What goes into the clipboard. Of the page itself, exactly this text: so it is known again, and takes no markup along. */
function copiedText(event: ClipboardEvent): string {
  // Not the event's target: a selection of the page that begins at a field has that field for its target.
  const { activeElement } = document;
  const { clipboardData } = event;
  if (activeElement instanceof HTMLInputElement || activeElement instanceof HTMLTextAreaElement) {
    const { value, selectionStart, selectionEnd, type } = activeElement;
    if (type === 'password') return '';
    // A check box has the focus and no text: what is selected is in the page.
    if (selectionStart !== null) return value.slice(selectionStart, selectionEnd ?? undefined);
  }
  const text = document.getSelection()?.toString() ?? '';
  if (text && clipboardData) {
    clipboardData.setData('text/plain', text);
    event.preventDefault();
  }
  return text;
}

async function noteCopied(probity: Probity, text: string): Promise<boolean> {
  return (await probity.call('clipboard.copied', { digest: await digestOfCopied(text) })).ok;
}

/**
 * By the host, which clears only what was copied here. The development host cannot: there the window writes over
 * whatever the clipboard holds, if the browser lets it.
 */
async function clearClipboard(probity: Probity, byHost: boolean): Promise<void> {
  if (byHost && (await probity.call('clipboard.clear', {})).ok) return;
  try {
    await navigator.clipboard.writeText('');
  } catch {
    notify(notCleared, 'refusal');
  }
}
