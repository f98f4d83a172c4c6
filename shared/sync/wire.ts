import { z } from 'zod';
import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { lastInstant } from '#shared/kernel/last-instant.ts';
import { type WireEntry, wireEntrySchema } from '#shared/log/entry.ts';
import { entryIdSchema } from '#shared/log/header.ts';
import { boxLength } from '#shared/log/wire-box.ts';

/** Most entries in one push; a page that is asked for without a limit ends at about as many. */
export const mostEntries = 500;
/** A page ends where a push ended, so it may have some more than were asked for. */
const mostPageEntries = 2 * mostEntries;

const position = z.int().min(1);
/** A signed note (c2sp.org/tlog-checkpoint). */
export const signedCheckpointSchema = z
  .string()
  .min(1)
  .max(16 * 1024);

export const pageSchema = z.strictObject({
  /** Entries after the asked position, in order, without gaps. */
  entries: z
    .array(
      z.strictObject({
        position,
        entry: wireEntrySchema,
        /** When the endpoint took it in: milliseconds since 1970, as its leaf has it. */
        at: z.int().min(0).max(lastInstant),
      }),
    )
    .max(mostPageEntries),
  /** The signed checkpoint at the last of `entries`; at the log's end when there are none. */
  checkpoint: signedCheckpointSchema,
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

/** Most entries of a roster that is asked for by another unit. */
const mostRosterEntries = 10_000;
/** Most bytes of a roster that a host passes on. */
export const mostRosterMessage = 16 * 1024 * 1024;

const rosterSchema = z.strictObject({
  entries: z.array(wireEntrySchema).max(mostRosterEntries),
  /** That the log's last leaf is under the endpoint's checkpoint (c2sp.org/tlog-proof): its roster head tells whether these are all. */
  proof: z.string().max(64 * 1024),
});
/** A unit's roster as its log has it, whole and in order, for another unit to fold. */
export type WireRoster = z.output<typeof rosterSchema>;

/** Pages and pushes travel as CBOR: an entry is bytes. */
export const cborType = 'application/cbor';

/** Most bytes of entries in one push, well under the endpoint's limit for a request body. */
const mostPushBytes = 2 * 1024 * 1024;
/** Most bytes of a push that a host passes on: entries, the last one as large as they come, and what stands around them. */
export const mostPushMessage = 4 * 1024 * 1024;
/** Most bytes of a page that a host passes on. */
export const mostPageMessage = 32 * 1024 * 1024;

/** Bytes that an entry's parts have, without what CBOR puts around them. */
export const entryLength = ({ header, signature, body, boxes }: WireEntry): number =>
  header.length + signature.length + (body?.length ?? 0) + boxes.reduce((sum, box) => sum + boxLength(box), 0);

/** The entries at the front of the outbox that travel together, in order: at least one when there is any. */
export function planPush(outbox: readonly WireEntry[]): readonly WireEntry[] {
  let bytes = 0;
  let count = 0;
  for (const entry of outbox.slice(0, mostEntries)) {
    bytes += entryLength(entry);
    if (count > 0 && bytes > mostPushBytes) break;
    count += 1;
  }
  return outbox.slice(0, count);
}

export const formatPage = (page: Page): Bytes => toCbor(page);
export const formatRoster = (roster: WireRoster): Bytes => toCbor(roster);
export const formatPush = (push: Push): Bytes => toCbor(push);

const parseCbor = <Schema extends z.ZodType>(schema: Schema, bytes: Uint8Array): z.output<Schema> | null => {
  try {
    return schema.safeParse(fromCbor(bytes)).data ?? null;
  } catch {
    return null;
  }
};

/** Null when the bytes are no page. Never throws. */
export const parsePage = (bytes: Uint8Array): Page | null => parseCbor(pageSchema, bytes);
/** Null when the bytes are no roster. Never throws. */
export const parseRoster = (bytes: Uint8Array): WireRoster | null => parseCbor(rosterSchema, bytes);
/** Null when the bytes are no push. Never throws. */
export const parsePush = (bytes: Uint8Array): Push | null => parseCbor(pushSchema, bytes);
