import PQueue from 'p-queue';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { ask, type Host } from '../host.ts';
import type { Change, Row, Store, Table } from './store.ts';

/** Milliseconds from one attempt to write what is held to the next. */
const tryAgainAfter = 1_500;

/** A draft is not on the disk, but the host holds it, sealed, in its memory until it can be. */
export class DraftHeld extends Error {
  override readonly name = 'DraftHeld';
}

/** `tried` resolves once what was held from before was written, or could not be. */
export interface HoldingStore extends Store {
  readonly tried: Promise<void>;
}

/** The drafts that are put by changes of nothing else; none where a change is of anything else, too. */
function draftsAlone(changes: readonly Change[]): readonly Row[] {
  return changes.every(({ table }) => table === 'drafts') ? changes.flatMap(({ put = [] }) => put) : [];
}

/**
 * A store whose drafts outlive a full disk and a lost database: where a commit of drafts alone fails, the host holds what was
 * to be written, and it is written as soon as it can be, also while the vault is locked.
 * @param store its `commit` fails with nothing changed, or rejects for good
 */
export function holdDrafts(store: Store, host: Host): HoldingStore {
  const turn = new PQueue({ concurrency: 1 });
  const held = new Map<Row['key'], Bytes>();
  const ready = turn.add(async () => {
    const { drafts } = await ask(host, 'draft.held', {});
    for (const { key, box } of drafts) held.set(key, box);
    if (held.size > 0) await writeHeld();
  });
  // Without an answer of the host there is none.
  const tried = ready.catch(() => undefined);
  let timer: ReturnType<typeof setTimeout> | null = null;

  async function hold(rows: readonly Row[]): Promise<void> {
    for (const { key, box } of rows) {
      await ask(host, 'draft.hold', { key: String(key), box });
      held.set(key, box);
    }
    writeSoon();
  }

  async function release(keys: readonly Row['key'][]): Promise<void> {
    for (const key of keys) {
      if (!held.delete(key)) continue;
      // Held for longer than it need be, it is written once more, as it was: no newer one is there then.
      await ask(host, 'draft.release', { key: String(key) }).catch(() => undefined);
    }
  }

  async function writeHeld(): Promise<void> {
    try {
      await store.commit([{ table: 'drafts', put: [...held].map(([key, box]) => ({ key, box })) }]);
      await release([...held.keys()]);
    } catch {
      writeSoon();
    }
  }

  function writeSoon(): void {
    if (held.size === 0) return;
    timer ??= setTimeout(() => {
      timer = null;
      void turn.add(writeHeld);
    }, tryAgainAfter);
  }

  async function commit(changes: readonly Change[]): Promise<void> {
    const alone = draftsAlone(changes);
    // Before it is written: after a crash, what is held takes the place of what is on the disk.
    if (alone.some(({ key }) => held.has(key))) await hold(alone);
    try {
      await store.commit(changes);
    } catch (error) {
      if (alone.length === 0) throw error;
      const isHeld = await hold(alone).then(
        () => true,
        () => false,
      );
      throw isHeld ? new DraftHeld() : error;
    }
    const drafts = changes.filter(({ table }) => table === 'drafts');
    await release(drafts.flatMap(({ put = [], remove = [] }) => [...put.map(({ key }) => key), ...remove]));
  }

  return Object.assign(Object.create(store) as Store, {
    tried,
    async get(table: Table, key: Row['key']) {
      if (table !== 'drafts') return store.get(table, key);
      await tried;
      const box = held.get(key);
      return box ? { key, box } : store.get(table, key);
    },
    commit: (changes: readonly Change[]) => turn.add(() => commit(changes)),
    close() {
      if (timer) clearTimeout(timer);
      store.close();
    },
  });
}
