/**
 * The file of a journal, as bytes (docs/protocol.md).
 *
 *   file  = "probity-journal/1\n" group*
 *   group = "PJG1" length(4, of body) before(32) body chain(32)
 *   body  = CBOR [end, [[number, record], ...]]
 *
 * A group's chain is SHA-256 over all of the group before it, and `before` is the chain of the group before it, or zeros.
 * Records are numbered from 1; `end` is the last number that was given.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import { type Bytes, concat, utf8 } from '#shared/crypto/encoding.ts';

export interface JournalRecord {
  readonly number: number;
  readonly bytes: Bytes;
}

/** A group of the file, without its records. */
export interface Group {
  /** Of its body in the file. */
  readonly offset: number;
  readonly length: number;
  readonly numbers: readonly number[];
  readonly end: number;
  readonly chain: Uint8Array;
}

export interface Scanned {
  readonly groups: readonly Group[];
  /** Where the next group goes: after the last one that is whole. */
  readonly size: number;
  readonly damaged: boolean;
}

export const header = utf8('probity-journal/1\n');
const anyHeader = /^probity-journal\/\d+\n/;
const mark = Buffer.from('PJG1');
const chainLength = 32;
const beforeBody = mark.length + 4 + chainLength;
const around = beforeBody + chainLength;
/** Before the first group. */
export const noChain: Uint8Array = new Uint8Array(chainLength);
/** Bytes of records that one page, or one group of a settled journal, has at most, where it has more than one record. */
export const pageSize = 2 * 1024 * 1024;

const bodySchema = z.tuple([
  z.int().min(0),
  z.array(z.tuple([z.int().min(1), z.custom<Bytes>((value) => value instanceof Uint8Array)])),
]);

const chainOf = (group: Uint8Array): Uint8Array => createHash('sha256').update(group).digest();

/** Records that are written as one, and the group that they are at `at` of the file. */
export function makeGroup(
  at: number,
  before: Uint8Array,
  end: number,
  records: readonly JournalRecord[],
): { readonly bytes: Bytes; readonly group: Group } {
  const body = toCbor([end, records.map(({ number, bytes }) => [number, bytes])]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const chained = concat(mark, length, before, body);
  const chain = chainOf(chained);
  const numbers = records.map(({ number }) => number);
  return {
    bytes: concat(chained, chain),
    group: { offset: at + beforeBody, length: body.length, numbers, end, chain },
  };
}

function parseBody(bytes: Uint8Array): z.output<typeof bodySchema> | null {
  try {
    return bodySchema.safeParse(fromCbor(bytes)).data ?? null;
  } catch {
    return null;
  }
}

/** The records of a group's body; none where it is not whole any more. */
export const recordsOf = (body: Uint8Array): JournalRecord[] =>
  (parseBody(body)?.[1] ?? []).map(([number, bytes]) => ({ number, bytes }));

/** The group at this place; null when there is none that is whole. */
function groupAt(file: Buffer, at: number): (Group & { readonly before: Buffer }) | null {
  if (file.length < at + around || !file.subarray(at, at + mark.length).equals(mark)) return null;
  const length = file.readUInt32BE(at + mark.length);
  const offset = at + beforeBody;
  if (file.length < offset + length + chainLength) return null;
  const chain = file.subarray(offset + length, offset + length + chainLength);
  if (!chain.equals(chainOf(file.subarray(at, offset + length)))) return null;
  const body = parseBody(file.subarray(offset, offset + length));
  if (!body) return null;
  const [end, records] = body;
  return {
    ...{ offset, length, end, numbers: records.map(([number]) => number), chain: Uint8Array.from(chain) },
    before: file.subarray(at + mark.length + 4, offset),
  };
}

/** Whether it was written by a newer Probity. */
export const isNewer = (file: Buffer): boolean =>
  anyHeader.test(file.toString('latin1', 0, 64)) && !file.subarray(0, header.length).equals(header);

/**
 * Finds all groups that are whole. What was being written as the process ended stands at the end, was never acknowledged, and
 * is passed over; anything else that is no group is damage.
 */
export function scan(file: Buffer): Scanned {
  const groups: Group[] = [];
  let damaged = !file.subarray(0, header.length).equals(header);
  let at = damaged ? 0 : header.length;
  let size = at;
  let chain = noChain;
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

/** Makes the file of records that had their numbers before. */
export class JournalWriter {
  private readonly end: number;
  private readonly parts: Bytes[] = [header];
  private readonly groups: Group[] = [];
  private records: JournalRecord[] = [];
  private size = 0;
  private written = header.length;

  constructor(end: number) {
    this.end = end;
  }

  add(record: JournalRecord): void {
    if (this.records.length > 0 && this.size + record.bytes.length > pageSize) this.closeGroup();
    this.records.push(record);
    this.size += record.bytes.length;
  }

  /** The last group is there even where it has no record: it says what the last number was. */
  file(): { readonly bytes: Bytes; readonly scanned: Scanned } {
    this.closeGroup();
    return { bytes: concat(...this.parts), scanned: { groups: this.groups, size: this.written, damaged: false } };
  }

  private closeGroup(): void {
    const before = this.groups.at(-1)?.chain ?? noChain;
    const { bytes, group } = makeGroup(this.written, before, this.end, this.records);
    this.parts.push(bytes);
    this.groups.push(group);
    this.written += bytes.length;
    this.records = [];
    this.size = 0;
  }
}
