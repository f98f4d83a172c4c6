import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest';
import { pgSql } from '#endpoint/storage/pg-sql.ts';
import type { Sql } from '#endpoint/storage/sql.ts';
import type { WireEntry } from '#shared/log/entry.ts';
import type { Seen } from '#shared/log/seen.ts';
import { type AddedFoundedUnit, type EndpointFixture, startTestEndpoint } from '../support/endpoint-fixture.ts';
import { newDatabase } from '../support/endpoint-postgres.ts';
import { pullAll } from '../support/endpoint-unit.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { watchSignatureChecks } from '../support/signature-checks.ts';

/* How often the endpoint verifies what it signed itself, and when: not while others wait for the unit's row. */

let fixture: EndpointFixture;
let sql: Sql;

beforeAll(async () => {
  const databaseUrl = await newDatabase(inject('postgres'));
  fixture = await startTestEndpoint({ databaseUrl });
  sql = await pgSql(databaseUrl);
}, 60_000);
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await sql?.close();
  await fixture.close();
});

const lastSeen = async ({ client, unit }: AddedFoundedUnit): Promise<Seen> =>
  (await pullAll(client, unit, fixture.endpoint)).log.checkpoint;

/** A unit of three appends, and what was seen after each of the first two. */
async function newLog() {
  const made = await fixture.newFoundedUnit();
  const first = await lastSeen(made);
  const author = await made.founded.member();
  const second = await lastSeen(made);
  await made.client.push(made.unit, [(await author.write()).wire]);
  return { made, author, seen: [first, second] };
}

/** How often the checkpoint of each size was verified. */
const countOf = (checked: readonly string[], { unit }: AddedFoundedUnit, ...sizes: number[]) =>
  sizes.map((size) => checked.filter((text) => text.includes(`\nprobity/${unit}\n${size}\n`)).length);

test('what a push claims to have seen is verified once each, and before the unit’s row is locked', async () => {
  const { made, author, seen } = await newLog();
  const [first, second] = seen as [Seen, Seen];
  const entries: WireEntry[] = [];
  for (const each of [first, first, second, second, second]) entries.push((await author.write({ seen: each })).wire);
  const checked = watchSignatureChecks('cosignature/v1');
  const { pushed, whileLocked } = await sql.transaction(async (tx) => {
    await tx.query('SELECT FROM units WHERE id = $1 FOR UPDATE', [made.unit]);
    const pushed = made.client.push(made.unit, entries);
    await vi.waitUntil(() => countOf(checked, made, 2)[0] === 1, 10_000);
    return { pushed, whileLocked: countOf(checked, made, 1, 2) };
  });
  expect((await pushed).map(({ position }) => position)).toEqual([4, 5, 6, 7, 8]);
  for (const counts of [whileLocked, countOf(checked, made, 1, 2)]) expect(counts).toEqual([1, 1]);
});

test('whoever asks whether there is more has the last checkpoint verified once', async () => {
  const { made } = await newLog();
  const { client, unit } = made;
  const seen = await lastSeen(made);
  const checked = watchSignatureChecks('cosignature/v1');
  expect((await client.pull(unit, seen.size, undefined, seen)).entries).toEqual([]);
  expect(countOf(checked, made, seen.size)).toEqual([1]);
  expect((await client.pull(unit, seen.size)).entries).toEqual([]);
  expect(countOf(checked, made, seen.size)).toEqual([2]);
});

test('of two that differ in their signature alone, the one that is not signed is refused', async () => {
  const { made, author, seen } = await newLog();
  const [good] = seen as [Seen];
  const forged = { ...good, signature: 'A'.repeat(86) } as Seen;
  const entries = [(await author.write({ seen: good })).wire];
  const wrong = await author.write({ seen: forged });
  const detail = expectProblem(await made.client.tryPush(made.unit, [...entries, wrong.wire]), 'entry-seen-unproved');
  expect(detail).toContain(wrong.header.id);
});
