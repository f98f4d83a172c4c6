import { v4, v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { toCanonicalBytes } from '#shared/crypto/canonical-json.ts';
import { concat, fromUtf8, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import { sha256Now } from '#shared/crypto/sha256-now.ts';
import { verify } from '#shared/crypto/signing.ts';
import { applyToRoster } from '#shared/domain/membership/apply-to-roster.ts';
import { type DomainEvent, toEnvelope } from '#shared/domain/registry/registry.ts';
import { deviceOf, memberOf, memberOfId, type Roster } from '#shared/domain/unit/roster.ts';
import type { AuthorKey, Digest, EventId, MemberId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { boxForGeneration } from '#shared/log/box.ts';
import { makeContentKey } from '#shared/log/content-key.ts';
import { proveDevice } from '#shared/log/device-proof.ts';
import { createEntry, createRosterEntry, type Entry, parseEntry } from '#shared/log/entry.ts';
import { makeGeneration } from '#shared/log/generation.ts';
import { foldRosterEntries, readRosterEntry, rosterGround } from '#shared/log/roster-entry.ts';
import { withdrawBox } from '#shared/log/wire-box.ts';
import { keyWithPart, signWithPart } from '#tests/support/key-with-part.ts';
import { type MadeMember, makeMember } from '#tests/support/made-roster.ts';
import {
  type Act,
  foundedRosterUnit,
  newRosterUnit,
  type Outcome,
  type Place,
  type RosterUnit,
  staffedRosterUnit,
} from '#tests/support/roster-unit.ts';

const at = '2026-11-20T10:00:00.000Z';

const admit = ({ id, device }: MadeMember, role: 'analyst' | 'supervisor' | 'reviewer' = 'analyst'): Act => ({
  type: 'member.admitted',
  data: { member: id, role, device },
});
const bind = ({ id, device }: MadeMember): Act => ({ type: 'device.bound', data: { member: id, device } });
const changeRole = ({ id }: MadeMember, role: 'analyst' | 'supervisor' | 'reviewer'): Act => ({
  type: 'role.changed',
  data: { member: id, role },
});
const suspend = ({ id }: MadeMember): Act => ({ type: 'membership.suspended', data: { member: id } });
const suspendDevice = ({ device }: MadeMember): Act => ({
  type: 'membership.suspended',
  data: { device: device.author },
});
const restore = ({ id }: MadeMember): Act => ({ type: 'membership.restored', data: { member: id } });
const restoreDevice = ({ device }: MadeMember): Act => ({
  type: 'membership.restored',
  data: { device: device.author },
});
const end = ({ id }: MadeMember): Act => ({ type: 'membership.ended', data: { member: id } });
const endDevice = ({ device }: MadeMember): Act => ({ type: 'membership.ended', data: { device: device.author } });
const grant = ({ device }: MadeMember): Act => ({
  type: 'scope.granted',
  data: { scope: 'unit', device: device.author },
});
const secondOf = (entry: Digest): Act => ({ type: 'act.seconded', data: { entry } });
const aDigest = toBase64url(sha256Now(new Uint8Array([7]))) as Digest;

const standingOf = ({ now }: RosterUnit, { id }: MadeMember) => memberOfId(now, id)?.standing;
const deviceStandingOf = ({ now }: RosterUnit, { device }: MadeMember) => deviceOf(now, device.author)?.standing;
const actorOf = ({ now }: RosterUnit, { device }: MadeMember) => memberOf(now, device.author)?.id ?? null;
const onceMore = (unit: RosterUnit, member: MadeMember) => unit.furtherDevice(member);

/** Folded by somebody who has the entries alone. */
const foldElsewhere = (unit: RosterUnit, entries: readonly Entry[] = unit.entries) =>
  foldRosterEntries(unit.unit, entries, unit.pinned);

/** It changed nothing, and said so. */
async function expectRefused(unit: RosterUnit, done: () => Promise<Outcome>, code: string): Promise<void> {
  const before = structuredClone(unit.roster);
  expect(await done()).toBe(code);
  expect(unit.roster).toEqual(before);
}

const expectNoAct = (unit: RosterUnit, by: MadeMember, act: Act, code: string, place: Place = {}): Promise<void> =>
  expectRefused(unit, () => unit.act(by, act, place), code);

describe('a founding', () => {
  test('binds the founder as a supervisor with the key of the unit', async () => {
    const unit = await newRosterUnit();
    expect(await unit.found()).toBe('counts');
    const { founder, generation } = unit;
    const { author, sealingKey } = founder.device;
    const expected: Roster = {
      stream: unit.stream,
      policyStream: unit.policyStream,
      ...unit.keys,
      formerKeys: [],
      founder: founder.id,
      hadTwoSupervisors: false,
      members: [{ id: founder.id, role: 'supervisor', standing: 'inForce' }],
      devices: [{ author, sealingKey, member: founder.id, standing: 'inForce', granted: ['unit'], leftOut: [] }],
      generations: [
        {
          ...{ scope: 'unit', id: generation.id, publicKey: generation.sealing.publicKey },
          ...{ counts: true, by: author, recovery: null, aside: false, carriedBy: [], unopenedBy: [] },
        },
      ],
      proposals: [],
      recovery: null,
      formerRecovery: [],
      permissions: [],
      withdrawals: [],
      events: [{ id: unit.now.events[0]?.id as EventId, by: founder.id }],
    };
    expect(unit.roster).toEqual(expected);
    expect(await foldElsewhere(unit)).toEqual({ ok: true, value: expected });
  });

  test('counts from anybody where no founder is pinned', async () => {
    const unit = await newRosterUnit();
    unit.pinned = { ...unit.pinned, founder: null };
    expect(await unit.found()).toBe('counts');
  });

  test('of another founder than the pinned one is refused, and the right one counts after it', async () => {
    const unit = await newRosterUnit();
    const other = await unit.stranger();
    const boxes = [await unit.box(other)];
    const founding = unit.founding({ founder: other.id, device: other.device });
    const otherStream = { boxes: [await unit.box(other, v4() as StreamId)], stream: v4() as StreamId };
    await expectNoAct(unit, other, founding, 'other-founder', { boxes });
    await expectNoAct(unit, other, founding, 'other-founder', otherStream);
    expect(await unit.found()).toBe('counts');
  });

  test('binds no device but its author', async () => {
    const unit = await newRosterUnit();
    const other = await onceMore(unit, unit.founder);
    const boxes = [await unit.box(unit.founder), await unit.box(other)];
    await expectRefused(unit, () => unit.found({ device: other.device }, { boxes }), 'founder-not-author');
  });

  test('names the endpoint that is pinned', async () => {
    const unit = await newRosterUnit();
    const { device } = await unit.stranger();
    await expectRefused(unit, () => unit.found({ endpointKey: device.author }), 'founding-other-endpoint');
  });

  test('by the endpoint itself is refused', async () => {
    const unit = await newRosterUnit();
    const { author } = unit.founder.device;
    unit.pinned = { founder: author, endpoints: [{ ...unit.keys, endpointKey: author }] };
    await expectRefused(unit, () => unit.found({ endpointKey: author }), 'key-of-endpoint');
  });

  test('without the key of the unit for the founder is refused', async () => {
    const unit = await newRosterUnit();
    const { founder } = unit;
    const elsewhere = v4() as StreamId;
    for (const boxes of [
      [],
      [await unit.box(await unit.stranger())],
      [await unit.box(founder, unit.stream, await makeGeneration())],
      [await unit.box(founder, elsewhere)],
      [{ label: utf8('null'), sealed: new Uint8Array(60) }],
    ]) {
      await expectRefused(unit, () => unit.found({}, { boxes }), 'grant-without-key');
    }
  });

  test('happens once, in one stream', async () => {
    const unit = await foundedRosterUnit();
    await expectRefused(unit, () => unit.found(), 'unit-founded-already');
    await expectRefused(unit, () => unit.found({}, { stream: v4() as StreamId }), 'other-roster');
  });

  test('names a generation by the hash of its public key', async () => {
    const unit = await newRosterUnit();
    const { sealing } = await makeGeneration();
    const generation = { scope: 'unit' as const, id: unit.generation.id, publicKey: sealing.publicKey };
    expect(await unit.found({ generation })).not.toBe('counts');
  });

  test('comes before every other act', async () => {
    const unit = await newRosterUnit();
    const { founder } = unit;
    const other = await unit.stranger();
    for (const act of [
      ...[admit(other), bind(founder), changeRole(founder, 'analyst'), suspend(founder), restore(founder)],
      ...[end(founder), grant(founder), secondOf(aDigest)],
    ]) {
      await expectNoAct(unit, founder, act, 'unit-not-founded');
    }
  });
});

describe('the proof of a device', () => {
  const proofs: readonly (readonly [string, (unit: RosterUnit, person: MadeMember) => Promise<string>])[] = [
    [
      'by another key',
      async ({ unit }, { id: member, device }) => proveDevice({ unit, member, device }, (await makeMember(unit)).key),
    ],
    ['for another member', ({ unit }, { key, device }) => proveDevice({ unit, member: v4() as MemberId, device }, key)],
    [
      'for another unit',
      (_, { id: member, key, device }) => proveDevice({ unit: v4() as UnitId, member, device }, key),
    ],
    [
      'with another key that receives',
      async ({ unit }, { id: member, key, device: { author } }) => {
        const { sealingKey } = (await makeMember(unit)).device;
        return proveDevice({ unit, member, device: { author, sealingKey } }, key);
      },
    ],
  ];

  test.each(proofs)('%s binds nothing', async (_, prove) => {
    const unit = await foundedRosterUnit();
    const person = await unit.stranger();
    const wrong = { ...person, device: { ...person.device, proof: await prove(unit, person) } };
    await expectRefused(unit, () => unit.act(unit.founder, admit(wrong)), 'binding-unproved');
    const further = await onceMore(unit, unit.founder);
    const wrongFurther = { ...further, device: { ...further.device, proof: await prove(unit, further) } };
    await expectRefused(unit, () => unit.act(unit.founder, bind(wrongFurther)), 'binding-unproved');
    const fresh = await newRosterUnit();
    const device = { ...fresh.founder.device, proof: await prove(fresh, fresh.founder) };
    await expectRefused(fresh, () => fresh.found({ device }), 'binding-unproved');
  });

  // As in table 5 of "Taming the Many EdDSAs" (IACR ePrint 2020/1244).
  test.each([
    '0100000000000000000000000000000000000000000000000000000000000000',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    '0000000000000000000000000000000000000000000000000000000000000000',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  ])('by a key of small order binds nothing: %s', async (hex) => {
    const unit = await foundedRosterUnit();
    const { id, ...person } = await unit.stranger();
    const author = toBase64url(new Uint8Array(Buffer.from(hex, 'hex'))) as AuthorKey;
    // R of order one, S nought: what anybody can write, and some verify for any message under such a key.
    const proof = toBase64url(new Uint8Array(Buffer.concat([Buffer.from([1]), Buffer.alloc(63)])));
    const device = { ...person.device, author, proof };
    await expectRefused(unit, () => unit.act(unit.founder, admit({ ...person, id, device })), 'binding-unproved');
  });

  test('by a key with a part of small order binds nothing, though its signature verifies', async () => {
    const unit = await foundedRosterUnit();
    const person = await unit.stranger();
    const author = keyWithPart;
    const { sealingKey } = person.device;
    const binding = { unit: unit.unit, member: person.id, author, sealingKey };
    const message = concat(utf8('probity-binding/1\n'), toCanonicalBytes(binding));
    const proof = signWithPart(message);
    expect(await verify(author, proof, message)).toBe(true);
    const device = { author, sealingKey, proof: toBase64url(proof) };
    await expectRefused(unit, () => unit.act(unit.founder, admit({ ...person, device })), 'binding-unproved');
  });
});

describe('an admission', () => {
  test('counts from the founder alone until there were two supervisors', async () => {
    const unit = await foundedRosterUnit();
    const { founder } = unit;
    const ann = await unit.stranger();
    expect(await unit.act(founder, admit(ann))).toBe('counts');
    const { author, sealingKey } = ann.device;
    expect(unit.now.members.at(-1)).toEqual({ id: ann.id, role: 'analyst', standing: 'inForce' });
    expect(unit.now.devices.at(-1)).toEqual({
      ...{ author, sealingKey, member: ann.id, standing: 'inForce', granted: [], leftOut: [] },
    });
    expect(unit.now.hadTwoSupervisors).toBe(false);
    await unit.admitted('reviewer');
    expect(unit.now.hadTwoSupervisors).toBe(false);
    await unit.admitted('supervisor');
    expect(unit.now).toMatchObject({ hadTwoSupervisors: true, proposals: [] });
    expect(unit.now.members).toHaveLength(4);
  });

  test('takes two supervisors from then on, also of the founder', async () => {
    const { unit, founder, sue } = await staffedRosterUnit(2);
    for (const [first, second] of [
      [founder, sue],
      [sue, founder],
    ] as const) {
      const person = await unit.stranger();
      expect(await unit.act(first, admit(person))).toBe('waits');
      expect(memberOfId(unit.now, person.id)).toBeNull();
      expect(actorOf(unit, person)).toBeNull();
      expect(await unit.second(second)).toBe('counts');
      expect(actorOf(unit, person)).toBe(person.id);
      expect(unit.now.proposals).toEqual([]);
    }
  });

  test('takes two by a second supervisor, be they made by a change of role', async () => {
    const { unit, founder, ann } = await staffedRosterUnit(1);
    await unit.done(founder, changeRole(ann, 'supervisor'));
    expect(unit.now.hadTwoSupervisors).toBe(true);
    expect(await unit.act(founder, admit(await unit.stranger()))).toBe('waits');
  });

  test('takes two also after one of them ended, was suspended, or is an analyst now', async () => {
    for (const leave of [end, suspend, (member: MadeMember) => changeRole(member, 'analyst')]) {
      const { unit, founder, sue, ann } = await staffedRosterUnit(2);
      const act = leave(sue);
      await unit.done(founder, act, act.type === 'role.changed' ? sue : ann);
      expect(unit.now.hadTwoSupervisors).toBe(true);
      expect(await unit.act(founder, admit(await unit.stranger()))).toBe('waits');
      await expectNoAct(unit, ann, secondOf(unit.last), 'not-allowed-as-second');
    }
  });

  test('is refused to whoever may not admit', async () => {
    const { unit, ann } = await staffedRosterUnit(1);
    const reviewer = await unit.admitted('reviewer');
    const person = await unit.stranger();
    for (const by of [ann, reviewer, person]) {
      await expectNoAct(unit, by, admit(person), 'not-allowed');
      expect(unit.refusal?.params).toEqual({ action: 'admitMember', roles: ['supervisor'] });
    }
  });

  test('is refused of a member who was admitted, also of one who ended', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    await unit.done(founder, end(ben), ann);
    for (const { id } of [founder, ann, ben]) {
      const keys = await makeMember(unit.unit, id);
      await expectNoAct(unit, founder, admit(keys), 'member-admitted-already');
    }
  });
});

describe('a key', () => {
  test('is bound once, for ever: to sign, and to receive', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    await unit.done(founder, end(ben), ann);
    for (const holder of [founder, ann, ben]) {
      const id = v4() as MemberId;
      const again = { author: holder.device.author, sealingKey: (await unit.stranger()).device.sealingKey };
      const sameAuthor = { id, ...{ key: holder.key, sealing: holder.sealing } };
      const proof = await proveDevice({ unit: unit.unit, member: id, device: again }, holder.key);
      const twice = { ...sameAuthor, device: { ...again, proof } };
      await expectNoAct(unit, founder, admit(twice), 'device-bound-already');
      const other = await unit.stranger();
      const received = { author: other.device.author, sealingKey: holder.device.sealingKey };
      const binding = { unit: unit.unit, member: founder.id, device: received };
      const device = { ...received, proof: await proveDevice(binding, other.key) };
      await expectNoAct(unit, founder, bind({ ...other, id: founder.id, device }), 'device-bound-already');
    }
  });

  test('of the endpoint is never a member’s', async () => {
    const unit = await foundedRosterUnit();
    const endpoint = await unit.stranger();
    unit.roster = { ...unit.now, endpointKey: endpoint.device.author };
    await expectRefused(unit, () => unit.act(unit.founder, admit(endpoint)), 'key-of-endpoint');
    const bound = { ...endpoint, id: unit.founder.id };
    const proof = await proveDevice({ unit: unit.unit, member: bound.id, device: endpoint.device }, endpoint.key);
    const further = { ...bound, device: { ...endpoint.device, proof } };
    await expectRefused(unit, () => unit.act(unit.founder, bind(further)), 'key-of-endpoint');
  });
});

describe('a further device', () => {
  test('is bound by its member, and acts for them; the grant is not its', async () => {
    const { unit, ann } = await staffedRosterUnit(2);
    const desk = await onceMore(unit, ann);
    expect(await unit.act(ann, bind(desk))).toBe('counts');
    expect(actorOf(unit, desk)).toBe(ann.id);
    expect(deviceOf(unit.now, desk.device.author)?.granted).toEqual([]);
    const third = await onceMore(unit, ann);
    expect(await unit.act(desk, bind(third))).toBe('counts');
  });

  test('is bound by a supervisor and another member, when all of its member’s have ended', async () => {
    const { unit, founder, sue, ann, ben } = await staffedRosterUnit(2);
    const found = await onceMore(unit, ben);
    await expectNoAct(unit, founder, bind(found), 'member-has-device');
    await unit.done(founder, suspendDevice(ben));
    await expectNoAct(unit, founder, bind(found), 'member-has-device');
    await unit.done(founder, endDevice(ben), sue);
    await expectNoAct(unit, ann, bind(found), 'not-allowed');
    expect(await unit.act(founder, bind(found))).toBe('waits');
    await expectNoAct(unit, founder, secondOf(unit.last), 'same-member-twice');
    await expectNoAct(unit, ben, secondOf(unit.last), 'not-a-member');
    expect(deviceOf(unit.now, found.device.author)).toBeNull();
    expect(await unit.second(ann, unit.now.proposals[0]?.entry)).toBe('counts');
    expect(actorOf(unit, found)).toBe(ben.id);
  });

  test('is not bound by a device or member that is not in force', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    const desk = await onceMore(unit, ann);
    const person = await unit.stranger();
    await unit.done(ann, bind(desk));
    await unit.done(founder, endDevice(ann), ben);
    await unit.done(founder, suspend(ben));
    for (const by of [ann, ben, person]) {
      const further = await onceMore(unit, by);
      await expectNoAct(unit, by, bind(further), 'not-a-member');
    }
    expect(await unit.act(desk, bind(await onceMore(unit, ann)))).toBe('counts');
  });

  test('is for a member who is one, and was not ended', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    await expectNoAct(unit, ann, bind(await unit.stranger()), 'member-unknown');
    await unit.done(founder, end(ben), ann);
    await expectNoAct(unit, ann, bind(await onceMore(unit, ben)), 'member-ended');
  });

  test('of a suspended member is bound, and acts when they are restored', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    const desk = await onceMore(unit, ben);
    await unit.done(founder, endDevice(ben), ann);
    await unit.done(founder, suspend(ben));
    await unit.done(founder, bind(desk), ann);
    expect(actorOf(unit, desk)).toBeNull();
    await unit.done(founder, restore(ben));
    expect(actorOf(unit, desk)).toBe(ben.id);
  });
});

describe('a second signature', () => {
  test('is of what waits', async () => {
    const { unit, founder, sue } = await staffedRosterUnit(2);
    await expectNoAct(unit, sue, secondOf(aDigest), 'proposal-unknown');
    const person = await unit.stranger();
    await unit.act(founder, admit(person));
    const first = unit.last;
    expect(await unit.second(sue, first)).toBe('counts');
    await expectNoAct(unit, sue, secondOf(first), 'proposal-unknown');
    await expectNoAct(unit, sue, secondOf(unit.last), 'proposal-unknown');
  });

  test('is not by the same member on another device', async () => {
    const { unit, founder } = await staffedRosterUnit(2);
    const desk = await onceMore(unit, founder);
    await unit.done(founder, bind(desk));
    await unit.act(founder, admit(await unit.stranger()));
    const first = unit.last;
    await expectNoAct(unit, desk, secondOf(first), 'same-member-twice');
    await expectNoAct(unit, founder, secondOf(first), 'same-member-twice');
  });

  test('is by a member in force, whose role allows it', async () => {
    const { unit, founder, sue, tom, ann } = await staffedRosterUnit(3);
    const person = await unit.stranger();
    const reviewer = await unit.admitted('reviewer', founder, sue);
    await unit.done(founder, suspend(tom));
    await unit.act(founder, admit(person));
    const first = unit.last;
    await expectNoAct(unit, person, secondOf(first), 'not-a-member');
    await expectNoAct(unit, tom, secondOf(first), 'not-a-member');
    await expectNoAct(unit, ann, secondOf(first), 'not-allowed-as-second');
    await expectNoAct(unit, reviewer, secondOf(first), 'not-allowed-as-second');
    expect(unit.now.proposals).toEqual([
      {
        ...{ entry: first, by: founder.id, author: founder.device.author },
        ...{ type: 'member.admitted', data: admit(person).data, boxes: [] },
      },
    ]);
    expect(await unit.second(sue, first)).toBe('counts');
  });

  test('counts only while the first signer may do it', async () => {
    const { unit, founder, sue, tom } = await staffedRosterUnit(3);
    await unit.act(sue, admit(await unit.stranger()));
    const first = unit.last;
    await unit.done(founder, suspend(sue));
    await expectNoAct(unit, tom, secondOf(first), 'not-allowed');
    await unit.done(founder, restore(sue), tom);
    await unit.done(founder, changeRole(sue, 'analyst'), tom);
    await expectNoAct(unit, tom, secondOf(first), 'not-allowed');
    await unit.done(founder, changeRole(sue, 'supervisor'), tom);
    await unit.done(founder, suspendDevice(sue));
    await expectNoAct(unit, tom, secondOf(first), 'not-allowed');
    await unit.done(founder, restoreDevice(sue), tom);
    expect(await unit.second(tom, first)).toBe('counts');
  });

  test('counts only while the act holds', async () => {
    const { unit, founder, sue, tom, ann } = await staffedRosterUnit(3);
    const person = await unit.stranger();
    const otherKeys = await makeMember(unit.unit, person.id);
    const first: Digest[] = [];
    for (const act of [
      ...[admit(person), admit(otherKeys), admit(person), changeRole(ann, 'reviewer'), changeRole(ann, 'reviewer')],
      ...[end(tom), end(tom), changeRole(tom, 'analyst')],
    ]) {
      expect(await unit.act(founder, act)).toBe('waits');
      first.push(unit.last);
    }
    const outcomes: Outcome[] = [];
    for (const entry of first) outcomes.push(await unit.second(sue, entry));
    expect(outcomes).toEqual([
      ...['counts', 'member-admitted-already', 'device-bound-already', 'counts', 'nothing-changes'],
      ...['counts', 'member-ended', 'member-ended'],
    ]);
    expect(unit.now.proposals.map(({ entry }) => entry)).toEqual([1, 2, 4, 6, 7].map((index) => first[index]));
  });

  test('lets the act count from its own place', async () => {
    const { unit, founder, sue, ann } = await staffedRosterUnit(2);
    await unit.act(founder, end(ann));
    const first = unit.last;
    const desk = await onceMore(unit, ann);
    expect(await unit.act(ann, bind(desk))).toBe('counts');
    expect(await unit.second(sue, first)).toBe('counts');
    await expectNoAct(unit, desk, bind(await onceMore(unit, ann)), 'not-a-member');
  });

  test('of an act that the folder does not know makes nothing of it', async () => {
    const { unit, founder, sue } = await staffedRosterUnit(2);
    await unit.act(founder, admit(await unit.stranger()));
    const before = unit.now;
    await unit.second(sue);
    const read = await readRosterEntry(unit.entries.at(-1) as Entry);
    if (!read.ok) throw new Error(read.error.code);
    const ground = { ...rosterGround(unit.pinned), actOf: () => null };
    expect(applyToRoster(before, read.value.step, ground)).toMatchObject({
      ok: true,
      value: { ...before, proposals: [], events: expect.anything() },
    });
  });
});

describe('a change of role', () => {
  test('counts from the founder alone at first, and from two supervisors ever after', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    expect(await unit.act(founder, changeRole(ann, 'reviewer'))).toBe('counts');
    expect(await unit.act(founder, changeRole(ann, 'supervisor'))).toBe('counts');
    expect(await unit.act(ann, changeRole(ben, 'supervisor'))).toBe('waits');
    expect(memberOfId(unit.now, ben.id)?.role).toBe('analyst');
    expect(await unit.second(founder)).toBe('counts');
    expect(memberOfId(unit.now, ben.id)?.role).toBe('supervisor');
    expect(await unit.act(founder, changeRole(ann, 'analyst'))).toBe('waits');
  });

  test('is refused', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    await unit.done(founder, end(ben), ann);
    for (const [by, member, role, code] of [
      [ann, ann, 'supervisor', 'not-allowed'],
      [ben, ann, 'supervisor', 'not-allowed'],
      [founder, await unit.stranger(), 'analyst', 'member-unknown'],
      [founder, ben, 'supervisor', 'member-ended'],
      [founder, ann, 'analyst', 'nothing-changes'],
      [founder, founder, 'analyst', 'last-supervisor'],
    ] as const) {
      await expectNoAct(unit, by, changeRole(member, role), code);
    }
  });

  test('leaves a supervisor, also where one is suspended', async () => {
    const { unit, founder, sue, ann } = await staffedRosterUnit(2);
    await unit.done(founder, suspend(sue), ann);
    await expectNoAct(unit, founder, changeRole(founder, 'reviewer'), 'last-supervisor');
  });
});

describe('a suspension', () => {
  test('is at once: of a member, and of a device', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    const desk = await onceMore(unit, ben);
    await unit.done(ben, bind(desk));
    expect(await unit.act(founder, suspend(ann))).toBe('counts');
    expect(await unit.act(founder, suspendDevice(ben))).toBe('counts');
    expect([standingOf(unit, ann), deviceStandingOf(unit, ann)]).toEqual(['suspended', 'inForce']);
    expect([standingOf(unit, ben), deviceStandingOf(unit, ben)]).toEqual(['inForce', 'suspended']);
    expect([ann, ben, desk].map((each) => actorOf(unit, each))).toEqual([null, null, ben.id]);
  });

  test('of a supervisor is at once where two are left, also of oneself', async () => {
    for (const by of ['sue', 'tom'] as const) {
      const staff = await staffedRosterUnit(3);
      expect(await staff.unit.act(staff[by], suspend(staff.sue))).toBe('counts');
      expect(standingOf(staff.unit, staff.sue)).toBe('suspended');
    }
  });

  test('of one of two supervisors takes two, neither of them the one concerned', async () => {
    for (const suspension of [suspend, suspendDevice]) {
      const { unit, founder, sue, ann } = await staffedRosterUnit(2);
      expect(await unit.act(founder, suspension(sue))).toBe('waits');
      const first = unit.last;
      await expectNoAct(unit, sue, secondOf(first), 'not-allowed-as-second');
      await expectNoAct(unit, founder, secondOf(first), 'same-member-twice');
      expect(actorOf(unit, sue)).toBe(sue.id);
      expect(await unit.second(ann, first)).toBe('counts');
      expect(actorOf(unit, sue)).toBeNull();
    }
  });

  test('of oneself, of two, takes the other supervisor', async () => {
    const { unit, founder, sue, ann } = await staffedRosterUnit(2);
    expect(await unit.act(sue, suspend(sue))).toBe('waits');
    const first = unit.last;
    await expectNoAct(unit, ann, secondOf(first), 'not-allowed-as-second');
    expect(await unit.second(founder, first)).toBe('counts');
    expect(standingOf(unit, sue)).toBe('suspended');
  });

  test('of a second device of one of two supervisors is at once', async () => {
    const { unit, founder, sue } = await staffedRosterUnit(2);
    const desk = await onceMore(unit, sue);
    await unit.done(sue, bind(desk));
    expect(await unit.act(founder, suspendDevice(sue))).toBe('counts');
    expect([actorOf(unit, sue), actorOf(unit, desk)]).toEqual([null, sue.id]);
    expect(await unit.act(founder, suspendDevice(desk))).toBe('waits');
  });

  test('is refused', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    const stranger = await unit.stranger();
    const cid = await unit.admitted('analyst');
    await unit.done(founder, suspend(ben));
    await unit.done(founder, suspendDevice(ben));
    await unit.done(founder, end(cid), ann);
    await unit.done(founder, endDevice(cid), ann);
    for (const [by, act, code] of [
      [ann, suspend(founder), 'not-allowed'],
      [ann, suspendDevice(ann), 'not-allowed'],
      [stranger, suspend(ann), 'not-allowed'],
      [founder, suspend(stranger), 'member-unknown'],
      [founder, suspendDevice(stranger), 'device-not-bound'],
      [founder, suspend(ben), 'nothing-changes'],
      [founder, suspendDevice(ben), 'nothing-changes'],
      [founder, suspend(cid), 'member-ended'],
      [founder, suspendDevice(cid), 'member-ended'],
      [founder, suspend(founder), 'last-supervisor'],
      [founder, suspendDevice(founder), 'last-supervisor'],
    ] as const) {
      await expectNoAct(unit, by, act, code);
    }
  });
});

describe('restoring', () => {
  test('counts from the founder alone at first: of a member, and of a device', async () => {
    const { unit, founder, ann } = await staffedRosterUnit(1);
    await unit.done(founder, suspend(ann));
    await unit.done(founder, suspendDevice(ann));
    expect(await unit.act(founder, restore(ann))).toBe('counts');
    expect(actorOf(unit, ann)).toBeNull();
    expect(await unit.act(founder, restoreDevice(ann))).toBe('counts');
    expect(actorOf(unit, ann)).toBe(ann.id);
  });

  test('takes two supervisors ever after', async () => {
    const { unit, founder, sue, tom, ann, ben } = await staffedRosterUnit(3);
    await unit.done(founder, suspend(ann));
    await unit.done(founder, suspend(tom));
    for (const member of [ann, tom]) {
      expect(await unit.act(founder, restore(member))).toBe('waits');
      const first = unit.last;
      await expectNoAct(unit, ben, secondOf(first), 'not-allowed-as-second');
      await expectNoAct(unit, tom, secondOf(first), 'not-a-member');
      expect(await unit.second(sue, first)).toBe('counts');
      expect(actorOf(unit, member)).toBe(member.id);
    }
  });

  test('is refused', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    const stranger = await unit.stranger();
    await unit.done(founder, suspend(ben));
    await unit.done(founder, end(ben), ann);
    const cid = await unit.admitted('analyst');
    await unit.done(founder, endDevice(cid), ann);
    for (const [by, act, code] of [
      [ben, restore(ben), 'not-allowed'],
      [ann, restore(ben), 'not-allowed'],
      [founder, restore(ben), 'member-ended'],
      [founder, restoreDevice(cid), 'member-ended'],
      [founder, restore(ann), 'nothing-changes'],
      [founder, restoreDevice(ann), 'nothing-changes'],
      [founder, restore(stranger), 'member-unknown'],
      [founder, restoreDevice(stranger), 'device-not-bound'],
    ] as const) {
      await expectNoAct(unit, by, act, code);
    }
  });
});

describe('an ending', () => {
  test('takes two even of the founder alone, and any other member where there is no other supervisor', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    expect(await unit.act(founder, end(ann))).toBe('waits');
    const first = unit.last;
    await expectNoAct(unit, ann, secondOf(first), 'not-allowed-as-second');
    await expectNoAct(unit, founder, secondOf(first), 'same-member-twice');
    expect(await unit.second(ben, first)).toBe('counts');
    expect(standingOf(unit, ann)).toBe('ended');
    expect(actorOf(unit, ann)).toBeNull();
  });

  test('takes a second supervisor where there is one', async () => {
    for (const ending of [end, endDevice]) {
      const { unit, founder, sue, tom, ann, ben } = await staffedRosterUnit(3);
      for (const concerned of [sue, ann]) {
        expect(await unit.act(founder, ending(concerned))).toBe('waits');
        const first = unit.last;
        await expectNoAct(unit, concerned, secondOf(first), 'not-allowed-as-second');
        await expectNoAct(unit, ben, secondOf(first), 'not-allowed-as-second');
        expect(await unit.second(tom, first)).toBe('counts');
        expect(actorOf(unit, concerned)).toBeNull();
      }
    }
  });

  test('of one of two supervisors takes any other member, and leaves the other', async () => {
    const { unit, founder, sue, ann } = await staffedRosterUnit(2);
    expect(await unit.act(sue, end(founder))).toBe('waits');
    const first = unit.last;
    await expectNoAct(unit, founder, secondOf(first), 'not-allowed-as-second');
    expect(await unit.second(ann, first)).toBe('counts');
    await expectNoAct(unit, sue, end(sue), 'last-supervisor');
    await expectNoAct(unit, sue, endDevice(sue), 'last-supervisor');
  });

  test('of a device leaves the member their others', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    const desk = await onceMore(unit, ann);
    await unit.done(ann, bind(desk));
    await unit.done(founder, endDevice(ann), ben);
    expect([deviceStandingOf(unit, ann), deviceStandingOf(unit, desk), standingOf(unit, ann)]).toEqual([
      ...['ended', 'inForce', 'inForce'],
    ]);
    expect([actorOf(unit, ann), actorOf(unit, desk)]).toEqual([null, ann.id]);
  });

  test('ends also what is suspended', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    await unit.done(founder, suspend(ann));
    await unit.done(founder, suspendDevice(ann));
    await unit.done(founder, end(ann), ben);
    await unit.done(founder, endDevice(ann), ben);
    expect([standingOf(unit, ann), deviceStandingOf(unit, ann)]).toEqual(['ended', 'ended']);
  });

  test('is refused', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    const stranger = await unit.stranger();
    await unit.done(founder, end(ben), ann);
    await unit.done(founder, endDevice(ben), ann);
    for (const [by, act, code] of [
      [ann, end(founder), 'not-allowed'],
      [ben, end(ann), 'not-allowed'],
      [founder, end(stranger), 'member-unknown'],
      [founder, endDevice(stranger), 'device-not-bound'],
      [founder, end(ben), 'member-ended'],
      [founder, endDevice(ben), 'member-ended'],
      [founder, end(founder), 'last-supervisor'],
      [founder, endDevice(founder), 'last-supervisor'],
    ] as const) {
      await expectNoAct(unit, by, act, code);
    }
  });
});

describe('a grant', () => {
  test('is from one who has it, and gives it once', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(2);
    const grantsOf = (member: MadeMember) => deviceOf(unit.now, member.device.author)?.granted;
    expect(await unit.grant(founder, ann)).toBe('counts');
    expect([grantsOf(ann), grantsOf(ben)]).toEqual([['unit'], []]);
    expect(await unit.grant(ann, ben)).toBe('counts');
    expect(await unit.grant(founder, ben)).toBe('counts');
    expect(grantsOf(ben)).toEqual(['unit']);
  });

  test('is of a device, not of its member', async () => {
    const { unit, founder } = await staffedRosterUnit(1);
    const desk = await onceMore(unit, founder);
    await unit.done(founder, bind(desk));
    await expectRefused(unit, () => unit.grant(desk, desk), 'grant-not-held');
    expect(await unit.grant(founder, desk)).toBe('counts');
    expect(await unit.grant(desk, desk)).toBe('counts');
  });

  test('is refused to whoever was not granted, or is not in force', async () => {
    const { unit, founder, sue, ann, ben } = await staffedRosterUnit(2);
    await expectRefused(unit, () => unit.grant(sue, sue), 'grant-not-held');
    await expectRefused(unit, () => unit.grant(ann, ben), 'grant-not-held');
    await unit.grant(founder, ann);
    await unit.done(founder, suspend(ann));
    await expectRefused(unit, () => unit.grant(ann, ben), 'not-a-member');
    await expectRefused(unit, async () => unit.grant(await unit.stranger(), ben), 'not-a-member');
  });

  test('is for a device in force, of a member in force', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    await expectRefused(unit, async () => unit.grant(founder, await unit.stranger()), 'device-not-in-force');
    await unit.done(founder, suspend(ann));
    await unit.done(founder, suspendDevice(ben));
    for (const to of [ann, ben]) await expectRefused(unit, () => unit.grant(founder, to), 'device-not-in-force');
  });

  test('carries the key of the current generation for that device, in this roster', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    const { stream, generation } = unit;
    const contentKey = await makeContentKey(stream, founder.device.author);
    const right = await unit.box(ann);
    for (const boxes of [
      [],
      [await unit.box(ben)],
      [await unit.box(ann, stream, await makeGeneration())],
      [await unit.box(ann, v4() as StreamId)],
      [await boxForGeneration(contentKey, generation)],
      [{ ...right, label: right.label.subarray(1) }],
      [{ ...right, label: concat(right.label, utf8(' ')) }],
    ]) {
      await expectNoAct(unit, founder, grant(ann), 'grant-without-key', { boxes });
    }
    const boxes = [await unit.box(ben), await boxForGeneration(contentKey, generation), right];
    expect(await unit.act(founder, grant(ann), { boxes })).toBe('counts');
  });
});

describe('an entry that is no act on this roster', () => {
  test('stands in another stream', async () => {
    const { unit, founder, ann } = await staffedRosterUnit(1);
    const stream = v4() as StreamId;
    for (const act of [suspend(ann), admit(await unit.stranger()), secondOf(aDigest)]) {
      await expectNoAct(unit, founder, act, 'other-roster', { stream });
    }
    expect(await foldElsewhere(unit)).toEqual({ ok: true, value: unit.now });
  });

  test('holds something else, or data that no Probity writes', async () => {
    const { unit, founder, ann } = await staffedRosterUnit(1);
    const wrong = (type: string, data: unknown) => ({ type, data }) as Act;
    for (const [act, code] of [
      [wrong('case.taken', {}), 'entry-content'],
      [wrong('unit.named', { name: 'Norbeck' }), 'entry-content'],
      [wrong('membership.suspended', {}), 'event-malformed'],
      [wrong('membership.suspended', { member: ann.id, device: ann.device.author }), 'event-malformed'],
      [wrong('role.changed', { member: ann.id, role: 'head' }), 'event-malformed'],
      [wrong('scope.granted', { scope: '__proto__', device: ann.device.author }), 'event-malformed'],
      [wrong('act.seconded', { entry: 7 }), 'event-malformed'],
    ] as const) {
      await expectNoAct(unit, founder, act, code);
    }
    expect(await foldElsewhere(unit)).toEqual({ ok: true, value: unit.now });
  });

  test('is of a newer Probity: who has the entries alone can say nothing', async () => {
    const { unit, founder, ann } = await staffedRosterUnit(1);
    for (const [type, v] of [
      ['branch.ended', 1],
      ['membership.suspended', 2],
    ] as const) {
      const envelope = { id: v7() as EventId, type, v, at, data: { member: ann.id } };
      const place = unit.placeOf(founder.device.author);
      const entry = await createRosterEntry({ place, event: envelope, boxes: [] }, founder.key);
      const fault = { ok: false, error: { code: 'event-newer', params: { type, v } } };
      expect(await readRosterEntry(entry)).toEqual(fault);
      expect(await foldElsewhere(unit, [...unit.entries, entry])).toEqual(fault);
    }
  });

  test('is not genuine: who has the entries alone can say nothing', async () => {
    const { unit, founder, ann } = await staffedRosterUnit(1);
    await unit.done(founder, suspend(ann));
    const last = unit.entries.at(-1) as Entry;
    const others = unit.entries.slice(0, -1);
    const signature = last.wire.signature.slice();
    signature[0] = (signature[0] as number) ^ 1;
    const body = toCanonicalBytes({ at });
    const wires: readonly (readonly [Entry['wire'], string])[] = [
      [{ ...last.wire, signature }, 'entry-signature'],
      [{ ...last.wire, body }, 'entry-parts'],
      [{ ...last.wire, boxes: [{ label: body, sealed: body }] }, 'entry-parts'],
    ] as const;
    for (const [wire, code] of wires) {
      expect(await foldElsewhere(unit, [...others, { ...last, wire }])).toMatchObject({ ok: false, error: { code } });
    }
    const elsewhere = await foldRosterEntries(v4() as UnitId, unit.entries, unit.pinned);
    expect(elsewhere).toMatchObject({ ok: false, error: { code: 'entry-malformed' } });
    const key = await makeContentKey(unit.stream, founder.device.author);
    const event = toEnvelope(v7() as EventId, { ...suspend(ann), at } as DomainEvent);
    const sealed = await createEntry(
      { place: unit.placeOf(founder.device.author), event, key, boxes: [] },
      founder.key,
    );
    expect(await foldElsewhere(unit, [...others, sealed])).toMatchObject({
      ok: false,
      error: { code: 'entry-malformed' },
    });
  });
});

describe('names', () => {
  test('are in nothing that lies in the clear', async () => {
    const { unit, founder, sue, ann, ben } = await staffedRosterUnit(2);
    const names = ['Norbeck Anti-Corruption Unit', 'Morgan Hale', 'Ash Birch', 'Sal Penrose'];
    const [unitName = '', ...memberNames] = names;
    const people = [founder, sue, ann];
    const events = [
      { type: 'unit.named', at, data: { name: unitName } },
      ...people.map(({ id: member }, index) => ({
        ...{ type: 'member.named' as const, at, data: { member, name: memberNames[index] ?? '' } },
      })),
    ] as DomainEvent[];
    const key = await makeContentKey(unit.policyStream, founder.device.author);
    const boxes = [await boxForGeneration(key, unit.generation)];
    const sealed = await Promise.all(
      events.map((event) =>
        createEntry(
          {
            ...{ place: unit.placeOf(founder.device.author, unit.policyStream), key, boxes },
            event: toEnvelope(v7() as EventId, event),
          },
          founder.key,
        ),
      ),
    );
    await unit.grant(founder, ann);
    await unit.done(founder, end(ben), sue);
    const text = unit.inClear() + JSON.stringify(unit.roster);
    expect(text).toContain(founder.id);
    const raw = sealed.map(({ header, wire }) => JSON.stringify(header) + Buffer.from(wire.body ?? []).toString());
    for (const name of names) {
      expect(text).not.toContain(name);
      expect(raw.join()).not.toContain(name);
    }
  });

  test('cannot be put there', async () => {
    const { unit, founder, sue, ann } = await staffedRosterUnit(2);
    await unit.grant(founder, ann);
    const person = await unit.stranger();
    for (const { type, data } of [
      ...[unit.founding(), admit(person), bind(await onceMore(unit, founder)), changeRole(ann, 'reviewer')],
      ...[suspend(ann), suspendDevice(ann), restore(ann), end(sue), grant(ann), secondOf(aDigest)],
    ]) {
      const named = { type, data: { ...data, name: 'Ash Birch' } } as unknown as Act;
      await expectNoAct(unit, founder, named, 'event-malformed');
    }
    const { device } = await unit.stranger();
    const named = { ...person, device: { ...device, label: 'desk of Ash Birch' } };
    await expectNoAct(unit, founder, admit(named), 'event-malformed');
  });
});

describe('nobody takes over a unit alone', () => {
  test('two analysts bind no device to a supervisor who has one in force', async () => {
    const { unit, sue, ann, ben } = await staffedRosterUnit(2);
    const theirs = await onceMore(unit, sue);
    await unit.act(ann, bind(theirs));
    await unit.second(ben);
    expect(actorOf(unit, theirs)).toBeNull();
  });

  test('one supervisor does not, alone, leave herself the only one who can act', async () => {
    const { unit, founder, sue, tom } = await staffedRosterUnit(3);
    await unit.act(founder, suspendDevice(sue));
    await unit.act(founder, suspend(tom));
    expect([sue, tom].filter((each) => actorOf(unit, each))).not.toEqual([]);
  });

  test('the only supervisor who can act still suspends a stolen device at once', async () => {
    const { unit, founder, sue, ann, ben } = await staffedRosterUnit(2);
    await unit.done(founder, suspendDevice(sue), ben);
    expect(await unit.act(founder, suspendDevice(ann))).toBe('counts');
  });

  test('whoever is not of the unit does not stop its fold with an act that nobody knows', async () => {
    const { unit } = await staffedRosterUnit(1);
    const stranger = await unit.stranger();
    const event = { id: v7() as EventId, type: 'branch.ended', v: 1, at, data: {} };
    const place = unit.placeOf(stranger.device.author);
    const entry = await createRosterEntry({ place, event, boxes: [] }, stranger.key);
    const folded = await foldElsewhere(unit, [...unit.entries, entry]);
    expect(folded.ok ? null : folded.error.code).toBeNull();
    expect(folded).toEqual({ ok: true, value: unit.now });
  });
});

describe('whoever passes the entries on', () => {
  /** As they travel: a part that is left out is shape enough for any reader. */
  test('does not undo an act by leaving out its body', async () => {
    const { unit, founder, ann } = await staffedRosterUnit(1);
    await unit.done(founder, suspend(ann));
    const last = unit.entries.at(-1) as Entry;
    const without = { ...last, wire: { ...last.wire, body: null } };
    expect(parseEntry(without.wire).ok).toBe(false);
    const folded = await foldElsewhere(unit, [...unit.entries.slice(0, -1), without]);
    expect(folded.ok ? null : folded.error.code).toBe('entry-parts');
  });

  test('does not undo a grant by leaving out its box', async () => {
    const { unit, founder, ann } = await staffedRosterUnit(1);
    await unit.grant(founder, ann);
    const last = unit.entries.at(-1) as Entry;
    const without = { ...last, wire: { ...last.wire, boxes: last.wire.boxes.map(withdrawBox) } };
    expect(parseEntry(without.wire).ok).toBe(false);
    const folded = await foldElsewhere(unit, [...unit.entries.slice(0, -1), without]);
    expect(folded.ok ? null : folded.error.code).toBe('entry-parts');
  });

  test('does not repeat an act', async () => {
    const { unit, founder, ann } = await staffedRosterUnit(1);
    await unit.done(founder, suspend(ann));
    await unit.done(founder, restore(ann));
    const restored = unit.entries.at(-1) as Entry;
    await unit.done(founder, suspend(ann));
    const folded = await foldElsewhere(unit, [...unit.entries, restored]);
    expect(folded.ok && memberOfId(folded.value, ann.id)?.standing).not.toBe('inForce');
  });
});

test('an event that is signed again takes effect once', async () => {
  const { unit, founder, ann } = await staffedRosterUnit(1);
  const event = toEnvelope(v7() as EventId, { ...suspend(ann), at } as DomainEvent);
  const sign = () => createRosterEntry({ place: unit.placeOf(founder.device.author), event, boxes: [] }, founder.key);
  expect(await unit.take(await sign())).toBe('counts');
  await unit.done(founder, restore(ann));
  await unit.take(await sign());
  expect(standingOf(unit, ann)).toBe('inForce');
});

test('what an entry of the roster says is its canonical text', async () => {
  const unit = await foundedRosterUnit();
  const [entry] = unit.entries;
  expect(JSON.parse(fromUtf8(entry?.wire.body as Uint8Array))).toMatchObject({ type: 'unit.founded', v: 1 });
});
