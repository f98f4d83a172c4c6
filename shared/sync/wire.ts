import { z } from 'zod';
import { type WireEntry, wireEntrySchema } from '#shared/log/entry.ts';
import { signedHeadSchema } from '#shared/log/head.ts';
import { entryIdSchema } from '#shared/log/header.ts';

/** Most entries in one page or one push. */
export const mostEntries = 500;

const position = z.int().min(1);

export const pageSchema = z.strictObject({
  /** Entries after the asked position, in order, without gaps. */
  entries: z.array(z.strictObject({ position, entry: wireEntrySchema })).max(mostEntries),
  /** Signed head at the last of `entries` (at the asked position when there are none). */
  head: signedHeadSchema,
  /** Where the log ends now: a hint for progress, proven only when reached. */
  end: z.int().min(0),
});
export type Page = z.output<typeof pageSchema>;

export const pushSchema = z.strictObject({ entries: z.array(wireEntrySchema).min(1).max(mostEntries) });
export type Push = z.output<typeof pushSchema>;

export const pushReplySchema = z.strictObject({
  /** In the order that was sent; an entry sent before keeps the position that it has. */
  accepted: z.array(z.strictObject({ id: entryIdSchema, position })),
});
export type PushReply = z.output<typeof pushReplySchema>;

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
