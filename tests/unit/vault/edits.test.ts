import { expect, test } from 'vitest';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { selectConflicts } from '#shared/domain/case/summarise-assessment.ts';
import { selectCurrent } from '#shared/domain/event/history.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import { inventUnit } from '#tests/support/memory-unit.ts';
import {
  asha,
  ben,
  handOn,
  morgan,
  type Station,
  stateOf,
  stationOf,
  synced,
  take,
  unitWithCircle,
} from '#tests/support/rotating-unit.ts';

/*
 * What an edit replaces is what its author was shown: what came meanwhile stands beside it, on every workstation, until a
 * person settles it.
 */

type Answer = 'no' | 'unknown';
const risk = (id: StreamId, atRiskNow: Answer): CaseCommand => ({
  type: 'risk.assessed',
  case: id,
  data: { atRiskNow, people: [], rationale: 'What the report says.' },
});

async function record({ vault }: Station, id: StreamId, atRiskNow: Answer, shown?: readonly EntryId[]) {
  const done = await vault.call('case.record', { command: risk(id, atRiskNow), shown });
  if (!done.ok) throw new Error(done.error.code);
  return done.value;
}
const standing = ({ risk: history }: CaseState) => selectCurrent(history).map(({ entry }) => entry);
const standingAt = async (station: Station, id: StreamId) => standing(await stateOf(station, id));

async function oneCase() {
  const unit = await inventUnit(1);
  const id = unit.arrived[0]?.id as StreamId;
  const here = await stationOf(unit, asha);
  await synced(here);
  return { unit, id, here };
}

/** Both workstations, and whether they have the same. */
async function settledAt(stations: readonly Station[], id: StreamId) {
  for (const station of [...stations, ...stations]) await synced(station);
  const [first, ...others] = await Promise.all(stations.map((station) => standingAt(station, id)));
  for (const other of others) expect(other).toEqual(first);
  return first as readonly EntryId[];
}

test('recorded at two workstations of which one was offline, both stand everywhere until one of them settles it', async () => {
  const { unit, id, here } = await oneCase();
  const there = await stationOf(unit, ben);
  await synced(there);
  there.host.goOffline();
  for (const station of [here, there]) await take(station, id);
  const first = await record(here, id, 'unknown');
  await synced(here);
  const offline = await record(there, id, 'no');
  const second = await record(here, id, 'no');
  expect(await standingAt(here, id)).toEqual([second]);
  there.host.goOnline();
  expect(new Set(await settledAt([there, here], id))).toEqual(new Set([second, offline]));
  expect(selectConflicts(await stateOf(here, id))).toEqual(['risk']);
  const settled = await record(here, id, 'unknown');
  expect(await settledAt([there, here], id)).toEqual([settled]);
  expect((await stateOf(here, id)).risk.map(({ entry }) => entry)).toContain(first);
});

test('what arrived after the form was opened is not replaced by what is recorded in it', async () => {
  const { unit, id, here } = await oneCase();
  await take(here, id);
  const before = await record(here, id, 'unknown');
  await synced(here);
  const shown = await standingAt(here, id);
  await unit.recordElsewhere(ben, id, risk(id, 'unknown'));
  await synced(here);
  const [, colleague] = await standingAt(here, id);
  const own = await record(here, id, 'no', shown);
  // It replaces what was shown, and the colleague's stands beside it.
  expect(shown).toEqual([before]);
  expect(await standingAt(here, id)).toEqual([colleague, own]);
  const fresh = await stationOf(unit, morgan);
  expect(await settledAt([here, fresh], id)).toEqual([colleague, own]);
  const both = await record(here, id, 'no', await standingAt(here, id));
  expect(await settledAt([here, fresh], id)).toEqual([both]);
});

test('recorded without a form, it replaces what is in force here', async () => {
  const { unit, id, here } = await oneCase();
  await take(here, id);
  await synced(here);
  await unit.recordElsewhere(ben, id, risk(id, 'unknown'));
  await synced(here);
  const own = await record(here, id, 'no');
  const again = await record(here, id, 'unknown', [own]);
  expect(await settledAt([here], id)).toEqual([again]);
});

test('in the stream in which a case goes on, what was recorded before is replaced by its name', async () => {
  const { unit, circle, id } = await unitWithCircle();
  const here = await stationOf(unit, morgan);
  await synced(here);
  await take(here, id);
  const before = await record(here, id, 'unknown');
  await synced(here);
  const next = await handOn(here, id, circle);
  await synced(here);
  expect(await standingAt(here, next)).toEqual([before]);
  if (!(await stateOf(here, next)).holder) await take(here, next);
  const own = await record(here, next, 'no', [before]);
  expect(await settledAt([here], next)).toEqual([own]);
  const apart = await record(here, next, 'unknown', [before]);
  expect(await settledAt([here], next)).toEqual([own, apart]);
});
