import { v4 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { SealBroken } from '#shared/crypto/aead.ts';
import { fromCanonicalJson } from '#shared/crypto/canonical-json.ts';
import { fromUtf8 } from '#shared/crypto/encoding.ts';
import { decapsulate } from '#shared/crypto/public-box.ts';
import { currentGeneration, deviceOf, type RosterDevice } from '#shared/domain/unit/roster.ts';
import { entitledTo, isCarryOwed, isRotationOwed } from '#shared/domain/unit/scope-keys.ts';
import type { AuthorKey, GenerationId, StreamId } from '#shared/kernel/ids.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { boxGenerationUnder, openGenerationBox, parseGenerationBox } from '#shared/log/generation-box.ts';
import { formatLabel } from '#shared/log/wire-box.ts';
import type { MadeMember } from '#tests/support/made-roster.ts';
import { type RosterUnit, staffedRosterUnit } from '#tests/support/roster-unit.ts';

/* A scope's key is replaced: by whom, for whom, and what becomes of two that do it at once. */

/** Three supervisors and an analyst who hold the unit's key, and an analyst who was never given it. */
async function granted() {
  const staff = await staffedRosterUnit(3);
  const { unit, founder, sue, tom, ann } = staff;
  for (const member of [sue, tom, ann]) await unit.grant(founder, member);
  return staff;
}

interface Rotation {
  readonly readers: readonly MadeMember[];
  readonly replaces?: Generation;
  /** What lies under the new one; without it, what it replaces. */
  readonly past?: Generation;
  readonly next?: Generation;
  /** What the past is boxed under; null for nothing. */
  readonly under?: Generation | null;
  readonly id?: GenerationId;
}

async function rotate(unit: RosterUnit, by: MadeMember, { readers, replaces = unit.generation, ...more }: Rotation) {
  const { next = await makeGeneration(), under = next, id = next.id, past = replaces } = more;
  const boxes = await Promise.all(readers.map((reader) => unit.box(reader, unit.stream, next)));
  if (under) boxes.push(await boxGenerationUnder(past, unit.stream, under));
  const generation = { id, publicKey: next.sealing.publicKey };
  const data = { scope: 'unit' as const, replaces: replaces.id, generation };
  return { outcome: await unit.act(by, { type: 'scope.rotated', data }, { boxes }), next };
}

async function carry(unit: RosterUnit, by: MadeMember, of: Generation, under: Generation) {
  const boxes = [await boxGenerationUnder(of, unit.stream, under)];
  return unit.act(by, { type: 'generation.carried', data: { scope: 'unit', generation: of.id } }, { boxes });
}

const say = (unit: RosterUnit, by: MadeMember, { id }: Pick<Generation, 'id'>) =>
  unit.act(by, { type: 'generation.unopened', data: { scope: 'unit', generation: id } });

const end = async ({ unit, founder, sue }: Awaited<ReturnType<typeof granted>>, { id }: MadeMember) =>
  unit.done(founder, { type: 'membership.ended', data: { member: id } }, sue);
const current = ({ now }: RosterUnit) => currentGeneration(now, 'unit')?.id;
const grantOf = ({ now }: RosterUnit, { device }: MadeMember) => deviceOf(now, device.author)?.granted;

describe('a rotation', () => {
  test('is owed once somebody who holds the key has left, and takes it from them', async () => {
    const staff = await granted();
    const { unit, founder, sue, tom, ann } = staff;
    expect(isRotationOwed(unit.now, 'unit')).toBe(false);
    await end(staff, ann);
    expect(isRotationOwed(unit.now, 'unit')).toBe(true);
    expect(entitledTo(unit.now, 'unit').map(({ author }) => author)).toEqual(
      [founder, sue, tom].map(({ device }) => device.author),
    );
    const { outcome, next } = await rotate(unit, sue, { readers: [founder, sue, tom] });
    expect([outcome, current(unit)]).toEqual(['counts', next.id]);
    expect(isRotationOwed(unit.now, 'unit')).toBe(false);
    expect([grantOf(unit, ann), grantOf(unit, tom)]).toEqual([[], ['unit']]);
  });

  test('is not owed for who was suspended, but leaves them out: once restored they are owed a grant', async () => {
    const { unit, founder, sue, tom, ann } = await granted();
    await unit.done(founder, { type: 'membership.suspended', data: { member: ann.id } });
    expect(isRotationOwed(unit.now, 'unit')).toBe(false);
    expect((await rotate(unit, sue, { readers: [founder, sue, tom] })).outcome).toBe('counts');
    await unit.done(founder, { type: 'membership.restored', data: { member: ann.id } }, sue);
    expect(grantOf(unit, ann)).toEqual([]);
  });

  test('is for exactly the devices in force that were granted the scope', async () => {
    const { unit, founder, sue, tom, ann, ben } = await granted();
    const all = [founder, sue, tom, ann];
    const wrong = [all.slice(1), [...all, ben], [...all, ann], [founder, sue, tom, ben], []];
    for (const readers of wrong) await rotate(unit, sue, { readers });
    // They are known, because something may be under them, and none is current.
    expect(current(unit)).toBe(unit.generation.id);
    expect(unit.now.generations.map(({ counts }) => counts)).toEqual([true, ...wrong.map(() => false)]);
    expect(grantOf(unit, ann)).toEqual(['unit']);
    expect((await rotate(unit, sue, { readers: all })).outcome).toBe('counts');
  });

  test('is of a key that has the id it says, is new, and opens the one before', async () => {
    const { unit, founder, sue, tom, ann } = await granted();
    const readers = [founder, sue, tom, ann];
    const [other, stranger] = [await makeGeneration(), await makeGeneration()];
    expect((await rotate(unit, sue, { readers, id: other.id })).outcome).toBe('generation-not-its-key');
    expect((await rotate(unit, sue, { readers, next: unit.generation })).outcome).toBe('generation-known');
    expect((await rotate(unit, sue, { readers, replaces: stranger })).outcome).toBe('generation-unknown');
    for (const under of [null, other])
      expect((await rotate(unit, sue, { readers, under })).outcome).toBe('rotation-without-past');
  });

  test('is by who holds the scope', async () => {
    const { unit, founder, sue, tom, ann, ben } = await granted();
    const readers = [founder, sue, tom, ann];
    expect((await rotate(unit, ben, { readers })).outcome).toBe('grant-not-held');
    expect((await rotate(unit, await unit.stranger(), { readers })).outcome).toBe('not-a-member');
  });

  test('of two of the same key the first counts; the other is known, and passed on under the first', async () => {
    const staff = await granted();
    const { unit, founder, sue, tom, ann } = staff;
    await end(staff, ann);
    const readers = [founder, sue, tom];
    const { next: first } = await rotate(unit, sue, { readers });
    const { next: late, outcome } = await rotate(unit, tom, { readers });
    expect([outcome, current(unit)]).toEqual(['counts', first.id]);
    expect(unit.now.generations.map(({ counts }) => counts)).toEqual([true, true, false]);
    expect([grantOf(unit, tom), isRotationOwed(unit.now, 'unit')]).toEqual([['unit'], false]);
    expect(await carry(unit, tom, late, unit.generation)).toBe('grant-without-key');
    expect(await carry(unit, tom, first, first)).toBe('generation-unknown');
    expect(await carry(unit, tom, await makeGeneration(), first)).toBe('generation-unknown');
    expect(await carry(unit, tom, late, first)).toBe('counts');
    expect(await carry(unit, tom, late, first)).toBe('nothing-changes');
    expect(unit.now.generations.map(({ carriedBy }) => carriedBy)).toEqual([[], [], [tom.device.author]]);
    // The next one replaces the one that counts.
    expect((await rotate(unit, sue, { readers, replaces: first })).outcome).toBe('counts');
    expect(current(unit)).not.toBe(first.id);
  });
});

test('a rotation whose author did not know that another has left too stays owed', async () => {
  const staff = await granted();
  const { unit, founder, sue, tom, ann } = staff;
  await end(staff, ann);
  await unit.done(founder, { type: 'membership.ended', data: { member: tom.id } }, sue);
  await rotate(unit, sue, { readers: [founder, sue, tom] });
  expect([current(unit), isRotationOwed(unit.now, 'unit')]).toEqual([unit.generation.id, true]);
  await rotate(unit, sue, { readers: [founder, sue] });
  expect(isRotationOwed(unit.now, 'unit')).toBe(false);
});

describe('a rotation by who no longer holds the key', () => {
  test('is known and does not count: something may have been written under it', async () => {
    const { unit, founder, sue, tom, ann } = await granted();
    await unit.done(founder, { type: 'membership.suspended', data: { member: ann.id } });
    const { next } = await rotate(unit, sue, { readers: [founder, sue, tom] });
    const { outcome, next: late } = await rotate(unit, ann, { readers: [founder, sue, tom, ann] });
    expect([outcome, current(unit)]).toEqual(['counts', next.id]);
    expect(unit.now.generations.at(-1)).toMatchObject({ id: late.id, counts: false, aside: true });
    await unit.done(founder, { type: 'membership.restored', data: { member: ann.id } }, sue);
    expect((await rotate(unit, ann, { readers: [founder, sue, tom, ann], replaces: next })).outcome).toBe('counts');
    expect(current(unit)).toBe(next.id);
  });

  test('cannot be made without end', async () => {
    const { unit, founder, sue, tom, ann } = await granted();
    await unit.done(founder, { type: 'membership.suspended', data: { member: ann.id } });
    await rotate(unit, sue, { readers: [founder, sue, tom] });
    for (let count = 0; count < 16; count += 1) {
      expect((await rotate(unit, ann, { readers: [] })).outcome).toBe('counts');
    }
    expect((await rotate(unit, ann, { readers: [] })).outcome).toBe('too-many-rotations');
    expect(unit.now.generations).toHaveLength(2 + 16);
  });
});

describe('a key that does not open for who was given a box of it', () => {
  test('is said by a device that was, once, and is then owed again', async () => {
    const { unit, ann, ben } = await granted();
    expect(await say(unit, ben, unit.generation)).toBe('grant-not-held');
    expect(await say(unit, ann, await makeGeneration())).toBe('generation-unknown');
    expect(isRotationOwed(unit.now, 'unit')).toBe(false);
    expect(await say(unit, ann, unit.generation)).toBe('counts');
    expect(await say(unit, ann, unit.generation)).toBe('nothing-changes');
    expect(isRotationOwed(unit.now, 'unit')).toBe(true);
  });

  test('is replaced by that device over the last that it could open, and by others as always', async () => {
    const { unit, founder, sue, tom, ann } = await granted();
    const readers = [founder, sue, tom, ann];
    const { next: bad } = await rotate(unit, sue, { readers });
    const past = unit.generation;
    // Before it said so, nobody can leave out a key.
    expect((await rotate(unit, ann, { readers, replaces: bad, past })).outcome).toBe('rotation-without-past');
    await say(unit, ann, bad);
    expect((await rotate(unit, tom, { readers, replaces: bad, past })).outcome).toBe('rotation-without-past');
    const { next, outcome } = await rotate(unit, ann, { readers, replaces: bad, past });
    expect([outcome, current(unit)]).toEqual(['counts', next.id]);
    expect(isRotationOwed(unit.now, 'unit')).toBe(false);
    // Whoever holds what was passed over passes it on: its maker's word is not enough where somebody could not open it.
    const authors = [sue, tom].map(({ device }) => device.author);
    const isOwed = () =>
      authors.map((author) =>
        unit.now.generations.filter((each) => isCarryOwed(unit.now, each, author)).map(({ id }) => id),
      );
    expect(isOwed()).toEqual([[bad.id], [bad.id]]);
    expect(await carry(unit, sue, bad, next)).toBe('counts');
    expect(isOwed()).toEqual([[], [bad.id]]);
    expect(await carry(unit, tom, bad, next)).toBe('counts');
    expect(isOwed()).toEqual([[], []]);
  });
});

test('what was made in vain is passed on by another once its maker has left', async () => {
  const staff = await granted();
  const { unit, founder, sue, tom, ann } = staff;
  const readers = [founder, sue, tom, ann];
  const { next } = await rotate(unit, sue, { readers });
  const { next: late } = await rotate(unit, tom, { readers });
  const isOwedBy = (member: MadeMember) =>
    unit.now.generations.some((each) => each.id === late.id && isCarryOwed(unit.now, each, member.device.author));
  expect([tom, sue].map(isOwedBy)).toEqual([true, false]);
  await end(staff, tom);
  expect([founder, sue].map(isOwedBy)).toEqual([true, true]);
  expect(await carry(unit, sue, late, next)).toBe('counts');
  // Each holder may: that a box opens only its author can say.
  expect([founder, sue].map(isOwedBy)).toEqual([true, false]);
});

test('no more devices are given a key than a rotation has room to box it for', async () => {
  const { unit, founder, ben } = await granted();
  const device = (index: number) => ({
    ...(unit.now.devices[0] as RosterDevice),
    author: `device ${index}` as AuthorKey,
  });
  const before = unit.now;
  const withMore = (count: number, standing: RosterDevice['standing']) => {
    const more = Array.from({ length: count }, (_, index) => ({ ...device(index), standing }));
    unit.roster = { ...before, devices: [...before.devices, ...more] };
  };
  const most = 254;
  const left = most - entitledTo(before, 'unit').length;
  // One that is suspended may come back.
  for (const standing of ['inForce', 'suspended'] as const) {
    withMore(left, standing);
    expect(await unit.grant(founder, ben)).toBe('scope-full');
  }
  withMore(left, 'ended');
  expect(await unit.grant(founder, ben)).not.toBe('scope-full');
});

describe('the key of a generation under another', () => {
  const keysOf = (held: readonly Generation[]) => ({
    generation: (id: GenerationId) => held.find((each) => each.id === id) ?? null,
    decapsulate: (_: unknown, encapsulated: Uint8Array<ArrayBuffer>) =>
      decapsulate(held[0]?.sealing.privateKey as never, encapsulated),
  });

  test('opens to who holds that, to nobody else, and nowhere else', async () => {
    const [older, newer, other] = await Promise.all([makeGeneration(), makeGeneration(), makeGeneration()]);
    const stream = v4() as StreamId;
    const { label, sealed } = await boxGenerationUnder(older, stream, newer);
    const openWith = async (held: Generation, changes: object = {}) => {
      const changed = formatLabel({ ...(fromCanonicalJson(fromUtf8(label)) as object), ...changes });
      const box = parseGenerationBox({ label: changed, sealed });
      if (!box) throw new Error('no box');
      return openGenerationBox(box, keysOf([held]));
    };
    expect((await openWith(newer))?.secret).toEqual(older.secret);
    expect(await openWith(other)).toBeNull();
    await expect(openWith(newer, { stream: v4() })).rejects.toThrow(SealBroken);
    await expect(openWith(newer, { generation: other.id })).rejects.toThrow(SealBroken);
    await expect(openWith(other, { to: { generation: other.id } })).rejects.toThrow(SealBroken);
    // Nor where only what was read from the label is changed.
    const box = parseGenerationBox({ label, sealed });
    if (!box) throw new Error('no box');
    await expect(openGenerationBox({ ...box, generation: other.id }, keysOf([newer]))).rejects.toThrow(SealBroken);
  });
});
