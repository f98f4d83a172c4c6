/** Opaque identifiers. All are UUIDs (RFC 9562) or public keys; none says anything about a person or a case. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** UUIDv7 of a log entry; also its idempotency key. */
export type EntryId = Branded<'EntryId'>;
/** Random UUID (v4) of a stream: one case, the unit, or one member's audit. For a case it is the case id. */
export type StreamId = Branded<'StreamId'>;
export type UnitId = Branded<'UnitId'>;
export type MemberId = Branded<'MemberId'>;
/** Of a circle of readers that a unit made for itself. */
export type CircleId = Branded<'CircleId'>;
/** Base64url of a raw 32-byte Ed25519 public key (RFC 8032). The key is its own id: no registry stands between the two. */
export type AuthorKey = Branded<'AuthorKey'>;
/** Base64url of a SHA-256 digest. */
export type Digest = Branded<'Digest'>;
/** Place of a confirmed entry in its unit's log: 1, 2, 3 ... 0 means "before the first". */
export type Position = number;
/** Of a content key: the device that made it, a full stop, and a hash that commits to the key (shared/log/content-key.ts). */
export type ContentKeyId = Branded<'ContentKeyId'>;
/** Of a generation of a scope: base64url of the SHA-256 of its public key. */
export type GenerationId = Branded<'GenerationId'>;
/** UUIDv7 of an event: kept when it is signed again, so that it takes effect once. */
export type EventId = Branded<'EventId'>;

const hex = '[0-9a-f]';
/**
 * How a UUID of a version is written. In small letters: an id has one form, so that two spellings cannot be two entries
 * or two cases.
 */
export const uuidOf = (version: 4 | 7): RegExp =>
  new RegExp(`^${hex}{8}-${hex}{4}-${version}${hex}{3}-[89ab]${hex}{3}-${hex}{12}$`);
