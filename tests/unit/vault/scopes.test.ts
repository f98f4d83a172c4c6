import { v4 } from 'uuid';
import { expect, test } from 'vitest';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import type { Roster } from '#shared/domain/unit/roster.ts';
import { isRotationOwed, scopesIn } from '#shared/domain/unit/scope-keys.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { CircleId, StreamId } from '#shared/kernel/ids.ts';
import type { Generation } from '#shared/log/generation.ts';
import { newEvent, sealedAsMember } from '#tests/support/attacked-unit.ts';
import { inventUnit, type MemoryUnit } from '#tests/support/memory-unit.ts';
import {
  asha,
  ben,
  circleSecret,
  deliverToCircle,
  end,
  faultsOf,
  generationOf,
  handOver,
  holderOf,
  morgan,
  openScope,
  type Station,
  signingKeyOf,
  stateOf,
  stationOf,
  synced,
  take,
  totalOf,
} from '#tests/support/rotating-unit.ts';
import { grade, startProcessOn, unlocked } from '#tests/support/workstation.ts';

/* What is for one circle of readers is not for the others: no row, no count, no search hit, and no warning. */

const at = new Date().toISOString();

interface World {
  readonly unit: MemoryUnit;
  readonly circle: Generation;
  /** For Morgan and Asha alone. */
  readonly id: StreamId;
  /** For all. */
  readonly beside: StreamId;
}

async function world(): Promise<World> {
  const unit = await inventUnit(2);
  await unit.syncHere();
  const { circle, id } = await deliverToCircle(unit, morgan, [morgan, asha]);
  return { unit, circle, id, beside: unit.arrived[0]?.id as StreamId };
}

const hits = async ({ vault }: Station) =>
  (await vault.call('queue.page', { query: { ...everyCase, text: circleSecret }, offset: 0, limit: 10 })).matching;

/** All that tells of it. */
const seenBy = async (station: Station, id: StreamId) => ({
  rows: await totalOf(station),
  hits: await hits(station),
  opens: (await station.vault.call('case.open', { id })).ok,
  faults: await faultsOf(station),
});
const all = { rows: 3, hits: 1, opens: true, faults: [] };
const none = { rows: 2, hits: 0, opens: false, faults: [] };

test('who holds the key of a circle reads its cases, and nobody else learns of them', async () => {
  const { unit, id } = await world();
  const [here, there, out] = [await stationOf(unit, morgan), await stationOf(unit, asha), await stationOf(unit, ben)];
  for (const station of [here, there, out]) await synced(station);
  await take(here, id);
  await synced(here);
  for (const station of [there, out]) await synced(station);
  expect(await holderOf(there, id)).not.toBeNull();
  expect(await seenBy(here, id)).toEqual(all);
  expect(await seenBy(there, id)).toEqual(all);
  expect(await seenBy(out, id)).toEqual(none);
  expect(await out.vault.call('log.verify', {})).toEqual([]);
});

test('two members of one workstation each see what is theirs', async () => {
  const { unit, id } = await world();
  const desk = await stationOf(unit, morgan);
  await synced(desk);
  await take(desk, id);
  await synced(desk);
  const ofBen = await handOver(unit, desk, ben);
  expect(await seenBy(ofBen, id)).toEqual(none);
  await synced(ofBen);
  const ofAsha = await handOver(unit, ofBen, asha);
  expect(await seenBy(ofAsha, id)).toEqual(all);
  expect(await holderOf(ofAsha, id)).not.toBeNull();
});

test('what is written in a stream for other readers than its own changes nothing, for any of them', async () => {
  const { unit, id, beside, circle } = await world();
  const [author, key] = [await signingKeyOf(unit, asha), await generationOf(unit, asha)];
  const [here, out] = [await stationOf(unit, morgan), await stationOf(unit, ben)];
  await synced(here);
  await synced(out);
  const event = () => newEvent({ type: 'case.taken', at, data: {} });
  // Into the circle's case, for the whole unit, of which nobody else hears; and into everybody's case, for the circle.
  await unit.endpoint.inject(await sealedAsMember(unit.endpoint, key, event(), author, { stream: id }));
  await unit.endpoint.inject(await sealedAsMember(unit.endpoint, circle, event(), author, { stream: beside }));
  await synced(here);
  await synced(out);
  expect(await holderOf(here, id)).toBeNull();
  expect(await holderOf(here, beside)).toBeNull();
  expect(await faultsOf(here)).toEqual(['entry-sealing', 'entry-sealing']);
  expect(await seenBy(out, id)).toEqual({ ...none, faults: ['entry-sealing'] });
  expect(await stateOf(out, beside)).toMatchObject({ holder: null, unread: [] });
});

test('the key of each scope is replaced for itself: of a circle, when one of its readers left', async () => {
  const unit = await inventUnit(2);
  await unit.syncHere();
  const circle = v4() as CircleId;
  await openScope(unit, morgan, circle, [morgan, asha]);
  await openScope(unit, morgan, 'command', [morgan]);
  await end(unit, asha, [morgan, ben]);
  const here = await stationOf(unit, morgan);
  await synced(here);
  await take(here, unit.arrived[0]?.id as StreamId);
  await synced(here);
  const roster = () => unit.endpoint.roster() as Roster;
  const keysOf = (scope: Scope) => roster().generations.filter((each) => each.scope === scope).length;
  expect([keysOf('everyone'), keysOf('unit'), keysOf(circle), keysOf('command')]).toEqual([2, 2, 2, 1]);
  expect(scopesIn(roster()).filter((scope) => isRotationOwed(roster(), scope))).toEqual([]);
});

test('who is admitted by a reader of a circle is given no key of it', async () => {
  const { unit, id } = await world();
  const desk = await stationOf(unit, morgan);
  await synced(desk);
  const passphrase = 'harbour lantern copper meadow';
  const admitted = await desk.vault.call('member.admit', { name: 'Noor Lyle', role: 'analyst', passphrase, grade });
  if (!admitted.ok) throw new Error(admitted.error.code);
  await synced(desk);
  desk.kill();
  const { vault, kill } = startProcessOn(desk.store, desk.host);
  await unlocked(vault, admitted.value, passphrase);
  expect(await seenBy({ ...desk, vault, kill }, id)).toEqual(none);
});
