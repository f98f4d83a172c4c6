import type { WireEntry } from '#shared/log/entry.ts';
import { mostEntries } from './wire.ts';

/** Most characters in one push, well under the endpoint's limit for a request body. */
const mostCharacters = 2 * 1024 * 1024;

/** The entries at the front of the outbox that travel together, in order: at least one when there is any. */
export function planPush(outbox: readonly WireEntry[]): readonly WireEntry[] {
  let characters = 0;
  let count = 0;
  for (const entry of outbox.slice(0, mostEntries)) {
    characters += entry.protected.length + entry.payload.length + entry.signature.length;
    if (count > 0 && characters > mostCharacters) break;
    count += 1;
  }
  return outbox.slice(0, count);
}
