import { z } from 'zod';
import { boxOverhead } from '#shared/crypto/aead.ts';
import { toCanonicalBytes } from '#shared/crypto/canonical-json.ts';
import { type Bytes, concat, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { sha256Now } from '#shared/crypto/sha256-now.ts';
import { type SigningKey, sign, verify } from '#shared/crypto/signing.ts';
import type { Envelope } from '#shared/domain/event/envelope.ts';
import type { AuthorKey, Digest } from '#shared/kernel/ids.ts';
import { type Notice, notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { ContentKey } from './content-key.ts';
import { sealEvent } from './event-body.ts';
import { type EntryPlace, formatHeader, type Header, mostHeaderBytes, parseHeader, suite } from './header.ts';
import type { Seen } from './seen.ts';
import { hashSignedHeader } from './tree/leaf.ts';
import { bytesOf, digestOfBox, isWithdrawn, type WireBox, wireBoxSchema } from './wire-box.ts';

/** Longest sealed body that travels, in bytes: twelve of the largest steps (event-body.ts). Attachments travel as blobs. */
const mostBodyBytes = 12 * 64 * 1024 + boxOverhead;
/** Most boxes of one entry; its author's next entries may bring more. */
const mostBoxes = 256;
const signatureLength = 64;

/** An entry on the wire and in stores: a CBOR map of byte strings. The header is as its author signed it. */
export const wireEntrySchema = z.strictObject({
  header: bytesOf(2, mostHeaderBytes),
  signature: bytesOf(signatureLength, signatureLength),
  /** Null when it was withdrawn: the header has its digest. */
  body: bytesOf(1, mostBodyBytes).nullable(),
  boxes: z.array(wireBoxSchema).max(mostBoxes),
});
export type WireEntry = z.output<typeof wireEntrySchema>;

export interface Entry {
  readonly header: Header;
  readonly wire: WireEntry;
}

/** `entry-malformed`: `part` is `wire`, or as of a header. `entry-parts`: body or boxes are not those of the header. */
export type EntryFault = Notice<'entry-malformed' | 'entry-signature' | 'entry-parts'>;

/** Shape only: says nothing of signature and digests. Never throws. */
export function parseEntry(input: unknown): Result<Entry, EntryFault> {
  const wire = wireEntrySchema.safeParse(input);
  if (!wire.success) return err(notice('entry-malformed', { part: 'wire' }));
  const header = parseHeader(wire.data.header);
  if (!header.ok) return header;
  const entry = { header: header.value, wire: wire.data };
  // Nothing of the roster can be withdrawn.
  return isInClear(entry) && !isWhole(entry) ? err(notice('entry-malformed', { part: 'wire' })) : ok(entry);
}

const digestOfBoxes = (boxes: readonly WireBox[]): Digest =>
  toBase64url(sha256Now(...boxes.map(digestOfBox))) as Digest;

const line = utf8(`${suite}\n`);
/** What is signed: a line that names the format, then the header as it travels. */
const signingInput = (header: Uint8Array): Bytes => concat(line, header);

/** An entry never changes: what was found of it stands, for all who ask as a page is read. */
const verifications = new WeakMap<Entry, Promise<Result<Entry, EntryFault>>>();

/** That its author signed it, and that what is there of body and boxes is what the header says. */
export function verifyEntry(entry: Entry): Promise<Result<Entry, EntryFault>> {
  const known = verifications.get(entry) ?? verifyAnew(entry);
  verifications.set(entry, known);
  return known;
}

async function verifyAnew(entry: Entry): Promise<Result<Entry, EntryFault>> {
  const { header, wire } = entry;
  if (!(await verify(header.author, wire.signature, signingInput(wire.header)))) return err(notice('entry-signature'));
  return (await hasItsParts(entry)) ? ok(entry) : err(notice('entry-parts'));
}

/** Whether what is there of body and boxes is what the header says. */
export const hasItsParts = async ({ header, wire }: Entry): Promise<boolean> =>
  digestOfBoxes(wire.boxes) === header.boxes && (wire.body === null || (await digestOf(wire.body)) === header.body);

/** Whether nothing of it was withdrawn. */
export const isWhole = ({ wire: { body, boxes } }: Entry): boolean => body !== null && !boxes.some(isWithdrawn);

/** What chains and leaves of the tree name: SHA-256 over header and signature. Body and boxes are in the header's digests. */
export const hashEntry = ({ wire }: Entry): Digest => toBase64url(hashSignedHeader(wire)) as Digest;

export interface Unsigned {
  readonly place: EntryPlace;
  readonly event: Envelope;
  readonly key: ContentKey;
  /** Boxes of any keys that the author holds, as box.ts makes them. */
  readonly boxes: readonly WireBox[];
}

/** Seals the event, then signs the header that commits to it. */
export async function createEntry({ place, event, key, boxes }: Unsigned, author: SigningKey): Promise<Entry> {
  const start = { suite, ...place, author: author.author, key: key.id } as const;
  const { bytes: body, commitment } = await sealEvent(key, event, start);
  return signEntry(
    { ...start, body: await digestOf(body), commitment, boxes: digestOfBoxes(boxes) },
    body,
    boxes,
    author,
  );
}

/** An entry of the roster: the event in the clear. @throws TypeError when the event is no JSON value */
export async function createRosterEntry(
  { place, event, boxes }: Omit<Unsigned, 'key'>,
  author: SigningKey,
): Promise<Entry> {
  const body = toCanonicalBytes(event);
  const digest = await digestOf(body);
  const start = { suite, ...place, author: author.author, key: null } as const;
  const header = { ...start, body: digest, commitment: digest, boxes: digestOfBoxes(boxes) };
  return signEntry(header, body, boxes, author);
}

async function signEntry(header: Header, body: Bytes, boxes: readonly WireBox[], author: SigningKey): Promise<Entry> {
  const signed = formatHeader(header);
  const signature = await sign(author, signingInput(signed));
  return { header, wire: { header: signed, signature, body, boxes: [...boxes] } };
}

/** Whether it is in the clear: the roster's entries are, and no others. */
export const isInClear = ({ header }: Entry): boolean => header.key === null;

/** The last entry of an author, as far as the log was read. */
export interface AuthorTip {
  readonly hash: Digest;
  /** What its author knew then: they never know less afterwards. */
  readonly seen: Seen;
}
export type AuthorTips = ReadonlyMap<AuthorKey, AuthorTip>;

/** Whether the entry follows its author's previous one. A dropped, replayed or spliced entry does not. */
export const followsItsAuthor = (tips: AuthorTips, { header }: Entry): boolean =>
  (tips.get(header.author)?.hash ?? null) === header.prev;
