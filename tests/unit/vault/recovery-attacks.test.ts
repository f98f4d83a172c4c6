import { v7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';
import type { DomainEvent } from '#shared/domain/registry/registry.ts';
import { currentGeneration, type DeviceKeys, deviceOf, memberOf, type Roster } from '#shared/domain/unit/roster.ts';
import type { EntryId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import { createRosterEntry } from '#shared/log/entry.ts';
import type { RecoveryKey } from '#shared/log/recovery-key.ts';
import { newEvent, sealedAsMember } from '#tests/support/attacked-unit.ts';
import { makeMember } from '#tests/support/made-roster.ts';
import { inventUnit, type MemoryUnit } from '#tests/support/memory-unit.ts';
import { actAsRecovery, bindRecovery, recoveryKeyOf, rotateAsRecovery } from '#tests/support/recovering-unit.ts';
import {
  act,
  asha,
  ben,
  end,
  generationOf,
  holderOf,
  morgan,
  type Station,
  secretsOf,
  stationOf,
  synced,
} from '#tests/support/rotating-unit.ts';
import { statusOf } from '#tests/support/workstation.ts';

/* What the holders of enough shares try with a program of their own. Every replica refuses it, and names it. */

const at = new Date().toISOString();
let unit: MemoryUnit;
let key: RecoveryKey;
let here: Station;
let id: StreamId;

beforeEach(async () => {
  unit = await inventUnit(1);
  here = await stationOf(unit, morgan);
  await synced(here);
  key = await recoveryKeyOf(await bindRecovery(here));
  await synced(here);
  // The other copy of this disk, whose keys the tests act with, reads the log too.
  await unit.syncHere();
  [id] = unit.arrived.map((each) => each.id) as [StreamId];
});

const roster = () => unit.endpoint.roster() as Roster;
const memberOfName = async (name: string) => (await secretsOf(unit, name)).member.id;

/** The codes that two replicas name the last entries with; of a refused act, why it was refused. */
async function named(): Promise<readonly (readonly string[])[]> {
  const other = await stationOf(unit, asha);
  return Promise.all(
    [here, other].map(async (station) => {
      await synced(station);
      const { warnings } = await statusOf(station.vault);
      return warnings
        .filter(({ code }) => !code.startsWith('outbox-'))
        .map(({ code, params }) => (code === 'refused' ? String(params.because) : code));
    }),
  );
}
const both = (...codes: readonly string[]) => [codes, codes];

async function newDeviceOf(name: string): Promise<{ member: MemberId; device: DeviceKeys }> {
  const made = await makeMember(unit.endpoint.unit, await memberOfName(name));
  return { member: made.id, device: made.device };
}
const bindAs = async (name: string) => {
  const data = await newDeviceOf(name);
  await actAsRecovery(unit, key, { type: 'device.bound', at, data });
  return data.device.author;
};
const permitAs = async (name: string, of: string) =>
  act(unit, name, { type: 'recovery.permitted', at, data: { for: { member: await memberOfName(of) } } });
const secondAs = async (name: string, entry: Awaited<ReturnType<typeof permitAs>>) =>
  act(unit, name, { type: 'act.seconded', at, data: { entry } });

test('it takes no case, under any key', async () => {
  const event = newEvent({ type: 'case.taken', at, data: {} });
  const generation = await generationOf(unit, morgan);
  await unit.endpoint.inject(await sealedAsMember(unit.endpoint, generation, event, key.signing, { stream: id }));
  expect(await named()).toEqual(both('author-recovery-key'));
  expect(await holderOf(here, id)).toBeNull();
});

test('it admits nobody, grants nothing, and binds no successor', async () => {
  const stranger = await makeMember(unit.endpoint.unit);
  const acts: DomainEvent[] = [
    { type: 'member.admitted', at, data: { member: stranger.id, role: 'supervisor', device: stranger.device } },
    { type: 'scope.granted', at, data: { scope: 'unit', device: stranger.device.author } },
    { type: 'role.changed', at, data: { member: await memberOfName(ben), role: 'supervisor' } },
    { type: 'recovery.permitted', at, data: { for: { member: await memberOfName(ben) } } },
  ];
  for (const event of acts) await actAsRecovery(unit, key, event);
  expect(await named()).toEqual(both(...acts.map(() => 'not-for-recovery-key')));
  expect(memberOf(roster(), stranger.device.author)).toBeNull();
});

test('it takes no scope from those who read it', async () => {
  const stranger = await makeMember(unit.endpoint.unit, await memberOfName(ben));
  const past = await generationOf(unit, morgan);
  await act(unit, morgan, { type: 'recovery.permitted', at, data: { for: { scope: 'unit' } } }).then((entry) =>
    secondAs(ben, entry),
  );
  const devices = [await secretsOf(unit, ben)].map(({ author, sealingPublicKey: sealingKey }) => ({
    author,
    sealingKey,
  }));
  await rotateAsRecovery(unit, key, { scope: 'unit', past, devices });
  await rotateAsRecovery(unit, key, { scope: 'unit', past, devices: [stranger.device] });
  expect(await named()).toEqual(both('scope-has-readers', 'scope-has-readers'));
  expect(currentGeneration(roster(), 'unit')?.id).toBe(past.id);
});

test('it replaces no device without permission, or twice with one', async () => {
  const before = (await secretsOf(unit, ben)).author;
  expect(deviceOf(roster(), await bindAs(ben))).toBeNull();
  await secondAs(asha, await permitAs(morgan, ben));
  const next = await bindAs(ben);
  expect([deviceOf(roster(), before)?.standing, deviceOf(roster(), next)?.standing]).toEqual(['ended', 'inForce']);
  expect(deviceOf(roster(), await bindAs(ben))).toBeNull();
  expect(await named()).toEqual(both('recovery-not-permitted', 'recovery-not-permitted'));
});

test('one member alone permits nothing, nor the one concerned, nor two of whom none is a supervisor', async () => {
  await permitAs(morgan, ben);
  await bindAs(ben);
  const alone = await permitAs(morgan, asha);
  await secondAs(morgan, alone);
  await secondAs(asha, alone);
  await permitAs(asha, asha);
  await bindAs(asha);
  expect(roster().permissions).toEqual([]);
  const codes = ['recovery-not-permitted', 'same-member-twice', 'not-allowed-as-second', 'own-recovery'];
  expect(await named()).toEqual(both(...codes, 'recovery-not-permitted'));
});

test('one supervisor makes the second signature needless by no suspension', async () => {
  await act(unit, morgan, { type: 'membership.suspended', at, data: { member: await memberOfName(ben) } });
  await act(unit, morgan, { type: 'membership.suspended', at, data: { member: await memberOfName(asha) } });
  await bindAs(ben);
  await synced(here);
  const { warnings } = await statusOf(here.vault);
  expect(warnings.map(({ params }) => params.because)).toContain('recovery-not-permitted');
});

test('where one of two is lost, it needs nobody, and everybody sees it', async () => {
  await end(unit, ben);
  const next = await bindAs(asha);
  expect(deviceOf(roster(), next)?.standing).toBe('inForce');
  expect(roster().devices.find(({ author }) => author === next)?.granted).toEqual([]);
});

test('an entry of its that does not follow its own last one counts for nothing', async () => {
  await end(unit, ben);
  const data = await newDeviceOf(asha);
  const place = {
    id: v7() as EntryId,
    unit: unit.endpoint.unit,
    stream: roster().stream,
    prev: unit.endpoint.lastOf((await secretsOf(unit, morgan)).author),
    seen: unit.endpoint.seen(),
  };
  const entry = await createRosterEntry(
    { place, event: newEvent({ type: 'device.bound', at, data }), boxes: [] },
    key.signing,
  );
  await unit.endpoint.inject(entry);
  expect(await named()).toEqual(both('author-chain'));
});
