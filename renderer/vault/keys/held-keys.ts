import { SealBroken } from '#shared/crypto/aead.ts';
import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import type { ContentKeyId, GenerationId, Position, StreamId } from '#shared/kernel/ids.ts';
import { type Box, type BoxKeys, openBox, parseBox } from '#shared/log/box.ts';
import { type ContentKey, makerOf } from '#shared/log/content-key.ts';
import type { Entry } from '#shared/log/entry.ts';

/**
 * For whom a key is: the earliest box of it for a generation. It stands in the clear, so all agree on it, whether or not
 * they can open that one.
 */
export interface Shared {
  readonly since: Position;
  readonly generation: GenerationId;
}

/** Of two, the earlier; of two at one position, the first. */
export const earlier = (one: Shared | null, other: Shared | null): Shared | null =>
  one && (!other || one.since <= other.since) ? one : other;

/** A content key that a member could open. */
export interface HeldKey extends ContentKey {
  /** Null when there is no box of it for a generation: it is for single devices. */
  readonly shared: Shared | null;
}

/** A content key that was met and that a member cannot open: its earliest box is for a generation that they do not hold. */
export interface LackedKey {
  readonly id: ContentKeyId;
  readonly stream: StreamId;
  readonly shared: Shared;
}

/** The content keys of one stream that a member holds. */
export type StreamKeys = readonly HeldKey[];
export const noKeys: StreamKeys = [];

export const findKey = (keys: StreamKeys, id: ContentKeyId): HeldKey | null =>
  keys.find((key) => key.id === id) ?? null;

/** Ingest asks twice of each entry: which streams it touches, and which keys it brings. */
const parsed = new WeakMap<Entry, readonly Box[]>();

/**
 * The boxes of an entry that count: of keys that its author made. A key's id only claims a maker, and a box may be sealed
 * by anybody: else an outsider's key in a member's name would be written under, and read by that outsider.
 */
export function boxesOf(entry: Entry): readonly Box[] {
  const boxes = parsed.get(entry) ?? parseBoxes(entry);
  parsed.set(entry, boxes);
  return boxes;
}

const parseBoxes = ({ header, wire }: Entry): readonly Box[] =>
  wire.boxes.flatMap((bytes) => {
    if ('withdrawn' in bytes) return [];
    try {
      const box = parseBox(bytes);
      return makerOf(box.key) === header.author ? [box] : [];
    } catch {
      return [];
    }
  });

/** What a box brings to a member: a key, or the word that there is one that they cannot open. */
export type MetKey =
  | { readonly kind: 'held'; readonly key: HeldKey }
  | { readonly kind: 'lacked'; readonly key: LackedKey };

/** What an entry's boxes bring, in their order. One that does not open, to somebody whom it is for, brings nothing. */
export async function openBoxes(boxes: readonly Box[], position: Position, keys: BoxKeys): Promise<readonly MetKey[]> {
  const opened = await Promise.all(
    boxes.map(async (box): Promise<readonly MetKey[]> => {
      const shared = 'generation' in box.to ? { since: position, generation: box.to.generation } : null;
      if (shared && !keys.generation(shared.generation)) {
        return [{ kind: 'lacked', key: { id: box.key, stream: box.stream, shared } }];
      }
      const key = await openBox(box, keys).catch((error: unknown) => {
        if (error instanceof SealBroken) return null;
        throw error;
      });
      return key ? [{ kind: 'held', key: { ...key, shared } }] : [];
    }),
  );
  return opened.flat();
}

/** As they are stored, under a seal. */
export type StoredKey = readonly [
  id: ContentKeyId,
  raw: string,
  since: Position | null,
  generation: GenerationId | null,
];

export const toStoredKeys = (keys: StreamKeys): readonly StoredKey[] =>
  keys.map(({ id, raw, shared }) => [id, toBase64url(raw), shared?.since ?? null, shared?.generation ?? null]);

export const fromStoredKeys = (stream: StreamId, stored: readonly StoredKey[]): StreamKeys =>
  stored.map(([id, raw, since, generation]) => {
    const shared = since !== null && generation !== null ? { since, generation } : null;
    return { id, stream, raw: fromBase64url(raw), shared };
  });
