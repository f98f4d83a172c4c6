/**
 * What only this computer has of its unit's work: an append-only file of sealed records, opaque here, beside the browser
 * engine's database, which may lose all that it has (docs/adr/0029-the-journal.md). A group of records is written and flushed
 * as one.
 */

import { copyFile, type FileHandle, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PQueue from 'p-queue';
import type { CallFailure, ReplyOf } from '#shared/bridge/contract.ts';
import { type Bytes, concat, toBase64url } from '#shared/crypto/encoding.ts';
import type { Digest } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { readIfThere, syncFolder, writeAtomically } from './atomic-file.ts';
import { refuse } from './failures.ts';
import {
  type Group,
  header,
  isNewer,
  type JournalRecord,
  JournalWriter,
  makeGroup,
  noChain,
  pageSize,
  recordsOf,
  type Scanned,
  scan,
} from './journal-file.ts';

type JournalEnd = ReplyOf<'journal.append'>;

export interface Journal {
  /**
   * Records after a number, in order: some megabytes of them. Who reads from the beginning writes from then on, and nobody who
   * read before: a worker that was ended may have sent something that comes only now.
   */
  read(after: number): Promise<Result<ReplyOf<'journal.read'>, CallFailure>>;
  /** Writes records as one group and flushes them to the disk. @param first the number of the first: the next that is free */
  append(writer: number, first: number, records: readonly Bytes[]): Promise<Result<JournalEnd, CallFailure>>;
  /**
   * Writes the journal anew with these records alone. What was damaged is kept as `journal.damaged`.
   * @param end numbers that are given from then on are above it
   */
  settle(writer: number, keep: readonly number[], end: number): Promise<Result<JournalEnd, CallFailure>>;
  close(): Promise<void>;
}

const endOf = ({ groups }: Scanned): JournalEnd => {
  const last = groups.at(-1);
  const end = last?.end ?? 0;
  return { end, lastGroup: last?.numbers[0] ?? end, chain: toBase64url(last?.chain ?? noChain) as Digest };
};

export function openJournal(profile: string): Journal {
  const path = join(profile, 'journal');
  /** An empty file that stays when the journal is lost: it tells a computer that lost everything from a new one. */
  const marker = join(profile, 'journal.begun');
  const turn = new PQueue({ concurrency: 1 });
  let handle: FileHandle | null = null;
  let scanned: Scanned | null = null;
  /** Something may stand in the file after the last whole group. */
  let isTailUnclean = true;
  let current = 0;

  async function load(): Promise<Result<Scanned, CallFailure>> {
    if (scanned) return ok(scanned);
    const file = await readIfThere(path);
    if (file && isNewer(file)) return refuse('journal-newer');
    scanned = file?.length ? scan(file) : { groups: [], size: 0, damaged: false };
    return ok(scanned);
  }

  async function opened(): Promise<FileHandle> {
    handle ??= await open(path, 'r+').catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return open(path, 'wx+', 0o600);
    });
    return handle;
  }

  async function closed(): Promise<void> {
    await handle?.close();
    handle = null;
  }

  /** That nobody deleted, replaced or shortened the file meanwhile: what is written to a deleted file is lost. */
  async function isAsLeft(size: number): Promise<boolean> {
    const { nlink, size: found } = await (await opened()).stat();
    return nlink > 0 && found >= size;
  }

  /** What is in the file now is read with the next call. */
  async function forget(): Promise<void> {
    scanned = null;
    isTailUnclean = true;
    await closed();
  }

  async function recordsIn({ offset, length }: Group): Promise<JournalRecord[]> {
    const body = new Uint8Array(length);
    const { bytesRead } = await (await opened()).read(body, 0, length, offset);
    return bytesRead === length ? recordsOf(body) : [];
  }

  /** At the end of what is whole. */
  async function write(bytes: Bytes, size: number): Promise<void> {
    const file = await opened();
    // Until it is whole: a disk that is full takes a part of it.
    const wasUnclean = isTailUnclean;
    isTailUnclean = true;
    if (wasUnclean) await file.truncate(size);
    const { bytesWritten } = await file.write(bytes, 0, bytes.length, size);
    if (bytesWritten < bytes.length) throw Object.assign(new Error('no room'), { code: 'ENOSPC', syscall: 'write' });
    await file.datasync();
    isTailUnclean = false;
  }

  async function append(first: number, records: readonly Bytes[]): Promise<Result<JournalEnd, CallFailure>> {
    const at = await load();
    if (!at.ok) return at;
    const { groups, size, damaged } = at.value;
    const { end } = endOf(at.value);
    if (first !== end + 1) return refuse('journal-moved');
    const numbered = records.map((bytes, index) => ({ number: first + index, bytes }));
    const isNew = size === 0;
    const from = isNew ? header.length : size;
    const { bytes, group } = makeGroup(from, groups.at(-1)?.chain ?? noChain, end + records.length, numbered);
    if (!isNew && !(await isAsLeft(size))) {
      await forget();
      return refuse('journal-moved');
    }
    if (isNew) await writeFile(marker, '', { mode: 0o600, flush: true });
    await write(isNew ? concat(header, bytes) : bytes, size);
    if (isNew) await syncFolder(profile);
    scanned = { groups: [...groups, group], size: from + bytes.length, damaged: damaged && !isNew };
    return ok(endOf(scanned));
  }

  async function settle(keep: readonly number[], atLeast: number): Promise<Result<JournalEnd, CallFailure>> {
    const at = await load();
    if (!at.ok) return at;
    const wanted = new Set(keep);
    const written = new JournalWriter(Math.max(endOf(at.value).end, atLeast));
    for (const group of at.value.groups.filter(({ numbers }) => numbers.some((number) => wanted.has(number)))) {
      for (const record of await recordsIn(group)) if (wanted.delete(record.number)) written.add(record);
    }
    if (wanted.size > 0) return refuse('journal-moved');
    // For whoever looks into what happened to it: sealed, as it was.
    if (at.value.damaged) await copyFile(path, join(profile, 'journal.damaged'));
    const file = written.file();
    await closed();
    await writeAtomically(path, file.bytes);
    ({ scanned } = file);
    isTailUnclean = false;
    return ok(endOf(file.scanned));
  }

  async function read(after: number): Promise<Result<ReplyOf<'journal.read'>, CallFailure>> {
    // What became of the file while it was open shows to who starts anew.
    if (after === 0) await forget();
    const at = await load();
    if (!at.ok) return at;
    const { groups, damaged } = at.value;
    const records: JournalRecord[] = [];
    let size = 0;
    let more = false;
    for (const group of groups.filter(({ numbers }) => numbers.some((number) => number > after))) {
      more = records.length > 0 && size + group.length > pageSize;
      if (more) break;
      records.push(...(await recordsIn(group)).filter(({ number }) => number > after));
      size += group.length;
    }
    const begun = groups.length > 0 || (await readIfThere(marker)) !== null;
    if (after === 0) current += 1;
    return ok({ ...endOf(at.value), records, more, damaged, begun, writer: current });
  }

  return {
    read: (after) => turn.add(() => read(after)),
    append: (writer, first, records) =>
      turn.add(async () => (writer === current ? append(first, records) : refuse('journal-moved'))),
    settle: (writer, keep, end) =>
      turn.add(async () => (writer === current ? settle(keep, end) : refuse('journal-moved'))),
    close: () => turn.add(closed),
  };
}
