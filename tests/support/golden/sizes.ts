import { toCanonicalBytes } from '#shared/crypto/canonical-json.ts';
import { sealChunks } from '#shared/crypto/chunks.ts';
import { fromUtf8, randomBytes } from '#shared/crypto/encoding.ts';
import type { Envelope } from '#shared/domain/event/envelope.ts';
import type { AuthorKey, EntryId, EventId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { makeContentKey } from '#shared/log/content-key.ts';
import { sealEvent } from '#shared/log/event-body.ts';
import { suite } from '#shared/log/header.ts';
import type { GoldenSizes } from './golden-file.ts';

/* What has no key in it and follows from sizes and values alone: made anew at each run, and compared. */

const author = 'A'.repeat(43) as AuthorKey;
const stream = '10000000-0000-4000-8000-000000000001' as StreamId;
const place = {
  suite,
  id: '10000000-0000-7000-8000-000000000002' as EntryId,
  unit: '10000000-0000-4000-8000-000000000003' as UnitId,
  ...{ stream, author },
} as const;
const salt = 32;

const eventOf = (text: string): Envelope => ({
  ...{ id: '10000000-0000-7000-8000-000000000004' as EventId, type: 'test.written', v: 1 },
  ...{ at: '2026-11-20T10:00:00.000Z', data: { text } },
});

/** @param length of salt and event */
async function bodyLength(length: number): Promise<number> {
  const empty = salt + toCanonicalBytes(eventOf('')).length;
  const key = makeContentKey(stream, author);
  const { bytes } = await sealEvent(key, eventOf('x'.repeat(length - empty)), { ...place, key: key.id });
  return bytes.length;
}

const kibi = 1024;
/** Around each step, and where they grow. */
const lengths = [256, 512, 1, 2, 4, 5, 8, 16, 20, 32, 64, 65, 128, 129, 700].flatMap((each) => {
  const length = each >= 256 && each < 600 ? each : each * kibi;
  return [length - 1, length, length + 1];
});

const values: readonly unknown[] = [
  { b: 1, a: 2, A: 3, '10': 4, '9': 5, é: 6, '\u20ac': 7, '\ud83d\ude00': 8 },
  [null, true, false, '', 0, -0, 1e21, 1e-7, 0.1, 9007199254740991],
  { text: 'a "quoted" back\\slash, \n newline, \u0007 bell, \u2028 line, \ud800 half' },
  { nested: [{ deep: [[]] }, {}], left: undefined },
];

export async function makeSizes(): Promise<GoldenSizes> {
  const bodies: [number, number][] = [];
  for (const length of lengths) bodies.push([length, await bodyLength(length)]);
  const chunks: [number, number[]][] = [];
  for (const length of [0, 1, 256 * kibi, 256 * kibi + 1, 600 * kibi]) {
    const sealed = await sealChunks(randomBytes(32), new Uint8Array(length));
    chunks.push([length, sealed.map(({ bytes }) => bytes.length)]);
  }
  return {
    bodies,
    chunks,
    canonical: values.map((value) => ({ value: asFile(value), text: fromUtf8(toCanonicalBytes(value)) })),
  };
}

/** What JSON can hold of it. */
const asFile = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;
