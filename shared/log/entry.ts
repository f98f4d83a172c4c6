import { z } from 'zod';
import { type Bytes, fromBase64url, fromBytes, toBase64url, toBytes, utf8 } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { type SigningKey, sign, verify } from '#shared/crypto/signing.ts';
import type { AuthorKey, Digest } from '#shared/kernel/ids.ts';
import { type Notice, notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { type Header, headerSchema } from './header.ts';

/** Longest sealed body that travels, in base64url characters (750 KiB of bytes). Attachments travel as blobs. */
const mostPayload = 1024 * 1024;

/** An entry on the wire: a JWS in flattened JSON serialisation (RFC 7515 section 7.2.2). Any JOSE library verifies it. */
export const wireEntrySchema = z.strictObject({
  protected: z.string().min(1).max(1024),
  payload: z.string().min(1).max(mostPayload),
  // 64 bytes leave 4 bits of the last character unused: any but zeros would be the same signature with another hash.
  signature: z.string().regex(/^[A-Za-z0-9_-]{85}[AQgw]$/),
});
export type WireEntry = z.output<typeof wireEntrySchema>;

export interface Entry {
  readonly header: Header;
  readonly wire: WireEntry;
}

/** `entry-malformed`: `part` is `wire`, `encoding` or `header`; `fields` names those of the header. */
export type EntryFault = Notice<'entry-malformed' | 'entry-signature'>;

/** Additional authenticated data of the body, and the left half of what is signed: the header's exact characters. */
const context = (protectedHeader: string): Bytes => utf8(protectedHeader);
const signingInput = (protectedHeader: string, payload: string): Bytes => utf8(`${protectedHeader}.${payload}`);

/** Shape only: says nothing of the signature. Never throws. */
export function parseEntry(input: unknown): Result<Entry, EntryFault> {
  const wire = wireEntrySchema.safeParse(input);
  if (!wire.success) return err(notice('entry-malformed', { part: 'wire' }));
  let decoded: unknown;
  try {
    decoded = fromBytes(fromBase64url(wire.data.protected));
  } catch {
    return err(notice('entry-malformed', { part: 'encoding' }));
  }
  const header = headerSchema.safeParse(decoded);
  if (!header.success) {
    const fields = header.error.issues.map((issue) => issue.path.join('.') || '(whole)');
    return err(notice('entry-malformed', { part: 'header', fields }));
  }
  return ok({ header: header.data, wire: wire.data });
}

export async function verifyEntry(entry: Entry): Promise<Result<Entry, EntryFault>> {
  const { protected: head, payload, signature } = entry.wire;
  const genuine = await verify(entry.header.author, fromBase64url(signature), signingInput(head, payload));
  if (genuine) return ok(entry);
  return err(notice('entry-signature'));
}

/** What author chains and log heads link: SHA-256 over header, body and signature as they travel. */
export const hashEntry = ({ wire }: Entry): Promise<Digest> =>
  digestOf(utf8(`${wire.protected}.${wire.payload}.${wire.signature}`));

/** Seals with `sealBody` (given the authenticated context), then signs header and ciphertext. */
export async function createEntry(
  header: Omit<Header, 'alg' | 'typ' | 'author'>,
  key: SigningKey,
  sealBody: (context: Bytes) => Promise<Bytes>,
): Promise<Entry> {
  const whole: Header = { alg: 'Ed25519', typ: 'probity-entry+1', ...header, author: key.author };
  const head = toBase64url(toBytes(whole));
  const payload = toBase64url(await sealBody(context(head)));
  const signature = toBase64url(await sign(key, signingInput(head, payload)));
  return { header: whole, wire: { protected: head, payload, signature } };
}

/** The sealed body and the context that it opens in. @throws TypeError when the payload is not base64url */
export const sealedBody = ({ wire }: Entry): { payload: Bytes; context: Bytes } => ({
  payload: fromBase64url(wire.payload),
  context: context(wire.protected),
});

/** Hash of the last entry of each author, as far as the log was read. */
export type AuthorTips = ReadonlyMap<AuthorKey, Digest>;

/** Whether the entry follows its author's previous one. A dropped, replayed or spliced entry does not. */
export const followsItsAuthor = (tips: AuthorTips, { header }: Entry): boolean =>
  (tips.get(header.author) ?? null) === header.prev;
