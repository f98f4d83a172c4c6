import { v7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { type DomainEvent, toEnvelope } from '#shared/domain/registry/registry.ts';
import { deviceOf, memberOf } from '#shared/domain/unit/roster.ts';
import { entitledTo, isRotationOwed } from '#shared/domain/unit/scope-keys.ts';
import type { EventId } from '#shared/kernel/ids.ts';
import { consentToRenewal } from '#shared/log/device-proof.ts';
import { createRosterEntry } from '#shared/log/entry.ts';
import { boxGeneration } from '#shared/log/generation-box.ts';
import type { MadeMember } from '#tests/support/made-roster.ts';
import { type Act, foundedRosterUnit, type RosterUnit, staffedRosterUnit } from '#tests/support/roster-unit.ts';

/* New keys of a device whose store was restored from a copy, or found to be set back. */

/** Signed as it should be, but for what is changed. */
async function renewal(
  { unit }: RosterUnit,
  old: MadeMember,
  next: MadeMember,
  changes: { consent?: string; member?: MadeMember['id']; replaces?: MadeMember } = {},
): Promise<Act> {
  const { member = old.id, replaces = old } = changes;
  const binding = { unit, member, device: next.device };
  const consent = changes.consent ?? (await consentToRenewal(binding, replaces.key));
  return {
    type: 'device.renewed',
    data: { member, replaces: replaces.device.author, device: next.device, consent },
  };
}

describe('new keys of a device', () => {
  test('count once another member signed too; the old key ends, and whoever is left gives the scopes', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    expect(await unit.grant(founder, ann)).toBe('counts');
    const next = await unit.furtherDevice(ann);
    expect(await unit.act(next, await renewal(unit, ann, next))).toBe('waits');
    expect(deviceOf(unit.now, next.device.author)).toBeNull();
    expect(memberOf(unit.now, ann.device.author)?.id).toBe(ann.id);
    expect(await unit.second(ben)).toBe('counts');
    expect(deviceOf(unit.now, next.device.author)).toMatchObject({ member: ann.id, standing: 'inForce', granted: [] });
    expect(deviceOf(unit.now, ann.device.author)).toMatchObject({ standing: 'ended' });
    expect(isRotationOwed(unit.now, 'unit')).toBe(true);
    expect(await unit.grant(founder, next)).toBe('counts');
    expect(entitledTo(unit.now, 'unit').map(({ author }) => author)).toContain(next.device.author);
  });

  test('are not seconded by their own member, with whichever device', async () => {
    const { unit, founder, ann } = await staffedRosterUnit(1);
    const [next, desk] = [await unit.furtherDevice(ann), await unit.furtherDevice(ann)];
    await unit.done(ann, { type: 'device.bound', data: { member: ann.id, device: desk.device } });
    await unit.act(next, await renewal(unit, ann, next));
    const proposed = unit.last;
    for (const by of [ann, desk]) expect(await unit.second(by, proposed)).toBe('same-member-twice');
    expect(await unit.second(next, proposed)).toBe('not-a-member');
    expect(await unit.second(founder, proposed)).toBe('counts');
  });

  test('count at once for a member who is alone, with the scopes whose current keys were boxed to them', async () => {
    const unit = await foundedRosterUnit();
    const { founder } = unit;
    await unit.open(founder, 'everyone', [founder]);
    const next = await unit.furtherDevice(founder);
    const boxes = [await boxGeneration(unit.generation, unit.stream, next.device)];
    expect(await unit.act(next, await renewal(unit, founder, next), { boxes })).toBe('counts');
    expect(deviceOf(unit.now, next.device.author)).toMatchObject({ granted: ['unit'] });
    expect(memberOf(unit.now, next.device.author)).toMatchObject({ id: founder.id, role: 'supervisor' });
    expect(isRotationOwed(unit.now, 'unit')).toBe(true);
  });

  test('keep a scope that no other device could give them, once another member signed too', async () => {
    const { unit, founder, ann } = await staffedRosterUnit(1);
    expect(await unit.grant(founder, ann)).toBe('counts');
    await unit.open(founder, 'everyone', [founder, ann]);
    const command = await unit.open(founder, 'command', [founder]);
    const next = await unit.furtherDevice(founder);
    const keys = [unit.generation, command];
    const boxes = await Promise.all(keys.map((each) => boxGeneration(each, unit.stream, next.device)));
    expect(await unit.act(next, await renewal(unit, founder, next), { boxes })).toBe('waits');
    expect(await unit.second(ann)).toBe('counts');
    expect(deviceOf(unit.now, next.device.author)).toMatchObject({ granted: ['command'] });
    expect(await unit.grant(ann, next)).toBe('counts');
  });

  test('bring no scope with them that the old ones did not hold', async () => {
    const unit = await foundedRosterUnit();
    const { founder } = unit;
    const desk = await unit.furtherDevice(founder);
    await unit.done(founder, { type: 'device.bound', data: { member: founder.id, device: desk.device } });
    const next = await unit.furtherDevice(founder);
    const boxes = [await boxGeneration(unit.generation, unit.stream, next.device)];
    expect(await unit.act(next, await renewal(unit, desk, next), { boxes })).toBe('counts');
    expect(deviceOf(unit.now, next.device.author)).toMatchObject({ granted: [] });
  });

  test('do not count without what both keys had to sign', async () => {
    const { unit, founder, ann, ben } = await staffedRosterUnit(1);
    const next = await unit.furtherDevice(ann);
    const refused = async (act: Act, code: string, by: MadeMember = next) =>
      expect(await unit.tried(by, act)).toBe(code);
    const binding = { unit: unit.unit, member: ann.id, device: next.device };
    // By another key than the one that is named, and for other keys than those that are bound.
    const other = await unit.furtherDevice(ann);
    const forOther = await consentToRenewal({ ...binding, device: other.device }, ann.key);
    for (const consent of [await consentToRenewal(binding, ben.key), forOther])
      await refused(await renewal(unit, ann, next, { consent }), 'binding-unproved');
    const { proof } = other.device;
    await refused(await renewal(unit, ann, { ...next, device: { ...next.device, proof } }), 'binding-unproved');
    // In another's name, of another's device, by another's hand.
    const asBen = await unit.furtherDevice(ben);
    await refused(await renewal(unit, ann, asBen, { member: ben.id }), 'device-of-another', asBen);
    await refused(await renewal(unit, ann, next), 'renewed-by-another', founder);
    await refused(await renewal(unit, ann, next), 'renewed-by-another', ann);
    // With keys that are bound already.
    await unit.done(ann, { type: 'device.bound', data: { member: ann.id, device: other.device } });
    await refused(await renewal(unit, ann, other), 'device-bound-already', other);
    await refused(await renewal(unit, ann, next), 'waits');
  });

  test('do not come in the place of a key that is not in force, nor twice', async () => {
    const { unit, founder, ann } = await staffedRosterUnit(1);
    const [next, again] = [await unit.furtherDevice(ann), await unit.furtherDevice(ann)];
    const stranger = await unit.furtherDevice(ann);
    expect(await unit.act(again, await renewal(unit, ann, again, { replaces: stranger }))).toBe('not-a-member');
    await unit.act(next, await renewal(unit, ann, next));
    const first = unit.last;
    await unit.act(again, await renewal(unit, ann, again));
    const second = unit.last;
    expect(await unit.second(founder, first)).toBe('counts');
    expect(await unit.second(founder, second)).toBe('not-a-member');
    expect(await unit.act(again, await renewal(unit, ann, again))).toBe('not-a-member');
    const third = await unit.furtherDevice(ann);
    expect(await unit.act(third, await renewal(unit, next, third))).toBe('waits');
  });

  test('that are signed again wait once', async () => {
    const { unit, ann } = await staffedRosterUnit(1);
    const next = await unit.furtherDevice(ann);
    const event = { ...(await renewal(unit, ann, next)), at: '2026-11-20T10:00:00.000Z' } as DomainEvent;
    const envelope = toEnvelope(v7() as EventId, event);
    for (const expected of ['waits', 'counts']) {
      const unsigned = { place: unit.placeOf(next.device.author), event: envelope, boxes: [] };
      expect(await unit.take(await createRosterEntry(unsigned, next.key))).toBe(expected);
      expect(unit.now.proposals).toHaveLength(1);
    }
  });

  test('of which a member asks without end are refused', async () => {
    const { unit, ann } = await staffedRosterUnit(1);
    const outcomes: string[] = [];
    while (outcomes.length < 17) {
      const next = await unit.furtherDevice(ann);
      outcomes.push(await unit.act(next, await renewal(unit, ann, next)));
    }
    expect(outcomes).toEqual([...Array(16).fill('waits'), 'too-many-proposals']);
  });
});
