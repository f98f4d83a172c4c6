import { v4 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Endpoint } from '#endpoint/start-endpoint.ts';
import { pgSql } from '#endpoint/storage/pg-sql.ts';
import type { Sql } from '#endpoint/storage/sql.ts';
import { toCanonicalBytes } from '#shared/crypto/canonical-json.ts';
import { toCbor } from '#shared/crypto/cbor.ts';
import { type Bytes, fromBase64url, fromUtf8 } from '#shared/crypto/encoding.ts';
import { currentGeneration, deviceOf, memberOf, type Roster } from '#shared/domain/unit/roster.ts';
import type { AuthorKey, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { consentToRenewal } from '#shared/log/device-proof.ts';
import { type Entry, hashEntry, parseEntry, type WireEntry } from '#shared/log/entry.ts';
import { makeGeneration } from '#shared/log/generation.ts';
import { boxGeneration } from '#shared/log/generation-box.ts';
import { makeRecoveryKey, proveRecovery, type RecoveryKey } from '#shared/log/recovery-key.ts';
import { foldRosterEntries, provedAsOf } from '#shared/log/roster-entry.ts';
import { type Seen, seenNothing } from '#shared/log/seen.ts';
import { StaffedUnit } from '../support/endpoint-cases.ts';
import { directoryOf, EndpointClient, newDevice } from '../support/endpoint-client.ts';
import { type AddedUnit, type EndpointFixture, startTestEndpoint } from '../support/endpoint-fixture.ts';
import { newDatabase } from '../support/endpoint-postgres.ts';
import { intakeOf } from '../support/endpoint-reports.ts';
import {
  Author,
  deviceOf as deviceKeysOf,
  type FoundedUnit,
  type Founding,
  foundUnit,
  junkBox,
  junkTransfer,
  newFounding,
  newMember,
  newStream,
  openSealed,
  postTransfer,
  pullAll,
  signFounding,
} from '../support/endpoint-unit.ts';
import { expectProblem, type ProblemCode } from '../support/expect-problem.ts';
import { makeCheckpoint } from '../support/memory-log-tree.ts';

let fixture: EndpointFixture;
let sql: Sql;

beforeAll(async () => {
  const databaseUrl = await newDatabase(inject('postgres'));
  fixture = await startTestEndpoint({ databaseUrl });
  sql = await pgSql(databaseUrl);
}, 60_000);
afterAll(async () => {
  await sql?.close();
  await fixture.close();
});

const push = ({ unit, client }: AddedUnit, entries: readonly Entry[]) =>
  client.tryPush(
    unit,
    entries.map(({ wire }) => wire),
  );
const report = ({ force }: AddedUnit) => fixture.intake.send('POST', '/v1/reports', intakeOf({ force }));
const endOf = async ({ unit, client }: AddedUnit) => (await client.pull(unit, 0)).end;
const seenOf = async ({ unit, client }: AddedUnit): Promise<Seen> =>
  (await pullAll(client, unit, fixture.endpoint)).log.checkpoint;
const isFounded = async ({ unit }: AddedUnit) =>
  typeof (await directoryOf(fixture.url)).units.find(({ id }) => id === unit)?.founder === 'string';

/** The push is refused, and the log is as before. */
async function expectRefused(unit: AddedUnit, entries: readonly Entry[], code: ProblemCode): Promise<string> {
  const before = await endOf(unit);
  const detail = expectProblem(await push(unit, entries), code);
  expect(await endOf(unit)).toBe(before);
  return detail;
}

/** What another unit makes of the roster that it is served. */
async function rosterOf({ unit }: AddedUnit, founder: AuthorKey, as = fixture.workstation) {
  const { entries, proof } = await as.roster(unit);
  const parsed = entries.map((wire) => parseEntry(wire)).flatMap((each) => (each.ok ? [each.value] : []));
  expect(parsed).toHaveLength(entries.length);
  const folded = await foldRosterEntries(unit, parsed, { founder, endpoints: [fixture.endpoint] });
  if (!folded.ok) throw new Error(folded.error.code);
  if (folded.value) expect(await provedAsOf(unit, parsed, folded.value, proof)).not.toBeNull();
  return folded.value;
}

describe('a founding', () => {
  test('begins the log: from then on reports are sealed to its generation', async () => {
    const unit = await fixture.newUnit();
    expect(await isFounded(unit)).toBe(false);
    expectProblem(await report(unit), 'unit-not-ready');
    const founded = await foundUnit(unit.client, unit.unit);
    expect(await isFounded(unit)).toBe(true);
    expect((await report(unit)).status).toBe(201);
    const { entries } = await pullAll(unit.client, unit.unit, fixture.endpoint);
    expect(entries).toHaveLength(2);
    const sealed = await openSealed(entries[1]?.entry as Entry, founded.generation);
    expect(sealed.type).toBe('referral.received');
  });

  test('is followed by reports for whoever looks first at them, once there are two', async () => {
    const added = await fixture.newFoundedUnit();
    const unit = await StaffedUnit.of(added);
    const reports = async () => {
      expect((await report(added)).status).toBe(201);
      const { entries } = await pullAll(unit.client, unit.unit, fixture.endpoint);
      return entries.at(-1)?.entry as Entry;
    };
    expect(await openSealed(await reports(), unit.all.generation)).toMatchObject({ type: 'referral.received' });
    const intake = await unit.openIntake();
    expect(await openSealed(await reports(), intake)).toMatchObject({ type: 'referral.received' });
  });

  test('is a founding, and stands first', async () => {
    const unit = await fixture.newUnit();
    const founding = await newFounding(unit.unit, fixture.endpoint);
    const author = await Author.of(unit.unit);
    await expectRefused(unit, [await author.write()], 'founding-refused');
    author.tip = null;
    const member = newMember();
    const data = { member, role: 'analyst', device: await deviceKeysOf(author, member) };
    const admission = await author.act(founding.stream, { type: 'member.admitted', data });
    const first = await signFounding(founding);
    await expectRefused(unit, [admission, first], 'founding-refused');
    author.tip = null;
    await expectRefused(unit, [await author.write(), first], 'founding-refused');
    expect(await isFounded(unit)).toBe(false);
    expect((await push(unit, [first])).status).toBe(200);
  });

  const wrong: [what: string, why: string, change: (founding: Founding) => Promise<Partial<Founding>>][] = [
    [
      'whose founder is not its author',
      'founder-not-author',
      async ({ data, author }) => ({
        data: { ...data, device: await deviceKeysOf(await Author.of(author.unit), data.founder) },
      }),
    ],
    [
      'that names another endpoint',
      'other-endpoint',
      async ({ data }) => ({ data: { ...data, endpointKey: (await newDevice()).author } }),
    ],
    [
      'whose device signed for another member',
      'binding-unproved',
      async ({ data, author }) => ({ data: { ...data, device: await deviceKeysOf(author, newMember()) } }),
    ],
    [
      'whose device signed for another key to receive with',
      'binding-unproved',
      async ({ data, author }) => {
        const { sealingKey } = await deviceKeysOf(author, data.founder);
        return { data: { ...data, device: { ...data.device, sealingKey } } };
      },
    ],
    ['without a box of its key', 'grant-without-key', async () => ({ boxes: [] })],
    [
      'whose box holds another key',
      'grant-without-key',
      async ({ stream, data }) => ({ boxes: [await boxGeneration(await makeGeneration(), stream, data.device)] }),
    ],
    [
      'whose box is for another device',
      'grant-without-key',
      async ({ stream, data, generation }) => ({
        boxes: [await boxGeneration(generation, stream, { ...data.device, author: (await newDevice()).author })],
      }),
    ],
    [
      'whose generation is not the hash of its key',
      'generation',
      async ({ data }) => {
        const { publicKey } = (await makeGeneration()).sealing;
        return { data: { ...data, generation: { ...data.generation, publicKey } } };
      },
    ],
    ['of another form', 'it is none', async ({ data }) => ({ data: { ...data, more: 1 } as never })],
  ];
  test.each(wrong)('%s is refused', async (_, why, change) => {
    const unit = await fixture.newUnit();
    const founding = await newFounding(unit.unit, fixture.endpoint);
    const changed = await signFounding({ ...founding, ...(await change(founding)) });
    expect(await expectRefused(unit, [changed], 'founding-refused')).toContain(why);
    expect(await isFounded(unit)).toBe(false);
    expectProblem(await report(unit), 'unit-not-ready');
    founding.author.tip = null;
    expect((await push(unit, [await signFounding(founding)])).status).toBe(200);
  });

  test('of another unit is refused', async () => {
    const [unit, other] = [await fixture.newUnit(), await fixture.newUnit()];
    const founding = await newFounding(other.unit, fixture.endpoint);
    await expectRefused(unit, [await signFounding(founding)], 'entry-other-unit');
  });

  test('is taken once: sent again it changes nothing, and another is refused', async () => {
    const unit = await fixture.newUnit();
    const founding = await newFounding(unit.unit, fixture.endpoint);
    const first = await signFounding(founding);
    const more = await founding.author.write();
    const both = await push(unit, [first, more]);
    expect([both.status, (await push(unit, [first, more])).bytes]).toEqual([200, both.bytes]);
    expect((await push(unit, [first])).status).toBe(200);
    const second = await newFounding(unit.unit, fixture.endpoint);
    const another = await signFounding(second);
    await expectRefused(unit, [another], 'unit-founded');
    await expectRefused(unit, [another, await second.author.write()], 'unit-founded');
    // Nor by one who is a member, in the roster's own stream.
    const again = { type: 'unit.founded', data: founding.data };
    await expectRefused(unit, [await founding.author.act(founding.stream, again, founding.boxes)], 'unit-founded');
    const roster = await rosterOf(unit, founding.author.key.author);
    expect(currentGeneration(roster, 'unit')?.id).toBe(founding.generation.id);
  });

  test('of two at the same time, one counts', async () => {
    const unit = await fixture.newUnit();
    const foundings = await Promise.all(
      [1, 2, 3].map(() => newFounding(unit.unit, fixture.endpoint).then(signFounding)),
    );
    const replies = await Promise.all(foundings.map((founding) => push(unit, [founding])));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await endOf(unit)).toBe(1);
  });
});

describe('an author', () => {
  test('who was never bound is turned away', async () => {
    const unit = await fixture.newFoundedUnit();
    const stranger = await Author.of(unit.unit);
    const entry = await stranger.write();
    expect(await expectRefused(unit, [entry], 'entry-author-unknown')).toContain(entry.header.id);
    const member = newMember();
    const data = { member, role: 'supervisor', device: await deviceKeysOf(stranger, member) };
    stranger.tip = null;
    const admitsThemselves = await stranger.act(unit.founded.stream, { type: 'member.admitted', data });
    await expectRefused(unit, [admitsThemselves], 'entry-author-unknown');
    // What stands before in the same push is not taken either.
    await expectRefused(unit, [await unit.founded.founder.write(), entry], 'entry-author-unknown');
  });

  test('may write from their admission on, in the same push', async () => {
    const unit = await fixture.newFoundedUnit();
    const author = await Author.of(unit.unit);
    const admission = await unit.founded.admission(author);
    const entry = await author.write();
    await expectRefused(unit, [entry, admission], 'entry-author-unknown');
    expect((await push(unit, [admission, entry])).status).toBe(200);
    expect((await push(unit, [await author.write()])).status).toBe(200);
  });

  test('whose device was not their own to bind stays unbound: the act is kept, and changes nothing', async () => {
    const unit = await fixture.newFoundedUnit();
    const { founder, stream } = unit.founded;
    const author = await Author.of(unit.unit);
    const device = await deviceKeysOf(author, newMember());
    const data = { member: newMember(), role: 'analyst', device };
    const admission = await founder.act(stream, { type: 'member.admitted', data });
    const before = await endOf(unit);
    expect((await push(unit, [admission])).status).toBe(200);
    expect(await endOf(unit)).toBe(before + 1);
    expect(deviceOf(await rosterOf(unit, founder.key.author), author.key.author)).toBeNull();
    await expectRefused(unit, [await author.write()], 'entry-author-unknown');
  });

  test('that is the recovery key acts on the roster from its binding on, and writes nothing else', async () => {
    const unit = await fixture.newFoundedUnit();
    const { founder, stream, device } = unit.founded;
    const key = await makeRecoveryKey();
    const recovery = await Author.of(unit.unit, key.signing);
    const bind = async (of: RecoveryKey) =>
      founder.act(stream, { type: 'recovery.bound', data: { recovery: await proveRecovery(unit.unit, of) } });
    const next = await Author.of(unit.unit);
    const { founder: id } = (await rosterOf(unit, founder.key.author)) as Roster;
    const data = { member: id, device: await deviceKeysOf(next, id) };
    const rebinding = await recovery.act(stream, { type: 'device.bound', data });
    await expectRefused(unit, [rebinding], 'entry-author-unknown');
    const binding = await bind(key);
    expect((await push(unit, [binding, rebinding])).status).toBe(200);
    const roster = await rosterOf(unit, founder.key.author);
    expect(deviceOf(roster, next.key.author)?.standing).toBe('inForce');
    expect(deviceOf(roster, device.author)?.standing).toBe('ended');
    // What its rules refuse is kept as evidence; a case it cannot write in at all.
    const admitted = { member: newMember(), role: 'supervisor', device: await deviceKeysOf(next, newMember()) };
    expect((await push(unit, [await recovery.act(stream, { type: 'member.admitted', data: admitted })])).status).toBe(
      200,
    );
    expect((await rosterOf(unit, founder.key.author))?.members).toHaveLength(1);
    const before = recovery.tip;
    await expectRefused(unit, [await recovery.write()], 'entry-author-unknown');
    recovery.tip = before;
    await expectRefused(unit, [await recovery.act(newStream(), { type: 'device.bound', data })], 'entry-malformed');
    // Replaced, what it signed before and nobody sent is still taken: it changes nothing.
    recovery.tip = before;
    const successor = {
      type: 'recovery.bound',
      data: { recovery: await proveRecovery(unit.unit, await makeRecoveryKey()) },
    };
    expect((await push(unit, [await next.act(stream, successor)])).status).toBe(200);
    expect((await push(unit, [await recovery.act(stream, { type: 'device.bound', data })])).status).toBe(200);
    expect((await rosterOf(unit, founder.key.author))?.devices).toHaveLength(2);
  });

  test('that comes in the place of a device is known by its first entry, once another member signed too', async () => {
    const unit = await fixture.newFoundedUnit();
    const { founder, stream } = unit.founded;
    const [old, next, stranger] = [await unit.founded.member(), await Author.of(unit.unit), await Author.of(unit.unit)];
    next.readers = unit.founded.generation;
    const before = await rosterOf(unit, founder.key.author);
    const member = deviceOf(before, old.key.author)?.member ?? newMember();
    const renewed = async (by: Author, consenting: Author) => {
      const device = await deviceKeysOf(by, member);
      const consent = await consentToRenewal({ unit: unit.unit, member, device }, consenting.key);
      return by.act(stream, { type: 'device.renewed', data: { member, replaces: old.key.author, device, consent } });
    };
    // Without the signature of the key that it replaces it is a stranger's.
    await expectRefused(unit, [await renewed(stranger, stranger)], 'entry-author-unknown');
    const act = await renewed(next, old);
    expect((await push(unit, [act])).status).toBe(200);
    const tip = next.tip;
    await expectRefused(unit, [await next.write()], 'entry-author-unknown');
    next.tip = tip;
    const second = await founder.act(stream, { type: 'act.seconded', data: { entry: hashEntry(act) } });
    expect((await push(unit, [second, await next.write()])).status).toBe(200);
    const roster = await rosterOf(unit, founder.key.author);
    expect(deviceOf(roster, next.key.author)).toMatchObject({ member, standing: 'inForce' });
    expect(deviceOf(roster, old.key.author)).toMatchObject({ member, standing: 'ended' });
  });

  test('whose device was ended may still push what they wrote: the members judge it', async () => {
    const unit = await fixture.newFoundedUnit();
    const { founder, stream } = unit.founded;
    const [first, second] = [await unit.founded.member(), await unit.founded.member()];
    const data = { device: first.key.author };
    const proposal = await founder.act(stream, { type: 'membership.ended', data });
    const seconded = await second.act(stream, { type: 'act.seconded', data: { entry: hashEntry(proposal) } });
    expect((await push(unit, [proposal, seconded])).status).toBe(200);
    const roster = await rosterOf(unit, founder.key.author);
    expect([deviceOf(roster, first.key.author)?.standing, memberOf(roster, first.key.author)]).toEqual(['ended', null]);
    expect((await push(unit, [await first.write()])).status).toBe(200);
    // Also an act on the roster, which then changes nothing.
    const other = newMember();
    const act = { member: other, role: 'supervisor', device: await deviceKeysOf(await Author.of(unit.unit), other) };
    expect((await push(unit, [await first.act(stream, { type: 'member.admitted', data: act })])).status).toBe(200);
    expect((await rosterOf(unit, founder.key.author))?.members).toHaveLength(3);
  });
});

describe('an entry', () => {
  test('has seen a checkpoint of this log that the endpoint signed, and never less than its author had', async () => {
    const unit = await fixture.newFoundedUnit();
    const { founder } = unit.founded;
    const first = await seenOf(unit);
    if (!('time' in first)) throw new Error('no checkpoint');
    expect(
      (await push(unit, [await founder.write({ seen: first }), await founder.write({ seen: first })])).status,
    ).toBe(200);
    const second = await seenOf(unit);
    const { tip } = founder;
    const refuse = async (seen: Seen, code: ProblemCode) => {
      founder.tip = tip;
      const entry = await founder.write({ seen });
      expect(await expectRefused(unit, [entry], code)).toContain(entry.header.id);
    };
    await refuse(seenNothing, 'entry-seen');
    const other = await seenOf(await fixture.newFoundedUnit());
    for (const changes of [{ size: 2 }, { size: 4 }, { time: first.time + 1 }, { root: other.root }])
      await refuse({ ...first, ...changes } as Seen, 'entry-seen-unproved');
    // Of another unit of the same endpoint, all of it as it is.
    await refuse(other, 'entry-seen-unproved');
    founder.tip = tip;
    const good = [await founder.write({ seen: second }), await founder.write({ seen: second })];
    expect((await push(unit, good)).status).toBe(200);
    // Sent again it stands where it stood.
    expect((await push(unit, good)).status).toBe(200);
    founder.tip = hashEntry(good[1] as Entry);
    const back = [await founder.write({ seen: await seenOf(unit) }), await founder.write({ seen: second })];
    await expectRefused(unit, back, 'entry-seen');
    const empty = await fixture.newUnit();
    const { stream, data, boxes, author } = await newFounding(empty.unit, fixture.endpoint);
    const early = await author.act(stream, { type: 'unit.founded', data }, boxes, { seen: first });
    await expectRefused(empty, [early], 'entry-seen-unproved');
  });

  test('of the roster is in the clear, and every other one is not', async () => {
    const unit = await fixture.newFoundedUnit();
    const { founder, stream } = unit.founded;
    const { tip } = founder;
    const refuse = async (write: () => Promise<Entry>, code: ProblemCode = 'entry-malformed') => {
      founder.tip = tip;
      const entry = await write();
      expect(await expectRefused(unit, [entry], code)).toContain(entry.header.id);
    };
    const member = newMember();
    const data = { member, role: 'analyst', device: await deviceKeysOf(await Author.of(unit.unit), member) };
    const good = { type: 'member.admitted', data };
    await refuse(() => founder.write({ stream }));
    await refuse(() => founder.act(v4() as StreamId, good));
    await refuse(() => founder.act(stream, { type: 'member.admitted', data: { ...data, role: 'king' } }));
    await refuse(() => founder.act(stream, { type: 'unit.named', data: { name: 'In the clear' } }));
    await refuse(() => founder.act(stream, { type: 'case.taken', data: {} }));
    await refuse(() => founder.act(stream, { ...good, v: 2 }), 'entry-newer');
    await refuse(() => founder.act(stream, { type: 'member.knighted', data: {} }), 'entry-newer');
    founder.tip = tip;
    expect((await push(unit, [await founder.act(stream, good)])).status).toBe(200);
  });
});

describe('the roster of a unit', () => {
  test('is served whole to the workstations of every unit, to be folded', async () => {
    const unit = await fixture.newFoundedUnit();
    const member = await unit.founded.member();
    await unit.client.push(unit.unit, [(await member.write()).wire]);
    for (const client of [unit.client, fixture.workstation]) {
      const roster = await rosterOf(unit, unit.founded.founder.key.author, client);
      expect(deviceOf(roster, member.key.author)?.standing).toBe('inForce');
      expect(currentGeneration(roster, 'unit')?.publicKey).toBe(unit.founded.generation.sealing.publicKey);
    }
    const { entries } = await unit.client.pull(unit.unit, 0);
    const served = await fixture.workstation.roster(unit.unit);
    expect(served.entries).toEqual(entries.slice(0, 2).map(({ entry }) => entry));
  });

  test('is served as of an earlier checkpoint, whole as it was then', async () => {
    const unit = await fixture.newUnit();
    const founded = await foundUnit(unit.client, unit.unit);
    const { founder } = founded;
    expect((await report(unit)).status).toBe(201);
    const member = newMember();
    const data = { member, role: 'analyst', device: await deviceKeysOf(await Author.of(unit.unit), member) };
    const [admission, sealed] = [await founder.act(founded.stream, { type: 'member.admitted', data }), founder.write()];
    // One checkpoint over both.
    expect((await push(unit, [admission, await sealed])).status).toBe(200);
    const asOf = async (size: number) => {
      const { entries, proof } = await unit.client.roster(unit.unit, size);
      const parsed = entries.map((wire) => parseEntry(wire)).flatMap((each) => (each.ok ? [each.value] : []));
      const folded = await foldRosterEntries(unit.unit, parsed, {
        founder: founder.key.author,
        endpoints: [fixture.endpoint],
      });
      const roster = folded.ok && folded.value;
      if (!roster) throw new Error('no roster');
      const proved = await provedAsOf(unit.unit, parsed, roster, proof);
      return { members: roster.members.length, size: proved?.size };
    };
    expect(await asOf(1)).toEqual({ members: 1, size: 1 });
    expect(await asOf(2)).toEqual({ members: 1, size: 2 });
    expect(await asOf(4)).toEqual({ members: 2, size: 4 });
    for (const [size, code] of [
      [3, 'checkpoint-unknown'],
      [5, 'checkpoint-unknown'],
      ['0', 'request-malformed'],
      ['x', 'request-malformed'],
    ] as const) {
      expectProblem(await unit.client.send('GET', `/v1/units/${unit.unit}/roster?at=${size}`), code);
    }
  });

  test('is for workstations, of a unit that is there and founded', async () => {
    const [founded, unfounded] = [await fixture.newFoundedUnit(), await fixture.newUnit()];
    const get = (id: string, client = fixture.workstation) => client.send('GET', `/v1/units/${id}/roster`);
    expectProblem(await get(founded.unit, fixture.intake), 'device-not-allowed');
    expectProblem(await get(founded.unit, new EndpointClient(fixture.url, await newDevice())), 'device-unknown');
    expect((await fetch(`${fixture.url}/v1/units/${founded.unit}/roster`)).status).toBe(401);
    expectProblem(await get(unfounded.unit), 'unit-not-ready');
    expectProblem(await get(v4()), 'unit-unknown');
    expectProblem(await get('nonsense'), 'request-malformed');
  });
});

describe('a writer of the database', () => {
  interface Attacked extends AddedUnit {
    readonly founded: FoundedUnit;
    readonly member: Author;
  }
  /** Whose key the endpoint would seal to if it believed the database. */
  const attackerOf = (unit: UnitId) => newFounding(unit, fixture.endpoint);

  const put = (unit: UnitId, position: number, { header, signature, body, boxes }: WireEntry) =>
    sql.query(
      'UPDATE entries SET header = $3, signature = $4, body = $5, boxes = $6 WHERE unit = $1 AND position = $2',
      [unit, position, header, signature, body, toCbor(boxes)],
    );
  const setCheckpoint = (unit: UnitId, note: string) =>
    sql.query(
      'UPDATE checkpoints SET note = $2 WHERE unit = $1 AND size = (SELECT max(size) FROM checkpoints WHERE unit = $1)',
      [unit, note],
    );
  const checkpointOf = async (unit: UnitId) => {
    const [row] = await sql.query<{ note: string }>(
      'SELECT note FROM checkpoints WHERE unit = $1 ORDER BY size DESC LIMIT 1',
      [unit],
    );
    return row?.note ?? '';
  };
  /** All of a unit's log that comes after the position. */
  async function cut(unit: UnitId, position: number): Promise<void> {
    await sql.query('DELETE FROM entries WHERE unit = $1 AND position > $2', [unit, position]);
    await sql.query('DELETE FROM checkpoints WHERE unit = $1 AND size > $2', [unit, position]);
    if (position === 0) await sql.query('DELETE FROM tiles WHERE unit = $1', [unit]);
  }
  const storedRow = async (unit: UnitId, position: number) => {
    const [row] = await sql.query<{ header: Bytes; body: Bytes }>(
      'SELECT header, body FROM entries WHERE unit = $1 AND position = $2',
      [unit, position],
    );
    if (!row) throw new Error('no row');
    return row;
  };
  /** Behind what is there, as a row of the roster. */
  async function insert(unit: UnitId, { header: { id, author, stream }, wire }: Entry): Promise<void> {
    await sql.query(
      `INSERT INTO entries (unit, position, id, author, stream, hash, arrived_at, roster_head, in_clear, header, signature, body, boxes)
       SELECT $1, max(position) + 1, $2, $3, $4, 'x', max(arrived_at), '\\x00', true, $5, $6, $7, $8 FROM entries WHERE unit = $1`,
      [unit, id, author, stream, wire.header, wire.signature, wire.body, toCbor(wire.boxes)],
    );
  }

  const attacks: [what: string, attack: (unit: Attacked) => Promise<unknown>, code: ProblemCode][] = [
    [
      'who takes the checkpoints away',
      ({ unit }) => sql.query('DELETE FROM checkpoints WHERE unit = $1', [unit]),
      'unit-not-ready',
    ],
    ['who writes nonsense as the checkpoint', ({ unit }) => setCheckpoint(unit, 'nonsense'), 'internal-error'],
    [
      'who signs a checkpoint themselves',
      async ({ unit, client }) => {
        const { log, entries } = await pullAll(client, unit, fixture.endpoint);
        const root = fromBase64url(log.root);
        const forged = { unit, key: await newDevice() };
        await setCheckpoint(unit, (await makeCheckpoint(forged, { size: entries.length, root, at: Date.now() })).note);
      },
      'internal-error',
    ],
    [
      'who puts the checkpoint of another unit in its place',
      async ({ unit }) => setCheckpoint(unit, await checkpointOf((await fixture.newFoundedUnit()).unit)),
      'internal-error',
    ],
    [
      'who puts an earlier checkpoint in the place of the last',
      async ({ unit }) =>
        sql.query(
          `UPDATE checkpoints SET note = (SELECT note FROM checkpoints WHERE unit = $1 ORDER BY size LIMIT 1)
           WHERE unit = $1 AND size = (SELECT max(size) FROM checkpoints WHERE unit = $1)`,
          [unit],
        ),
      'internal-error',
    ],
    ['who sets the whole log back', ({ unit }) => cut(unit, 1), 'endpoint-set-back'],
    [
      'who takes the hashes away',
      ({ unit }) => sql.query('DELETE FROM tiles WHERE unit = $1', [unit]),
      'internal-error',
    ],
    [
      'who changes a hash',
      ({ unit }) =>
        sql.query(`UPDATE tiles SET hashes = set_byte(hashes, 0, 255 - get_byte(hashes, 0)) WHERE unit = $1`, [unit]),
      'internal-error',
    ],
    [
      'who changes when the last entry came',
      ({ unit }) =>
        sql.query(
          'UPDATE entries SET arrived_at = arrived_at + 1 WHERE unit = $1 AND position = (SELECT max(position) FROM entries WHERE unit = $1)',
          [unit],
        ),
      'internal-error',
    ],
    [
      'who has the log forgotten, and founds it again',
      async (attacked) => {
        await cut(attacked.unit, 0);
        const founding = await signFounding(await attackerOf(attacked.unit));
        expectProblem(await push(attacked, [founding]), 'endpoint-set-back');
      },
      'unit-not-ready',
    ],
  ];

  /** What may be done to the rows of a roster, and what becomes of a report then where that roster had been folded. */
  const damages: [what: string, damage: (unit: Attacked) => Promise<unknown>, report: ProblemCode | 'taken'][] = [
    [
      'who takes the last act of the roster away',
      ({ unit }) => sql.query('DELETE FROM entries WHERE unit = $1 AND position = 2', [unit]),
      'taken',
    ],
    [
      'who hides an act of the roster among the sealed entries',
      ({ unit }) => sql.query('UPDATE entries SET in_clear = false WHERE unit = $1 AND position = 2', [unit]),
      'taken',
    ],
    [
      'who puts a good founding of their own in the place of the first entry',
      async ({ unit }) => put(unit, 1, (await signFounding(await attackerOf(unit))).wire),
      'taken',
    ],
    [
      'who puts a whole roster of their own in the place of the first',
      async ({ unit }) => {
        await sql.query('UPDATE entries SET in_clear = false WHERE unit = $1', [unit]);
        await insert(unit, await signFounding(await attackerOf(unit)));
      },
      'internal-error',
    ],
    [
      'who adds an act that nobody signed',
      async ({ unit, founded }) => {
        const { header, wire } = await founded.admission(await Author.of(unit), 'supervisor');
        await insert(unit, { header, wire: { ...wire, signature: new Uint8Array(64) } });
      },
      'internal-error',
    ],
    [
      'who adds an act that a member signed',
      async ({ unit, founded, member }) => {
        const [id, accomplice, { tip }] = [newMember(), await Author.of(unit), member];
        const data = { member: id, role: 'supervisor', device: await deviceKeysOf(accomplice, id) };
        await insert(unit, await member.act(founded.stream, { type: 'member.admitted', data }));
        member.tip = tip;
      },
      'internal-error',
    ],
    [
      'who changes what an act says',
      async ({ unit }) => {
        const { body } = await storedRow(unit, 1);
        const event = JSON.parse(fromUtf8(new Uint8Array(body)));
        const { data } = await attackerOf(unit);
        event.data.generation = data.generation;
        await sql.query('UPDATE entries SET body = $2 WHERE unit = $1 AND position = 1', [
          unit,
          toCanonicalBytes(event),
        ]);
      },
      'taken',
    ],
    [
      'who changes a box',
      ({ unit }) =>
        sql.query('UPDATE entries SET boxes = $2 WHERE unit = $1 AND position = 1', [
          unit,
          toCbor([junkBox(200, 1200)]),
        ]),
      'taken',
    ],
    [
      'who signs a member’s act with a key of their own',
      async ({ unit, founded }) => {
        const { header, wire } = await founded.admission(await Author.of(unit), 'supervisor');
        const forged = await (await Author.of(unit)).act(founded.stream, { type: 'x.x', data: null });
        await insert(unit, { header, wire: { ...wire, signature: forged.wire.signature } });
      },
      'internal-error',
    ],
  ];

  /** A unit with a member, whose roster this endpoint has folded, and no other process. */
  async function newAttacked(): Promise<Attacked> {
    const unit = await fixture.newFoundedUnit();
    const member = await unit.founded.member();
    expect((await report(unit)).status).toBe(201);
    return { ...unit, member };
  }
  type At = (client: EndpointClient) => EndpointClient;
  const here: At = (client) => client;
  /** At another process on the same database. */
  const beside: At = ({ device }) => new EndpointClient(other.url, device);
  let other: Endpoint;
  beforeAll(async () => {
    other = await fixture.startBeside();
  });

  const getRoster = (unit: UnitId, at = here) => at(fixture.workstation).send('GET', `/v1/units/${unit}/roster`);
  async function countSealed(): Promise<number | undefined> {
    const own = [fixture.endpoint.endpointKey];
    return (await sql.query<{ n: number }>('SELECT count(*) AS n FROM entries WHERE author = $1', own))[0]?.n;
  }

  async function expectNothingTaken({ unit, force, client, member, founded }: Attacked, code: ProblemCode, at = here) {
    const before = await countSealed();
    const reportAt = (about: string) => at(fixture.intake).send('POST', '/v1/reports', intakeOf({ force: about }));
    expectProblem(await reportAt(force), code);
    const sender = await fixture.newFoundedUnit();
    const speaker = { client: at(sender.client), author: sender.founded.founder };
    expectProblem(await postTransfer(speaker, junkTransfer(unit, founded.generation)), code);
    expectProblem(await getRoster(unit, at), code);
    const { tip } = member;
    expect((await at(client).tryPush(unit, [(await member.write()).wire])).status).toBeGreaterThanOrEqual(400);
    member.tip = tip;
    expect(await countSealed()).toBe(before);
    // Another unit is none the worse for it.
    expect((await reportAt(sender.force)).status).toBe(201);
  }

  /** The last entry of the log is a report, sealed to the unit. */
  async function expectSealed({ unit, client, founded }: Attacked): Promise<void> {
    const { entries } = await client.pull(unit, (await client.pull(unit, 0)).end - 1);
    const parsed = parseEntry(entries.at(-1)?.entry);
    if (!parsed.ok) throw new Error(parsed.error.code);
    expect((await openSealed(parsed.value, founded.generation)).type).toBe('referral.received');
  }

  test.each(attacks)('%s gets nothing sealed, and no act taken', async (_, attack, code) => {
    const unit = await newAttacked();
    await attack(unit);
    await expectNothingTaken(unit, code);
  });

  test.each(damages)('%s gets nothing that is not the unit’s own', async (_, damage, outcome) => {
    const unit = await newAttacked();
    await damage(unit);
    await expectNothingTaken(unit, 'internal-error', beside);
    expectProblem(await getRoster(unit.unit), 'internal-error');
    const reply = await report(unit);
    if (outcome !== 'taken') return void expectProblem(reply, outcome);
    expect(reply.status).toBe(201);
    await expectSealed(unit);
  });

  test('changes nothing where the roster was folded before: its rows are not read again, and it goes on', async () => {
    const unit = await newAttacked();
    const { founded, member } = unit;
    const { entries } = await fixture.workstation.roster(unit.unit);
    const { author, ...founding } = await attackerOf(unit.unit);
    await put(unit.unit, 1, (await signFounding({ author, ...founding })).wire);
    await put(unit.unit, 2, (await author.write()).wire);
    author.tip = null;
    await expectRefused(unit, [await author.write()], 'entry-author-unknown');
    const admitted = await founded.member();
    expect((await push(unit, [await admitted.write(), await member.write()])).status).toBe(200);
    expect((await report(unit)).status).toBe(201);
    await expectSealed(unit);
    for (const at of [here, beside]) expectProblem(await getRoster(unit.unit, at), 'internal-error');
    // Put right, it is served again, with what was added meanwhile.
    for (const [index, wire] of entries.entries()) await put(unit.unit, index + 1, wire);
    for (const at of [here, beside]) {
      const roster = await rosterOf(unit, founded.founder.key.author, at(fixture.workstation));
      expect(memberOf(roster, admitted.key.author)).not.toBeNull();
    }
  });
});
