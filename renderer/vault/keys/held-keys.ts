import { SealBroken } from '#shared/crypto/aead.ts';
import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import type { ContentKeyId, GenerationId, Position, StreamId } from '#shared/kernel/ids.ts';
import { type Box, type BoxKeys, openBox, parseBox } from '#shared/log/box.ts';
import { type ContentKey, makerOf } from '#shared/log/content-key.ts';
import type { Entry } from '#shared/log/entry.ts';

/** A content key that a member could open, and since when all who hold a generation can. */
export interface HeldKey extends ContentKey {
  /** The earliest box of it for a generation. Null when there is none: it is for single devices. */
  readonly shared: { readonly since: Position; readonly generation: GenerationId } | null;
}

/** The content keys of one stream that a member holds. */
export type StreamKeys = readonly HeldKey[];
export const noKeys: StreamKeys = [];

export const findKey = (keys: StreamKeys, id: ContentKeyId): HeldKey | null =>
  keys.find((key) => key.id === id) ?? null;

/** With one more; a key that is known already keeps the earliest box for a generation. */
function withKey(keys: StreamKeys, key: HeldKey): StreamKeys {
  const known = findKey(keys, key.id);
  if (!known) return [...keys, key];
  const earlier = !known.shared || (key.shared && key.shared.since < known.shared.since);
  return earlier && key.shared ? keys.map((each) => (each === known ? { ...known, shared: key.shared } : each)) : keys;
}

/** The content keys of several streams, while they are being gathered. */
export class KeysByStream {
  readonly #streams = new Map<StreamId, StreamKeys>();
  readonly #lacked: Set<ContentKeyId>;

  /** @param lacked content keys that were met before, and that this member cannot open */
  constructor(lacked: Iterable<ContentKeyId> = []) {
    this.#lacked = new Set(lacked);
  }

  /** What is known of a stream before anything is added. */
  begin(stream: StreamId, keys: StreamKeys): void {
    this.#streams.set(stream, keys);
  }

  of(stream: StreamId): StreamKeys {
    return this.#streams.get(stream) ?? noKeys;
  }

  add(key: HeldKey): void {
    this.#streams.set(key.stream, withKey(this.of(key.stream), key));
  }

  addAll(keys: StreamKeys): void {
    for (const key of keys) this.add(key);
  }

  /** Notes a content key that is boxed for a generation that this member does not hold. */
  lack(id: ContentKeyId): void {
    this.#lacked.add(id);
  }

  get lacked(): ReadonlySet<ContentKeyId> {
    return this.#lacked;
  }

  get streams(): Iterable<StreamId> {
    return this.#streams.keys();
  }
}

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

/** The content keys that an entry's boxes bring to this member. One that does not open brings none. */
export async function openBoxes(boxes: readonly Box[], position: Position, keys: BoxKeys): Promise<StreamKeys> {
  const opened = await Promise.all(
    boxes.map(async (box): Promise<readonly HeldKey[]> => {
      const key = await openBox(box, keys).catch((error: unknown) => {
        if (error instanceof SealBroken) return null;
        throw error;
      });
      if (!key) return [];
      const shared = 'generation' in box.to ? { since: position, generation: box.to.generation } : null;
      return [{ ...key, shared }];
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
