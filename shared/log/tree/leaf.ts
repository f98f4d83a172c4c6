import { type Bytes, concat } from '#shared/crypto/encoding.ts';
import { sha256Now } from '#shared/crypto/sha256-now.ts';
import { lastInstant } from '#shared/kernel/last-instant.ts';
import { type Notice, notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { hashLength } from './tree-hash.ts';

/** What the log says of one entry: 72 bytes, of which the tree keeps the hash. */
export interface Leaf {
  /** Hash of the entry, 32 bytes. */
  readonly entry: Bytes;
  /** When the endpoint took it in: milliseconds since 1970, UTC. Never goes back from one leaf to the next. */
  readonly arrivedAt: number;
  /** Of the roster as it stands with this entry, 32 bytes. */
  readonly rosterHead: Bytes;
}

const timeLength = 8;
const leafLength = hashLength + timeLength + hashLength;

/** What was signed: the header as it travels, and the 64 bytes of the author's signature. */
export interface SignedHeader {
  readonly header: Uint8Array;
  readonly signature: Uint8Array;
}

/** The entry's hash: over header and signature, so that a second signature of one header is another entry. */
export const hashSignedHeader = ({ header, signature }: SignedHeader): Bytes => sha256Now(header, signature);

/** Entry hash, time (unsigned, big-endian), roster head. @throws RangeError when the time is none that `parseLeaf` takes */
export function formatLeaf({ entry, arrivedAt, rosterHead }: Leaf): Bytes {
  if (!Number.isInteger(arrivedAt) || arrivedAt < 0 || arrivedAt > lastInstant)
    throw new RangeError('Not a time of arrival.');
  const time = new Uint8Array(timeLength);
  new DataView(time.buffer).setBigUint64(0, BigInt(arrivedAt));
  return concat(entry, time, rosterHead);
}

/** Never throws. */
export function parseLeaf(bytes: Uint8Array): Result<Leaf, Notice<'leaf-malformed'>> {
  const malformed = err(notice('leaf-malformed'));
  if (bytes.length !== leafLength) return malformed;
  const whole = concat(bytes);
  const arrivedAt = Number(new DataView(whole.buffer).getBigUint64(hashLength));
  if (arrivedAt > lastInstant) return malformed;
  return ok({ entry: whole.slice(0, hashLength), arrivedAt, rosterHead: whole.slice(hashLength + timeLength) });
}

/** What the next leaf goes on from. */
export type LeafGround = Pick<Leaf, 'arrivedAt' | 'rosterHead'>;

/** Of a log without entries of the roster. */
export const emptyRosterHead: Bytes = new Uint8Array(hashLength);

/** With one more entry of the roster. @param entry its hash */
export const nextRosterHead = (head: Bytes, entry: Bytes): Bytes => sha256Now(head, entry);

/**
 * The leaf that follows `previous`, which is null for the first. A clock that went back stands still in the log.
 * @param at the endpoint's clock, milliseconds
 */
export function nextLeaf(previous: LeafGround | null, entry: Bytes, ofRoster: boolean, at: number): Leaf {
  const head = previous?.rosterHead ?? emptyRosterHead;
  return {
    entry,
    arrivedAt: Math.max(previous?.arrivedAt ?? 0, at),
    rosterHead: ofRoster ? nextRosterHead(head, entry) : head,
  };
}
