import { v4 } from 'uuid';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Bytes } from '#shared/crypto/encoding.ts';
import type { Roster } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import { grace } from '#shared/domain/unit/withdrawal-grace.ts';
import type { CircleId, Digest, StreamId } from '#shared/kernel/ids.ts';
import { parseBox } from '#shared/log/box.ts';
import { type Entry, hashEntry, parseEntry } from '#shared/log/entry.ts';
import { isWithdrawn, withdrawBox } from '#shared/log/wire-box.ts';
import { formatPage, type Page, parsePage } from '#shared/sync/wire.ts';
import { inventUnit, type MemoryUnit } from '#tests/support/memory-unit.ts';
import {
  act,
  asha,
  ben,
  codesOf,
  faultsOf,
  handOn,
  handOver,
  holderOf,
  morgan,
  openScope,
  opens,
  type Station,
  secretsOf,
  stateOf,
  stationOf,
  storedEntriesOf,
  synced,
  take,
  totalOf,
  unitWithCircle,
} from '#tests/support/rotating-unit.ts';
import { statusOf } from '#tests/support/workstation.ts';

/* What was withdrawn of the log is served no more at once, and destroyed after a time; what nobody withdrew is asked for again. */

const at = new Date().toISOString();

afterEach(() => vi.useRealTimers());

/** As much later, on every clock. */
const passTime = (milliseconds: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds });

async function world() {
  const unit = await inventUnit(2);
  await unit.syncHere();
  const { member } = await secretsOf(unit, asha);
  await act(unit, morgan, { type: 'role.changed', at, data: { member: member.id, role: 'supervisor' } });
  const [id, beside] = unit.arrived.map((each) => each.id) as [StreamId, StreamId];
  return { unit, id, beside };
}

/** Whether the boxes of a stream's keys are there on a workstation's disk. */
const boxesOn = async (station: Station, stream: StreamId) =>
  (await storedEntriesOf(station))
    .flatMap(({ wire }) => wire.boxes)
    .filter((box) => parseBox(box)?.stream === stream)
    .map((box) => (isWithdrawn(box) ? 'withdrawn' : 'whole'));

async function restrict(unit: MemoryUnit, id: StreamId) {
  const circle = v4() as CircleId;
  await openScope(unit, morgan, circle, [morgan, asha]);
  const [here, there, out] = [await stationOf(unit, morgan), await stationOf(unit, asha), await stationOf(unit, ben)];
  for (const station of [here, there, out]) await synced(station);
  return { here, there, out, next: await handOn(here, id, circle) };
}

test('boxes are destroyed on every disk once a second member has said that the new ones open, and after their time', async () => {
  const { unit, id } = await world();
  const { here, there, out, next } = await restrict(unit, id);
  for (const station of [here, there, out]) await synced(station);
  const expected = await stateOf(here, next);
  passTime(grace + 60_000);
  // Nobody has said so yet.
  for (const station of [here, out]) await synced(await handOver(unit, station, morgan));
  expect(await boxesOn(here, id)).toEqual(['whole', 'whole']);
  await synced(there);
  passTime(grace + 60_000);
  const stations: Station[] = [];
  for (const [station, name] of [
    [here, morgan],
    [there, asha],
    [out, ben],
  ] as const) {
    const later = await handOver(unit, station, name);
    await synced(later);
    stations.push(later);
  }
  for (const station of stations) {
    expect(await boxesOn(station, id)).toEqual(['withdrawn', 'whole']);
    expect(await station.vault.call('log.verify', {})).toEqual([]);
    expect(await faultsOf(station)).toEqual([]);
  }
  const [ours] = stations as [Station, Station, Station];
  expect(await stateOf(ours, next)).toEqual(expected);
  await ours.store.commit([{ table: 'summaries', remove: await ours.store.keys('summaries') }]);
  const rebuilt = await handOver(unit, ours, asha);
  expect(await stateOf(rebuilt, next)).toEqual(expected);
});

async function dispose(unit: MemoryUnit, streams: readonly StreamId[], scope: Scope = 'unit') {
  const data = { scope, streams: [...streams], blobs: [], reason: 'retentionEnded' as const };
  await act(unit, morgan, { type: 'bodies.withdrawn', at, data });
  const entry = hashEntry(unit.endpoint.log.at(-1)?.entry as Entry);
  return { second: () => act(unit, asha, { type: 'act.seconded', at, data: { entry } }) };
}

test('a case that two members dispose of is gone for everybody, also for who reads the log later', async () => {
  const { unit, id, beside } = await world();
  const here = await stationOf(unit, morgan);
  await synced(here);
  await take(here, id);
  await synced(here);
  const searched = () => [...here.store.rows.search.values()];
  await vi.waitFor(() => expect(searched().length).toBeGreaterThan(0));
  const before = searched();
  const { second } = await dispose(unit, [id]);
  await synced(here);
  expect(await opens(here, id)).toBe(true);
  await second();
  const fresh = await stationOf(unit, ben);
  for (const station of [here, fresh]) {
    await synced(station);
    expect(await opens(station, id)).toBe(false);
    expect(await opens(station, beside)).toBe(true);
    expect(await totalOf(station)).toBe(1);
    expect(await faultsOf(station)).toEqual([]);
  }
  // Its words went with it: no row of the index of quick search is as it was.
  const size = (rows: ReturnType<typeof searched>) => rows.reduce((sum, { box }) => sum + box.length, 0);
  expect(searched().filter(({ key }) => before.some((row) => row.key === key))).toEqual([]);
  expect(size(searched())).toBeGreaterThan(0);
  expect(size(searched())).toBeLessThan(size(before));
  const bodies = async (station: Station) =>
    (await storedEntriesOf(station)).filter(({ header }) => header.stream === id).map(({ wire }) => wire.body);
  expect((await bodies(here)).every((body) => body !== null)).toBe(true);
  passTime(grace + 60_000);
  const later = await handOver(unit, here, morgan);
  await synced(later);
  expect((await bodies(later)).every((body) => body === null)).toBe(true);
  expect(await later.vault.call('log.verify', {})).toEqual([]);
  const rebuilt = await stationOf(unit, morgan, later);
  expect(await totalOf(rebuilt)).toBe(1);
  expect(await faultsOf(rebuilt)).toEqual([]);
});

test('a disposal that a member of the scope stops in time brings the case back', async () => {
  const { unit, id } = await world();
  const { second } = await dispose(unit, [id]);
  await second();
  const out = await stationOf(unit, ben);
  await synced(out);
  expect(await opens(out, id)).toBe(false);
  const withdrawal = (unit.endpoint.roster() as Roster).withdrawals[0]?.entry;
  if (!withdrawal) throw new Error('nothing was withdrawn');
  await act(unit, asha, { type: 'withdrawal.stopped', at, data: { withdrawal } });
  await synced(out);
  await synced(out);
  expect(await opens(out, id)).toBe(true);
  expect(await faultsOf(out)).toEqual([]);
});

test('nobody disposes of what they do not read: an act for another scope leaves a stream as it is', async () => {
  const { unit, id } = await world();
  const { here, there, next } = await restrict(unit, id);
  await synced(here);
  const { second } = await dispose(unit, [next]);
  await second();
  for (const station of [here, there]) {
    await synced(station);
    expect(await opens(station, next)).toBe(true);
  }
});

test('a case of which a former stream is disposed of is gone for everybody alike, and is there again once that is stopped', async () => {
  const { unit, id } = await world();
  const { here, there, next } = await restrict(unit, id);
  for (const station of [here, there, here]) await synced(station);
  await take(here, next);
  await synced(here);
  const expected = await stateOf(here, next);
  const { second } = await dispose(unit, [id], unit.endpoint.roster()?.generations.at(-1)?.scope);
  await second();
  await synced(here);
  const fresh = await stationOf(unit, asha);
  await synced(fresh);
  const rebuilt = await handOver(unit, there, morgan);
  await rebuilt.store.commit([{ table: 'summaries', remove: await rebuilt.store.keys('summaries') }]);
  await synced(rebuilt);
  for (const station of [here, fresh, rebuilt]) {
    expect(await opens(station, next)).toBe(false);
    expect(await totalOf(station)).toBe(1);
  }
  const withdrawal = (unit.endpoint.roster() as Roster).withdrawals.at(-1)?.entry as Digest;
  await act(unit, asha, { type: 'withdrawal.stopped', at, data: { withdrawal } });
  for (const station of [here, fresh, rebuilt]) {
    for (let times = 0; times < 2; times += 1) await synced(station);
    expect(await stateOf(station, next)).toEqual(expected);
  }
});

/** The endpoint lacks a part of an entry for a while. @returns what brings it back */
function takeAway(unit: MemoryUnit, index: number, change: (entry: Entry) => Entry): () => void {
  const whole = unit.endpoint.log[index];
  if (!whole) throw new Error('no such entry');
  unit.endpoint.log[index] = { ...whole, entry: change(whole.entry) };
  return () => {
    unit.endpoint.log[index] = whole;
  };
}

const withoutBody = ({ header, wire }: Entry): Entry => ({ header, wire: { ...wire, body: null } });
const withoutBoxes = ({ header, wire }: Entry): Entry => ({
  header,
  wire: { ...wire, boxes: wire.boxes.map(withdrawBox) },
});

test.each([
  ['body', withoutBody],
  ['box', withoutBoxes],
])('a %s that nobody withdrew is named as missing, and is read once it is there again', async (_, change) => {
  const unit = await inventUnit(2);
  const id = await unit.endpoint.deliver(unit.arrived[0]?.referral as never);
  const bringBack = takeAway(unit, unit.endpoint.log.length - 1, change);
  const here = await stationOf(unit, ben);
  await synced(here);
  expect(await codesOf(here)).toContain('entry-parts-missing');
  expect(await opens(here, id)).toBe(false);
  expect(await totalOf(here)).toBe(2);
  bringBack();
  const again = await handOver(unit, here, ben);
  await synced(again);
  expect(await codesOf(again)).not.toContain('entry-parts-missing');
  expect(await opens(again, id)).toBe(true);
  expect(await totalOf(again)).toBe(3);
  expect(await again.vault.call('log.verify', {})).toEqual([]);
});

test('a part that an act further on withdrew is no fault, however much of the log comes at once', async () => {
  const { unit, id } = await world();
  const { second } = await dispose(unit, [id]);
  await second();
  const fresh = await stationOf(unit, ben);
  fresh.host.instead = (name, request, answer) =>
    answer(name, (name === 'log.pull' ? { ...(request as object), limit: 3 } : request) as never);
  await synced(fresh);
  expect(await codesOf(fresh)).toEqual([]);
  expect(await totalOf(fresh)).toBe(1);
});

test('at a workstation of two members, who is cut off does not learn of the case, and the other reads on', async () => {
  const { unit, id } = await world();
  const { here, out, next } = await restrict(unit, id);
  await synced(here);
  await synced(out);
  const asAsha = await handOver(unit, out, asha);
  expect(await opens(asAsha, next)).toBe(true);
  await synced(asAsha);
  const asBen = await handOver(unit, asAsha, ben);
  expect(await opens(asBen, next)).toBe(false);
  expect(await opens(asBen, id)).toBe(false);
  expect(await totalOf(asBen)).toBe(1);
  expect(await faultsOf(asBen)).toEqual([]);
});

describe('an own entry whose acknowledgement was lost', () => {
  /** Ben takes the case, and never hears that the endpoint has it. Then it is handed to others. */
  async function takenUnheard() {
    const { unit, circle, id } = await unitWithCircle();
    const [own, other] = [await stationOf(unit, ben), await stationOf(unit, morgan)];
    for (const station of [own, other]) await synced(station);
    let isCut = false;
    own.host.instead = async (name, request, carryOn) => {
      const answered = isCut ? null : await carryOn(name, request);
      isCut ||= name === 'log.push';
      return answered && !isCut ? answered : { ok: false, failure: { code: 'offline', params: {}, retry: true } };
    };
    await take(own, id);
    await own.vault.call('sync.now', {});
    expect(unit.endpoint.log.at(-1)?.entry.header.stream).toBe(id);
    expect((await statusOf(own.vault)).waiting).toBe(1);
    await synced(other);
    return { unit, circle, id, own, other };
  }
  /** From here on it hears the log entry by entry. */
  const hearsOneByOne = ({ host }: Station, change = (page: Page) => page) => {
    host.instead = async (name, request, carryOn) => {
      if (name !== 'log.pull') return carryOn(name, request);
      const answered = await carryOn(name, { ...(request as object), limit: 1 });
      if (!answered.ok) return answered;
      const page = parsePage((answered.reply as { page: Bytes }).page);
      if (!page) throw new Error('no page');
      return { ok: true, reply: { page: formatPage(change(page)) } } as typeof answered;
    };
  };

  test('and a box of it was withdrawn by an act further on is in the log, and no other stands in its place', async () => {
    const { circle, id, own, other } = await takenUnheard();
    await handOn(other, id, circle);
    await synced(other);
    hearsOneByOne(own);
    await synced(own);
    expect(await codesOf(own)).toEqual([]);
    expect((await statusOf(own.vault)).waiting).toBe(0);
  });

  test('and a box of it is missing that nobody withdrew is named, and signed again', async () => {
    const { unit, id, own, other } = await takenUnheard();
    const { author } = await secretsOf(unit, ben);
    const shut = (page: Page): Page => ({
      ...page,
      entries: page.entries.map((item) => {
        const parsed = parseEntry(item.entry);
        const isOwn = parsed.ok && parsed.value.header.author === author && parsed.value.header.stream === id;
        return isOwn ? { ...item, entry: { ...item.entry, boxes: item.entry.boxes.map(withdrawBox) } } : item;
      }),
    });
    const before = unit.endpoint.log.length;
    hearsOneByOne(own, shut);
    await own.vault.call('sync.now', {});
    expect(await codesOf(own)).toEqual(expect.arrayContaining(['entry-replaced', 'outbox-rejoined']));
    // Whoever does the same to what is signed again does not keep it signing.
    for (let exchanges = 0; exchanges < 3; exchanges += 1) await own.vault.call('sync.now', {});
    expect(unit.endpoint.log).toHaveLength(before + 1);
    expect((await codesOf(own)).filter((code) => code === 'entry-replaced')).toHaveLength(2);
    expect((await statusOf(own.vault)).waiting).toBe(1);
    own.host.instead = null;
    const again = await handOver(unit, own, ben);
    await synced(again);
    expect((await statusOf(again.vault)).waiting).toBe(0);
    await synced(other);
    expect(await holderOf(other, id)).not.toBeNull();
  });
});
