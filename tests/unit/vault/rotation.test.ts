import { expect, test } from 'vitest';
import { createKeyring } from '#renderer/vault/keys/keyring.ts';
import { currentGeneration, type Roster } from '#shared/domain/unit/roster.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { boxGeneration } from '#shared/log/generation-box.ts';
import { inventUnit, viewOf } from '#tests/support/memory-unit.ts';
import {
  act,
  asha,
  ben,
  codesOf,
  end,
  faultsOf,
  generationOf,
  holderOf,
  morgan,
  overtake,
  release,
  rotateAs,
  rotationsIn,
  secretsOf,
  stateOf,
  stationOf,
  synced,
  take,
  totalOf,
  tryToTake,
  unitKeysIn,
} from '#tests/support/rotating-unit.ts';

/* Somebody leaves the unit: whoever writes next makes a new key that they do not get. */

const at = new Date().toISOString();

test('who left reads nothing that is written after, and everybody else goes on', async () => {
  const unit = await inventUnit(3);
  const [id] = unit.arrived.map((each) => each.id) as [StreamId];
  const left = await stationOf(unit, ben);
  const here = await stationOf(unit, morgan);
  await synced(left);
  // What its member signed there is in the log before they sign the ending elsewhere: the one must follow the other.
  await synced(here);
  await end(unit, ben);
  await synced(here);
  await take(here, id);
  await synced(here);
  expect(rotationsIn(unit)).toEqual([2]);
  const fresh = await unit.endpoint.deliver(unit.referralOf(unit.arrived[0]?.referral.reference ?? ''));
  await synced(here);
  const other = await stationOf(unit, asha);
  await synced(other);
  expect(await holderOf(other, id)).not.toBeNull();
  expect([await totalOf(here), await totalOf(other)]).toEqual([4, 4]);
  expect((await viewOf(other.vault, fresh)).state.id).toBe(fresh);
  await left.vault.call('sync.now', {});
  expect(await totalOf(left)).toBe(3);
  expect(await holderOf(left, id)).toBeNull();
  // No warning, no row: the case that they read before says that there is more, and nothing is decided in it.
  expect(await codesOf(left)).toEqual([]);
  expect(await stateOf(left, id)).toMatchObject({ unread: { length: 1 } });
  // Whatever else their program holds: the secret of the new key is in no box for them.
  const own = createKeyring(await secretsOf(unit, ben));
  expect(own.generation(currentGeneration(unit.endpoint.roster(), 'unit')?.id as never)).toBeNull();
});

test('of two that make a new key at once the first counts, and what was written under either is read by all', async () => {
  const unit = await inventUnit(3);
  const [first, second] = unit.arrived.map((each) => each.id) as [StreamId, StreamId];
  await end(unit, ben);
  const [one, two] = [await stationOf(unit, morgan), await stationOf(unit, asha)];
  await synced(one);
  await synced(two);
  two.host.goOffline();
  one.host.goOffline();
  await take(one, first);
  await take(two, second);
  one.host.goOnline();
  await synced(one);
  two.host.goOnline();
  await synced(two);
  await synced(one);
  const counting = unitKeysIn(unit).map(({ counts }) => counts);
  expect(counting).toEqual([true, true, false]);
  for (const station of [one, two]) {
    expect(await holderOf(station, first)).not.toBeNull();
    expect(await holderOf(station, second)).not.toBeNull();
    expect(await faultsOf(station)).toEqual([]);
  }
  // The next entry of who lost the race passes that key on.
  await release(two, second);
  await synced(two);
  expect(unitKeysIn(unit).map(({ carriedBy }) => carriedBy.length)).toEqual([0, 0, 1]);
  await synced(one);
  expect(await holderOf(one, second)).toBeNull();
});

test('what was written under the key before, by who did not know that it was replaced, counts', async () => {
  const unit = await inventUnit(3);
  const [first, second] = unit.arrived.map((each) => each.id) as [StreamId, StreamId];
  const away = await stationOf(unit, asha);
  away.host.goOffline();
  await take(away, second);
  await end(unit, ben);
  const here = await stationOf(unit, morgan);
  await synced(here);
  await take(here, first);
  await synced(here);
  expect(rotationsIn(unit)).toEqual([2]);
  away.host.goOnline();
  await synced(away);
  await synced(here);
  for (const station of [away, here]) {
    expect(await holderOf(station, first)).not.toBeNull();
    expect(await holderOf(station, second)).not.toBeNull();
  }
  // Nobody owes another key: the one was enough.
  await release(away, second);
  await synced(away);
  expect(rotationsIn(unit)).toEqual([2]);
});

test('who was left out of a rotation reads all of it once they are granted the new key', async () => {
  const unit = await inventUnit(3);
  const [id] = unit.arrived.map((each) => each.id) as [StreamId];
  const left = await stationOf(unit, ben);
  await synced(left);
  const { member, author, sealingPublicKey } = await secretsOf(unit, ben);
  await act(unit, morgan, { type: 'membership.suspended', at, data: { member: member.id } });
  const { stream } = unit.endpoint.roster() as Roster;
  const next = await rotateAs(unit, morgan, { replaces: await generationOf(unit, morgan), readers: [morgan, asha] });
  await unit.syncHere();
  const here = await stationOf(unit, morgan);
  await take(here, id);
  await synced(here);
  await synced(left);
  expect(await stateOf(left, id)).toMatchObject({ holder: null, unread: { length: 1 } });
  await act(unit, morgan, { type: 'membership.restored', at, data: { member: member.id } });
  await synced(left);
  expect(await tryToTake(left, id)).toMatchObject({ ok: false, error: { code: 'grant-owed' } });
  const box = await boxGeneration(next, stream, { author, sealingKey: sealingPublicKey });
  await act(unit, morgan, { type: 'scope.granted', at, data: { scope: 'unit', device: author } }, [box]);
  await synced(left);
  const { state } = await viewOf(left.vault, id);
  expect(state.unread).toEqual([]);
  expect(state.holder).not.toBeNull();
});

test('two members at one workstation each see what their own keys open, whoever opened it last', async () => {
  const unit = await inventUnit(3);
  const [id] = unit.arrived.map((each) => each.id) as [StreamId];
  await end(unit, ben);
  await unit.syncHere();
  // Takes it, and releases it again.
  await unit.recordHere(morgan, id);
  const openedHere = async (name: string) => {
    const station = await stationOf(unit, name, unit);
    const rows = await totalOf(station);
    const { activity, unread } = await stateOf(station, id);
    const codes = await codesOf(station);
    station.kill();
    return { rows, entries: activity.length, unread, codes };
  };
  unit.host.goOffline();
  const seenBy = (read: Awaited<ReturnType<typeof openedHere>>) => [read.rows, read.entries, read.unread.length];
  const whole = await openedHere(morgan);
  const less = await openedHere(ben);
  expect(less.entries).toBeLessThan(whole.entries);
  expect(less.unread).toHaveLength(whole.entries - less.entries);
  expect(less.codes.filter((code) => code !== 'not-audited')).toEqual([]);
  for (const name of [morgan, ben, asha]) {
    const read = await openedHere(name);
    expect(seenBy(read)).toEqual(seenBy(name === ben ? less : whole));
  }
});

test('what must be signed again after one’s own rotation stays under the new key', async () => {
  const unit = await inventUnit(3);
  const [id] = unit.arrived.map((each) => each.id) as [StreamId];
  const left = await stationOf(unit, ben);
  await synced(left);
  await end(unit, ben);
  await unit.syncHere();
  const here = await stationOf(unit, morgan);
  await synced(here);
  here.host.goOffline();
  await take(here, id);
  await overtake(unit, morgan);
  here.host.goOnline();
  await synced(here);
  expect(await codesOf(here)).toContain('outbox-rejoined');
  expect(await holderOf(here, id)).not.toBeNull();
  await left.vault.call('sync.now', {});
  expect(await stateOf(left, id)).toMatchObject({ holder: null, unread: { length: 1 } });
});
