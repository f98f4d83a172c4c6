import { expect, test } from 'vitest';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { inventUnit } from '#tests/support/memory-unit.ts';
import { asha, ben, handOver, type Station, stateOf, stationOf, synced, take } from '#tests/support/rotating-unit.ts';

/* Two members work at one workstation without a connection: nothing is taken at the desk that the log would refuse. */

const why = 'Reasons that can be read.';
const met = (id: StreamId, at: string): CaseCommand => ({
  type: 'mandatoryReferral.assessed',
  case: id,
  data: { criteria: ['seriousAssault'], corruption: [], becameClearAt: at, rationale: why },
});
const sent = (id: StreamId, at: string): CaseCommand => ({
  type: 'iopc.referred',
  case: id,
  data: { kind: 'mandatory', sentAt: at, what: 'Form and letter', why: null, lateReason: null },
});
const record = ({ vault }: Station, command: CaseCommand) => vault.call('case.record', { command });

/** A case that a member took once the connection was gone. */
async function takenOffline() {
  const unit = await inventUnit(1);
  const [id] = unit.arrived.map((each) => each.id) as [StreamId];
  const desk = await stationOf(unit, asha);
  await synced(desk);
  desk.host.goOffline();
  await take(desk, id);
  return { unit, id, desk, at: new Date().toISOString() };
}

test('what rests on what a colleague recorded there is taken once that is sent, and counts', async () => {
  const { unit, id, at, desk: first } = await takenOffline();
  expect(await record(first, met(id, at))).toMatchObject({ ok: true });
  // Whoever recorded the test may go on.
  expect(await record(first, { type: 'case.released', case: id, data: {} })).toMatchObject({ ok: true });
  const second = await handOver(unit, first, ben);
  await take(second, id);
  expect(await record(second, sent(id, at))).toMatchObject({
    ok: false,
    error: { code: 'criteria-before-referral', params: { restsOnUnsent: true } },
  });
  second.host.goOnline();
  await synced(second);
  expect(await record(second, sent(id, at))).toMatchObject({ ok: true });
  await synced(second);
  const other = await stationOf(unit, asha);
  await synced(other);
  const state = await stateOf(other, id);
  expect(state?.activity.filter(({ refused }) => refused)).toEqual([]);
  expect(state?.iopc).toHaveLength(1);
});

test('the member themselves goes on with what they recorded before', async () => {
  const { id, at, desk } = await takenOffline();
  for (const command of [met(id, at), sent(id, at)]) expect(await record(desk, command)).toMatchObject({ ok: true });
  desk.host.goOnline();
  await synced(desk);
  expect((await stateOf(desk, id))?.activity.filter(({ refused }) => refused)).toEqual([]);
});
