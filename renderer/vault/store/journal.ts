import { z } from 'zod';
import { mostRecords, type ReplyOf } from '#shared/bridge/contract.ts';
import { importContentKey, open, SealBroken, seal } from '#shared/crypto/aead.ts';
import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import { deriveBytes } from '#shared/crypto/derive.ts';
import { type Bytes, utf8 } from '#shared/crypto/encoding.ts';
import { ask, type Host, HostFailure } from '../host.ts';
import { groupBySize } from './pack.ts';
import { type Row, StoreFull, type Table, tables } from './store.ts';

/*
 * The journal that the host keeps, as the vault reads and writes it. A record is one row of the store as it was put, or the
 * word that it was removed, sealed by a key of this device under its number: it opens on no other computer and at no other
 * place.
 */

/** A row that was put, or one that was removed, where `box` is null. */
export interface Operation {
  readonly table: Table;
  readonly key: Row['key'];
  readonly box: Bytes | null;
}

/** Of the row that it is about. */
export const rowId = ({ table, key }: Pick<Operation, 'table' | 'key'>): string => `${table}/${typeof key}/${key}`;

export type JournalEnd = ReplyOf<'journal.append'>;

/** A row as the journal has it last, and the record that says so. */
export interface JournaledRow {
  readonly operation: Operation;
  readonly number: number;
}

export interface JournalContent {
  readonly end: JournalEnd;
  /** What is in force of it, by `rowId`; rows that were removed are not. */
  readonly rows: ReadonlyMap<string, JournaledRow>;
  readonly records: number;
  /** Records that do not open here. */
  readonly unreadable: number;
  /** Part of the file was not as it was written. */
  readonly damaged: boolean;
  /** There was one here before, also where there is none now. */
  readonly begun: boolean;
}

export interface Journal {
  /** First: who read last is the one who writes. @throws HostFailure */
  read(): Promise<JournalContent>;
  /** Flushed when it resolves. @throws StoreFull, HostFailure */
  append(after: number, operations: readonly Operation[]): Promise<JournalEnd>;
  /** In groups that one message has room for. Each is written as a whole; those before it are there if it is. */
  groups(operations: readonly Operation[]): readonly (readonly Operation[])[];
  /** Leaves these records alone in it; what is written from then on has numbers above `end`. @throws StoreFull, HostFailure */
  settle(keep: readonly number[], end: number): Promise<JournalEnd>;
}

const operationSchema = z.tuple([
  z.enum(tables),
  z.union([z.string(), z.number()]),
  z.custom<Bytes | null>((value) => value === null || value instanceof Uint8Array),
]);

/** Bytes of rows in a group, where it has more than one. */
const groupSize = 2 * 1024 * 1024;

const placeOf = (number: number): Bytes => utf8(`probity/journal/1/${number}`);

export async function openJournal(host: Host, deviceSecret: Bytes): Promise<Journal> {
  const key = await importContentKey(await deriveBytes(deviceSecret, 'probity/journal/1'));
  let writer = 0;

  const sealed = ({ table, key: row, box }: Operation, number: number): Promise<Bytes> =>
    seal(key, toCbor([table, row, box]), placeOf(number));

  async function opened(record: Bytes, number: number): Promise<Operation | null> {
    try {
      const parsed = operationSchema.safeParse(fromCbor(await open(key, record, placeOf(number))));
      if (!parsed.success) return null;
      const [table, row, box] = parsed.data;
      return { table, key: row, box };
    } catch (error) {
      if (error instanceof SealBroken) return null;
      throw error;
    }
  }

  return {
    async read() {
      const rows = new Map<string, JournaledRow>();
      let [after, records, unreadable] = [0, 0, 0];
      for (;;) {
        const page = await ask(host, 'journal.read', { after });
        ({ writer } = page);
        for (const { number, bytes } of page.records) {
          const operation = await opened(bytes, number);
          records += 1;
          after = Math.max(after, number);
          if (!operation) unreadable += 1;
          else if (operation.box) rows.set(rowId(operation), { operation, number });
          else rows.delete(rowId(operation));
        }
        const { end, lastGroup, chain, damaged, begun } = page;
        if (!page.more) return { end: { end, lastGroup, chain }, rows, records, unreadable, damaged, begun };
      }
    },
    async append(after, operations) {
      const records = await Promise.all(operations.map((each, index) => sealed(each, after + 1 + index)));
      return ask(host, 'journal.append', { writer, first: after + 1, records }).catch(asFull);
    },
    groups: (operations) => groupBySize(operations, ({ box }) => box?.length ?? 0, mostRecords, groupSize),
    settle: (keep, end) => ask(host, 'journal.settle', { writer, keep: [...keep], end }).catch(asFull),
  };
}

/** What a disk without room, or a quota that is used up, says (errno(3)). */
const noRoom: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function asFull(error: unknown): never {
  if (error instanceof HostFailure && error.failure.code === 'disk' && noRoom.has(error.failure.params.error)) {
    throw new StoreFull();
  }
  throw error;
}
