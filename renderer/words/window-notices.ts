import type { WindowNoticeCode } from '#shared/bridge/contract.ts';
import type { Catalogue } from './catalogue.ts';

const kept = 'Everything that was saved is kept, and so is what you were typing until about a second before';

/** What became of the window, for whoever unlocks next: what happened, what is safe, what to do next. */
export const windowNotices: Catalogue<WindowNoticeCode> = {
  'idle-behind-dialog':
    'Locked because nobody used it for 10 minutes. What you typed is kept. If a dialog of Probity is still open, close it.',
  'locked-with-system': 'Locked with the system. What you typed is kept.',
  'window-failed': `The window of Probity failed and was opened anew. ${kept}. Unlock to go on.`,
  'window-helper-failed': `A part of Probity failed and was started again, so Probity locked. ${kept}. Unlock to go on.`,
  'window-out-of-memory': `The window of Probity ran out of memory and was opened anew. ${kept}. Close other programs, then unlock to go on.`,
  'window-unresponsive': `The window of Probity did not answer and was opened anew. ${kept}. Unlock to go on.`,
};
