import { expect, test, vi } from 'vitest';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import type { Report } from '#shared/domain/report/report.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { MemoryUnit } from '#tests/support/memory-unit.ts';
import { ben, handOn, handOver, morgan, type Station, stationOf, synced } from '#tests/support/rotating-unit.ts';
import { admit, caseOfCircle, cutOff, give, lee } from '#tests/support/single-readers.ts';

/* What is found of one case in another, where a member was given one of the two alone. */

const why = 'The officer does not serve here.';
const marlow: Report['subjects'] = [
  {
    ...{ kind: 'officer', name: 'Ellis Marlow', rankOrRole: 'PC', collarNumber: '4471' },
    ...{ station: 'Harrowmere', description: null },
  },
];

/** A case of the unit that is recorded for intelligence, and a later one about the same officer. */
async function recordedAndLater(unit: MemoryUnit) {
  await admit(unit, lee);
  const about = { subjects: marlow, places: [], dates: [] };
  const { id: recorded, referral } = await unit.receiveLike(about);
  const text = referral.report.narrative.slice(0, 11);
  const mandatory = { criteria: [], corruption: [], becameClearAt: null, rationale: why };
  const chosen = { kind: 'record', reviewOn: '2099-01-31' } as const;
  await unit.syncHere();
  await unit.recordHere(
    morgan,
    recorded,
    { type: 'risk.assessed', case: recorded, data: { atRiskNow: 'no', people: [], rationale: why } },
    { type: 'mandatoryReferral.assessed', case: recorded, data: mandatory },
    { type: 'item.recorded', case: recorded, data: { start: 0, end: 11, text, provenance: null } },
    { type: 'disposition.recorded', case: recorded, data: { chosen, options: [], rationale: why } },
  );
  return { recorded, later: (await unit.receiveLike(about)).id };
}

const matchesOf = async ({ vault }: Station, id: StreamId) =>
  (await vault.call('case.matches', { id })).map((each) => each.case);
const againIn = async ({ vault }: Station, id: StreamId) => {
  const { rows } = await vault.call('queue.page', { query: everyCase, offset: 0, limit: 50 });
  return rows.find((row) => row.id === id)?.appearsAgain?.map((each) => each.case) ?? [];
};

test('it is found by the member, and not by a colleague with the same keys, nor by the member once they are cut off', async () => {
  let made = {} as Awaited<ReturnType<typeof recordedAndLater>>;
  const { unit, circle, here, out, bens } = await caseOfCircle(async (prepared) => {
    made = await recordedAndLater(prepared);
  });
  const { recorded, later } = made;
  const restricted = await handOn(here, later, circle);
  for (const station of [here, out]) await synced(station);
  expect(await matchesOf(out, recorded)).toEqual([]);
  await give(here, restricted, bens);
  for (const station of [here, out]) await synced(station);
  expect(await matchesOf(out, recorded)).toEqual([later]);
  // All of it is looked through where nothing was yet.
  const fresh = await stationOf(unit, ben);
  await synced(fresh);
  await vi.waitFor(async () => expect(await againIn(fresh, recorded)).toEqual([restricted]));
  const asLee = await handOver(unit, fresh, lee);
  expect([await matchesOf(asLee, recorded), await againIn(asLee, recorded)]).toEqual([[], []]);
  const asBen = await handOver(unit, asLee, ben);
  expect(await matchesOf(asBen, recorded)).toEqual([later]);
  await vi.waitFor(async () => expect(await againIn(asBen, recorded)).toEqual([restricted]));
  await cutOff(here, restricted, bens);
  await synced(here);
  await synced(asBen);
  for (const open of [() => asBen, () => handOver(unit, asBen, ben), () => stationOf(unit, ben)]) {
    const station = await open();
    await synced(station);
    expect(await matchesOf(station, recorded)).toEqual([]);
    expect(await againIn(station, recorded)).toEqual([]);
  }
});
