import { afterEach, expect, test, vi } from 'vitest';
import type { Vault } from '#renderer/vault/calls/call-list.ts';
import { openBytes } from '#renderer/vault/store/sealed-rows.ts';
import { importContentKey } from '#shared/crypto/aead.ts';
import { fromCbor } from '#shared/crypto/cbor.ts';
import { fromBase64url } from '#shared/crypto/encoding.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import type { Roster } from '#shared/domain/unit/roster.ts';
import { grace } from '#shared/domain/unit/withdrawal-grace.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { parseBox } from '#shared/log/box.ts';
import { type Entry, parseEntry } from '#shared/log/entry.ts';
import { isWithdrawn } from '#shared/log/wire-box.ts';
import { type MemoryUnit, passphraseOf } from '#tests/support/memory-unit.ts';
import {
  act,
  asha,
  ben,
  end,
  faultsOf,
  generationOf,
  handOn,
  handOver,
  holderOf,
  morgan,
  openScope,
  opens,
  release,
  rotateAs,
  type Station,
  secretsOf,
  stateOf,
  stationOf,
  storedEntriesOf,
  suspend,
  synced,
  take,
  totalOf,
  why,
} from '#tests/support/rotating-unit.ts';
import {
  admit,
  boxesForDevices,
  caseGivenToBen,
  caseOfCircle,
  cutOff,
  give,
  idOf,
  idsOf,
  kit,
} from '#tests/support/single-readers.ts';
import { slotSecretsOf } from '#tests/support/slot-secrets.ts';

/* Who was given a case alone is cut off: it is handed on to the scope that it is for, and goes on without them. */

const at = new Date().toISOString();
afterEach(() => vi.useRealTimers());

/** All that a member is shown of other cases from one: what may match, and what was found again. */
async function shownOf(vault: Vault, beside: StreamId): Promise<string> {
  const matches = await vault.call('case.matches', { id: beside });
  const { rows } = await vault.call('queue.page', { query: everyCase, offset: 0, limit: 50 });
  return JSON.stringify([matches, rows]);
}

test('has no row, count, hit, match or warning of it any more, and the others read on', async () => {
  const { unit, id, next, beside, here, there, out, bens } = await caseGivenToBen();
  expect(await idsOf(out)).toEqual([beside, next].sort());
  const before = await stateOf(here, next);
  const goesOn = await cutOff(here, next, bens);
  for (const station of [here, there, out]) await synced(station);
  const expected = await stateOf(here, goesOn);
  expect(expected.readers).toEqual([]);
  expect(expected.continues.map(({ stream }) => stream)).toEqual([id, next]);
  expect(expected.activity.slice(0, -1)).toEqual(before.activity);
  for (const station of [there, await stationOf(unit, asha)]) {
    await synced(station);
    expect(await stateOf(station, goesOn)).toEqual(expected);
    expect(await totalOf(station)).toBe(2);
    expect(await faultsOf(station)).toEqual([]);
  }
  for (const open of [() => out, () => handOver(unit, out, ben), () => stationOf(unit, ben)]) {
    const station = await open();
    await synced(station);
    expect(await idsOf(station)).toEqual([beside]);
    for (const name of [id, next, goesOn]) expect(await opens(station, name)).toBe(false);
    expect(await faultsOf(station)).toEqual([]);
    const shown = await shownOf(station.vault, beside);
    for (const name of [id, next, goesOn, before.referral.reference]) expect(shown).not.toContain(name);
  }
});

test('the boxes for their devices are served no more, those of the scope are, and all are there for who reads it', async () => {
  const { unit, next, here, there, out, bens } = await caseGivenToBen();
  const goesOn = await cutOff(here, next, bens);
  for (const station of [here, there, out]) await synced(station);
  expect((await boxesForDevices(unit, next)).map(({ is }) => is)).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
  const { entries } = await unit.endpoint.pull(0, 10_000);
  const forScope = entries
    .flatMap(({ entry }) => entry.boxes)
    .filter((box) => {
      const of = parseBox(box);
      return of?.stream === next && 'generation' in of.to;
    });
  expect(forScope.map(isWithdrawn)).toEqual([false, false]);
  expect(await boxesForDevices(unit, goesOn)).toEqual([]);
});

test('they are destroyed once a second member said that the scope’s own open, and after their time', async () => {
  const { unit, next, here, there, out, bens } = await caseGivenToBen();
  await cutOff(here, next, bens);
  for (const station of [here, there, there, here, out]) await synced(station);
  const last = (unit.endpoint.roster() as Roster).withdrawals.at(-1);
  expect(last?.kind === 'boxes' && last.named[0]?.confirmedBy).toBe(await idOf(unit, asha));
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + grace + 60_000 });
  const alone = async (station: Station) =>
    (await storedEntriesOf(station))
      .flatMap(({ wire }) => wire.boxes)
      .filter((box) => 'device' in (parseBox(box)?.to ?? {}))
      .map((box) => (isWithdrawn(box) ? 'withdrawn' : 'whole'));
  for (const [station, name] of [
    [here, morgan],
    [out, ben],
  ] as const) {
    const later = await handOver(unit, station, name);
    await synced(later);
    await synced(later);
    expect(await alone(later)).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
    expect(await faultsOf(later)).toEqual([]);
    expect(await later.vault.call('log.verify', {})).toEqual([]);
  }
});

test('the other single readers stay, without a gap', async () => {
  const { unit, next, here, there, out, bens } = await caseGivenToBen((prepared) => admit(prepared, kit, 'reviewer'));
  const reviewer = await stationOf(unit, kit);
  for (const station of [here, reviewer]) await synced(station);
  await give(here, next, await idOf(unit, kit));
  for (const station of [here, reviewer]) await synced(station);
  expect(await opens(reviewer, next)).toBe(true);
  const goesOn = await cutOff(here, next, bens);
  for (const station of [here, there, out, reviewer]) await synced(station);
  const expected = await stateOf(here, goesOn);
  expect(expected.readers).toMatchObject([{ reader: await idOf(unit, kit), why }]);
  for (const station of [there, reviewer, await stationOf(unit, kit)]) {
    await synced(station);
    expect(await stateOf(station, goesOn)).toEqual(expected);
    expect(await totalOf(station)).toBe(2);
    expect(await faultsOf(station)).toEqual([]);
  }
  expect(await opens(out, goesOn)).toBe(false);
  // From its entries alone.
  await reviewer.store.commit([{ table: 'cases', remove: await reviewer.store.keys('cases') }]);
  expect(await stateOf(await handOver(unit, reviewer, kit), goesOn)).toEqual(expected);
});

test('who is not in force does not stay, nor does who cuts the other off and was given it too', async () => {
  const { unit, next, here, bens } = await caseGivenToBen((prepared) => admit(prepared, kit, 'reviewer'));
  const [morgans, kits] = [await idOf(unit, morgan), await idOf(unit, kit)];
  const { member } = await secretsOf(unit, asha);
  await act(unit, morgan, { type: 'role.changed', at, data: { member: member.id, role: 'supervisor' } });
  const there = await stationOf(unit, asha);
  for (const station of [there, here]) await synced(station);
  await give(there, next, morgans);
  for (const station of [there, here]) await synced(station);
  await give(here, next, kits);
  await synced(here);
  await suspend(unit, kit);
  for (const station of [there, here]) await synced(station);
  const goesOn = await cutOff(here, next, bens);
  for (const station of [here, there]) await synced(station);
  const state = await stateOf(there, goesOn);
  expect(state.readers).toEqual([]);
  expect(state.activity.filter(({ refused }) => refused)).toEqual([]);
  expect(await stateOf(here, goesOn)).toEqual(state);
});

/** As the head of unit decided, supervisors give no case to anybody any more. */
const forbidGiving = async ({ vault }: Station) => {
  const data = { changes: { actions: { addReader: ['reviewer' as const] } }, why: 'The head of unit decided so.' };
  expect(await vault.call('unit.record', { type: 'policy.changed', data })).toMatchObject({ ok: true });
};

test('the only one is cut off by whoever may hand a case on', async () => {
  const { next, here, bens } = await caseGivenToBen();
  await forbidGiving(here);
  expect((await stateOf(here, await cutOff(here, next, bens))).readers).toEqual([]);
});

test('nobody is cut off by one who could not give it to the others again', async () => {
  const { unit, circle, next, here, bens } = await caseGivenToBen((prepared) => admit(prepared, kit, 'reviewer'));
  await give(here, next, await idOf(unit, kit));
  await forbidGiving(here);
  const cut = (reader: typeof bens) => here.vault.call('case.cutOff', { case: next, reader, why });
  expect(await cut(bens)).toMatchObject({ ok: false, error: { code: 'not-allowed', params: { action: 'addReader' } } });
  // All at once, which gives it to nobody.
  expect(await here.vault.call('case.handOn', { case: next, to: circle, why })).toMatchObject({ ok: true });
});

test('is cut off where the case goes to another scope, and so are all', async () => {
  const { unit, next, here, out } = await caseGivenToBen();
  await openScope(unit, morgan, 'command', [morgan]);
  await synced(here);
  const commanded = await handOn(here, next, 'command');
  for (const station of [here, out]) await synced(station);
  expect((await stateOf(here, commanded)).readers).toEqual([]);
  expect(await totalOf(out)).toBe(1);
  expect(await opens(out, commanded)).toBe(false);
});

test('at once with a handing on by another it goes on in both places, each with its past', async () => {
  const { unit, id, next, here, there, out, bens } = await caseGivenToBen();
  const { member } = await secretsOf(unit, asha);
  await act(unit, morgan, { type: 'role.changed', at, data: { member: member.id, role: 'supervisor' } });
  await openScope(unit, morgan, 'command', [morgan]);
  for (const station of [here, there]) await synced(station);
  there.host.goOffline();
  const kept = await cutOff(there, next, bens);
  const commanded = await handOn(here, next, 'command');
  await synced(here);
  there.host.goOnline();
  for (const station of [there, here, out]) await synced(station);
  for (const station of [there, await stationOf(unit, asha)]) {
    await synced(station);
    expect((await stateOf(station, kept)).continues.map(({ stream }) => stream)).toEqual([id, next]);
    expect(await opens(station, commanded)).toBe(false);
    expect(await faultsOf(station)).toEqual([]);
  }
  for (const name of [kept, commanded]) expect((await stateOf(here, name)).id).toBe(name);
  expect(await totalOf(out)).toBe(1);
});

test('what they wrote offline comes late: it changes nothing, and those who read the case see it', async () => {
  const { unit, next, here, there, out, bens } = await caseGivenToBen();
  await release(here, next);
  for (const station of [here, out]) await synced(station);
  out.host.goOffline();
  await take(out, next);
  const goesOn = await cutOff(here, next, bens);
  await synced(here);
  out.host.goOnline();
  await synced(out);
  expect(await opens(out, goesOn)).toBe(false);
  for (const station of [here, there, await stationOf(unit, asha)]) {
    await synced(station);
    expect(await holderOf(station, goesOn)).toBeNull();
    const view = await station.vault.call('case.open', { id: goesOn });
    expect(view.ok && view.value.late.map(({ said }) => said?.is.type)).toEqual(['case.taken']);
    expect(await faultsOf(station)).toEqual([]);
  }
});

test.each([
  ['the key of before', false],
  ['a key that they made for it', true],
])('what one of the scope wrote offline under %s is sealed anew', async (_, isOwn) => {
  const { unit, circle, next, here, there, out, bens } = await caseGivenToBen();
  await release(here, next);
  await synced(here);
  await unit.syncHere();
  const replaces = await generationOf(unit, morgan, circle);
  if (isOwn) await rotateAs(unit, morgan, { scope: circle, replaces, readers: [morgan, asha] });
  await synced(there);
  there.host.goOffline();
  await take(there, next);
  const [own] = (await waitingOn(there)).filter(({ header }) => header.stream === next);
  expect(own?.wire.boxes.length).toBe(isOwn ? 2 : 0);
  await synced(here);
  await cutOff(here, next, bens);
  await synced(here);
  const before = unit.endpoint.log.length;
  there.host.goOnline();
  // Of a key that the endpoint was sent a box of for who was cut off, too.
  for (let n = 0; n < 3; n += 1) await there.vault.call('sync.now', {});
  for (const station of [there, out, here]) await synced(station);
  const written = unit.endpoint.log.slice(before).find(({ entry }) => entry.header.stream === next)?.entry;
  const known = [...unit.endpoint.log.slice(0, before).map(({ entry }) => entry), own].map((each) => each?.header.key);
  expect(written?.header.key).toEqual(expect.any(String));
  expect(known).not.toContain(written?.header.key);
  expect(written?.wire.boxes.map((box) => parseBox(box)?.to)).toEqual([{ generation: expect.any(String) }]);
  // Once, and not at each exchange again.
  for (const station of [there, here, there]) await synced(station);
  const { length } = unit.endpoint.log;
  for (const station of [there, there, here]) await synced(station);
  expect(unit.endpoint.log.length).toBe(length);
});

/** What waits at a workstation, as it would be sent. */
async function waitingOn({ store, host }: Station): Promise<readonly Entry[]> {
  const { own } = await slotSecretsOf(store, host, morgan, passphraseOf(morgan));
  const key = await importContentKey(fromBase64url(own.storeKey));
  const rows = await Promise.all((await store.after('outbox', 0)).map((row) => openBytes(key, 'outbox', row)));
  return rows.flatMap((bytes) => {
    const parsed = parseEntry((fromCbor(bytes) as readonly unknown[])[0]);
    return parsed.ok ? [parsed.value] : [];
  });
}

test('is given it again, and reads all that was written meanwhile', async () => {
  const { unit, next, here, out, bens } = await caseGivenToBen();
  const goesOn = await cutOff(here, next, bens);
  await release(here, goesOn);
  await take(here, goesOn);
  for (const station of [here, out]) await synced(station);
  await give(here, goesOn, bens);
  for (const station of [here, out]) await synced(station);
  for (const station of [out, await stationOf(unit, ben)]) {
    await synced(station);
    expect(await stateOf(station, goesOn)).toEqual(await stateOf(here, goesOn));
    expect(await totalOf(station)).toBe(2);
    expect(await faultsOf(station)).toEqual([]);
  }
});

test('it can be stopped, and then they read on where it was', async () => {
  const { unit, next, here, out, bens } = await caseGivenToBen();
  await cutOff(here, next, bens);
  for (const station of [here, out]) await synced(station);
  const withdrawal = (unit.endpoint.roster() as Roster).withdrawals.at(-1)?.entry as never;
  await act(unit, morgan, { type: 'withdrawal.stopped', at, data: { withdrawal } });
  for (const station of [here, out, out]) await synced(station);
  expect((await stateOf(out, next)).id).toBe(next);
  expect(await stateOf(here, next)).toEqual(await stateOf(out, next));
  expect((await boxesForDevices(unit, next)).map(({ is }) => is)).not.toContain('withdrawn');
  expect(await faultsOf(out)).toEqual([]);
});

test('one whose membership ended is cut off too, and who was never given it cannot be', async () => {
  const { unit, next, here, there, bens } = await caseGivenToBen();
  const refusal = async (station: Station, reader = bens) => {
    const cut = await station.vault.call('case.cutOff', { case: next, reader, why });
    return cut.ok ? null : cut.error.code;
  };
  expect(await refusal(here, await idOf(unit, asha))).toBe('not-a-reader');
  // By a supervisor of the scope, as whoever hands a case on.
  expect(await refusal(there)).toBe('not-allowed');
  await end(unit, ben);
  await synced(here);
  expect(await refusal(here)).toBeNull();
  await synced(here);
  expect((await stateOf(here, next)).readers).toEqual([]);
});

test('a case that nobody was given alone is not handed to the scope that it is for', async () => {
  const { circle, next, here } = await caseOfCircle();
  const handed = await here.vault.call('case.handOn', { case: next, to: circle, why });
  expect(handed).toMatchObject({ ok: false, error: { code: 'scope-unfit' } });
});

test('by the scope that it is for, all who were given it alone are cut off', async () => {
  const { unit, circle, next, here, out } = await caseGivenToBen();
  const goesOn = await handOn(here, next, circle);
  for (const station of [here, out]) await synced(station);
  expect(await opens(out, goesOn)).toBe(false);
  expect((await stateOf(here, goesOn)).readers).toEqual([]);
  expect(await boxesForDevices(unit, goesOn)).toEqual([]);
});

/** What came after the last act on the roster is cut off, as if its author’s push had been split there. */
function cutAfterAct({ endpoint }: MemoryUnit): void {
  const { stream } = endpoint.roster() as Roster;
  endpoint.setBack(endpoint.log.findLastIndex(({ entry }) => entry.header.stream === stream) + 1);
}

test('where whoever cut one off was shut out before the case went on, another of the scope goes on with it', async () => {
  const { unit, next, here, there, bens } = await caseGivenToBen();
  const { member } = await secretsOf(unit, asha);
  await act(unit, morgan, { type: 'role.changed', at, data: { member: member.id, role: 'supervisor' } });
  await synced(there);
  await cutOff(there, next, bens);
  await there.vault.call('sync.now', {});
  there.kill();
  cutAfterAct(unit);
  await end(unit, asha, [morgan, ben]);
  for (let n = 0; n < 3; n += 1) await here.vault.call('sync.now', {});
  const state = await stateOf(here, next);
  expect(state.continues.at(-1)).toMatchObject({ stream: next, why: null });
  await release(here, next);
});
