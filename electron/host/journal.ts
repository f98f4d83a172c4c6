/**
 * What only this computer has of its unit's work: an append-only file of sealed records, opaque here, beside the browser
 * engine's database, which may lose all that it has (docs/adr/0029-the-journal.md).
 *
 *   file  = "probity-journal/1\n" group*
 *   group = "PJG1" length(4, of body) before(32) body chain(32)
 *   body  = CBOR [end, [[number, record], ...]]
 *
 * A group is written and flushed as one. Its chain is SHA-256 over all of the group before it, and `before` is the chain
 * of the group before it, or zeros. Records are numbered from 1; `end` is the last number that was given.
 */
import { createHash } from 'node:crypto';
import { copyFile, type FileHandle, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CallFailure } from '#shared/bridge/contract.ts';
import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import { type Bytes, concat, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import type { Digest } from '#shared/kernel/ids.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { readIfThere, syncFolder } from './atomic-file.ts';
import { refuse } from './failures.ts';

export interface JournalRecord {
  readonly number: number;
  readonly bytes: Bytes;
}

/** Where a journal ends. */
export interface JournalEnd {
  /** Of the last record that was ever written; 0 when there was none. */
  readonly end: number;
  /** Of the first record that was written together with it. */
  readonly lastGroup: number;
  /** Of the last group, base64url: two journals that end with the same chain are the same. */
  readonly chain: Digest;
}

export interface JournalPage extends JournalEnd {
  readonly records: JournalRecord[];
  /** There are records after these. */
  readonly more: boolean;
  /** Something in it was not as it was written, and is not among the records. */
  readonly damaged: boolean;
  /** There was a journal once in this profile. */
  readonly begun: boolean;
  /** Who may write from here on. */
  readonly writer: number;
}

export interface Journal {
  /**
   * Records after a number, in order: some megabytes of them. Who reads from the beginning writes from then on, and nobody who
   * read before: a worker that was ended may have sent something that comes only now.
   */
  read(after: number): Promise<Result<JournalPage, CallFailure>>;
  /** Writes records as one group and flushes them to the disk. @param first the number of the first: the next that is free */
  append(writer: number, first: number, records: readonly Bytes[]): Promise<Result<JournalEnd, CallFailure>>;
  /**
   * Writes the journal anew with these records alone. What was damaged is kept as `journal.damaged`.
   * @param end numbers that are given from then on are above it
   */
  settle(writer: number, keep: readonly number[], end: number): Promise<Result<JournalEnd, CallFailure>>;
  close(): Promise<void>;
}

const header = utf8('probity-journal/1\n');
const anyHeader = /^probity-journal\/\d+\n/;
const mark = Buffer.from('PJG1');
const chainLength = 32;
const beforeBody = mark.length + 4 + chainLength;
const around = beforeBody + chainLength;
const noChain = Buffer.alloc(chainLength);
/** Bytes of records that one page, or one group of a settled journal, has at most, where it has more than one record. */
const pageSize = 2 * 1024 * 1024;

const bodySchema = z.tuple([
  z.int().min(0),
  z.array(z.tuple([z.int().min(1), z.custom<Bytes>((value) => value instanceof Uint8Array)])),
]);

interface Group {
  /** Of its body in the file. */
  readonly offset: number;
  readonly length: number;
  readonly numbers: readonly number[];
  readonly end: number;
  readonly chain: Uint8Array;
}

interface Scanned {
  readonly groups: readonly Group[];
  /** Where the next group goes: after the last one that is whole. */
  readonly size: number;
  readonly damaged: boolean;
}

const chainOf = (group: Uint8Array): Buffer => createHash('sha256').update(group).digest();

function frame(before: Uint8Array, body: Uint8Array): Bytes {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const group = concat(mark, length, before, body);
  return concat(group, chainOf(group));
}

function parseBody(bytes: Uint8Array): z.output<typeof bodySchema> | null {
  try {
    return bodySchema.safeParse(fromCbor(bytes)).data ?? null;
  } catch {
    return null;
  }
}

/** The group at this place; null when there is none that is whole. */
function groupAt(file: Buffer, at: number): (Group & { readonly before: Buffer }) | null {
  if (file.length < at + around || !file.subarray(at, at + mark.length).equals(mark)) return null;
  const length = file.readUInt32BE(at + mark.length);
  const offset = at + beforeBody;
  if (file.length < offset + length + chainLength) return null;
  const chain = file.subarray(offset + length, offset + length + chainLength);
  if (!chainOf(file.subarray(at, offset + length)).equals(chain)) return null;
  const body = parseBody(file.subarray(offset, offset + length));
  if (!body) return null;
  const [end, records] = body;
  return {
    ...{ offset, length, end, numbers: records.map(([number]) => number), chain: Buffer.from(chain) },
    before: file.subarray(at + mark.length + 4, offset),
  };
}

/**
 * Finds all groups that are whole. What was being written as the process ended stands at the end, was never acknowledged, and
 * is passed over; anything else that is no group is damage.
 */
function scan(file: Buffer): Scanned {
  const groups: Group[] = [];
  let damaged = !file.subarray(0, header.length).equals(header);
  let at = damaged ? 0 : header.length;
  let size = at;
  let chain: Uint8Array = noChain;
  while (at < file.length) {
    const group = groupAt(file, at);
    if (!group) {
      const next = file.indexOf(mark, at + 1);
      if (next < 0) break;
      at = next;
      continue;
    }
    // A place between two groups was passed over, or the group does not follow the one before.
    if (at > size || !group.before.equals(chain)) damaged = true;
    groups.push(group);
    chain = group.chain;
    at = group.offset + group.length + chainLength;
    size = at;
  }
  return { groups, size, damaged };
}

const endOf = (groups: readonly Group[]): JournalEnd => {
  const last = groups.at(-1);
  const end = last?.end ?? 0;
  const lastGroup = last?.numbers[0] ?? end;
  return { end, lastGroup, chain: toBase64url(last?.chain ?? noChain) as Digest };
};

/** Makes a journal of records that had their numbers before. */
class GroupWriter {
  private readonly end: number;
  private readonly parts: Bytes[] = [header];
  private records: JournalRecord[] = [];
  private size = 0;
  private chain: Uint8Array = noChain;

  constructor(end: number) {
    this.end = end;
  }

  add(record: JournalRecord): void {
    if (this.records.length > 0 && this.size + record.bytes.length > pageSize) this.closeGroup();
    this.records.push(record);
    this.size += record.bytes.length;
  }

  /** The last group is there even where it has no record: it says what the last number was. */
  file(): Bytes {
    this.closeGroup();
    return concat(...this.parts);
  }

  private closeGroup(): void {
    const group = frame(this.chain, toCbor([this.end, this.records.map(({ number, bytes }) => [number, bytes])]));
    this.parts.push(group);
    this.chain = group.subarray(group.length - chainLength);
    this.records = [];
    this.size = 0;
  }
}

export function openJournal(profile: string): Journal {
  const path = join(profile, 'journal');
  /** An empty file that stays when the journal is lost: it tells a computer that lost everything from a new one. */
  const marker = join(profile, 'journal.begun');
  let handle: FileHandle | null = null;
  let scanned: Scanned | null = null;
  /** Something may stand in the file after the last whole group. */
  let isTailUnclean = true;
  let current = 0;
  let running: Promise<unknown> = Promise.resolve();

  /** One after the other: each begins where the one before ended. */
  function inTurn<Value>(task: () => Promise<Value>): Promise<Value> {
    const done = running.then(task);
    running = done.catch(() => undefined);
    return done;
  }

  async function load(): Promise<Result<Scanned, CallFailure>> {
    if (scanned) return ok(scanned);
    const file = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return Buffer.alloc(0);
      throw error;
    });
    const isNewer = anyHeader.test(file.toString('latin1', 0, 64)) && !file.subarray(0, header.length).equals(header);
    if (isNewer) return refuse('journal-newer');
    scanned = file.length === 0 ? { groups: [], size: 0, damaged: false } : scan(file);
    return ok(scanned);
  }

  async function opened(): Promise<FileHandle> {
    handle ??= await open(path, 'r+').catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return open(path, 'wx+', 0o600);
    });
    return handle;
  }

  async function bodyOf({ offset, length }: Group): Promise<JournalRecord[]> {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await (await opened()).read(bytes, 0, length, offset);
    const body = bytesRead === length ? parseBody(bytes) : null;
    return (body?.[1] ?? []).map(([number, record]) => ({ number, bytes: record }));
  }

  async function write({ groups, size, damaged }: Scanned, group: Bytes): Promise<void> {
    const isNew = size === 0;
    if (isNew) await writeFile(marker, '', { mode: 0o600, flush: true });
    const file = await opened();
    const bytes = isNew ? concat(header, group) : group;
    // Until it is whole: a disk that is full takes a part of it.
    const wasUnclean = isTailUnclean;
    isTailUnclean = true;
    if (wasUnclean) await file.truncate(size);
    const { bytesWritten } = await file.write(bytes, 0, bytes.length, size);
    if (bytesWritten < bytes.length) throw Object.assign(new Error('no room'), { code: 'ENOSPC', syscall: 'write' });
    await file.datasync();
    if (isNew) await syncFolder(profile);
    isTailUnclean = false;
    const added = groupAt(Buffer.from(group), 0) as Group;
    const offset = size + bytes.length - group.length + added.offset;
    scanned = { groups: [...groups, { ...added, offset }], size: size + bytes.length, damaged: damaged && !isNew };
  }

  async function append(first: number, records: readonly Bytes[]): Promise<Result<JournalEnd, CallFailure>> {
    const at = await load();
    if (!at.ok) return at;
    const { end } = endOf(at.value.groups);
    if (first !== end + 1) return refuse('journal-moved');
    const numbered = records.map((bytes, index) => [first + index, bytes]);
    const before = at.value.groups.at(-1)?.chain ?? noChain;
    await write(at.value, frame(before, toCbor([end + records.length, numbered])));
    return ok(endOf(scanned?.groups ?? []));
  }

  /** The records with these numbers, in order. */
  async function* recordsIn(groups: readonly Group[], wanted: ReadonlySet<number>): AsyncGenerator<JournalRecord> {
    for (const group of groups) {
      if (!group.numbers.some((number) => wanted.has(number))) continue;
      for (const record of await bodyOf(group)) if (wanted.has(record.number)) yield record;
    }
  }

  async function settle(keep: readonly number[], atLeast: number): Promise<Result<JournalEnd, CallFailure>> {
    const at = await load();
    if (!at.ok) return at;
    const { groups, damaged } = at.value;
    const wanted = new Set(keep);
    const written = new GroupWriter(Math.max(endOf(groups).end, atLeast));
    for await (const record of recordsIn(groups, wanted)) {
      wanted.delete(record.number);
      written.add(record);
    }
    if (wanted.size > 0) return refuse('journal-moved');
    // For whoever looks into what happened to it: sealed, as it was.
    if (damaged) await copyFile(path, join(profile, 'journal.damaged'));
    await replace(written.file());
    return ok(endOf(scanned?.groups ?? []));
  }

  /** The whole file, so that a crash at any point leaves the old one or the new one. */
  async function replace(bytes: Bytes): Promise<void> {
    const temporary = join(profile, '.journal.tmp');
    try {
      const file = await open(temporary, 'w', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await handle?.close();
      handle = null;
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
    await syncFolder(profile);
    scanned = scan(Buffer.from(bytes));
    isTailUnclean = false;
  }

  async function read(after: number): Promise<Result<JournalPage, CallFailure>> {
    const at = await load();
    if (!at.ok) return at;
    const { groups, damaged } = at.value;
    const records: JournalRecord[] = [];
    let size = 0;
    let more = false;
    for (const group of groups) {
      if (!group.numbers.some((number) => number > after)) continue;
      if (records.length > 0 && size + group.length > pageSize) {
        more = true;
        break;
      }
      records.push(...(await bodyOf(group)).filter(({ number }) => number > after));
      size += group.length;
    }
    const begun = groups.length > 0 || (await readIfThere(marker)) !== null;
    if (after === 0) current += 1;
    return ok({ ...endOf(groups), records, more, damaged, begun, writer: current });
  }

  return {
    read: (after) => inTurn(() => read(after)),
    append: (writer, first, records) =>
      inTurn(async () => (writer === current ? append(first, records) : refuse('journal-moved'))),
    settle: (writer, keep, end) =>
      inTurn(async () => (writer === current ? settle(keep, end) : refuse('journal-moved'))),
    close: () =>
      inTurn(async () => {
        await handle?.close();
        handle = null;
      }),
  };
}
