import { expect, test } from 'vitest';
import type { StreamId } from '#shared/kernel/ids.ts';
import { inventUnit, viewOf } from '#tests/support/memory-unit.ts';
import {
  act,
  asha,
  ben,
  end,
  faultsOf,
  generationOf,
  holderOf,
  morgan,
  release,
  rotateAs,
  secretsOf,
  stateOf,
  stationOf,
  suspend,
  synced,
  take,
  totalOf,
  unitKeysIn,
  writeAlone,
} from '#tests/support/rotating-unit.ts';

/* What a member with a program of their own tries with the unit's key, and what befalls those who are cut off meanwhile. */

const at = new Date().toISOString();

async function unitOfThree() {
  const unit = await inventUnit(3);
  await unit.syncHere();
  const [first, second] = unit.arrived.map(({ id }) => id) as [StreamId, StreamId];
  return { unit, first, second, before: await generationOf(unit, morgan) };
}

test('a key whose boxes open to nothing keeps nobody from writing: whom it shuts out says so, and makes the next', async () => {
  const { unit, first, second, before } = await unitOfThree();
  await rotateAs(unit, ben, { replaces: before, readers: [morgan, asha, ben], junk: true });
  const here = await stationOf(unit, morgan);
  await synced(here);
  await take(here, first);
  await synced(here);
  const other = await stationOf(unit, asha);
  await synced(other);
  await take(other, second);
  await synced(other);
  await synced(here);
  expect(unitKeysIn(unit).map(({ counts, aside }) => [counts, aside])).toEqual([
    [true, false],
    [true, true],
    [true, false],
  ]);
  for (const station of [here, other]) {
    expect(await holderOf(station, first)).not.toBeNull();
    expect(await holderOf(station, second)).not.toBeNull();
    expect(await faultsOf(station)).toEqual([]);
  }
  // Reports go to the key that all can open.
  await unit.endpoint.deliver(unit.referralOf(unit.arrived[0]?.referral.reference ?? ''));
  await synced(here);
  expect(await totalOf(here)).toBe(4);
});

test('what was written under a key whose maker had lost theirs meanwhile is read by whom it is for', async () => {
  const { unit, first, before } = await unitOfThree();
  await end(unit, ben);
  const away = await stationOf(unit, asha);
  await synced(away);
  away.host.goOffline();
  await take(away, first);
  // While she is away she is suspended, left out of the next key, and restored without being given it.
  const { member } = await secretsOf(unit, asha);
  await act(unit, morgan, { type: 'membership.suspended', at, data: { member: member.id } });
  await rotateAs(unit, morgan, { replaces: before, readers: [morgan] });
  await act(unit, morgan, { type: 'membership.restored', at, data: { member: member.id } });
  away.host.goOnline();
  await away.vault.call('sync.now', {});
  const here = await stationOf(unit, morgan);
  await synced(here);
  expect(await holderOf(here, first)).toBe(member.id);
  expect(await stateOf(here, first)).toMatchObject({ unread: [] });
  expect(await faultsOf(here)).toEqual([]);
});

test('a key that was made in vain by who can no longer pass it on is passed on by another', async () => {
  const { unit, first, second } = await unitOfThree();
  await end(unit, ben);
  const [here, away] = [await stationOf(unit, morgan), await stationOf(unit, asha)];
  await synced(here);
  await synced(away);
  away.host.goOffline();
  await take(away, second);
  await take(here, first);
  await synced(here);
  away.host.goOnline();
  await synced(away);
  await suspend(unit, asha);
  await synced(here);
  expect(await holderOf(here, second)).not.toBeNull();
  await release(here, first);
  await synced(here);
  const { author } = await secretsOf(unit, morgan);
  const aside = unitKeysIn(unit).filter((each) => each.aside);
  expect(aside.map(({ carriedBy }) => carriedBy)).toEqual([[author]]);
});

test('what a member writes that nobody else can read keeps the others from deciding while they are in force, and no longer', async () => {
  const { unit, first } = await unitOfThree();
  await writeAlone(unit, ben, first);
  const here = await stationOf(unit, morgan);
  await synced(here);
  const { member } = await secretsOf(unit, ben);
  expect(await viewOf(here.vault, first)).toMatchObject({
    state: { holder: null, unread: [member.id] },
    notWhole: [{ code: 'unread-entries', params: { count: 1 } }],
    notRead: null,
  });
  await take(here, first);
  const recorded = () =>
    here.vault.call('case.record', {
      command: { type: 'standards.recorded', case: first, data: { standards: ['honesty'], why: null } },
    });
  expect(await recorded()).toMatchObject({ ok: false, error: { code: 'unread-entries' } });
  await suspend(unit, ben);
  await synced(here);
  expect(await viewOf(here.vault, first)).toMatchObject({
    notWhole: [],
    notRead: { code: 'lost-entries', params: { count: 1 } },
  });
  expect(await recorded()).toMatchObject({ ok: true });
  expect(await faultsOf(here)).toEqual([]);
});

test('what reaches the log after its author’s membership ended changes nothing, and is named', async () => {
  const { unit, first } = await unitOfThree();
  const [here, away] = [await stationOf(unit, morgan), await stationOf(unit, ben)];
  for (const each of [here, away]) await synced(each);
  away.host.goOffline();
  await take(away, first);
  await end(unit, ben);
  away.host.goOnline();
  await away.vault.call('sync.now', {});
  await synced(here);
  const fresh = await stationOf(unit, asha);
  await synced(fresh);
  for (const station of [here, fresh]) {
    expect(await holderOf(station, first)).toBeNull();
    expect(await faultsOf(station)).toContain('author-not-in-force');
    // Those who read the case see what it says: it may be that somebody is at risk.
    const { late } = await viewOf(station.vault, first);
    expect(late).toMatchObject([{ because: 'author-not-in-force', said: { is: { type: 'case.taken' } } }]);
  }
});
