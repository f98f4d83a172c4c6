import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EndpointKeys } from '#endpoint/endpoint-keys.ts';
import { insertEntries } from '#endpoint/storage/entries.ts';
import { fromBase64url } from '#shared/crypto/encoding.ts';
import type { EndpointPublicKeys } from '#shared/domain/unit/endpoint-keys.ts';
import type { AuthorKey, Digest, EntryId } from '#shared/kernel/ids.ts';
import { type EndpointSigningKeys, makeReplacement, publicKeysOf } from '#shared/log/endpoint-keys-proof.ts';
import { type Entry, hashEntry, parseEntry } from '#shared/log/entry.ts';
import { foldRosterEntries, provedAsOf } from '#shared/log/roster-entry.ts';
import { type Seen, seenNothing } from '#shared/log/seen.ts';
import { hashSignedHeader, nextLeaf } from '#shared/log/tree/leaf.ts';
import { drawn } from '../support/effort.ts';
import { directoryOf, EndpointClient } from '../support/endpoint-client.ts';
import {
  type AddedFoundedUnit,
  databases,
  type EndpointFixture,
  startTestEndpoint,
} from '../support/endpoint-fixture.ts';
import { EndpointReader } from '../support/endpoint-reader.ts';
import { intakeOf } from '../support/endpoint-reports.ts';
import { foundUnit } from '../support/endpoint-unit.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { newEndpointKeys, signAct } from '../support/made-roster.ts';
import { makeCheckpoint } from '../support/memory-log-tree.ts';

/* The keys of a real endpoint are replaced: by its operator, and by members where they are lost. */

describe.each(drawn(databases, 1))('on %s', (_, embedded) => {
  let fixture: EndpointFixture;
  let unit: AddedFoundedUnit;
  let pinned: EndpointPublicKeys;

  beforeAll(async () => {
    fixture = await startTestEndpoint({ embedded });
  }, 60_000);
  beforeEach(async () => {
    const { endpointKey, checkpointKey } = fixture.endpoint;
    pinned = { endpointKey, checkpointKey };
    unit = await fixture.newFoundedUnit();
  });
  afterAll(() => fixture.close());

  const keyFile = () => join(fixture.dataDir, 'endpoint-key.json');
  const replace = () => fixture.endpoint.operate({ order: 'replaceKeys' });
  const readerOf = ({ client, unit: id } = unit, keys = pinned) => new EndpointReader(client, id, keys);
  const push = (entry: Entry, { client, unit: id } = unit) => client.tryPush(id, [entry.wire]);
  const report = ({ force } = unit) => fixture.intake.send('POST', '/v1/reports', intakeOf({ force }));
  const founder = () => unit.founded.founder;
  const rosterNow = async (of = unit, size?: number) => {
    const { entries, proof } = await fixture.workstation.roster(of.unit, size);
    const parsed = entries.map((wire) => parseEntry(wire)).flatMap((each) => (each.ok ? [each.value] : []));
    const ground = { founder: of.founded.founder.key.author, endpoints: [pinned] };
    const folded = await foldRosterEntries(of.unit, parsed, ground);
    if (!folded.ok || !folded.value) throw new Error('no roster');
    expect(await provedAsOf(of.unit, parsed, folded.value, proof)).not.toBeNull();
    return folded.value;
  };

  test('a log goes on under new keys, twice, and all of it verifies', async () => {
    const member = await unit.founded.member();
    const reader = readerOf();
    expect((await report()).status).toBe(201);
    expect(await reader.read()).toBe('believed');
    const before = reader.log.checkpoint;
    expect(await replace()).toMatchObject({ untold: [] });
    expect((await report()).status).toBe(201);
    // One who was offline, and one who has read.
    expect((await push(await member.write({ seen: before }))).status).toBe(200);
    expect(await reader.read()).toBe('believed');
    expect((await push(await member.write({ seen: reader.log.checkpoint }))).status).toBe(200);
    await replace();
    await fixture.restart();
    expect((await report()).status).toBe(201);
    expect(await reader.read()).toBe('believed');
    expect(await readerOf().read()).toBe('believed');
    expect(await readerOf(unit, fixture.endpoint).read()).toBe('believed');
    const last = reader.entries.at(-1)?.entry.header.author;
    expect(last).toBe(fixture.endpoint.endpointKey);
    expect(last).not.toBe(pinned.endpointKey);
    const { endpointKey, checkpointKey } = fixture.endpoint;
    expect(await rosterNow()).toMatchObject({ endpointKey, checkpointKey, formerKeys: [pinned, {}] });
    // Another unit asks for it as it was when something was carried.
    expect(await rosterNow(unit, before.size)).toMatchObject({ ...pinned, formerKeys: [] });
    expect(await directoryOf(fixture.url)).toMatchObject({ endpointKey, checkpointKey });
  });

  test('a workstation that enrolled before founds its unit after, and whoever enrols then pins the new ones', async () => {
    const added = await fixture.newUnit();
    await replace();
    const founded = await foundUnit(added.client, added.unit, pinned);
    const reader = readerOf({ ...added, founded });
    expect(await reader.read()).toBe('believed');
    expect(await rosterNow({ ...added, founded })).toMatchObject({ formerKeys: [pinned] });
    const { endpointKey, checkpointKey } = fixture.endpoint;
    const later = await fixture.newFoundedUnit();
    const { entries } = await fixture.workstation.roster(later.unit);
    expect(entries).toHaveLength(1);
    expect(await readerOf(later, { endpointKey, checkpointKey }).read()).toBe('believed');
  });

  test('a reader of an empty log believes it, whichever keys were pinned', async () => {
    const added = await fixture.newUnit();
    await replace();
    const founded = unit.founded;
    expect(await readerOf({ ...added, founded }).read()).toBe('believed');
    expect(await readerOf({ ...added, founded }, fixture.endpoint).read()).toBe('believed');
  });

  test('killed before all logs are told, it tells the others when it starts, and signs each with its own', async () => {
    const other = await fixture.newFoundedUnit();
    await fixture.whileStopped(async () => {
      const keys = await EndpointKeys.open(keyFile());
      await keys.replace();
      await keys.replace();
    });
    for (const each of [unit, other]) {
      expect((await report(each)).status).toBe(201);
      expect(await readerOf(each).read()).toBe('believed');
      const { endpointKey, checkpointKey } = fixture.endpoint;
      expect(await rosterNow(each)).toMatchObject({ endpointKey, checkpointKey });
      expect((await rosterNow(each)).formerKeys).toHaveLength(2);
    }
  });

  test('a checkpoint that somebody signs with an old key halts nothing', async () => {
    const old = (await EndpointKeys.open(keyFile())).current;
    await replace();
    const reader = readerOf();
    expect(await reader.read()).toBe('believed');
    for (const size of [reader.log.size, reader.log.size + 5]) {
      const seen = await forged(old, size);
      expectProblem(await push(await (await newMember()).write({ seen })), 'entry-seen-unproved');
      await expect(unit.client.pull(unit.unit, 0, 10, seen)).rejects.toThrow('checkpoint');
    }
    // Of this log, but signed with the old key where the new one counts.
    const { root } = reader.log;
    const again = await makeCheckpoint(
      { unit: unit.unit, key: old.checkpoints },
      { size: reader.log.size, root: Buffer.from(root, 'base64url'), at: Date.now() },
    );
    expectProblem(await push(await (await newMember()).write({ seen: again.seen })), 'entry-seen-unproved');
    expect((await report()).status).toBe(201);
    expect(await reader.read()).toBe('believed');
  });

  test('nobody pushes an entry by a key that the endpoint has or had', async () => {
    const old = (await EndpointKeys.open(keyFile())).current;
    await replace();
    const data = await makeReplacement(unit.unit, fixture.endpoint, await newEndpointKeys(), old.checkpoints);
    const event = { type: 'endpoint.rekeyed' as const, at: '2026-11-20T10:00:00.000Z', data };
    const place = { id: v7() as EntryId, unit: unit.unit, stream: unit.founded.stream, prev: null, seen: seenNothing };
    expectProblem(await push(await signAct(place, event, old.entries)), 'entry-author-reserved');
  });

  test('who writes the database brings in no other keys with the key for entries alone', async () => {
    const reader = readerOf();
    expect(await reader.read()).toBe('believed');
    const { size } = reader.log;
    const thief = { old: (await EndpointKeys.open(keyFile())).current, next: await newEndpointKeys() };
    const data = await makeReplacement(unit.unit, pinned, thief.next, null);
    const event = { type: 'endpoint.rekeyed' as const, at: '2026-11-20T10:00:00.000Z', data };
    const seen = reader.log.checkpoint;
    const place = { id: v7() as EntryId, unit: unit.unit, stream: unit.founded.stream, prev: null, seen };
    const entry = await signAct(place, event, thief.old.entries);
    const ground = { arrivedAt: reader.log.arrivedAt, rosterHead: fromBase64url(reader.log.rosterHead) };
    const leaf = nextLeaf(ground, hashSignedHeader(entry.wire), true, Date.now());
    const signer = { unit: unit.unit, key: thief.next.checkpoints };
    const { note } = await makeCheckpoint(signer, { size: size + 1, root: new Uint8Array(32), at: Date.now() });
    await fixture.whileStopped(async (sql) => {
      await insertEntries(sql, unit.unit, [{ entry, hash: hashEntry(entry), position: size + 1, leaf }]);
      await sql.query('INSERT INTO checkpoints (unit, size, note) VALUES ($1, $2, $3)', [unit.unit, size + 1, note]);
    });
    expectProblem(await push(await founder().write()), 'internal-error');
    expectProblem(await report(), 'internal-error');
    expect(await reader.read()).toBe('checkpoint-signature');
    expect(await readerOf().read()).toBe('checkpoint-signature');
  });

  test('members cannot have a log name keys that the endpoint does not have', async () => {
    const [next, own] = [await newEndpointKeys(), (await EndpointKeys.open(keyFile())).current];
    const { tip } = founder();
    for (const keys of [next, { ...next, checkpoints: own.checkpoints }, { ...next, entries: own.entries }]) {
      founder().tip = tip;
      const data = await makeReplacement(unit.unit, pinned, keys, null);
      const act = await founder().act(unit.founded.stream, { type: 'endpoint.rekeyed', data });
      expectProblem(await push(act), 'endpoint-keys-missing');
    }
    expect((await report()).status).toBe(201);
    expect(await readerOf().read()).toBe('believed');
  });

  test('whose keys are lost, it appends nothing until members have named the new ones', async () => {
    expect((await report()).status).toBe(201);
    const reader = readerOf();
    expect(await reader.read()).toBe('believed');
    await fixture.whileStopped(() => loseKeys());
    expectProblem(await report(), 'endpoint-keys-missing');
    const tip = founder().tip;
    expectProblem(await push(await founder().write()), 'endpoint-keys-missing');
    founder().tip = tip;
    expect(await reader.read()).toBe('believed');
    const next = (await EndpointKeys.open(keyFile())).current;
    const data = await makeReplacement(unit.unit, pinned, next, null);
    const seen = reader.log.checkpoint;
    const act = await founder().act(unit.founded.stream, { type: 'endpoint.rekeyed', data }, [], { seen });
    expect((await push(act)).status).toBe(200);
    expect((await report()).status).toBe(201);
    expect(await reader.read()).toBe('believed');
    expect(await rosterNow()).toMatchObject({ ...publicKeysOf(next), formerKeys: [{ ...pinned, wereLost: true }] });
  });

  test('a new key file is refused by a database that has logs', async () => {
    const kept = await readFile(keyFile(), 'utf8');
    const { endpointKey } = (await EndpointKeys.open(join(fixture.dataDir, 'another.json')))
      .all[0] as EndpointPublicKeys;
    expect(endpointKey).not.toBe(pinned.endpointKey);
    const other = await readFile(join(fixture.dataDir, 'another.json'), 'utf8');
    await expect(fixture.whileStopped(() => writeFile(keyFile(), other))).rejects.toThrow('another key');
    await writeFile(keyFile(), kept);
  });

  async function newMember() {
    return unit.founded.member();
  }

  const forged = async ({ checkpoints: key }: EndpointSigningKeys, size: number): Promise<Seen & { size: number }> =>
    (await makeCheckpoint({ unit: unit.unit, key }, { size, root: new Uint8Array(32).fill(1), at: Date.now() })).seen;

  /** As it is when the file is gone, and only what workstations pinned is known of it. */
  async function loseKeys(): Promise<void> {
    const keys = await EndpointKeys.open(keyFile());
    await keys.replace();
    await keys.forget();
  }
});

/** Only with a database that several processes share. */
test('another process on the same database goes on with keys that the first replaced', async () => {
  const fixture = await startTestEndpoint();
  try {
    const unit = await fixture.newFoundedUnit();
    const beside = await fixture.startBeside();
    const { endpointKey, checkpointKey } = beside;
    await fixture.endpoint.operate({ order: 'replaceKeys' });
    expect(fixture.endpoint.endpointKey).not.toBe(endpointKey);
    const client = new EndpointClient(beside.url, unit.client.device);
    // The first that it hears of the new keys: the last checkpoint is by one that it has not read.
    const intake = new EndpointClient(beside.url, fixture.intake.device);
    expect((await intake.send('POST', '/v1/reports', intakeOf({ force: unit.force }))).status).toBe(201);
    const reader = new EndpointReader(client, unit.unit, { endpointKey, checkpointKey });
    expect(await reader.read()).toBe('believed');
    const entry = await unit.founded.founder.write({ seen: reader.log.checkpoint });
    expect((await client.tryPush(unit.unit, [entry.wire])).status).toBe(200);
    expect(await reader.read()).toBe('believed');
    expect(reader.entries.map(({ hash }) => hash)).toContain(hashEntry(entry) as Digest);
    expect(beside.endpointKey).toBe(fixture.endpoint.endpointKey as AuthorKey);
  } finally {
    await fixture.close();
  }
}, 60_000);
