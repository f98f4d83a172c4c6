import { v4 } from 'uuid';
import { expect, test } from 'vitest';
import type { Roster } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { CircleId, StreamId } from '#shared/kernel/ids.ts';
import { parseBox } from '#shared/log/box.ts';
import { isWithdrawn } from '#shared/log/wire-box.ts';
import type { MemoryUnit } from '#tests/support/memory-unit.ts';
import {
  act,
  asha,
  ben,
  faultsOf,
  handOn,
  handOver,
  holderOf,
  morgan,
  openScope,
  opens,
  release,
  type Station,
  stateOf,
  stationOf,
  synced,
  take,
  totalOf,
  tryToTake,
  unitWithCircle,
  why,
} from '#tests/support/rotating-unit.ts';
import { idsOf } from '#tests/support/single-readers.ts';

/*
 * A case is handed to other readers: its stream is closed, the boxes for those who read it before are withdrawn, and it goes on
 * in a stream of its own, of which they never hear.
 */

const at = new Date().toISOString();

/** Boxes of a stream's keys in the log, as the endpoint serves it now. */
async function boxesServed({ endpoint }: MemoryUnit, stream: StreamId) {
  const { entries } = await endpoint.pull(0, 10_000);
  return entries
    .flatMap(({ entry }) => entry.boxes)
    .filter((box) => parseBox(box)?.stream === stream)
    .map((box) => (isWithdrawn(box) ? 'withdrawn' : 'whole'));
}

test('goes on with its new readers as it was, and is gone for the others', async () => {
  const { unit, circle, id, beside } = await unitWithCircle();
  const [here, there, out] = [await stationOf(unit, morgan), await stationOf(unit, asha), await stationOf(unit, ben)];
  for (const station of [here, there, out]) await synced(station);
  await take(here, id);
  await synced(here);
  const before = await stateOf(here, id);
  const next = await handOn(here, id, circle);
  // At once, before it was sent.
  expect((await stateOf(here, next)).activity.map(({ type }) => type)).toEqual([
    ...before.activity.map(({ type }) => type),
    'case.continued',
  ]);
  for (const station of [here, there, out]) await synced(station);
  for (const station of [here, there]) {
    expect((await idsOf(station)).sort()).toEqual([beside, next].sort());
    const state = await stateOf(station, next);
    expect(state.referral).toEqual(before.referral);
    expect(state.continues).toMatchObject([{ stream: id, why }]);
    expect(await faultsOf(station)).toEqual([]);
    // By the name that it had.
    expect((await stateOf(station, id)).id).toBe(next);
  }
  expect(await idsOf(out)).toEqual([beside]);
  expect(await opens(out, id)).toBe(false);
  expect(await opens(out, next)).toBe(false);
  expect(await faultsOf(out)).toEqual([]);
  await release(here, next);
  await synced(here);
  await synced(there);
  await take(there, next);
  await synced(there);
  await synced(here);
  expect(await holderOf(here, next)).not.toBeNull();
  expect(await holderOf(here, next)).toBe(await holderOf(there, next));
  for (const station of [here, there, out]) expect(await station.vault.call('log.verify', {})).toEqual([]);
});

test('who had it keeps it where they are of the new readers, and else nobody has it', async () => {
  const { unit, circle, id, beside } = await unitWithCircle();
  const [here, there] = [await stationOf(unit, morgan), await stationOf(unit, asha)];
  for (const station of [here, there]) await synced(station);
  await take(here, id);
  await take(there, beside);
  for (const station of [there, here]) await synced(station);
  const [own, others] = [await handOn(here, id, circle), await handOn(here, beside, circle)];
  expect(await holderOf(here, own)).not.toBeNull();
  expect(await holderOf(here, others)).toBeNull();
});

test('a restart, a replica from nothing and one that makes all anew have the same', async () => {
  const { unit, circle, id } = await unitWithCircle();
  const here = await stationOf(unit, morgan);
  await synced(here);
  await take(here, id);
  const next = await handOn(here, id, circle);
  await synced(here);
  const expected = await stateOf(here, next);
  const again = await handOver(unit, here, morgan);
  expect(await stateOf(again, next)).toEqual(expected);
  expect(await totalOf(again)).toBe(2);
  const fresh = await stationOf(unit, asha);
  await synced(fresh);
  expect(await stateOf(fresh, next)).toEqual(expected);
  // From its entries alone.
  await again.store.commit([{ table: 'cases', remove: await again.store.keys('cases') }]);
  const refolded = await handOver(unit, again, morgan);
  expect(await stateOf(refolded, next)).toEqual(expected);
  await refolded.store.commit([{ table: 'summaries', remove: await refolded.store.keys('summaries') }]);
  const rebuilt = await handOver(unit, refolded, morgan);
  expect(await stateOf(rebuilt, next)).toEqual(expected);
  expect(await totalOf(rebuilt)).toBe(2);
});

test('the boxes of its former readers are served no more, and those of the new ones are', async () => {
  const { unit, circle, id } = await unitWithCircle();
  const here = await stationOf(unit, morgan);
  await synced(here);
  await take(here, id);
  await synced(here);
  expect(await boxesServed(unit, id)).toEqual(['whole', 'whole']);
  await handOn(here, id, circle);
  await synced(here);
  // Of the endpoint’s key and Morgan’s own, for the unit; then both for the circle.
  expect(await boxesServed(unit, id)).toEqual(['withdrawn', 'withdrawn', 'whole', 'whole']);
});

test('nothing of it is left under the keys of a workstation whose member is cut off', async () => {
  const { unit, circle, id, beside } = await unitWithCircle();
  const [here, out] = [await stationOf(unit, morgan), await stationOf(unit, ben)];
  for (const station of [here, out]) await synced(station);
  const rowsBefore = await out.store.count('cases');
  await handOn(here, id, circle);
  for (const station of [here, out]) await synced(station);
  const again = await handOver(unit, out, ben);
  expect(await idsOf(again)).toEqual([beside]);
  expect(await again.store.count('cases')).toBeLessThanOrEqual(rowsBefore);
  expect((await again.vault.call('case.matches', { id: beside })).map((match) => match.case)).not.toContain(id);
});

test('what was written offline comes late: it changes nothing, and the new readers see it', async () => {
  const { unit, circle, id } = await unitWithCircle();
  const [here, there, out] = [await stationOf(unit, morgan), await stationOf(unit, asha), await stationOf(unit, ben)];
  for (const station of [here, there, out]) await synced(station);
  out.host.goOffline();
  await take(out, id);
  const next = await handOn(here, id, circle);
  await synced(here);
  out.host.goOnline();
  await synced(out);
  expect(await opens(out, id)).toBe(false);
  for (const station of [here, there]) {
    await synced(station);
    expect(await holderOf(station, next)).toBeNull();
    expect(await faultsOf(station)).toEqual([]);
    expect((await lateOf(station, next)).map(({ said }) => said?.is.type)).toEqual(['case.taken']);
  }
  expect(await faultsOf(out)).toEqual([]);
  // Its key was boxed to the circle alone.
  expect(await boxesServed(unit, id)).toEqual(['withdrawn', 'whole', 'whole']);
});

test('what another member of the workstation wrote waits for them to seal it for the new readers, and keeps nothing else', async () => {
  const { unit, circle, id, beside } = await unitWithCircle();
  const [here, desk] = [await stationOf(unit, morgan), await stationOf(unit, ben)];
  for (const station of [here, desk]) await synced(station);
  desk.host.goOffline();
  await take(desk, id);
  const next = await handOn(here, id, circle);
  await synced(here);
  const asAsha = await handOver(unit, desk, asha);
  await take(asAsha, beside);
  desk.host.goOnline();
  await synced(asAsha);
  await synced(here);
  expect(await holderOf(here, beside)).not.toBeNull();
  expect(await lateOf(here, next)).toEqual([]);
  const asBen = await handOver(unit, asAsha, ben);
  await synced(asBen);
  await synced(here);
  expect((await lateOf(here, next)).map(({ said }) => said?.is.type)).toEqual(['case.taken']);
});

const lateOf = async ({ vault }: Station, id: StreamId) => {
  const view = await vault.call('case.open', { id });
  if (!view.ok) throw new Error(view.error.code);
  return view.value.late;
};

test('is handed on once more, and back to the unit', async () => {
  const { unit, circle, id } = await unitWithCircle();
  await openScope(unit, morgan, 'command', [morgan]);
  const [here, there, out] = [await stationOf(unit, morgan), await stationOf(unit, asha), await stationOf(unit, ben)];
  for (const station of [here, there, out]) await synced(station);
  await take(here, id);
  await synced(here);
  const restricted = await handOn(here, id, circle);
  for (const station of [here, there, out]) await synced(station);
  const commanded = await handOn(here, restricted, 'command');
  for (const station of [here, there, out]) await synced(station);
  expect(await opens(there, id)).toBe(false);
  expect(await opens(there, restricted)).toBe(false);
  expect((await stateOf(here, id)).id).toBe(commanded);
  const back = await handOn(here, commanded, 'unit');
  for (const station of [here, there, out]) {
    await synced(station);
    expect(await stateOf(station, back)).toEqual(await stateOf(here, back));
    expect((await stateOf(station, back)).continues.map(({ stream }) => stream)).toEqual([id, restricted, commanded]);
    expect(await totalOf(station)).toBe(2);
    expect(await faultsOf(station)).toEqual([]);
  }
  const fresh = await stationOf(unit, ben);
  await synced(fresh);
  expect(await stateOf(fresh, back)).toEqual(await stateOf(here, back));
});

test('a second member says that the new boxes open, and then what was withdrawn is destroyed after its time', async () => {
  const { unit, circle, id } = await unitWithCircle();
  const [here, there] = [await stationOf(unit, morgan), await stationOf(unit, asha)];
  for (const station of [here, there]) await synced(station);
  await handOn(here, id, circle);
  await synced(here);
  const confirmed = () =>
    (unit.endpoint.roster() as Roster).withdrawals.map((each) => each.kind === 'boxes' && each.named[0]?.confirmedBy);
  expect(confirmed()).toEqual([null]);
  await synced(there);
  await synced(there);
  expect(confirmed()).toEqual([expect.any(String)]);
});

test('is handed to nobody by who may not, and to nobody who cannot read', async () => {
  const { unit, circle, id } = await unitWithCircle();
  const out = await stationOf(unit, ben);
  const there = await stationOf(unit, asha);
  for (const station of [out, there]) await synced(station);
  const refusal = async (station: Station, to: Scope) => {
    const handed = await station.vault.call('case.handOn', { case: id, to, why });
    return handed.ok ? null : handed.error.code;
  };
  expect(await refusal(there, circle)).toBe('not-allowed');
  expect(await refusal(there, 'command')).toBe('scope-without-readers');
  expect(await refusal(out, v4() as CircleId)).toBe('scope-without-readers');
  await openScope(unit, morgan, 'command', [morgan]);
  await synced(there);
  // Anybody may hand a case to those who command, and is then out of it.
  expect(await refusal(there, 'command')).toBeNull();
  await synced(there);
  expect(await opens(there, id)).toBe(false);
  const here = await stationOf(unit, morgan);
  await synced(here);
  expect((await stateOf(here, id)).continues).toMatchObject([{ stream: id, why }]);
  expect(await faultsOf(here)).toEqual([]);
});

test('an act that names other readers than those of the stream hands nothing on', async () => {
  const { unit, circle, id } = await unitWithCircle();
  await openScope(unit, morgan, 'command', [morgan]);
  const here = await stationOf(unit, morgan);
  await synced(here);
  const next = await handOn(here, id, circle);
  await synced(here);
  // As if it were the unit’s: it is the circle’s.
  const [key] = unit.endpoint.log.flatMap(({ entry }) => (entry.header.stream === next ? [entry.header.key] : []));
  const data = {
    stream: next,
    from: 'unit' as const,
    to: 'command' as const,
    after: null,
    keys: [key as NonNullable<typeof key>],
    replies: [],
  };
  await act(unit, ben, { type: 'boxes.withdrawn', at, data });
  const there = await stationOf(unit, asha);
  await synced(there);
  expect(await opens(there, next)).toBe(true);
  await take(there, next);
  expect(await boxesServed(unit, next)).toEqual(['whole']);
});

test('what was handed on can be had back within its time, and goes on where it was', async () => {
  const { unit, circle, id } = await unitWithCircle();
  const [here, out] = [await stationOf(unit, morgan), await stationOf(unit, ben)];
  for (const station of [here, out]) await synced(station);
  const total = await totalOf(here);
  const next = await handOn(here, id, circle);
  for (const station of [here, out]) await synced(station);
  const withdrawal = (unit.endpoint.roster() as Roster).withdrawals[0]?.entry as string;
  await act(unit, morgan, { type: 'withdrawal.stopped', at, data: { withdrawal: withdrawal as never } });
  for (const station of [here, out]) await synced(station);
  expect(await opens(out, id)).toBe(true);
  expect((await stateOf(out, id)).id).toBe(id);
  expect(await tryToTake(out, id)).toMatchObject({ ok: true });
  expect(await boxesServed(unit, id)).not.toContain('withdrawn');
  // Who reads both has one case, and is led there by either name.
  let station = here;
  for (let again = 0; again < 2; again += 1) {
    expect(await totalOf(station)).toBe(total);
    expect((await stateOf(station, next)).id).toBe(id);
    station = await handOver(unit, station, morgan);
  }
  const fresh = await stationOf(unit, ben);
  await synced(fresh);
  expect(await opens(fresh, id)).toBe(true);
  expect(await faultsOf(fresh)).toEqual([]);
});

test('what its new readers wrote before it was had back is not hidden from them', async () => {
  const { unit, circle, id } = await unitWithCircle();
  const here = await stationOf(unit, morgan);
  await synced(here);
  const total = await totalOf(here);
  const next = await handOn(here, id, circle);
  await take(here, next);
  await synced(here);
  const withdrawal = (unit.endpoint.roster() as Roster).withdrawals[0]?.entry as string;
  await act(unit, morgan, { type: 'withdrawal.stopped', at, data: { withdrawal: withdrawal as never } });
  await synced(here);
  expect(await totalOf(here)).toBe(total + 1);
  expect((await stateOf(here, next)).holder).not.toBeNull();
  expect((await stateOf(here, id)).id).toBe(id);
});
