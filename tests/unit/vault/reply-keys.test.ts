import { v4 } from 'uuid';
import { expect, test } from 'vitest';
import { sealingKeyIdOf } from '#shared/crypto/sealing-key.ts';
import { replyNow } from '#shared/domain/unit/replies.ts';
import type { Roster } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { CircleId, EntryId, StreamId } from '#shared/kernel/ids.ts';
import { signSaid } from '#shared/sync/said-by.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { inventUnit } from '#tests/support/memory-unit.ts';
import {
  asha,
  ben,
  handOn,
  morgan,
  openScope,
  opens,
  type Station,
  stateOf,
  stationOf,
  synced,
  take,
} from '#tests/support/rotating-unit.ts';
import { side } from '#tests/support/two-units.ts';

/* What another unit answers is for whoever reads the case by then, and for nobody else. */

/** A case of the unit, which one of two decides to send to another unit. It waits at their workstation. */
async function decided(by: 'here' | 'out') {
  const unit = await inventUnit(1);
  await unit.syncHere();
  const circle = v4() as CircleId;
  await openScope(unit, morgan, circle, [morgan, asha]);
  const id = unit.arrived[0]?.id as StreamId;
  const other = await side(await createMemoryEndpoint(unit.endpoint));
  const [here, out] = [await stationOf(unit, morgan), await stationOf(unit, ben)];
  for (const each of [here, out]) await synced(each);
  const decider = { here, out }[by];
  await take(decider, id);
  const rationale = 'Nobody is named who could be.';
  await record(decider, id, 'risk.assessed', { atRiskNow: 'no', people: [], rationale });
  await record(decider, id, 'mandatoryReferral.assessed', {
    criteria: [],
    corruption: [],
    becameClearAt: null,
    rationale,
  });
  await record(decider, id, 'disposition.recorded', {
    ...{ chosen: { kind: 'otherForce', force: 'test-b', unit: other.endpoint.unit }, options: [], rationale },
  });
  return { unit, circle, id, other, here, out };
}
async function record({ vault }: Station, id: StreamId, type: string, data: unknown): Promise<void> {
  const done = await vault.call('case.record', { command: { type, case: id, data } as never });
  if (!done.ok) throw new Error(JSON.stringify(done.error));
}
const answersOf = async (station: Station, id: StreamId) =>
  (await stateOf(station, id)).dispositions.flatMap(({ answers }) => answers.map(({ answer }) => answer));

/** A person of the other unit takes what came. */
async function acknowledgedAt({ station }: Awaited<ReturnType<typeof decided>>['other']): Promise<void> {
  await station.sync();
  for (const id of station.cases()) await station.prepare(id);
  await station.sync();
}

test('the answer is sealed to a key that no state and no window has', async () => {
  const { id, other, out, here } = await decided('out');
  await synced(out);
  await acknowledgedAt(other);
  for (const each of [out, here]) await synced(each);
  expect(await answersOf(here, id)).toEqual(['acknowledged']);
  expect(JSON.stringify(await stateOf(here, id))).not.toContain('"reply"');
});

test('it comes to those to whom the case was handed since, under the key that its closing names, and to nobody else', async () => {
  const { unit, circle, id, other, here, out } = await decided('out');
  await synced(out);
  await synced(here);
  const next = await handOn(here, id, circle);
  await synced(here);
  await acknowledgedAt(other);
  for (const each of [here, out]) await synced(each);
  expect(await answersOf(here, next)).toEqual(['acknowledged']);
  expect(await opens(out, id)).toBe(false);
  const answers = unit.endpoint.log.filter(({ entry }) => entry.header.author === unit.endpoint.key.author);
  expect(answers.at(-1)?.entry.header.stream).toBe(next);
});

test('and again, once it was handed on further', async () => {
  const { unit, circle, id, other, here, out } = await decided('out');
  await openScope(unit, morgan, 'command', [morgan]);
  await synced(out);
  await synced(here);
  const next = await handOn(here, id, circle);
  await synced(here);
  const last = await handOn(here, next, 'command');
  await synced(here);
  await acknowledgedAt(other);
  await synced(here);
  expect(await answersOf(here, last)).toEqual(['acknowledged']);
  const fresh = await stationOf(unit, morgan);
  await synced(fresh);
  expect(await stateOf(fresh, last)).toEqual(await stateOf(here, last));
});

test('what was decided is sent and answered also where the case is handed on before anything was sent', async () => {
  const { unit, circle, id, other, here } = await decided('here');
  const next = await handOn(here, id, circle);
  await synced(here);
  await acknowledgedAt(other);
  await synced(here);
  expect(unit.endpoint.network.transfers.size).toBe(1);
  expect(await answersOf(here, next)).toEqual(['acknowledged']);
});

test('who goes on with a case sends what its author can no longer send', async () => {
  const { unit, circle, id, other, here, out } = await decided('out');
  // The decision reaches the log, and its author is cut off before they sent the case.
  out.host.instead = async (name, request, carryOn) =>
    name === 'transfer.send'
      ? { ok: false, failure: { code: 'offline', params: {}, retry: true } }
      : carryOn(name, request);
  await out.vault.call('sync.now', {});
  await synced(here);
  await handOn(here, id, circle);
  await synced(here);
  out.host.instead = null;
  await synced(out);
  expect(unit.endpoint.network.transfers.size).toBe(1);
  await acknowledgedAt(other);
  expect(other.station.cases()).toHaveLength(1);
});

test('an answer under a key that was replaced is handed back to its sender, who seals it again', async () => {
  const { unit, circle, id, other, here, out } = await decided('out');
  await synced(out);
  await synced(here);
  await acknowledgedAt(other);
  const [transfer] = unit.endpoint.network.transfers.keys();
  await handOn(here, id, circle);
  await synced(here);
  const { reply } = unit.endpoint.network.transfers.get(transfer as EntryId) ?? {};
  const body = {
    id: transfer as EntryId,
    answer: 'sentBack' as const,
    note: { key: reply?.key as never, box: 'AAAA' },
  };
  const said = { what: 'answer' as const, unit: other.endpoint.unit, body };
  const by = await signSaid(said, other.station.vault.member.signing, Date.now());
  const refused = await other.endpoint.host().call('transfer.answer', { ...body, by });
  expect(refused).toMatchObject({ ok: false, failure: { code: 'reply-key-replaced' } });
});

test('acts that name each other lead nowhere else and end', () => {
  const [one, two] = [v4(), v4()] as [StreamId, StreamId];
  const act = (stream: StreamId, to: StreamId, key: string, publicKey: string, event: string) => ({
    ...{ kind: 'boxes', event, entry: event, by: 'somebody', stopped: false, stream, from: 'unit', to: 'unit' },
    ...{ after: null, named: [], replies: [{ key, publicKey, stream: to }] },
  });
  const key = sealingKeyIdOf('AAAA');
  const withdrawals = [act(one, two, key, 'AAAA', 'a'), act(two, one, key, 'AAAA', 'b')] as unknown;
  const roster = { withdrawals } as Pick<Roster, 'withdrawals'>;
  expect(replyNow(roster, { stream: one, key, scope: 'unit' as Scope })).toMatchObject({ stream: two, key });
});
