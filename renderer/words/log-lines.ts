import type { LogLine, Unread } from '#renderer/vault/log-api.ts';
import { eventLabels } from './event-labels.ts';

/** Why the log does not say here what an entry is. */
const unreadWords: Readonly<Record<Unread, string>> = {
  sealed: 'Cannot be read here: it is for others, or its key has not come.',
  withdrawn: 'Its content was withdrawn.',
  newer: 'Written by a newer Probity: it takes effect after the update.',
  void: 'Counts for nothing, and was not opened.',
  faulty: 'Does not verify: see the warnings.',
};

/** What an entry is, in one line. */
export function sayLogLine({ what }: LogLine): string {
  if ('unread' in what) return unreadWords[what.unread];
  return what.counts ? eventLabels[what.type] : `${eventLabels[what.type]}. It changed nothing.`;
}
