import { z } from 'zod';
import { authorKeySchema, digestSchema } from '#shared/crypto/key-schemas.ts';
import type { EntryId, StreamId, UnitId } from '#shared/kernel/ids.ts';

export const entryIdSchema = z.uuidv7().transform((id) => id as EntryId);
const streamIdSchema = z.uuidv4().transform((id) => id as StreamId);
export const unitIdSchema = z.uuidv4().transform((id) => id as UnitId);

/** How an entry's body is sealed: with a content key that readers hold, or to a public key (crypto/public-box.ts). */
const sealings = ['A256GCM', 'HPKE-XWING-A256GCM'] as const;

/**
 * The cleartext header of entry format 1: a JWS protected header (RFC 7515). What the endpoint and a reader of the
 * wire learn is here and in the sizes; see docs/threat-model.md.
 */
export const headerSchema = z.strictObject({
  alg: z.literal('Ed25519'),
  typ: z.literal('probity-entry+1'),
  id: entryIdSchema,
  unit: unitIdSchema,
  stream: streamIdSchema,
  author: authorKeySchema,
  /** Hash of this author's previous entry in this unit; null for the first. A chain that no one else can splice. */
  prev: digestSchema.nullable(),
  /** Log position that the author had applied when writing: what this entry was based on. */
  seen: z.int().min(0),
  enc: z.enum(sealings),
  /** Id of the content key, or of the public sealing key. */
  kid: z.string().min(1).max(100),
});

export type Header = z.output<typeof headerSchema>;
