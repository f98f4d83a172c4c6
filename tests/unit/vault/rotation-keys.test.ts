import { expect, test } from 'vitest';
import type { CaseEvent } from '#shared/domain/registry/registry.ts';
import type { Roster } from '#shared/domain/unit/roster.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { boxForGeneration } from '#shared/log/box.ts';
import { type ContentKey, makeContentKey } from '#shared/log/content-key.ts';
import { createEntry } from '#shared/log/entry.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { boxGeneration } from '#shared/log/generation-box.ts';
import type { Seen } from '#shared/log/seen.ts';
import { newEvent, placeIn } from '#tests/support/attacked-unit.ts';
import { inventUnit, type MemoryUnit } from '#tests/support/memory-unit.ts';
import {
  act,
  asha,
  ben,
  faultsOf,
  generationOf,
  handOver,
  morgan,
  rotateAs,
  type Station,
  secretsOf,
  signingKeyOf,
  stateOf,
  stationOf,
  synced,
  take,
} from '#tests/support/rotating-unit.ts';

/*
 * A content key is for whom its earliest box says, where that box stands. However much of the log a replica reads at once,
 * whichever keys it has and in which order they came, it ends with the same cases.
 */

const at = new Date().toISOString();

interface Written {
  readonly id: StreamId;
  readonly type: 'case.taken' | 'case.released';
  readonly key: ContentKey;
  readonly boxedFor: readonly Generation[];
  readonly seen?: Seen;
}

/** An entry as Ben's own program makes it. */
async function write({ unit }: World, { id, type, key, boxedFor, ...placing }: Written): Promise<void> {
  const author = await signingKeyOf(unit, ben);
  const event: CaseEvent = { type, at, data: {} };
  const boxes = await Promise.all(boxedFor.map((generation) => boxForGeneration(key, generation)));
  const place = placeIn(unit.endpoint, author.author, { stream: id, ...placing });
  await unit.endpoint.inject(await createEntry({ place, event: newEvent(event), key, boxes }, author));
}

interface World {
  readonly unit: MemoryUnit;
  readonly id: StreamId;
  readonly key: ContentKey;
  readonly before: Generation;
}

async function world(): Promise<World> {
  const unit = await inventUnit(2);
  await unit.syncHere();
  const id = unit.arrived[0]?.id as StreamId;
  const key = makeContentKey(id, (await secretsOf(unit, ben)).author);
  return { unit, id, key, before: await generationOf(unit, ben) };
}

const readBy = async (station: Station, id: StreamId) => {
  const { holder, unread, activity } = await stateOf(station, id);
  return { holder, unread, activity: activity.map(({ type, refused }) => ({ type, refused })) };
};

test('a key that is boxed for a generation before the log brings that one opens nothing, however the log is read', async () => {
  const made = await world();
  const { unit, id, key, before } = made;
  const bit = await stationOf(unit, asha);
  const next = await makeGeneration();
  await write(made, { id, type: 'case.taken', key, boxedFor: [next] });
  await synced(bit);
  await rotateAs(unit, ben, { replaces: before, readers: [morgan, asha, ben], next });
  await synced(bit);
  const whole = await stationOf(unit, asha);
  await synced(whole);
  expect(await readBy(bit, id)).toEqual(await readBy(whole, id));
  expect(await readBy(whole, id)).toMatchObject({ holder: null, unread: [] });
  expect(await faultsOf(whole)).toEqual(['entry-key']);
  expect(await faultsOf(bit)).toEqual(['entry-key']);
});

test('of several boxes the earliest counts, also for who can open a later one only', async () => {
  const made = await world();
  const { unit, id, key, before } = made;
  const bit = await stationOf(unit, morgan);
  const shared = await stationOf(unit, morgan);
  // What they write as they are unlocked is not to come in between.
  for (const station of [bit, shared]) await synced(station);
  for (const { host } of [bit, shared]) host.goOffline();
  await unit.endpoint.settled();
  const seen = unit.endpoint.seen();
  // Does not count, because it leaves Morgan out, and is known: what is under it can be read by Asha.
  const aside = await rotateAs(unit, ben, { replaces: before, readers: [asha, ben] });
  await write(made, { id, type: 'case.taken', key, boxedFor: [aside], seen });
  for (const { host } of [bit, shared]) host.goOnline();
  await synced(bit);
  expect(await readBy(bit, id)).toMatchObject({ holder: null, unread: { length: 1 } });
  await write(made, { id, type: 'case.released', key, boxedFor: [before], seen });
  await synced(bit);
  const whole = await stationOf(unit, morgan);
  await synced(whole);
  const holder = await stationOf(unit, asha);
  await synced(holder);
  const read = await readBy(holder, id);
  expect(read.activity.map(({ type }) => type)).toEqual(['referral.received', 'case.taken', 'case.released']);
  expect(read.unread).toEqual([]);
  for (const station of [bit, whole]) {
    expect(await readBy(station, id)).toEqual(read);
    expect(await faultsOf(station)).toEqual([]);
  }
  // What another member of the workstation brought in, and this one folds when they unlock.
  const desk = await handOver(unit, shared, asha);
  await synced(desk);
  desk.host.goOffline();
  const next = await handOver(unit, desk, morgan);
  expect(await readBy(next, id)).toEqual(read);
  expect(await faultsOf(next)).toEqual([]);
  // The same once more, from what is stored.
  bit.store.rows.summaries.clear();
  expect(await readBy(await handOver(unit, bit, morgan), id)).toEqual(read);
});

test('who was given a key, and whose process ended before the log was read again with it, reads it at the next start', async () => {
  const { unit, id, before } = await world();
  const left = await stationOf(unit, ben);
  const { member, author, sealingPublicKey } = await secretsOf(unit, ben);
  await act(unit, morgan, { type: 'membership.suspended', at, data: { member: member.id } });
  const next = await rotateAs(unit, morgan, { replaces: before, readers: [morgan, asha] });
  await unit.syncHere();
  const here = await stationOf(unit, morgan);
  await take(here, id);
  await synced(here);
  await synced(left);
  expect(await readBy(left, id)).toMatchObject({ holder: null, unread: { length: 1 } });
  await act(unit, morgan, { type: 'membership.restored', at, data: { member: member.id } });
  const box = await boxGeneration(next, (unit.endpoint.roster() as Roster).stream, {
    author,
    sealingKey: sealingPublicKey,
  });
  await act(unit, morgan, { type: 'scope.granted', at, data: { scope: 'unit', device: author } }, [box]);
  // The disk takes what came in, and is full when the projections are to be made again.
  const { store } = left;
  const commit = store.commit.bind(store);
  store.commit = async (changes) => {
    await commit(changes);
    store.full ||= changes.some(({ put }) => put?.some(({ key }) => String(key).startsWith('generations:')));
  };
  await left.vault.call('sync.now', {});
  expect(store.full).toBe(true);
  left.kill();
  store.commit = commit;
  store.full = false;
  const again = await stationOf(unit, ben, left);
  const state = await stateOf(again, id);
  expect(state.unread).toEqual([]);
  expect(state.holder).not.toBeNull();
});
