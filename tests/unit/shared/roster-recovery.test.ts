import { v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { currentGeneration, deviceOf, memberOf, type RecoveryUse } from '#shared/domain/unit/roster.ts';
import { isCarryOwed, isRotationOwed } from '#shared/domain/unit/scope-keys.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { EventId } from '#shared/kernel/ids.ts';
import { createRosterEntry } from '#shared/log/entry.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { boxForRecovery, boxGeneration, boxGenerationUnder } from '#shared/log/generation-box.ts';
import { makeRecoveryKey, proveRecovery, type RecoveryKey } from '#shared/log/recovery-key.ts';
import { foldRosterEntries } from '#shared/log/roster-entry.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';
import { type MadeMember, makeMember } from '#tests/support/made-roster.ts';
import { foundedRosterUnit, type Outcome, type RosterUnit, staffedRosterUnit } from '#tests/support/roster-unit.ts';

/* The recovery key in the roster: who binds it, what it may sign, and who must permit that. */

const signerOf = ({ signing }: RecoveryKey) => ({ key: signing });
const keysOf = ({ signing, sealing }: RecoveryKey) => ({ author: signing.author, sealingKey: sealing.publicKey });

async function bind(unit: RosterUnit, by: MadeMember, key: RecoveryKey): Promise<Outcome> {
  return unit.act(by, { type: 'recovery.bound', data: { recovery: await proveRecovery(unit.unit, key) } });
}

async function bound(unit: RosterUnit, by: MadeMember, second: MadeMember | null = null): Promise<RecoveryKey> {
  const key = await makeRecoveryKey();
  const data = { recovery: await proveRecovery(unit.unit, key) };
  await unit.done(by, { type: 'recovery.bound', data }, second);
  return key;
}

const permit = (unit: RosterUnit, by: MadeMember, use: RecoveryUse) =>
  unit.act(by, { type: 'recovery.permitted', data: { for: use } });

const permitted = (unit: RosterUnit, use: RecoveryUse, by: MadeMember, second: MadeMember) =>
  unit.done(by, { type: 'recovery.permitted', data: { for: use } }, second);

/** A new device of a member, bound by the recovery key. */
async function rebind(unit: RosterUnit, key: RecoveryKey, member: MadeMember) {
  const next = await unit.furtherDevice(member);
  const data = { member: member.id, device: next.device };
  return { next, outcome: await unit.act(signerOf(key), { type: 'device.bound', data }) };
}

interface Rotation {
  readonly readers: readonly MadeMember[];
  readonly recovery?: RecoveryKey | null;
  readonly scope?: Scope;
  readonly replaces?: Generation;
  readonly past?: Generation | null;
  readonly next?: Generation;
  readonly also?: readonly WholeBox[];
}

async function rotate(unit: RosterUnit, by: Pick<MadeMember, 'key'>, rotation: Rotation) {
  const { readers, recovery = null, replaces = unit.generation, also = [], scope = 'unit' } = rotation;
  const { past = replaces, next = await makeGeneration() } = rotation;
  const boxes = await Promise.all([
    ...readers.map(({ device }) => boxGeneration(next, unit.stream, device)),
    ...(recovery ? [boxForRecovery(next, unit.stream, keysOf(recovery))] : []),
    ...(past ? [boxGenerationUnder(past, unit.stream, next)] : []),
  ]);
  const generation = { id: next.id, publicKey: next.sealing.publicKey };
  const data = { scope, replaces: replaces.id, generation };
  const outcome = await unit.act(by, { type: 'scope.rotated', data }, { boxes: [...boxes, ...also] });
  return { outcome, next };
}

const current = ({ now }: RosterUnit) => currentGeneration(now, 'unit');
const unitScope: RecoveryUse = { scope: 'unit' };

/** Three supervisors and two analysts; a recovery key that the scope is boxed for. Founder, Sue and Ann read it. */
async function recoverable() {
  const staff = await staffedRosterUnit(3);
  const { unit, founder, sue, tom, ann } = staff;
  for (const member of [sue, ann]) await unit.grant(founder, member);
  const key = await bound(unit, founder, sue);
  const readers = [founder, sue, ann];
  const { next: generation } = await rotate(unit, founder, { readers, recovery: key });
  const end = ({ device }: MadeMember) =>
    unit.done(
      founder,
      { type: 'membership.ended', data: { device: device.author } },
      device === tom.device ? sue : tom,
    );
  return { ...staff, key, generation, end };
}

/** With nobody left who reads the scope: Tom and Ben are in force, and were never given it. */
async function close(staff: Awaited<ReturnType<typeof recoverable>>) {
  const { unit, founder, sue, tom, ann } = staff;
  await staff.end(sue);
  await staff.end(ann);
  const by = await unit.furtherDevice(founder);
  await unit.done(founder, { type: 'device.bound', data: { member: founder.id, device: by.device } });
  await unit.done(by, { type: 'membership.ended', data: { device: founder.device.author } }, tom);
  return { ...staff, by };
}
const closed = async () => close(await recoverable());

describe('a recovery key', () => {
  test('is bound by the founder alone, until there have once been two supervisors', async () => {
    const unit = await foundedRosterUnit();
    const key = await makeRecoveryKey();
    expect(unit.now.recovery).toBeNull();
    expect(await bind(unit, unit.founder, key)).toBe('counts');
    expect(unit.now.recovery).toEqual(keysOf(key));
    await unit.admitted('supervisor');
    const next = await makeRecoveryKey();
    expect(await bind(unit, unit.founder, next)).toBe('waits');
    expect(unit.now.recovery).toEqual(keysOf(key));
  });

  test('then by two supervisors, and by nobody else', async () => {
    const { unit, founder, sue, ann } = await staffedRosterUnit(2);
    const key = await makeRecoveryKey();
    expect(await bind(unit, ann, key)).toBe('not-allowed');
    expect(await bind(unit, founder, key)).toBe('waits');
    const entry = unit.last;
    expect(await unit.second(founder, entry)).toBe('same-member-twice');
    expect(await unit.second(ann, entry)).toBe('not-allowed-as-second');
    expect(await unit.second(sue, entry)).toBe('counts');
    expect(unit.now.recovery).toEqual(keysOf(key));
  });

  test('is the key of nobody else, and is never bound again', async () => {
    const unit = await foundedRosterUnit();
    const [first, second, stranger] = [await makeRecoveryKey(), await makeRecoveryKey(), await makeMember(unit.unit)];
    await bind(unit, unit.founder, first);
    expect(await bind(unit, unit.founder, first)).toBe('recovery-key-used');
    expect(await bind(unit, unit.founder, second)).toBe('counts');
    expect(await bind(unit, unit.founder, first)).toBe('recovery-key-used');
    expect(unit.now).toMatchObject({ recovery: keysOf(second), formerRecovery: [keysOf(first)] });
    // Half of it is the key of a device, or of an earlier one.
    const { founder, keys } = unit;
    const third = await makeRecoveryKey();
    const ofDevice = { ...third, sealing: founder.sealing };
    const ofFormer = { ...third, sealing: first.sealing };
    expect(await bind(unit, founder, ofDevice)).toBe('device-bound-already');
    expect(await bind(unit, founder, { ...third, signing: founder.key })).toBe('device-bound-already');
    expect(await bind(unit, founder, ofFormer)).toBe('recovery-key-used');
    const endpointKey = { ...third, signing: { ...third.signing, author: keys.endpointKey } };
    expect(await bind(unit, founder, endpointKey)).toBe('binding-unproved');
    // Nor is it a device of anybody.
    const device = { ...stranger.device, sealingKey: first.sealing.publicKey };
    const data = { member: stranger.id, role: 'analyst' as const, device };
    expect(await unit.act(founder, { type: 'member.admitted', data })).toBe('binding-unproved');
  });

  test('signs its binding itself, for this unit', async () => {
    const unit = await foundedRosterUnit();
    const [key, other] = [await makeRecoveryKey(), await makeRecoveryKey()];
    const proved = await proveRecovery(unit.unit, key);
    const elsewhere = await proveRecovery('5f1c1b1e-94a5-4c62-9b1f-0a2f1d1f4c11' as never, key);
    for (const recovery of [
      { ...proved, proof: elsewhere.proof },
      { ...proved, sealingKey: other.sealing.publicKey },
      { ...proved, author: other.signing.author },
    ]) {
      expect(await unit.act(unit.founder, { type: 'recovery.bound', data: { recovery } })).toBe('binding-unproved');
    }
    // The key of small order, for which everybody can sign.
    const author = `${'A'.repeat(43)}` as typeof proved.author;
    expect(await unit.act(unit.founder, { type: 'recovery.bound', data: { recovery: { ...proved, author } } })).toBe(
      'binding-unproved',
    );
  });

  test('makes a rotation owed in every scope, and so does its successor', async () => {
    const unit = await foundedRosterUnit();
    const { founder } = unit;
    await unit.open(founder, 'everyone', [founder]);
    const owed = () => (['unit', 'everyone'] as const).map((scope) => isRotationOwed(unit.now, scope));
    expect(owed()).toEqual([false, false]);
    const first = await bound(unit, founder);
    expect(owed()).toEqual([true, true]);
    const { next } = await rotate(unit, founder, { readers: [founder], recovery: first });
    expect(owed()).toEqual([false, true]);
    expect(current(unit)).toMatchObject({ id: next.id, recovery: first.signing.author });
    await bound(unit, founder);
    expect(owed()).toEqual([true, true]);
  });

  test('is boxed for by who opens a scope and knows of it: else a rotation is owed there', async () => {
    const unit = await foundedRosterUnit();
    const { founder } = unit;
    const key = await bound(unit, founder);
    const open = async (scope: 'everyone' | 'command', recovery: RecoveryKey | null) => {
      const made = await makeGeneration();
      const boxes = [await unit.box(founder, unit.stream, made)];
      if (recovery) boxes.push(await boxForRecovery(made, unit.stream, keysOf(recovery)));
      const generation = { id: made.id, publicKey: made.sealing.publicKey };
      expect(await unit.act(founder, { type: 'scope.opened', data: { scope, generation } }, { boxes })).toBe('counts');
      return isRotationOwed(unit.now, scope);
    };
    expect(await open('everyone', key)).toBe(false);
    expect(await open('command', await makeRecoveryKey())).toBe(true);
  });

  test('receives of every rotation that counts: one without it, or for another, is known and not current', async () => {
    const unit = await foundedRosterUnit();
    const { founder } = unit;
    const [key, other] = [await bound(unit, founder), await makeRecoveryKey()];
    const readers = [founder];
    const extra = [await boxForRecovery(await makeGeneration(), unit.stream, keysOf(other))];
    for (const recovery of [null, other]) await rotate(unit, founder, { readers, recovery });
    const next = await makeGeneration();
    const twice = [await boxForRecovery(next, unit.stream, keysOf(other))];
    await rotate(unit, founder, { readers, recovery: key, next, also: twice });
    expect(current(unit)?.id).toBe(unit.generation.id);
    const aside = unit.now.generations.slice(1);
    expect(aside.map(({ counts }) => counts)).toEqual([false, false, false]);
    expect(aside.every((each) => isCarryOwed(unit.now, each, founder.device.author))).toBe(true);
    const { next: counted } = await rotate(unit, founder, { readers, recovery: key, also: extra });
    expect(current(unit)?.id).toBe(counted.id);
  });

  test('is not boxed for where none is bound', async () => {
    const unit = await foundedRosterUnit();
    await rotate(unit, unit.founder, { readers: [unit.founder], recovery: await makeRecoveryKey() });
    expect(current(unit)?.id).toBe(unit.generation.id);
  });
});

describe('a permission', () => {
  test('is by two, of whom one is a supervisor, and neither the member concerned', async () => {
    const { unit, founder, sue, tom, ann, ben } = await staffedRosterUnit(3);
    const forSue = { member: sue.id };
    expect(await permit(unit, founder, forSue)).toBe('recovery-not-bound');
    await bound(unit, founder, tom);
    expect(await permit(unit, sue, forSue)).toBe('own-recovery');
    expect(await permit(unit, await unit.stranger(), forSue)).toBe('not-a-member');
    expect(await permit(unit, ann, forSue)).toBe('waits');
    const entry = unit.last;
    expect(await unit.second(ann, entry)).toBe('same-member-twice');
    expect(await unit.second(sue, entry)).toBe('not-allowed-as-second');
    expect(await unit.second(ben, entry)).toBe('not-allowed-as-second');
    // Sue is not the second of what a supervisor proposed, either.
    expect(await permit(unit, founder, forSue)).toBe('waits');
    expect(await unit.second(sue)).toBe('not-allowed-as-second');
    expect(unit.now.permissions).toEqual([]);
    expect(await unit.second(founder, entry)).toBe('counts');
    expect(unit.now.permissions).toEqual([forSue]);
    expect(await permit(unit, founder, forSue)).toBe('nothing-changes');
    // The supervisor may also be the first.
    await permitted(unit, { scope: 'unit' }, founder, ben);
    expect(unit.now.permissions).toEqual([forSue, { scope: 'unit' }]);
  });

  test('for the only supervisor is by two others', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    await bound(unit, founder);
    await permitted(unit, { member: founder.id }, ann, ben);
    expect(unit.now.permissions).toEqual([{ member: founder.id }]);
    // A scope has nobody concerned: the founder is one of the two.
    expect(await permit(unit, ann, unitScope)).toBe('waits');
    expect(await unit.second(ben)).toBe('not-allowed-as-second');
  });

  test('is for a member who has not ended, or a scope that there is', async () => {
    const { unit, founder, sue, ann } = await staffedRosterUnit(2);
    await bound(unit, founder, sue);
    expect(await permit(unit, founder, { member: (await unit.stranger()).id })).toBe('member-unknown');
    expect(await permit(unit, founder, { scope: 'command' })).toBe('scope-unknown');
    await unit.done(founder, { type: 'membership.ended', data: { member: ann.id } }, sue);
    expect(await permit(unit, founder, { member: ann.id })).toBe('member-ended');
  });

  test('ends with the recovery key that it was for, also one that waits', async () => {
    const { unit, founder, sue, tom, ann } = await staffedRosterUnit(3);
    await bound(unit, founder, sue);
    await permitted(unit, { member: ann.id }, founder, sue);
    expect(await permit(unit, founder, unitScope)).toBe('waits');
    const entry = unit.last;
    const key = await bound(unit, founder, tom);
    expect(unit.now.permissions).toEqual([]);
    expect(await unit.second(sue, entry)).toBe('proposal-unknown');
    expect((await rebind(unit, key, ann)).outcome).toBe('recovery-not-permitted');
  });
});

describe('a device that the recovery key binds', () => {
  test('takes the place of all that the member had, once, where two permitted it', async () => {
    const { unit, founder, sue, ann, key } = await recoverable();
    expect((await rebind(unit, key, ann)).outcome).toBe('recovery-not-permitted');
    await permitted(unit, { member: sue.id }, founder, ann);
    expect((await rebind(unit, key, ann)).outcome).toBe('recovery-not-permitted');
    await permitted(unit, { member: ann.id }, founder, sue);
    const { next, outcome } = await rebind(unit, key, ann);
    expect(outcome).toBe('counts');
    expect(unit.now.permissions).toEqual([{ member: sue.id }]);
    expect(deviceOf(unit.now, ann.device.author)?.standing).toBe('ended');
    expect(deviceOf(unit.now, next.device.author)).toMatchObject({ standing: 'inForce', granted: [] });
    expect(memberOf(unit.now, next.device.author)?.id).toBe(ann.id);
    expect(isRotationOwed(unit.now, 'unit')).toBe(true);
    expect((await rebind(unit, key, ann)).outcome).toBe('recovery-not-permitted');
  });

  test('is of a member who has not ended, with keys that are nobody’s', async () => {
    const { unit, founder, sue, tom, ann, ben, key } = await recoverable();
    await permitted(unit, { member: ann.id }, founder, sue);
    await permitted(unit, { member: ben.id }, founder, sue);
    const device = await unit.furtherDevice(ann);
    const bindDevice = (member: MadeMember, { device: keys }: MadeMember) =>
      unit.act(signerOf(key), { type: 'device.bound', data: { member: member.id, device: keys } });
    expect(await bindDevice(ann, ann)).toBe('device-bound-already');
    expect(await bindDevice(ann, tom)).toBe('binding-unproved');
    const stranger = await unit.stranger();
    expect(await bindDevice(stranger, stranger)).toBe('member-unknown');
    await unit.done(founder, { type: 'membership.ended', data: { member: ben.id } }, sue);
    expect((await rebind(unit, key, ben)).outcome).toBe('member-ended');
    expect(await bindDevice(ann, device)).toBe('counts');
  });

  test('takes no permission where there are no two others, be they suspended', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    const key = await bound(unit, founder);
    await unit.done(founder, { type: 'membership.suspended', data: { member: ann.id } });
    expect((await rebind(unit, key, founder)).outcome).toBe('recovery-not-permitted');
    await unit.done(founder, { type: 'membership.ended', data: { member: ann.id } }, ben);
    const { next, outcome } = await rebind(unit, key, founder);
    expect(outcome).toBe('counts');
    expect(unit.now.members).toContainEqual({ id: founder.id, role: 'supervisor', standing: 'inForce' });
    expect(memberOf(unit.now, founder.device.author)).toBeNull();
    // The founder goes on with it.
    expect(await unit.act(next, { type: 'member.admitted', data: await aNewMember(unit) })).toBe('counts');
  });
});

async function aNewMember(unit: RosterUnit) {
  const { id, device } = await unit.stranger();
  return { member: id, role: 'analyst' as const, device };
}

describe('a scope that the recovery key opens again', () => {
  test('has no reader in force, is permitted once, and is for those it names', async () => {
    const { unit, key, generation, by, tom, ben } = await closed();
    const reopening = { readers: [tom, ben], recovery: key, replaces: generation };
    expect((await rotate(unit, signerOf(key), reopening)).outcome).toBe('recovery-not-permitted');
    await permitted(unit, unitScope, by, ben);
    const { outcome, next } = await rotate(unit, signerOf(key), reopening);
    expect(outcome).toBe('counts');
    expect(unit.now.permissions).toEqual([]);
    expect(current(unit)).toMatchObject({ id: next.id, recovery: key.signing.author, by: key.signing.author });
    const readers = unit.now.devices.filter(({ granted }) => granted.includes('unit'));
    expect(readers.map(({ author }) => author).sort()).toEqual([tom, ben].map(({ device }) => device.author).sort());
    expect(unit.now.generations.map(({ aside }) => aside)).toEqual([false, false, false]);
    expect(isRotationOwed(unit.now, 'unit')).toBe(false);
    const again = { ...reopening, replaces: next };
    expect((await rotate(unit, signerOf(key), again)).outcome).toBe('scope-has-readers');
    // Whoever was given it goes on as ever.
    const { outcome: went, next: last } = await rotate(unit, tom, { ...again });
    expect([went, current(unit)?.id]).toEqual(['counts', last.id]);
  });

  test('goes to devices in force whose member may read it, to the recovery key, and to nobody else', async () => {
    const { unit, founder, key, generation, by, tom, ben } = await closed();
    await permitted(unit, unitScope, by, ben);
    const stranger = await unit.stranger();
    const next = await makeGeneration();
    const wrong: [Partial<Rotation>, string][] = [
      [{ readers: [] }, 'grant-without-key'],
      [{ readers: [tom, tom] }, 'reader-twice'],
      [{ readers: [tom, founder] }, 'device-not-in-force'],
      [{ readers: [stranger] }, 'device-not-in-force'],
      [{ recovery: null }, 'boxed-for-others'],
      [{ recovery: await makeRecoveryKey() }, 'boxed-for-others'],
      [{ next, also: [await boxGenerationUnder(next, unit.stream, generation)] }, 'boxed-for-others'],
      [{ past: null }, 'rotation-without-past'],
      [{ past: unit.generation }, 'rotation-without-past'],
      [{ replaces: unit.generation, past: generation }, 'rotation-late'],
    ];
    for (const [change, code] of wrong) {
      const rotation = { readers: [tom], recovery: key, replaces: generation, ...change };
      expect([code, (await rotate(unit, signerOf(key), rotation)).outcome]).toEqual([code, code]);
    }
    expect(unit.now.permissions).toEqual([unitScope]);
    expect(current(unit)?.id).toBe(generation.id);
  });

  test('goes to nobody whose role is not of it', async () => {
    const unit = await foundedRosterUnit();
    const { founder } = unit;
    const ann = await unit.admitted('analyst');
    await unit.open(founder, 'everyone', [founder]);
    const replaces = await unit.open(founder, 'command', [founder]);
    const key = await bound(unit, founder);
    const { next: device } = await rebind(unit, key, founder);
    const rotation = { scope: 'command' as const, recovery: key, replaces, past: null };
    expect((await rotate(unit, signerOf(key), { ...rotation, readers: [device, ann] })).outcome).toBe('not-of-scope');
    const right = { ...rotation, readers: [device] };
    expect((await rotate(unit, signerOf(key), right)).outcome).toBe('recovery-not-permitted');
  });

  test('goes on from the last key that opened, and lays one aside that did not', async () => {
    const { unit, founder, sue, ann, key, generation, ...staff } = await recoverable();
    // Who made it boxed something else for the recovery key.
    const { next: junk } = await rotate(unit, sue, {
      readers: [founder, sue, ann],
      recovery: key,
      replaces: generation,
    });
    const { by, tom, ben } = await close({ unit, founder, sue, ann, key, generation, ...staff });
    await permitted(unit, unitScope, by, ben);
    const rotation = { readers: [tom], recovery: key, replaces: junk, past: generation };
    const { outcome, next } = await rotate(unit, signerOf(key), rotation);
    expect([outcome, current(unit)?.id]).toEqual(['counts', next.id]);
    expect(unit.now.generations.filter(({ aside }) => aside).map(({ id }) => id)).toEqual([junk.id]);
  });

  test('goes on from nothing where no key of it was boxed for the recovery key', async () => {
    const unit = await foundedRosterUnit();
    const { founder } = unit;
    const key = await bound(unit, founder);
    const { next: device } = await rebind(unit, key, founder);
    const rotation = { readers: [device], recovery: key, past: null };
    const { outcome, next } = await rotate(unit, signerOf(key), rotation);
    expect([outcome, current(unit)?.id]).toEqual(['counts', next.id]);
    expect(unit.now.generations.map(({ aside }) => aside)).toEqual([true, false]);
  });
});

describe('the recovery key signs nothing else', () => {
  test('no other act on the roster, whatever the rules of that act say', async () => {
    const { unit, founder, sue, ann, key } = await recoverable();
    const signer = signerOf(key);
    const admission = await aNewMember(unit);
    expect(await unit.act(signer, { type: 'member.admitted', data: admission })).toBe('not-for-recovery-key');
    const ended = { type: 'membership.ended' as const, data: { member: ann.id } };
    expect(await unit.act(signer, ended)).toBe('not-for-recovery-key');
    expect(await permit(unit, signer as MadeMember, unitScope)).toBe('not-for-recovery-key');
    expect(await bind(unit, signer as MadeMember, await makeRecoveryKey())).toBe('not-for-recovery-key');
    await unit.act(founder, { type: 'member.admitted', data: admission });
    const seconded = { type: 'act.seconded' as const, data: { entry: unit.last } };
    expect(await unit.act(signer, seconded)).toBe('not-for-recovery-key');
    const granted = { scope: 'unit' as const, device: sue.device.author };
    expect(await unit.act(signer, { type: 'scope.granted', data: granted })).toBe('not-for-recovery-key');
    const made = await makeGeneration();
    const opened = { scope: 'everyone' as const, generation: { id: made.id, publicKey: made.sealing.publicKey } };
    expect(await unit.act(signer, { type: 'scope.opened', data: opened })).toBe('not-for-recovery-key');
  });

  test('nothing at all once it was replaced', async () => {
    const { unit, founder, sue, ann, key } = await recoverable();
    await bound(unit, founder, sue);
    await permitted(unit, { member: ann.id }, founder, sue);
    expect((await rebind(unit, key, ann)).outcome).toBe('not-for-recovery-key');
    const rotation = { readers: [founder, sue, ann], recovery: key, replaces: unit.generation };
    expect((await rotate(unit, signerOf(key), rotation)).outcome).toBe('not-for-recovery-key');
  });

  test('but an act of a newer Probity, of which a reader of today does not know whether it may', async () => {
    const unit = await foundedRosterUnit();
    const [first, second] = [await bound(unit, unit.founder), await bound(unit, unit.founder)];
    const stranger = await unit.stranger();
    const event = { id: v7() as EventId, type: 'device.bound', v: 2, at: '2026-11-20T10:00:00.000Z', data: {} };
    const foldWith = async ({ key }: Pick<MadeMember, 'key'>) => {
      const entry = await createRosterEntry({ place: unit.placeOf(key.author), event, boxes: [] }, key);
      return foldRosterEntries(unit.unit, [...unit.entries, entry], unit.pinned);
    };
    expect(await foldWith(signerOf(second))).toMatchObject({ ok: false, error: { code: 'event-newer' } });
    for (const other of [signerOf(first), stranger]) expect(await foldWith(other)).toMatchObject({ ok: true });
  });

  test('no rotation of a scope that somebody can read', async () => {
    const { unit, founder, sue, ann, tom, ben, key, generation } = await recoverable();
    await permitted(unit, unitScope, founder, ben);
    for (const readers of [[founder, sue, ann], [tom]]) {
      const rotation = { readers, recovery: key, replaces: generation };
      expect((await rotate(unit, signerOf(key), rotation)).outcome).toBe('scope-has-readers');
    }
  });
});
