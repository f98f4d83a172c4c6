import { create } from 'zustand';

/** A refusal stays until it is dismissed or something else is said; the rest goes by itself. */
export type NoticeTone = 'done' | 'refusal';

interface NoticeStore {
  readonly notice: { readonly text: string; readonly tone: NoticeTone; readonly number: number } | null;
}

export const useNotice = create<NoticeStore>(() => ({ notice: null }));

let count = 0;

/** Says one thing to the member, on the screen and to a screen reader. Never narrative, never a passphrase. */
export function notify(text: string, tone: NoticeTone = 'done'): void {
  count += 1;
  useNotice.setState({ notice: { text, tone, number: count } });
}

export const dismissNotice = (): void => useNotice.setState({ notice: null });
