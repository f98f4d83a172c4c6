import { z } from 'zod';
import { fromCanonicalJson, toCanonicalBytes } from '#shared/crypto/canonical-json.ts';
import { type Bytes, fromUtf8 } from '#shared/crypto/encoding.ts';
import { authorKeySchema, digestSchema } from '#shared/crypto/key-schemas.ts';
import { caseIdSchema, contentKeyIdSchema, entryIdSchema, generationIdSchema } from '#shared/domain/event/fields.ts';
import { type UnitId, uuidOf } from '#shared/kernel/ids.ts';
import { type Notice, notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { seenSchema } from './seen.ts';

export { contentKeyIdSchema, entryIdSchema, generationIdSchema };
export const streamIdSchema = caseIdSchema;
export const unitIdSchema = z
  .string()
  .regex(uuidOf(4))
  .transform((id) => id as UnitId);

/** Names the format and all its algorithms: Ed25519, SHA-256, AES-256-GCM, HPKE with X-Wing. */
export const suite = 'probity-entry/2';

/**
 * The cleartext of entry format 2, which its author signs. It commits to body and boxes by their digests only, so that
 * both can be withdrawn and every signature still verifies. What the endpoint and a reader of the wire learn is here and
 * in the sizes; see docs/threat-model.md.
 */
export const headerSchema = z
  .strictObject({
    suite: z.literal(suite),
    /** Also the idempotency key of a push. */
    id: entryIdSchema,
    unit: unitIdSchema,
    stream: streamIdSchema,
    /** The device that signs. */
    author: authorKeySchema,
    /** Hash of this device's previous entry in this unit; null for the first. A chain that no one else can splice. */
    prev: digestSchema.nullable(),
    /** What the author knew: the log that this entry was based on. Never less than in the device's previous entry. */
    seen: seenSchema,
    /** The content key that opens the body. Null for an entry of the roster, whose body is in the clear. */
    key: contentKeyIdSchema.nullable(),
    /** SHA-256 of the body: nonce, ciphertext and tag, or the text of a roster entry. */
    body: digestSchema,
    /** SHA-256 of salt and event (event-body.ts): one event can be shown and proved without a key. */
    commitment: digestSchema,
    /** SHA-256 over the digests of the boxes, in their order. */
    boxes: digestSchema,
  })
  // In the clear there is nothing to salt: the body is the event.
  .refine(({ key, body, commitment }) => key !== null || body === commitment, { path: ['commitment'] });
export type Header = z.output<typeof headerSchema>;
/** What stands before the body is sealed, and is bound to it. */
export type HeaderPlace = Pick<Header, 'suite' | 'id' | 'unit' | 'stream' | 'author' | 'key'>;
/** What the header says of an entry before there is a body. */
export type EntryPlace = Pick<Header, 'id' | 'unit' | 'stream' | 'prev' | 'seen'>;

/** Most bytes of a header. */
export const mostHeaderBytes = 2048;

/** The canonical bytes: as they are signed and travel. */
export const formatHeader = (header: Header): Bytes => toCanonicalBytes(header);

/** `part` is `encoding`, `suite` (an entry of a newer Probity) or `header`; `fields` names those that are wrong. */
export type HeaderFault = Notice<'entry-malformed'>;

/** Never throws. */
export function parseHeader(bytes: Uint8Array): Result<Header, HeaderFault> {
  let value: unknown;
  try {
    value = fromCanonicalJson(fromUtf8(bytes));
  } catch {
    return err(notice('entry-malformed', { part: 'encoding' }));
  }
  const parsed = headerSchema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || '(whole)');
  return err(notice('entry-malformed', { part: fields.includes('suite') ? 'suite' : 'header', fields }));
}
