import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromBase64, toBase64 } from '#shared/crypto/encoding.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import { type Seen, seenSchema, timeOfSeen, toSeen } from '#shared/log/seen.ts';
import { formatLeaf, parseLeaf } from '#shared/log/tree/leaf.ts';
import { signCheckpoint, verifySignedCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import { hashLeaf } from '#shared/log/tree/tree-hash.ts';
import { pageSchema } from '#shared/sync/wire.ts';
import { newDevice } from '../support/endpoint-client.ts';
import { type EndpointFixture, startTestEndpoint } from '../support/endpoint-fixture.ts';
import { Author, pullAll } from '../support/endpoint-unit.ts';
import { expectProblem } from '../support/expect-problem.ts';

/* A time that no date can hold is refused where it comes in: whoever made an instant of it would fail. */

const last = { second: 253_402_300_799, millisecond: 253_402_300_799_999 };
const lateSeconds = [last.second + 1, 8_640_000_000_001, Number.MAX_SAFE_INTEGER];
const lateMilliseconds = [last.millisecond + 1, 8_640_000_000_000_001, Number.MAX_SAFE_INTEGER];

let fixture: EndpointFixture;
beforeAll(async () => {
  fixture = await startTestEndpoint();
}, 60_000);
afterAll(() => fixture.close());

const root = hashLeaf(new Uint8Array());
const noteOf = (key: SigningKey, time: number) => signCheckpoint({ unit: fixture.unit, size: 1, root }, key, time);
const read = (note: string, { author }: SigningKey) =>
  verifySignedCheckpoint(note, { unit: fixture.unit, key: author });

/** A checkpoint whose line says another time, which is in the eight bytes behind the four of the key's id. */
function stamped(note: string, time: number): string {
  const [text = '', line = ''] = note.split('\n\n');
  const space = line.lastIndexOf(' ');
  const bytes = fromBase64(line.slice(space + 1).trim());
  new DataView(bytes.buffer).setBigUint64(4, BigInt(time));
  return `${text}\n\n${line.slice(0, space)} ${toBase64(bytes)}\n`;
}

test('of a checkpoint', async () => {
  const key = await newDevice();
  const note = await noteOf(key, last.second);
  const verified = await read(note, key);
  if (!verified.ok) throw new Error(verified.error.code);
  expect(timeOfSeen(toSeen(verified.value))).toBe('9999-12-31T23:59:59.000Z');
  expect(stamped(note, last.second)).toBe(note);
  for (const time of lateSeconds) {
    await expect(noteOf(key, time)).rejects.toThrow(RangeError);
    const refused = { ok: false, error: { code: 'checkpoint-signature', params: { why: 'form' } } };
    expect(await read(stamped(note, time), key)).toEqual(refused);
  }
});

test('of what an author had seen, also where a reader says so', async () => {
  const { workstation, unit, endpoint, founded } = fixture;
  const seen = (await pullAll(workstation, unit, endpoint)).log.checkpoint;
  const at = (time: number) => ({ ...seen, time }) as Seen;
  expect(seenSchema.safeParse(at(last.second)).success).toBe(true);
  const ask = (time: number) => {
    const query = new URLSearchParams(
      Object.entries({ ...at(time), after: 1 }).map(([key, value]) => [key, `${value}`]),
    );
    return workstation.send('GET', `/v1/units/${unit}/entries?${query}`);
  };
  // Of a checkpoint that the endpoint has it looks at nothing else.
  expect((await ask(last.second)).status).toBe(200);
  const author = await Author.of(unit);
  expectProblem(
    await workstation.tryPush(unit, [(await founded.founder.write({ seen: at(last.second) })).wire]),
    'entry-seen-unproved',
  );
  for (const time of lateSeconds) {
    expect(seenSchema.safeParse(at(time)).success).toBe(false);
    expectProblem(await ask(time), 'request-malformed');
    const { wire } = await author.write({ seen: at(time) });
    expectProblem(await workstation.tryPush(unit, [wire]), 'entry-malformed');
  }
});

test('of an entry’s arrival, in a page and in a leaf', async () => {
  const { workstation, unit } = fixture;
  const page = await workstation.pull(unit, 0);
  const arrived = (at: number) => ({ ...page, entries: page.entries.map((entry) => ({ ...entry, at })) });
  expect(pageSchema.safeParse(arrived(last.millisecond)).success).toBe(true);
  const leaf = { entry: root, rosterHead: root, arrivedAt: last.millisecond };
  const bytes = formatLeaf(leaf);
  expect(parseLeaf(bytes)).toEqual({ ok: true, value: leaf });
  for (const at of lateMilliseconds) {
    expect(pageSchema.safeParse(arrived(at)).success).toBe(false);
    expect(() => formatLeaf({ ...leaf, arrivedAt: at })).toThrow(RangeError);
    new DataView(bytes.buffer).setBigUint64(32, BigInt(at));
    expect(parseLeaf(bytes).ok).toBe(false);
  }
});
