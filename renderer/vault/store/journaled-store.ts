import PQueue from 'p-queue';
import type { Bytes } from '#shared/crypto/encoding.ts';
import { type Host, HostFailure } from '../host.ts';
import { type JournalEnd, type Operation, openJournal, rowId } from './journal.ts';
import { ownOperationsOf } from './own-rows.ts';
import { noteChange, reconcile, type StoreFinding } from './reconcile.ts';
import type { Change, Store } from './store.ts';

/** Records that are settled and lie in the file still, before it is written anew without them. */
const mostSettled = 500;

export interface JournaledStore extends Store {
  /** What was found, and put right, as it was opened. */
  readonly findings: readonly StoreFinding[];
}

/**
 * The store, with a journal beside it of what only this computer has: a browser engine may lose its database, or throw it away.
 * What is committed is flushed to the journal first (docs/adr/0029-the-journal.md).
 * @throws JournalForeign, StoreFull, HostFailure
 */
export async function openJournaledStore(store: Store, host: Host, deviceSecret: Bytes): Promise<JournaledStore> {
  const journal = await openJournal(host, deviceSecret);
  const { findings, content } = await reconcile(store, journal);
  const writer = new PQueue({ concurrency: 1 });
  let { end } = content;
  let { records } = content;
  /** The record that has each row, by `rowId`. */
  const numbers = new Map([...content.rows].map(([id, { number }]) => [id, number]));
  /** What the journal says and the store does not: a commit failed after its records were written, and so did taking them back. */
  let owed: readonly Operation[] = [];
  const { promise: moved, resolve: foundMoved } = Promise.withResolvers<void>();

  function throwMoved(error: unknown): never {
    if (error instanceof HostFailure && error.failure.code === 'journal-moved') foundMoved();
    throw error;
  }

  async function write(operations: readonly Operation[]): Promise<JournalEnd> {
    for (const group of journal.groups(operations)) {
      const first = end.end + 1;
      end = await journal.append(end.end, group).catch(throwMoved);
      records += group.length;
      for (const [index, each] of group.entries()) {
        if (each.box) numbers.set(rowId(each), first + index);
        else numbers.delete(rowId(each));
      }
    }
    return end;
  }

  /** The rows as the store has them: what takes back records of a commit that failed. */
  async function asStored(operations: readonly Operation[]): Promise<readonly Operation[]> {
    const taken = operations.map(async ({ table, key }): Promise<Operation> => {
      const row = await store.get(table, key);
      return { table, key, box: row?.box ?? null };
    });
    return Promise.all(taken);
  }

  async function takeBack(): Promise<void> {
    if (owed.length === 0) return;
    await write(owed);
    owed = [];
  }

  async function settle(): Promise<void> {
    end = await journal.settle([...numbers.values()], end.end).catch(throwMoved);
    records = numbers.size;
    await store.commit([noteChange(end)]);
  }

  async function commit(changes: readonly Change[]): Promise<void> {
    const operations = ownOperationsOf(changes).filter((each) => each.box || numbers.has(rowId(each)));
    if (operations.length === 0) return store.commit(changes);
    await takeBack();
    const written = await write(operations);
    try {
      await store.commit([...changes, noteChange(written)]);
    } catch (error) {
      owed = await asStored(operations).catch(() => []);
      await takeBack().catch(() => undefined);
      throw error;
    }
    // What fails here is no failure of what was committed.
    if (records - numbers.size > Math.max(mostSettled, numbers.size)) await settle().catch(() => undefined);
  }

  return {
    ...store,
    commit: (changes) => writer.add(() => commit(changes)),
    isJournaled: true,
    lost: Promise.race([store.lost, moved]),
    findings,
  };
}
