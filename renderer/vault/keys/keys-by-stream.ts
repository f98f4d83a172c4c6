import type { ContentKeyId, StreamId } from '#shared/kernel/ids.ts';
import { earlier, findKey, type HeldKey, type LackedKey, noKeys, type Shared, type StreamKeys } from './held-keys.ts';

/** With one more; a key that is known already keeps the earliest box for a generation, and where it was boxed to this device. */
function withKey(keys: StreamKeys, key: HeldKey): StreamKeys {
  const known = findKey(keys, key.id);
  if (!known) return [...keys, key];
  const shared = earlier(known.shared, key.shared);
  const alone = [...new Set([...(known.alone ?? []), ...(key.alone ?? [])])];
  if (shared === known.shared && alone.length === (known.alone?.length ?? 0)) return keys;
  return keys.map((each) => (each === known ? { ...known, shared, ...(alone.length > 0 && { alone }) } : each));
}

/** The content keys of several streams, while they are being gathered in the order of the log. */
export class KeysByStream {
  readonly #streams = new Map<StreamId, StreamKeys>();
  readonly #lacked: Map<ContentKeyId, LackedKey>;
  readonly #readers = new Map<StreamId, Shared>();
  readonly #late = new Set<StreamId>();

  /** @param lacked those that were met before */
  constructor(lacked: readonly LackedKey[] = []) {
    this.#lacked = new Map(lacked.map((key) => [key.id, key]));
    for (const { stream, shared } of lacked) this.noteReaders(stream, shared);
  }

  /** What is known of a stream before anything is added. */
  begin(stream: StreamId, keys: StreamKeys): void {
    this.#streams.set(stream, keys);
    for (const { shared } of keys) this.noteReaders(stream, shared);
  }

  of(stream: StreamId): StreamKeys {
    return this.#streams.get(stream) ?? noKeys;
  }

  add(key: HeldKey): void {
    const met = this.#lacked.get(key.id)?.shared ?? null;
    if (this.#lacked.delete(key.id)) this.#late.add(key.stream);
    const shared = earlier(met, key.shared);
    this.noteReaders(key.stream, shared);
    this.#streams.set(key.stream, withKey(this.of(key.stream), { ...key, shared }));
  }

  addAll(keys: StreamKeys): void {
    for (const key of keys) this.add(key);
  }

  /** Notes a box for a generation that this member does not hold. */
  lack(key: LackedKey): void {
    const { id, stream, shared } = key;
    this.noteReaders(stream, shared);
    const known = findKey(this.of(stream), id);
    if (known) this.#streams.set(stream, withKey(this.of(stream), { ...known, shared }));
    else if (!this.#lacked.has(id)) this.#lacked.set(id, key);
  }

  /** The streams beside whose entries keys of this one were boxed to this member's device alone. */
  aloneIn(stream: StreamId): readonly StreamId[] {
    return [...new Set(this.of(stream).flatMap(({ alone = [] }) => alone))];
  }

  /** For whom a stream is: the earliest box for a generation of any key of it. Null where there is none. */
  readersOf(stream: StreamId): Shared | null {
    return this.#readers.get(stream) ?? null;
  }

  /** Notes a box for a generation of some key of it. */
  noteReaders(stream: StreamId, shared: Shared | null): void {
    const first = earlier(this.readersOf(stream), shared);
    if (first) this.#readers.set(stream, first);
  }

  /** A stream that is not for this member any more: of its keys only the word that there are such stays. */
  forget(stream: StreamId): void {
    for (const { id, shared } of this.of(stream)) if (shared) this.#lacked.set(id, { id, stream, shared });
    this.#streams.set(stream, noKeys);
  }

  lackedKey(id: ContentKeyId): LackedKey | null {
    return this.#lacked.get(id) ?? null;
  }

  get lacked(): readonly LackedKey[] {
    return [...this.#lacked.values()];
  }

  get streams(): Iterable<StreamId> {
    return this.#streams.keys();
  }

  /** Streams of which a key came after entries that are under it: those are to be read again. */
  get late(): ReadonlySet<StreamId> {
    return this.#late;
  }
}
