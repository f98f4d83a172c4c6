import { v4 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { currentGeneration, deviceOf, type ScopeGeneration } from '#shared/domain/unit/roster.ts';
import { entitledTo, isRotationOwed, scopesIn } from '#shared/domain/unit/scope-keys.ts';
import { type Scope, scopeSchema } from '#shared/domain/unit/scopes.ts';
import type { CircleId } from '#shared/kernel/ids.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import type { MadeMember } from '#tests/support/made-roster.ts';
import { type RosterUnit, staffedRosterUnit } from '#tests/support/roster-unit.ts';

/* Circles of readers: who may open one, for whom, and who stays in it. */

const circle = v4() as CircleId;

async function open(unit: RosterUnit, by: MadeMember, scope: Scope, readers: readonly MadeMember[], next?: Generation) {
  const made = next ?? (await makeGeneration());
  const boxes = await Promise.all(readers.map((reader) => unit.box(reader, unit.stream, made)));
  const generation = { id: made.id, publicKey: made.sealing.publicKey };
  return { outcome: await unit.act(by, { type: 'scope.opened', data: { scope, generation } }, { boxes }), made };
}

/** Three supervisors and an analyst with the key of the unit's readers, who are all members; another without. */
async function staffed() {
  const staff = await staffedRosterUnit(3);
  const { unit, founder, sue, tom, ann } = staff;
  for (const member of [sue, tom, ann]) await unit.grant(founder, member);
  expect((await open(unit, founder, 'everyone', [founder, sue, tom, ann])).outcome).toBe('counts');
  return staff;
}

const readersOf = ({ now }: RosterUnit, scope: Scope) => entitledTo(now, scope).map(({ author }) => author);
const devicesOf = (members: readonly MadeMember[]) => members.map(({ device }) => device.author);

describe('a scope', () => {
  test('is one that every unit has, or a circle of its own', () => {
    for (const scope of ['everyone', 'unit', 'intake', 'command', 'contact', 'audit', circle])
      expect(scopeSchema.safeParse(scope).success).toBe(true);
    for (const scope of ['', 'Unit', 'toString', 'everybody', circle.toUpperCase(), `${circle} `])
      expect(scopeSchema.safeParse(scope).success).toBe(false);
  });

  test('is opened once, for whom its author chooses, with a key of its own', async () => {
    const { unit, sue, tom, ann } = await staffed();
    const { outcome, made } = await open(unit, ann, circle, [ann, tom]);
    expect(outcome).toBe('counts');
    expect(currentGeneration(unit.now, circle)).toMatchObject({ id: made.id, by: ann.device.author, counts: true });
    expect(readersOf(unit, circle)).toEqual(devicesOf([ann, tom]));
    expect(scopesIn(unit.now)).toEqual(['unit', 'everyone', circle]);
    expect((await open(unit, sue, circle, [sue])).outcome).toBe('scope-known');
    expect((await open(unit, sue, 'command', [sue], made)).outcome).toBe('generation-known');
  });

  test('is for its author too, and for each reader once', async () => {
    const { unit, sue, tom } = await staffed();
    expect((await open(unit, sue, circle, [tom])).outcome).toBe('grant-without-key');
    expect((await open(unit, sue, circle, [sue, tom, tom])).outcome).toBe('reader-twice');
  });

  test('is for members in force who were given the key before it, and whose role is of it', async () => {
    const { unit, founder, sue, ann, ben } = await staffed();
    // Ben was compared by nobody.
    expect((await open(unit, sue, circle, [sue, ben])).outcome).toBe('not-of-scope');
    expect((await open(unit, sue, 'command', [sue, ann])).outcome).toBe('not-of-scope');
    expect((await open(unit, ann, 'command', [ann])).outcome).toBe('not-of-scope');
    await unit.done(founder, { type: 'membership.suspended', data: { member: ann.id } });
    expect((await open(unit, sue, circle, [sue, ann])).outcome).toBe('not-of-scope');
    expect((await open(unit, ann, circle, [ann])).outcome).toBe('not-a-member');
    expect((await open(unit, await unit.stranger(), circle, [sue])).outcome).toBe('not-a-member');
    expect(scopesIn(unit.now)).toEqual(['unit', 'everyone']);
  });

  test('cannot be opened without end', async () => {
    const { unit, ann } = await staffed();
    for (let count = 0; count < 32; count += 1) {
      expect((await open(unit, ann, v4() as CircleId, [ann])).outcome).toBe('counts');
    }
    expect((await open(unit, ann, v4() as CircleId, [ann])).outcome).toBe('too-many-scopes');
  });

  test('whoever only replaced the keys of others’ scopes may open their own', async () => {
    const { unit, sue, ann } = await staffed();
    const [first] = unit.now.generations as [ScopeGeneration];
    const ofOthers = Array.from({ length: 40 }, () => v4() as CircleId).flatMap((scope) =>
      [sue, ann].map(({ device }) => ({ ...first, scope, by: device.author, id: v4() as never })),
    );
    unit.roster = { ...unit.now, generations: [...unit.now.generations, ...ofOthers] };
    expect((await open(unit, ann, v4() as CircleId, [ann])).outcome).toBe('counts');
  });
});

test('whose role is of a scope no more reads no further: its key is to be replaced without them', async () => {
  const { unit, founder, sue, tom } = await staffed();
  await open(unit, founder, 'command', [founder, sue]);
  expect(isRotationOwed(unit.now, 'command')).toBe(false);
  const analyst = { type: 'role.changed' as const, data: { member: sue.id, role: 'analyst' as const } };
  await unit.done(founder, analyst, tom);
  expect(isRotationOwed(unit.now, 'command')).toBe(true);
  expect(isRotationOwed(unit.now, 'unit')).toBe(false);
  expect(readersOf(unit, 'command')).toEqual(devicesOf([founder]));
  // They can pass on nothing of it either.
  expect(deviceOf(unit.now, sue.device.author)?.granted).toContain('command');
  const grant = { type: 'scope.granted' as const, data: { scope: 'command' as const, device: tom.device.author } };
  expect(await unit.act(sue, grant, { boxes: [await unit.box(tom)] })).toBe('grant-not-held');
});

test('a key is given to members whose role is of its scope', async () => {
  const { unit, founder, ann } = await staffed();
  const { made } = await open(unit, founder, 'command', [founder]);
  const grant = { type: 'scope.granted' as const, data: { scope: 'command' as const, device: ann.device.author } };
  const boxes = [await unit.box(ann, unit.stream, made)];
  expect(await unit.act(founder, grant, { boxes })).toBe('not-of-scope');
});
