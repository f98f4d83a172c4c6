import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { indexedCase } from '../cases/case-index.ts';
import { keysOfStream, readIndexed } from '../cases/current-case.ts';
import type { StreamKeys } from '../keys/held-keys.ts';
import type { KeysByStream } from '../keys/keys-by-stream.ts';
import type { OpenVault } from '../open-vault.ts';

export interface StreamBefore {
  /** Null when the stream is no case yet. */
  readonly state: CaseState | null;
  readonly keys: StreamKeys;
}

/** What is known of streams before a stretch of the log is folded onto them: each is read once, with its keys. */
export class StreamsBefore {
  readonly #vault: OpenVault;
  readonly #keys: KeysByStream;
  readonly #known = new Map<StreamId, StreamBefore>();

  /** @param keys that are gathered in that stretch: those of each stream are put there first */
  constructor(vault: OpenVault, keys: KeysByStream) {
    this.#vault = vault;
    this.#keys = keys;
  }

  async read(streams: Iterable<StreamId>): Promise<void> {
    for (const stream of new Set(streams)) {
      if (this.#known.has(stream)) continue;
      const indexed = indexedCase(this.#vault.cases, stream);
      const stored = indexed && (await readIndexed(this.#vault, indexed));
      const before = stored ?? { state: null, keys: await keysOfStream(this.#vault, stream) };
      this.#known.set(stream, before);
      this.#keys.begin(stream, before.keys);
    }
  }

  /** Of a stream that was read. */
  state(stream: StreamId): CaseState | null {
    return this.#known.get(stream)?.state ?? null;
  }

  /** Cases that the stretch brought nothing for but keys. @param touched those that it brought more for */
  withFreshKeys(touched: ReadonlyMap<StreamId, CaseState>): readonly CaseState[] {
    return [...this.#known].flatMap(([id, { state, keys }]) =>
      state && !touched.has(id) && this.#keys.of(id) !== keys ? [state] : [],
    );
  }
}
