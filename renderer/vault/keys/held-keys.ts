import { SealBroken } from '#shared/crypto/aead.ts';
import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import type { AuthorKey, ContentKeyId, GenerationId, Position, StreamId } from '#shared/kernel/ids.ts';
import { type Box, type BoxKeys, openBox, parseBox } from '#shared/log/box.ts';
import { type ContentKey, makerOf } from '#shared/log/content-key.ts';
import { type Entry, isInClear } from '#shared/log/entry.ts';

/**
 * For whom a key is: the earliest box of it for a generation, beside an entry of its maker. Its label stands in the clear, so
 * all agree on it, whether or not they can open that box, and also after it was withdrawn.
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
  /** Streams beside whose entries it was boxed to this member's device alone; absent where there are none. */
  readonly alone?: readonly StreamId[];
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

/** A box beside an entry. */
export interface EntryBox extends Box {
  /** Of a key that the entry's author made. */
  readonly byMaker: boolean;
  /** The stream of the entry. */
  readonly beside: StreamId;
}

/** Ingest asks twice of each entry: which streams it touches, and which keys it brings. */
const parsed = new WeakMap<Entry, readonly EntryBox[]>();

/**
 * The boxes of content keys beside an entry. Whoever holds a key may pass it on in a box, and what is under it can then be
 * read. For whom it was made, only its maker's boxes say: a key's id only claims a maker, and an outsider's key in a member's
 * name would be written under, and read by that outsider. Beside an entry of the roster there are none: nothing of the roster
 * can be withdrawn.
 */
export function boxesOf(entry: Entry): readonly EntryBox[] {
  const boxes = parsed.get(entry) ?? parseBoxes(entry);
  parsed.set(entry, boxes);
  return boxes;
}

function parseBoxes(entry: Entry): readonly EntryBox[] {
  const { header, wire } = entry;
  if (isInClear(entry)) return [];
  return wire.boxes.flatMap((each) => {
    const box = parseBox(each);
    return box ? [{ ...box, byMaker: makerOf(box.key) === header.author, beside: header.stream }] : [];
  });
}

/** The devices that entries bring a content key to alone. */
export const devicesIn = (entries: readonly Entry[]): readonly AuthorKey[] =>
  entries.flatMap(boxesOf).flatMap(({ to }) => ('device' in to ? [to.device] : []));

/** What a box brings to a member: a key, or the word that there is one that they cannot open. */
export type MetKey =
  | { readonly kind: 'held'; readonly key: HeldKey }
  | { readonly kind: 'lacked'; readonly key: LackedKey };

/** What an entry's boxes bring, in their order. One that does not open, to somebody whom it is for, brings nothing. */
export async function openBoxes(
  boxes: readonly EntryBox[],
  position: Position,
  keys: BoxKeys,
): Promise<readonly MetKey[]> {
  const opened = await Promise.all(
    boxes.map(async (box): Promise<readonly MetKey[]> => {
      const generation = 'generation' in box.to ? box.to.generation : null;
      const shared = box.byMaker && generation ? { since: position, generation } : null;
      const isShut = box.sealed === null || (generation !== null && !keys.generation(generation));
      if (isShut) return shared ? [{ kind: 'lacked', key: { id: box.key, stream: box.stream, shared } }] : [];
      const key = await openBox(box, keys).catch((error: unknown) => {
        if (error instanceof SealBroken) return null;
        throw error;
      });
      if (!key) return [];
      return [{ kind: 'held', key: { ...key, shared, ...(generation === null && { alone: [box.beside] }) } }];
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
  ...alone: StreamId[],
];

export const toStoredKeys = (keys: StreamKeys): readonly StoredKey[] =>
  keys.map(({ id, raw, shared, alone = [] }) => [
    ...([id, toBase64url(raw), shared?.since ?? null, shared?.generation ?? null] as const),
    ...alone,
  ]);

export const fromStoredKeys = (stream: StreamId, stored: readonly StoredKey[]): StreamKeys =>
  stored.map(([id, raw, since, generation, ...alone]) => {
    const shared = since !== null && generation !== null ? { since, generation } : null;
    return { id, stream, raw: fromBase64url(raw), shared, ...(alone.length > 0 && { alone }) };
  });
