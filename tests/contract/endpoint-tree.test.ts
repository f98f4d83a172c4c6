import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Endpoint } from '#endpoint/start-endpoint.ts';
import { pgSql } from '#endpoint/storage/pg-sql.ts';
import type { Sql } from '#endpoint/storage/sql.ts';
import { toBase64url } from '#shared/crypto/encoding.ts';
import { type Entry, hashEntry, parseEntry } from '#shared/log/entry.ts';
import { foldRosterEntries, provedAsOf } from '#shared/log/roster-entry.ts';
import { type Seen, seenNothing, toSeen } from '#shared/log/seen.ts';
import { rootAt } from '#shared/log/tree/hash-reader.ts';
import { verifySignedCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import { type Tile, tilePath } from '#shared/log/tree/tile.ts';
import { readFromTiles } from '#shared/log/tree/tile-reader.ts';
import { EndpointClient } from '../support/endpoint-client.ts';
import {
  type AddedFoundedUnit,
  type AddedUnit,
  type EndpointFixture,
  startTestEndpoint,
} from '../support/endpoint-fixture.ts';
import { newDatabase } from '../support/endpoint-postgres.ts';
import { intakeOf } from '../support/endpoint-reports.ts';
import { foundUnit, junkTransfer, postTransfer, pullAll } from '../support/endpoint-unit.ts';
import { expectProblem } from '../support/expect-problem.ts';

/* The tree of a unit's log as it is served, and an endpoint whose database was set back. */

const hour = 60 * 60 * 1000;
let now = Date.now();
let fixture: EndpointFixture;
let sql: Sql;

beforeAll(async () => {
  const databaseUrl = await newDatabase(inject('postgres'));
  fixture = await startTestEndpoint({ databaseUrl, now: () => now });
  sql = await pgSql(databaseUrl);
}, 60_000);
afterAll(async () => {
  await sql?.close();
  await fixture.close();
});

const logOf = ({ unit, client }: AddedUnit, limit?: number) => pullAll(client, unit, fixture.endpoint, limit);
const push = ({ unit, client }: AddedUnit, entries: readonly Entry[]) =>
  client.tryPush(
    unit,
    entries.map(({ wire }) => wire),
  );
/** The checkpoint that the endpoint serves by itself. */
async function checkpointOf({ unit, client }: AddedUnit): Promise<string> {
  const { bytes } = await client.send('GET', `/v1/units/${unit}/checkpoint`);
  return JSON.parse(Buffer.from(bytes).toString()).checkpoint;
}
/** What a checkpoint says; null when the endpoint did not sign it. */
async function read({ unit }: AddedUnit, note: string): Promise<Seen | null> {
  const signed = await verifySignedCheckpoint(note, { unit, key: fixture.endpoint.checkpointKey });
  return signed.ok ? toSeen(signed.value) : null;
}
const report = ({ force }: AddedUnit, intake = fixture.intake) =>
  intake.send('POST', '/v1/reports', intakeOf({ force }));

describe('the tree', () => {
  test('is served as tiles, which give the root of each size', async () => {
    const made = await fixture.newFoundedUnit();
    for (let count = 0; count < 2; count += 1)
      await made.client.push(made.unit, await made.founded.founder.writeMany(150));
    const { log } = await logOf(made);
    const get = (tile: string) => made.client.send('GET', `/v1/units/${made.unit}/${tile}`);
    const tiles = {
      readTiles: (asked: readonly Tile[]) => Promise.all(asked.map(async (tile) => (await get(tilePath(tile))).bytes)),
    };
    expect(log.size).toBe(301);
    const root = async (size: number) => toBase64url(await rootAt(readFromTiles(tiles, 301), size));
    expect(await root(301)).toBe(log.root);
    // Of a tree as it was, too: after the founding alone, and before the second push.
    for (const size of [1, 151]) {
      const page = await made.client.pull(made.unit, size - 1, 1);
      expect(await read(made, page.checkpoint)).toMatchObject({ size, root: await root(size) });
    }
    expect((await get('tile/0/000')).bytes).toHaveLength(256 * 32);
    expect((await get('tile/0/001.p/45')).bytes).toHaveLength(45 * 32);
    expect((await get('tile/0/001.p/12')).bytes).toHaveLength(12 * 32);
    for (const tile of ['tile/0/001', 'tile/0/001.p/46', 'tile/0/002.p/1', 'tile/9/000.p/1', 'tile/0/1', 'tile/x/000'])
      expectProblem(await get(tile), 'tile-unknown');
  });

  test('is believed page by page, at any limit', async () => {
    const made = await fixture.newFoundedUnit();
    for (const count of [3, 1, 7]) await made.client.push(made.unit, await made.founded.founder.writeMany(count));
    const whole = await logOf(made);
    expect(whole.log.size).toBe(12);
    for (const limit of [1, 2, 5, 12, 500]) {
      const { log, entries } = await logOf(made, limit);
      expect([log, entries.map(({ hash }) => hash)]).toEqual([whole.log, whole.entries.map(({ hash }) => hash)]);
    }
    expect((await made.client.pull(made.unit, 12)).checkpoint).toBe(await checkpointOf(made));
  });

  test('of an empty log has a checkpoint too, which nothing has to be seen of', async () => {
    const made = await fixture.newUnit();
    const page = await made.client.pull(made.unit, 0);
    expect(page).toMatchObject({ entries: [], end: 0 });
    for (const note of [page.checkpoint, await checkpointOf(made)]) expect(await read(made, note)).toEqual(seenNothing);
    expectProblem(await made.client.send('GET', `/v1/units/${made.unit}/tile/0/000.p/1`), 'tile-unknown');
  });

  test('has the time at which each entry came, which never goes back', async () => {
    const made = await fixture.newFoundedUnit();
    const begun = now;
    await push(made, [await made.founded.founder.write()]);
    now = begun - hour;
    await push(made, [await made.founded.founder.write()]);
    now = begun + 5;
    await push(made, [await made.founded.founder.write()]);
    const { entries, log } = await logOf(made);
    expect(entries.map(({ arrivedAt }) => arrivedAt)).toEqual([begun, begun, begun, begun + 5]);
    expect(log.arrivedAt).toBe(begun + 5);
  });

  test('is signed again with a new time when it is asked for after an hour', async () => {
    const made = await fixture.newFoundedUnit();
    const first = (await made.client.pull(made.unit, 1)).checkpoint;
    now += hour - 2_000;
    expect((await made.client.pull(made.unit, 1)).checkpoint).toBe(first);
    now += 3_000;
    const again = (await made.client.pull(made.unit, 1)).checkpoint;
    const [before, after] = [await read(made, first), await read(made, again)];
    expect(after).toMatchObject({ size: 1, root: before?.root, time: Math.floor(now / 1000) });
    expect((await made.client.pull(made.unit, 0)).checkpoint).toBe(again);
    // Both were signed, so both can have been seen.
    for (const seen of [before, after]) {
      const written = await made.founded.founder.write({ seen: seen as Seen });
      expect((await push(made, [written])).status).toBe(200);
    }
  });

  test('shows with its last leaf whether a roster is whole', async () => {
    const made = await fixture.newFoundedUnit();
    const member = await made.founded.member();
    await push(made, [await member.write()]);
    const { entries, proof } = await fixture.workstation.roster(made.unit);
    const parsed = entries.map((wire) => parseEntry(wire)).flatMap((each) => (each.ok ? [each.value] : []));
    const folded = await foldRosterEntries(made.unit, parsed, { founder: null, endpoints: [fixture.endpoint] });
    if (!folded.ok || !folded.value) throw new Error('no roster');
    expect(await provedAsOf(made.unit, parsed, folded.value, proof)).not.toBeNull();
    expect(await provedAsOf(made.unit, parsed.slice(0, 1), folded.value, proof)).toBeNull();
    const other = await fixture.workstation.roster((await fixture.newFoundedUnit()).unit);
    expect(await provedAsOf(made.unit, parsed, folded.value, other.proof)).toBeNull();
  });
});

describe('an endpoint that was set back', () => {
  let beside: Endpoint;
  beforeAll(async () => {
    beside = await fixture.startBeside();
  });
  const at = ({ device }: EndpointClient): EndpointClient => new EndpointClient(beside.url, device, () => now);

  /**
   * A unit of whose log the last entry was taken away, as by a restore, at an endpoint that keeps no note of it; and what was
   * seen before.
   */
  async function setBack() {
    const made = await fixture.newFoundedUnit();
    const { founder } = made.founded;
    const member = await made.founded.member();
    const { tip } = member;
    expect((await push(made, [await founder.write()])).status).toBe(200);
    const kept = (await logOf(made)).log.checkpoint;
    expect((await push(made, [await member.write()])).status).toBe(200);
    const lost = (await logOf(made)).log.checkpoint;
    member.tip = tip;
    await sql.query('DELETE FROM entries WHERE unit = $1 AND position > $2', [made.unit, kept.size]);
    await sql.query('DELETE FROM checkpoints WHERE unit = $1 AND size > $2', [made.unit, kept.size]);
    return { made: { ...made, client: at(made.client) }, founder, member, kept, lost };
  }
  const pull = ({ unit, client }: AddedUnit, seen: Seen) => {
    const shown = seen.size > 0 ? seen : {};
    const query = new URLSearchParams(
      Object.entries({ after: seen.size, ...shown }).map(([name, value]) => [name, String(value)]),
    );
    return client.send('GET', `/v1/units/${unit}/entries?${query}`);
  };

  /** From another unit, which the endpoint cannot read either way. */
  const transferTo = ({ unit, founded }: AddedFoundedUnit) => {
    const transfer = junkTransfer(unit, founded.generation);
    const speaker = { client: at(fixture.workstation), author: fixture.founded.founder, now: () => now };
    return postTransfer(speaker, transfer);
  };

  async function expectStopped(made: AddedFoundedUnit): Promise<void> {
    const { entries } = await logOf(made);
    expectProblem(await push(made, [await made.founded.founder.write()]), 'endpoint-set-back');
    expectProblem(await report(made, at(fixture.intake)), 'endpoint-set-back');
    expectProblem(await transferTo(made), 'endpoint-set-back');
    // What it has is still read.
    expect((await logOf(made)).entries).toHaveLength(entries.length);
  }

  test('learns it from a reader, says so, and appends nothing new', async () => {
    const { made, kept, lost } = await setBack();
    expect((await pull(made, kept)).status).toBe(200);
    expectProblem(await pull(made, lost), 'endpoint-set-back');
    await expectStopped(made);
  });

  test('learns it from what an author had seen', async () => {
    const { made, member, lost } = await setBack();
    expectProblem(await push(made, [await member.write({ seen: lost })]), 'endpoint-set-back');
    await expectStopped(made);
  });

  test('never says with a new time that nothing comes after what it has', async () => {
    const { made, kept, lost } = await setBack();
    const toldBefore = await checkpointOf(made);
    expect(await read(made, toldBefore)).toEqual(kept);
    expectProblem(await pull(made, lost), 'endpoint-set-back');
    now += 2 * hour;
    expect(await checkpointOf(made)).toBe(toldBefore);
    expect((await made.client.pull(made.unit, kept.size)).checkpoint).toBe(toldBefore);
  });

  test('does not sign that a log is empty that it had met', async () => {
    const made = await fixture.newFoundedUnit();
    await made.founded.member();
    for (const table of ['entries', 'checkpoints', 'tiles'])
      await sql.query(`DELETE FROM ${table} WHERE unit = $1`, [made.unit]);
    const get = () => made.client.send('GET', `/v1/units/${made.unit}/checkpoint`);
    for (const ask of [get, () => pull(made, seenNothing), get]) expectProblem(await ask(), 'endpoint-set-back');
  });

  test('knows it by itself, where it had appended what is lost', async () => {
    const made = await fixture.newFoundedUnit();
    for (const table of ['entries', 'checkpoints', 'tiles'])
      await sql.query(`DELETE FROM ${table} WHERE unit = $1`, [made.unit]);
    await foundUnit(made.client, made.unit).then(
      () => expect.unreachable('it was founded again'),
      (refused) => expect(refused.problem.code).toBe('endpoint-set-back'),
    );
  });

  test('knows it by itself, where it had read what another process appended and is lost', async () => {
    const made = await fixture.newFoundedUnit();
    await at(fixture.workstation).roster(made.unit);
    for (const table of ['entries', 'checkpoints', 'tiles'])
      await sql.query(`DELETE FROM ${table} WHERE unit = $1`, [made.unit]);
    await foundUnit(at(made.client), made.unit).then(
      () => expect.unreachable('it was founded again'),
      (refused) => expect(refused.problem.code).toBe('endpoint-set-back'),
    );
  });

  test('does not believe a checkpoint that it did not sign', async () => {
    const { made, founder, lost } = await setBack();
    const forged = { ...lost, time: 7 } as Seen;
    expectProblem(await pull(made, forged), 'checkpoint-refused');
    const { tip } = founder;
    expectProblem(await push(made, [await founder.write({ seen: forged })]), 'entry-seen-unproved');
    founder.tip = tip;
    const good = await founder.write();
    expect((await push(made, [good])).status).toBe(200);
    expect((await logOf(made)).entries.at(-1)?.hash).toBe(hashEntry(good));
  });

  test('once it has appended otherwise, is shown by a checkpoint of the same size', async () => {
    const { made, founder, lost } = await setBack();
    expect((await push(made, [await founder.write()])).status).toBe(200);
    expect((await logOf(made)).log.size).toBe(lost.size);
    expectProblem(await pull(made, lost), 'endpoint-set-back');
    await expectStopped(made);
  });
});
