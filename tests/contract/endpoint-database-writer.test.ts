import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { demoForce } from '#endpoint/demo.ts';
import type { Endpoint } from '#endpoint/start-endpoint.ts';
import { sqlStorage } from '#endpoint/storage/open-storage.ts';
import { pgSql } from '#endpoint/storage/pg-sql.ts';
import type { Sql } from '#endpoint/storage/sql.ts';
import type { Storage } from '#endpoint/storage/storage.ts';
import { toCbor } from '#shared/crypto/cbor.ts';
import { type Bytes, fromBase64url } from '#shared/crypto/encoding.ts';
import { grace } from '#shared/domain/unit/withdrawal-grace.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { type Entry, hashEntry, isWhole, parseEntry } from '#shared/log/entry.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { boxGeneration, boxGenerationUnder } from '#shared/log/generation-box.ts';
import { rosterHeadOf } from '#shared/log/roster-entry.ts';
import { formatLeaf } from '#shared/log/tree/leaf.ts';
import { verifySignedCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import { hashLeaf } from '#shared/log/tree/tree-hash.ts';
import { acceptDirectory } from '#shared/sync/accept-directory.ts';
import { signDirectory, verifyDirectory } from '#shared/sync/directory.ts';
import { drawn } from '../support/effort.ts';
import { type MadeCase, StaffedUnit } from '../support/endpoint-cases.ts';
import { directoryOf, EndpointClient, newDevice, type Reply, signedDirectoryOf } from '../support/endpoint-client.ts';
import { destructionIn } from '../support/endpoint-destruction.ts';
import { type AddedFoundedUnit, type EndpointFixture, startTestEndpoint } from '../support/endpoint-fixture.ts';
import { newDatabase } from '../support/endpoint-postgres.ts';
import { EndpointReader } from '../support/endpoint-reader.ts';
import { intakeOf } from '../support/endpoint-reports.ts';
import {
  Author,
  junkTransfer,
  newFounding,
  openSealed,
  postAnswer,
  postTransfer,
  putOutcome,
  signFounding,
} from '../support/endpoint-unit.ts';
import { type ProblemCode, problemOf } from '../support/expect-problem.ts';

/*
 * Whoever writes to the endpoint's database and has no key of the endpoint: they can stop a log. Nothing is to be signed
 * over what they invent, nothing sealed to them, and what they change is to be found by whoever reads it.
 */

let databaseUrl: string;
let fixture: EndpointFixture;
let sql: Sql;

beforeAll(async () => {
  databaseUrl = await newDatabase(inject('postgres'));
  fixture = await startTestEndpoint({ databaseUrl });
  sql = await pgSql(databaseUrl);
  expect((await fixture.intake.send('POST', '/v1/reports', intakeOf())).status).toBe(201);
}, 60_000);
afterAll(async () => {
  await sql?.close();
  await fixture.close();
});

type Victim = AddedFoundedUnit;
const newVictim = (): Promise<Victim> => fixture.newFoundedUnit();

const codeOf = (reply: Reply): string => (reply.status < 300 ? 'taken' : problemOf(reply).code);
const push = async ({ unit, client }: Victim, { wire }: Entry): Promise<string> =>
  codeOf(await client.tryPush(unit, [wire]));
const report = async ({ force }: Pick<Victim, 'force'>, intake = fixture.intake): Promise<string> =>
  codeOf(await intake.send('POST', '/v1/reports', intakeOf({ force })));
const readerOf = ({ client, unit }: Victim) => new EndpointReader(client, unit, fixture.endpoint);

/** Rows of its log, whatever is in them. */
async function countStored({ unit }: Victim): Promise<number> {
  const [row] = await sql.query<{ n: number }>('SELECT count(*) AS n FROM entries WHERE unit = $1', [unit]);
  return row?.n ?? 0;
}

/** The largest size of the unit's log that the endpoint has signed, among what is stored. */
async function signedSize({ unit }: Victim): Promise<number> {
  const rows = await sql.query<{ note: string }>('SELECT note FROM checkpoints WHERE unit = $1', [unit]);
  const signer = { unit, key: fixture.endpoint.checkpointKey };
  const signed = await Promise.all(rows.map(({ note }) => verifySignedCheckpoint(note, signer)));
  return Math.max(0, ...signed.map((each) => (each.ok ? each.value.size : 0)));
}

/** A unit with a log of six entries, one append each, and somebody who has read it. */
async function readLog() {
  const victim = await newVictim();
  const { founder } = victim.founded;
  const member = await victim.founded.member();
  expect(await push(victim, await member.write())).toBe('taken');
  expect(await report(victim)).toBe('taken');
  expect(await push(victim, await member.write())).toBe('taken');
  expect(await push(victim, await founder.write())).toBe('taken');
  const reader = readerOf(victim);
  expect([await reader.read(), reader.log.size]).toEqual(['believed', 6]);
  return { victim, member, reader };
}

/** What is served of its roster, to workstations of other units; null when it is refused. */
const rosterOf = ({ unit }: Victim) =>
  fixture.workstation.roster(unit).then(
    ({ entries }) => entries,
    () => null,
  );

/** The last entry of the unit's log. */
async function lastOf(victim: Victim): Promise<Entry> {
  const reader = readerOf(victim);
  expect(await reader.read()).toBe('believed');
  return reader.entries.at(-1)?.entry as Entry;
}
async function expectSealedFor(generation: Generation, sealed: Entry): Promise<void> {
  expect((await openSealed(sealed, generation)).type).toBe('referral.received');
}

/** A unit whose founder has replaced its generation, in the last entry of its log. */
async function rotatedUnit() {
  const victim = await newVictim();
  const { founder, device, stream, generation } = victim.founded;
  const next = await makeGeneration();
  const named = { id: next.id, publicKey: next.sealing.publicKey };
  const data = { scope: 'unit', replaces: generation.id, generation: named };
  const boxes = [await boxGeneration(next, stream, device), await boxGenerationUnder(generation, stream, next)];
  expect(await push(victim, await founder.act(stream, { type: 'scope.rotated', data }, boxes))).toBe('taken');
  return { victim, next };
}

/** A device that no code was spent for. */
async function enrolByHand(purpose: 'workstation' | 'intake', unit: UnitId | null): Promise<EndpointClient> {
  const device = await newDevice();
  await sql.query('INSERT INTO devices (key, purpose, unit, organisation, enrolled_at) VALUES ($1, $2, $3, $4, 0)', [
    ...[device.author, purpose, unit, purpose === 'intake' ? 'x' : null],
  ]);
  return new EndpointClient(fixture.url, device);
}

/** What comes of it: `push` and `report` afterwards, a new reader, and one who had read the log before and goes on. */
interface Outcome {
  readonly push: ProblemCode | 'taken';
  readonly report: ProblemCode | 'taken';
  readonly fresh: string;
  readonly goesOn: string;
}
const both = (code: ProblemCode | 'taken') => (fresh: string, goesOn: string) => ({
  push: code,
  report: code,
  fresh,
  goesOn,
});
const taken = (fresh = 'believed', goesOn = 'believed'): Outcome => both('taken')(fresh, goesOn);
const stopped = (fresh = 'believed', goesOn = 'believed'): Outcome => both('internal-error')(fresh, goesOn);
/** The endpoint takes another for the member's last. */
const unchained = (fresh = 'believed'): Outcome => ({ ...taken(fresh), push: 'entry-out-of-order' });
const emptied: Outcome = {
  ...{ push: 'endpoint-set-back', report: 'unit-not-ready' },
  ...{ fresh: 'endpoint-set-back', goesOn: 'endpoint-set-back' },
};

/* Statements: `$1` is the unit, `$2` another whose log is alike. */
const atPosition = (position: number, unit = '$1') => `WHERE unit = ${unit} AND position = ${position}`;
const ofSize = (size: number, unit = '$1') => `WHERE unit = ${unit} AND size = ${size}`;
const entry = (position: number, change: string) => `UPDATE entries SET ${change} ${atPosition(position)}`;
const checkpoint = (size: number, change: string) => `UPDATE checkpoints SET ${change} ${ofSize(size)}`;
const tiles = (change: string) => `UPDATE tiles SET ${change} WHERE unit = $1`;
const unit = (change: string) => `UPDATE units SET ${change} WHERE id = $1`;
const flip = (column: string) => `${column} = set_byte(${column}, 0, 255 - get_byte(${column}, 0))`;
const as = (position: number, column: string) => `${column} = (SELECT ${column} FROM entries ${atPosition(position)})`;
const noteOf = (size: number, unit?: string) => `note = (SELECT note FROM checkpoints ${ofSize(size, unit)})`;
const away = 'unit = $2, position = 100';
const copied = 'author, stream, in_clear, hash, arrived_at, roster_head, header, signature, body, boxes';
const copy = (from: number, to: number, unit?: string) =>
  `INSERT INTO entries (unit, position, id, ${copied})
   SELECT $1::uuid, ${to}, gen_random_uuid(), ${copied} FROM entries ${atPosition(from, unit)}`;
const swap = (one: number, other: number) => [
  `UPDATE entries SET position = position + 100 WHERE unit = $1 AND position IN (${one}, ${other})`,
  `UPDATE entries SET position = ${100 + one + other} - position WHERE unit = $1 AND position > 100`,
];

type Attack = readonly [column: string, what: string, statements: readonly string[], outcome: Outcome];

/**
 * The log: 1 founding, 2 admission of a member, 3 the member's, 4 a report, 5 the member's, 6 the founder's. Then come a push
 * of the member's and a report.
 */
const attacks: readonly Attack[] = [
  ['entries.unit', 'of the last', [entry(6, away)], stopped('gap')],
  ['entries.unit', 'of an act', [entry(2, away)], taken('gap')],
  ['entries.unit', 'of the member’s last', [entry(5, away)], unchained('gap')],
  ['entries.position', 'swapped with the last', swap(5, 6), stopped('forked')],
  ['entries.position', 'swapped before it', swap(3, 5), unchained('forked')],
  ['entries.position', 'swapped in the roster', swap(1, 2), taken('forked')],
  ['entries.position', 'beyond the end', [entry(6, 'position = 7')], stopped('gap')],
  ['entries.id', 'another', [entry(5, 'id = gen_random_uuid()')], taken()],
  ['entries.author', 'of the member’s last', [entry(5, `author = 'x'`)], unchained()],
  ['entries.author', 'of an act', [entry(2, `author = 'x'`)], taken()],
  ['entries.stream', 'another', [entry(2, 'stream = gen_random_uuid()'), entry(5, as(3, 'stream'))], taken()],
  ['entries.in_clear', 'an act is hidden', [entry(2, 'in_clear = false')], taken()],
  ['entries.in_clear', 'a sealed entry is an act', [entry(3, 'in_clear = true')], taken()],
  ['entries.hash', 'of the last', [entry(6, as(5, 'hash'))], stopped()],
  ['entries.hash', 'no hash', [entry(6, `hash = '!'`)], stopped()],
  ['entries.hash', 'of the member’s last', [entry(5, as(6, 'hash'))], unchained()],
  ['entries.arrived_at', 'of the last', [entry(6, 'arrived_at = arrived_at + 1')], stopped('forked')],
  ['entries.arrived_at', 'of another', [entry(3, 'arrived_at = arrived_at + 1')], taken('forked')],
  ['entries.roster_head', 'of the last', [entry(6, flip('roster_head'))], stopped()],
  ['entries.roster_head', 'of another', [entry(3, flip('roster_head'))], taken()],
  ['entries.header', 'of the last', [entry(6, flip('header'))], taken('entry-malformed')],
  ['entries.header', 'of an act', [entry(2, flip('header'))], taken('entry-malformed')],
  [
    'entries.header',
    'of the member’s last',
    [entry(5, flip('header'))],
    { ...taken('entry-malformed'), push: 'internal-error' },
  ],
  ['entries.header', 'of another, signed', [entry(5, as(3, 'header')), entry(5, as(3, 'signature'))], taken('forked')],
  ['entries.signature', 'of a sealed entry', [entry(6, flip('signature'))], taken('forked')],
  ['entries.signature', 'of an act', [entry(2, flip('signature'))], taken('forked')],
  ['entries.body', 'of a sealed entry', [entry(5, flip('body'))], taken('entry-parts')],
  ['entries.body', 'none', [entry(5, 'body = NULL')], taken('parts-missing')],
  ['entries.body', 'of an act', [entry(2, flip('body'))], taken('entry-parts')],
  ['entries.body', 'none of an act', [entry(2, 'body = NULL')], taken('entry-malformed')],
  ['entries.boxes', 'of another', [entry(5, as(3, 'boxes'))], taken('entry-parts')],
  ['entries.boxes', 'no CBOR', [entry(5, `boxes = '\\xff'`)], taken('internal-error')],
  ['entries.boxes', 'of the founding', [entry(1, as(3, 'boxes'))], taken('entry-parts')],
  ['entries', 'without the last', [`DELETE FROM entries ${atPosition(6)}`], stopped('gap')],
  ['entries', 'without a sealed one', [`DELETE FROM entries ${atPosition(3)}`], taken('gap')],
  ['entries', 'without an act', [`DELETE FROM entries ${atPosition(2)}`], taken('gap')],
  ['entries', 'one more', [copy(4, 7)], stopped()],
  ['entries', 'one more act', [copy(2, 7)], stopped()],
  ['entries', 'one more act, of another unit', [copy(1, 7, '$2')], stopped()],
  ['entries', 'one of another unit', [`DELETE FROM entries ${atPosition(3)}`, copy(3, 3, '$2')], taken('other-unit')],

  [
    'checkpoints.unit',
    'of the last',
    [checkpoint(6, 'unit = $2, size = 100')],
    both('endpoint-set-back')('believed', 'endpoint-set-back'),
  ],
  ['checkpoints.size', 'of the last', [checkpoint(6, 'size = 7')], stopped('endpoint-set-back', 'endpoint-set-back')],
  ['checkpoints.size', 'of another', [checkpoint(3, 'size = 7')], stopped('internal-error', 'internal-error')],
  ['checkpoints.note', 'none', [checkpoint(6, `note = 'x'`)], stopped('checkpoint-signature', 'internal-error')],
  ['checkpoints.note', 'none of an earlier one', [checkpoint(3, `note = 'x'`)], taken('checkpoint-signature')],
  ['checkpoints.note', 'an earlier one', [checkpoint(6, noteOf(5))], stopped('gap', 'internal-error')],
  ['checkpoints.note', 'of another unit', [checkpoint(6, noteOf(6, '$2'))], stopped('other-unit', 'internal-error')],
  ['checkpoints', 'none', ['DELETE FROM checkpoints WHERE unit = $1'], emptied],
  [
    'checkpoints',
    'no last',
    [`DELETE FROM checkpoints ${ofSize(6)}`],
    both('endpoint-set-back')('believed', 'endpoint-set-back'),
  ],
  ['checkpoints', 'without another', [`DELETE FROM checkpoints ${ofSize(3)}`], taken()],
  [
    'checkpoints',
    'one more',
    [`INSERT INTO checkpoints VALUES ($1, 7, 'x')`],
    stopped('internal-error', 'internal-error'),
  ],
  [
    'checkpoints',
    'a copy',
    [`INSERT INTO checkpoints SELECT unit, 7, note FROM checkpoints ${ofSize(6)}`],
    stopped('internal-error', 'internal-error'),
  ],

  ['tiles.unit', 'another', [tiles('unit = $2, level = 9')], stopped()],
  ['tiles.level', 'another', [tiles('level = 1')], stopped()],
  ['tiles.index', 'another', [tiles('index = 1')], stopped()],
  ['tiles.hashes', 'one changed', [tiles(flip('hashes'))], stopped()],
  ['tiles.hashes', 'fewer', [tiles('hashes = substring(hashes FOR 5 * 32)')], stopped()],
  ['tiles.hashes', 'more', [tiles('hashes = hashes || hashes')], taken()],
  ['tiles.hashes', 'of another unit', [tiles('hashes = (SELECT hashes FROM tiles WHERE unit = $2)')], stopped()],
  ['tiles', 'none', ['DELETE FROM tiles WHERE unit = $1'], stopped()],
  ['tiles', 'one more', ['INSERT INTO tiles SELECT unit, 1, 0, hashes FROM tiles WHERE unit = $1'], taken()],

  [
    'all',
    'none',
    ['entries', 'checkpoints', 'tiles'].map((each) => `DELETE FROM ${each} WHERE unit = $1`),
    { ...emptied, push: 'entry-out-of-order' },
  ],
  [
    'all',
    'as before the last two',
    ['DELETE FROM entries WHERE unit = $1 AND position > 4', 'DELETE FROM checkpoints WHERE unit = $1 AND size > 4'],
    { ...unchained(), report: 'endpoint-set-back', goesOn: 'endpoint-set-back' },
  ],

  ['units.name, units.force_name', 'another', [unit(`name = 'x', force_name = 'x'`)], taken()],
  ['units.set_back', 'anything', [unit(`set_back = '7'`)], both('endpoint-set-back')('believed', 'believed')],
];

/** Runs them on the victim's unit. @param other unit whose log is alike */
async function change({ unit }: Pick<Victim, 'unit'>, statements: readonly string[], other = unit): Promise<void> {
  for (const text of statements) await sql.query(text, text.includes('$2') ? [unit, other] : [unit]);
}
/** Takes the log back to a size, as a restore would. */
const cut = (size: number) => [
  `DELETE FROM entries WHERE unit = $1 AND position > ${size}`,
  `DELETE FROM checkpoints WHERE unit = $1 AND size > ${size}`,
  ...(size === 0 ? ['DELETE FROM tiles WHERE unit = $1'] : []),
];

describe('a change of the database', () => {
  test.each(drawn(attacks, 6))('%s: %s', async (_, __, statements, outcome) => {
    const { victim, member, reader } = await readLog();
    const roster = (await fixture.workstation.roster(victim.unit)).entries;
    const needsOther = statements.some((text) => text.includes('$2'));
    await change(victim, statements, needsOther ? (await readLog()).victim.unit : victim.unit);
    const count = await countStored(victim);
    // The roster is refused, or it is what it was.
    expect([null, roster]).toContainEqual(await rosterOf(victim));
    const found = {
      push: await push(victim, await member.write()),
      report: await report(victim),
      fresh: await readerOf(victim).read(),
      goesOn: await reader.read(),
    };
    expect(found).toEqual(outcome);
    const takenCount = [found.push, found.report].filter((each) => each === 'taken').length;
    expect(await countStored(victim)).toBe(count + takenCount);
    expect(await signedSize(victim)).toBeLessThanOrEqual(6 + takenCount);
    // What was sealed is sealed to the unit, in a log that goes on from the one that was read.
    const added = reader.entries.slice(6).filter(({ entry }) => entry.header.author === fixture.endpoint.endpointKey);
    expect(added).toHaveLength(found.report === 'taken' ? 1 : 0);
    for (const each of added) await expectSealedFor(victim.founded.generation, each.entry);
    // Another unit is none the worse for it.
    expect(await report({ force: demoForce })).toBe('taken');
  });

  test('cannot forge the last leaf where it fills a tile: the root is then made of the tile above', async () => {
    const victim = await newVictim();
    const { unit, client, founded } = victim;
    await client.push(unit, await founded.founder.writeMany(255));
    const attacker = await signFounding(await newFounding(unit, fixture.endpoint));
    const rosterHead = rosterHeadOf([attacker]);
    const [last] = await sql.query<{ hash: string; arrivedAt: number }>(
      `SELECT hash, arrived_at AS "arrivedAt" FROM entries ${atPosition(256)}`,
      [unit],
    );
    const leaf = { entry: fromBase64url(last?.hash ?? ''), arrivedAt: last?.arrivedAt ?? 0, rosterHead };
    const { header, signature, body, boxes } = attacker.wire;
    await sql.query(entry(1, 'header = $2, signature = $3, body = $4, boxes = $5'), [
      ...[unit, header, signature, body, toCbor(boxes)],
    ]);
    await sql.query(entry(256, 'roster_head = $2'), [unit, rosterHead]);
    await sql.query(`${tiles('hashes = substring(hashes FOR 255 * 32) || $2::bytea')} AND level = 0`, [
      ...[unit, hashLeaf(formatLeaf(leaf))],
    ]);
    expect(await report(victim)).toBe('internal-error');
    expect(await push(victim, await founded.founder.write())).toBe('internal-error');
    expect([await countStored(victim), await signedSize(victim)]).toEqual([256, 256]);
  });

  test('does not hide for long that something was lost: the next who had read it says so', async () => {
    const { victim, member, reader } = await readLog();
    await change(victim, cut(5));
    expect(await reader.read()).toBe('endpoint-set-back');
    expect(await push(victim, await member.write())).toBe('endpoint-set-back');
    await change(victim, [unit('set_back = NULL')]);
    expect(await reader.read()).toBe('endpoint-set-back');
    expect(await report(victim)).toBe('endpoint-set-back');
  });
});

/** A unit whose log is empty again, and somebody who founds it with keys of their own. */
async function emptiedUnit() {
  const victim = await newVictim();
  const reader = readerOf(victim);
  expect(await reader.read()).toBe('believed');
  await change(victim, cut(0));
  const attacker = { ...victim, client: await enrolByHand('workstation', victim.unit) };
  return { victim, reader, attacker, founding: await newFounding(victim.unit, fixture.endpoint) };
}

describe('a writer of the database cannot', () => {
  test('have reports sealed to the generation before, by taking a rotation away while it is the last entry', async () => {
    const { victim } = await rotatedUnit();
    await change(victim, cut(1));
    expect(await report(victim)).toBe('endpoint-set-back');
    expect(await countStored(victim)).toBe(1);
  });

  test('found a unit anew, though its log had only its founding', async () => {
    const { victim, attacker, founding } = await emptiedUnit();
    expect(await push(attacker, await signFounding(founding))).toBe('endpoint-set-back');
    expect(await report(victim)).toBe('unit-not-ready');
    expect(await countStored(victim)).toBe(0);
  });

  test('found a unit anew where another process serves it, which has no note of what was taken away', async () => {
    const { victim, attacker, founding } = await emptiedUnit();
    const beside = await fixture.startBeside();
    const [there, intake] = [attacker.client, fixture.intake].map(
      ({ device }) => new EndpointClient(beside.url, device),
    );
    if (!there || !intake) throw new Error('no client');
    expect(await push({ ...attacker, client: there }, await signFounding(founding))).toBe('founding-refused');
    expect(await report(victim, intake)).toBe('unit-not-ready');
  });

  test('have a force’s reports go to a unit of their own', async () => {
    const [victim, attacker] = [await newVictim(), await newVictim()];
    await change(victim, [unit(`force = 'x' || force`)]);
    await sql.query(unit('force = $2'), [attacker.unit, victim.force]);
    expect(await report(victim)).toBe('taken');
    await expectSealedFor(victim.founded.generation, await lastOf(victim));
    // Nor under a name that the directory does not know.
    expect(await report({ force: `x${victim.force}` })).toBe('force-unknown');
    expect(await report(attacker)).toBe('taken');
    await expectSealedFor(attacker.founded.generation, await lastOf(attacker));
  });

  test.each([
    ['its hash', [entry(4, as(1, 'hash'))]],
    ['whose it is', [entry(4, `author = 'x'`)]],
    ['which it is', [copy(4, 100), entry(100, as(1, 'hash'))]],
  ])(
    'have a report taken that no workstation counts, by changing of the endpoint’s last entry %s',
    async (_, statements) => {
      const { victim, reader } = await readLog();
      await change(victim, statements);
      // It names as the entry before it what the database says: its order is the tree's, which cannot be changed.
      expect([await report(victim), await reader.read()]).toEqual(['taken', 'believed']);
      await expectSealedFor(victim.founded.generation, await lastOf(victim));
    },
  );

  test('keep from the endpoint that the last entry was taken away, before anybody speaks of it', async () => {
    const { victim, member } = await readLog();
    await change(victim, cut(5));
    expect(await push(victim, await member.write())).toBe('endpoint-set-back');
  });

  test('nor by who says something in the unit’s name', async () => {
    const { victim } = await readLog();
    await change(victim, cut(5));
    const speaker = { client: victim.client, author: victim.founded.founder };
    expect(codeOf(await putOutcome(speaker, 'PA-000001', { class: 'closed' }))).toBe('endpoint-set-back');
    expect(await report(victim)).toBe('endpoint-set-back');
  });
});

describe('where another process serves the unit, which has no note of what was taken away, a writer of the database can', () => {
  let beside: Endpoint;
  let intake: EndpointClient;
  const there = (victim: Victim): Victim => ({
    ...victim,
    client: new EndpointClient(beside.url, victim.client.device),
  });

  beforeAll(async () => {
    beside = await fixture.startBeside();
    intake = new EndpointClient(beside.url, fixture.intake.device);
  });

  test('have reports sealed to the generation before, by taking a rotation away', async () => {
    const { victim } = await rotatedUnit();
    await change(victim, cut(1));
    expect(await report(victim, intake)).toBe('taken');
    await expectSealedFor(victim.founded.generation, await lastOf(there(victim)));
  });

  test('keep from the endpoint that it was set back, of those who only read: they see a fork', async () => {
    const { victim, member, reader } = await readLog();
    const [last] = await sql.query<{ note: string }>(`SELECT note FROM checkpoints ${ofSize(6)}`, [victim.unit]);
    await change(victim, cut(5));
    for (let count = 0; count < 2; count += 1) expect(await push(there(victim), await member.write())).toBe('taken');
    await sql.query(checkpoint(6, 'note = $2'), [victim.unit, last?.note ?? '']);
    expect(await reader.read()).toBe('forked');
    // Whoever writes tells it.
    const told = await member.write({ seen: reader.log.checkpoint });
    expect(await push(there(victim), told)).toBe('endpoint-set-back');
  });
});

describe('of the directory, a writer of the database', () => {
  /** A workstation that has read the directory, and what that is in the end. */
  async function readDirectory() {
    const victim = await newVictim();
    const { operatorKey } = fixture.endpoint;
    if (!operatorKey) throw new Error('no operator');
    const pinned = { endpoints: [fixture.endpoint], operatorKey };
    const document = (await signedDirectoryOf(fixture.url)) ?? '';
    const directory = await verifyDirectory(document, operatorKey);
    if (!directory) throw new Error('no directory');
    const { author: founder } = await newDevice();
    const units = directory.units.map((each) => (each.id === victim.unit ? { ...each, founder } : each));
    return { victim, pinned, known: { document, directory }, forged: { ...directory, number: 1_000, units } };
  }
  type ReadDirectory = Awaited<ReturnType<typeof readDirectory>>;

  const directoryAttacks: [what: string, make: (read: ReadDirectory) => Promise<string | null>, fault: string][] = [
    ['signs one of their own', async ({ forged }) => signDirectory(forged, await newDevice()), 'directory-unverified'],
    [
      'puts a founder of their own under the operator’s signature',
      async ({ known, forged }) => {
        const [header, , signature] = known.document.split('.');
        return [header, Buffer.from(JSON.stringify(forged)).toString('base64url'), signature].join('.');
      },
      'directory-unverified',
    ],
    [
      'brings an earlier one back',
      async () => {
        const document = (await signedDirectoryOf(fixture.url)) ?? '';
        await fixture.newFoundedUnit();
        return document;
      },
      'directory-older',
    ],
    ['takes it away', async () => null, 'directory-older'],
  ];
  test.each(directoryAttacks)('who %s has no workstation go by it', async (_, make, fault) => {
    const read = await readDirectory();
    const document = await make(read);
    // The one that it had before the attack: of what came since, it read all.
    const latest = (await signedDirectoryOf(fixture.url)) ?? '';
    const accepted = await acceptDirectory(latest, read.known, read.pinned);
    const known = accepted.ok ? accepted.value : null;
    expect(known?.directory.units.find(({ id }) => id === read.victim.unit)?.founder).toBe(
      read.victim.founded.founder.key.author,
    );
    if (document === null) await sql.query('DELETE FROM directory');
    else await sql.query('UPDATE directory SET document = $1', [document]);
    expect(await acceptDirectory(document, known, read.pinned)).toMatchObject({ ok: false, error: { code: fault } });
    // The endpoint has one of its own, and serves that, also once it was started again.
    expect(await signedDirectoryOf(fixture.url)).toBe(latest);
    await fixture.restart();
    expect(await signedDirectoryOf(fixture.url)).toBe(latest);
    expect(await report(read.victim)).toBe('taken');
    // The operator's next one is published all the same.
    const next = await fixture.newFoundedUnit();
    expect((await directoryOf(fixture.url)).units.map(({ id }) => id)).toContain(next.unit);
  });

  test('who puts a unit of theirs in the place of another has no directory that says so', async () => {
    const { victim, known } = await readDirectory();
    const attacker = await newVictim();
    await change(victim, [unit(`force = 'x' || force`)]);
    await sql.query(unit('force = $2, name = $3'), [attacker.unit, victim.force, 'Theirs']);
    await fixture.newFoundedUnit();
    const { units } = await directoryOf(fixture.url);
    expect(units.find(({ force }) => force === victim.force)).toEqual(
      known.directory.units.find(({ id }) => id === victim.unit),
    );
  });

  test('who changes rows of units or codes has no other operator pinned', async () => {
    const { pinned } = await readDirectory();
    const { code } = await fixture.addUnit();
    const enrolled = await new EndpointClient(fixture.url, await newDevice()).enrol(code);
    expect(enrolled.operatorKey).toBe(pinned.operatorKey);
    const [{ holds } = { holds: -1 }] = await sql.query<{ holds: number }>(
      `SELECT count(*) AS holds FROM pg_tables, LATERAL query_to_xml(format('SELECT * FROM %I', tablename), true, false, '') AS rows
       WHERE schemaname = 'public' AND tablename <> 'directory' AND rows::text LIKE '%' || $1 || '%'`,
      [pinned.operatorKey],
    );
    expect(holds).toBe(0);
  });
});

/* Known gaps: what a writer of the database does achieve. Whoever closes one changes its test. */
describe('a writer of the database can', () => {
  test('have a push answered that the log does not have, where they knew the entry before', async () => {
    const { victim, member, reader } = await readLog();
    const written = await member.write();
    await change(victim, [copy(5, 100)]);
    await sql.query(entry(100, 'id = $2, hash = $3'), [victim.unit, written.header.id, hashEntry(written)]);
    expect(await push(victim, written)).toBe('taken');
    // Its author keeps it until they read it in the log.
    expect([await reader.read(), reader.log.size, await signedSize(victim)]).toEqual(['believed', 6, 6]);
  });

  test.each([
    ['no body', 'body = NULL', 'parts-missing'],
    ['another body', flip('body'), 'entry-parts'],
  ])('withhold a part for good from who reads meanwhile: with %s the page is believed', async (_, changed, fault) => {
    const { victim } = await readLog();
    const reader = readerOf(victim);
    const [kept] = await sql.query<{ body: Bytes }>(`SELECT body FROM entries ${atPosition(4)}`, [victim.unit]);
    await change(victim, [entry(4, changed)]);
    expect([await reader.read(), reader.log.size]).toEqual([fault, 6]);
    await sql.query(entry(4, 'body = $2'), [victim.unit, kept?.body ?? null]);
    // They do not come back for it, and others have it.
    expect([await reader.read(), await readerOf(victim).read()]).toEqual(['believed', 'believed']);
  });

  test('stop a unit beyond the repair: what was away for a moment is taken for set back', async () => {
    const { victim, member, reader } = await readLog();
    await change(victim, [checkpoint(6, 'size = 60')]);
    expect(await reader.read()).toBe('endpoint-set-back');
    await change(victim, [checkpoint(60, 'size = 6')]);
    expect(await push(victim, await member.write())).toBe('endpoint-set-back');
  });

  test('stop it in the same way by a hash of a full tile, which the root says nothing of', async () => {
    const victim = await newVictim();
    const { founder } = victim.founded;
    const reader = readerOf(victim);
    expect(await reader.read()).toBe('believed');
    await victim.client.push(victim.unit, await founder.writeMany(256));
    const changed = [`${tiles(flip('hashes'))} AND level = 0 AND index = 0`];
    await change(victim, changed);
    expect(await push(victim, await founder.write({ seen: reader.log.checkpoint }))).toBe('endpoint-set-back');
    await change(victim, changed);
    expect(await report(victim)).toBe('endpoint-set-back');
  });

  test('enrol devices: have reports of their own taken, and nothing in the name of a unit', async () => {
    const [victim, other] = [await newVictim(), await newVictim()];
    const intake = await enrolByHand('intake', null);
    expect(codeOf(await intake.send('POST', '/v1/reports', intakeOf({ force: victim.force })))).toBe('taken');
    const sender = await enrolByHand('workstation', other.unit);
    const transfer = junkTransfer(victim.unit, victim.founded.generation);
    const stranger = { client: sender, author: await Author.of(other.unit) };
    expect(codeOf(await postTransfer(stranger, transfer))).toBe('not-of-a-member');
    expect(codeOf(await postAnswer(stranger, transfer.id, { answer: 'acknowledged', note: transfer.package }))).toBe(
      'not-of-a-member',
    );
    const reference = await fixture.intake.postReport(intakeOf({ force: other.force }));
    expect(codeOf(await putOutcome(stranger, reference, { class: 'closed' }))).toBe('not-of-a-member');
    expect(await readerOf(victim).read()).toBe('believed');
  });
});

describe('of what members withdrew, a writer of the database', () => {
  let storage: Storage;
  beforeAll(async () => {
    storage = await sqlStorage(await pgSql(databaseUrl));
  });
  afterAll(() => storage?.close());

  interface Withdrawn {
    readonly unit: StaffedUnit;
    readonly made: MadeCase;
  }
  /** The log: 1 to 4 found and staff the unit; 5 begins another case, 6 this one; 7 goes on; 8 and 9 dispose of it. */
  async function disposedOf(): Promise<Withdrawn> {
    const unit = await StaffedUnit.of(await newVictim());
    await unit.begin();
    const made = await unit.begin();
    await unit.push(await unit.write(made), ...(await unit.dispose([made])));
    return { unit, made };
  }
  /** The log: 5 and 6 begin two cases, 7 goes on with this one, 8 makes another entry, 9 hands it on, 10 confirms that. */
  async function handedOn(): Promise<Withdrawn> {
    const unit = await StaffedUnit.of(await newVictim());
    await unit.begin();
    const made = await unit.begin();
    await unit.push(await unit.write(made), await unit.founder.write());
    const act = await unit.handOver(made);
    await unit.push(act, await unit.confirm(act));
    return { unit, made };
  }

  /** Another process on the same database, which destroys what is due then. */
  async function newDestruction({ unit }: StaffedUnit) {
    let now = Date.now();
    const destruction = await destructionIn(unit, fixture, storage, () => now);
    return async (time: number): Promise<void> => {
      now = time;
      // What it does not believe it leaves as it is.
      await destruction.run().catch(() => undefined);
    };
  }
  /** Of each entry, without what says where it belongs. */
  const partsIn = ({ unit: { unit } }: Withdrawn) =>
    sql.query<object>('SELECT id, body, boxes FROM entries WHERE unit = $1 ORDER BY id', [unit]);
  /** Whether each entry of the case is served whole. */
  async function servedWhole({ unit: { unit, client }, made }: Withdrawn, url = fixture.url): Promise<boolean[]> {
    const { entries } = await new EndpointClient(url, client.device).pull(unit, 0);
    const parsed = entries.map((each) => parseEntry(each.entry)).flatMap((each) => (each.ok ? [each.value] : []));
    return parsed.filter(({ header }) => header.stream === made.stream).map(isWhole);
  }

  /** After that change: by a process that has read the log before, and by one that has not. */
  async function expectNothingDestroyed(withdrawn: Withdrawn, statements: readonly string[]): Promise<void> {
    const { unit } = withdrawn;
    const [hasRead, hasNot] = [await newDestruction(unit), await newDestruction(unit)];
    await hasRead(Date.now());
    await change(unit, statements);
    const left = await partsIn(withdrawn);
    for (const destroyAt of [hasRead, hasNot]) {
      for (const time of [Date.now(), Date.now() + grace]) await destroyAt(time);
    }
    expect(await partsIn(withdrawn)).toEqual(left);
  }

  const kinds = [
    ['a disposal', disposedOf],
    ['handing a stream on', handedOn],
  ] as const;
  const act = 9;

  test.each(kinds)('who changes nothing of %s has it destroyed when it is due', async (_, prepare) => {
    const withdrawn = await prepare();
    const before = await partsIn(withdrawn);
    const destroyAt = await newDestruction(withdrawn.unit);
    await destroyAt(Date.now() + grace - 60_000);
    expect(await partsIn(withdrawn)).toEqual(before);
    await destroyAt(Date.now() + grace);
    expect(await partsIn(withdrawn)).not.toEqual(before);
  });

  const earlier = `arrived_at = arrived_at - ${2 * grace}`;
  const changes: [what: string, statements: readonly string[]][] = [
    ['takes the act away', [`DELETE FROM entries ${atPosition(act)}`]],
    ['hides the act', [entry(act, 'in_clear = false')]],
    ['has the act come earlier', [entry(act, earlier)]],
    ['has all come earlier', [`UPDATE entries SET ${earlier} WHERE unit = $1`]],
    [
      'has an act that came earlier pass for it',
      [entry(1, as(act, 'hash')), entry(act, `hash = 'x'`), entry(1, earlier)],
    ],
    ['puts the act where an earlier one was', swap(1, act)],
  ];
  describe.each(kinds)('has nothing destroyed of %s', (_, prepare) => {
    test.each(changes)('who %s', async (__, statements) => {
      await expectNothingDestroyed(await prepare(), statements);
    });
  });

  const streams: [what: string, statements: readonly string[]][] = [
    ['has its first entry stand in another stream', [entry(6, 'stream = gen_random_uuid()')]],
    ['has the first entry of another case pass for its first', [entry(5, as(6, 'stream'))]],
    ['puts the parts of another entry in the place of its first', [entry(6, as(5, 'boxes'))]],
    [
      'puts another entry in the place of its first',
      ['header', 'signature', 'boxes'].map((each) => entry(6, as(5, each))),
    ],
  ];
  test.each(streams)('has nothing destroyed of a case that was disposed of, who %s', async (_, statements) => {
    await expectNothingDestroyed(await disposedOf(), statements);
  });

  // A known gap: they have it anyway.
  test.each(kinds)(
    'who hides %s has it served whole by a process that never read of it, and by no other',
    async (_, prepare) => {
      const withdrawn = await prepare();
      const before = await servedWhole(withdrawn);
      expect(before).toContain(false);
      await change(withdrawn.unit, [entry(act, 'in_clear = false')]);
      const beside = await fixture.startBeside();
      expect(await servedWhole(withdrawn, beside.url)).toEqual([true, true]);
      expect(await servedWhole(withdrawn)).toEqual(before);
      await change(withdrawn.unit, [entry(act, 'in_clear = true')]);
      expect(await servedWhole(withdrawn, beside.url)).toEqual(before);
    },
  );
});
