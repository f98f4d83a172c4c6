import { expect, test } from 'vitest';
import type { LogFilter, LogLine, LogPage } from '#renderer/vault/log-api.ts';
import { eventList } from '#shared/domain/registry/event-list.ts';
import type { MemberId } from '#shared/kernel/ids.ts';
import { flipByte } from '#tests/support/damage.ts';
import {
  asha,
  ben,
  morgan,
  type Station,
  stationOf,
  synced,
  take,
  unitWithCircle,
} from '#tests/support/rotating-unit.ts';
import { admit, caseGivenToBen, caseOfCircle, idOf, idsOf, kit } from '#tests/support/single-readers.ts';

/* The log as a person reads it: newest first, by pages, with filters, and no more than they may read. */

const all: LogFilter = { member: null, kind: null, reference: null, day: null };
const page = ({ vault }: Station, filter: Partial<LogFilter> = {}, before: number | null = null, limit = 10_000) =>
  vault.call('log.page', { filter: { ...all, ...filter }, before, limit });
const linesOf = async (station: Station, filter: Partial<LogFilter> = {}) => (await page(station, filter)).lines;

const typeOf = ({ what }: LogLine) => ('type' in what ? what.type : what.unread);
const positionsOf = (lines: readonly LogLine[]) => lines.map(({ position }) => position);

test('every entry of the log has a line, the newest first, whoever looks; nobody is told what they may not read', async () => {
  const { unit, here, out, next } = await caseOfCircle();
  await synced(here);
  await synced(out);
  const size = unit.endpoint.log.length;
  for (const station of [here, out]) {
    const lines = await linesOf(station);
    expect(positionsOf(lines)).toEqual(Array.from({ length: size }, (_, index) => size - index));
    const mine = await idsOf(station);
    for (const { case: of } of lines) if (of) expect(mine).toContain(of.id);
  }
  const ofCircle = (await linesOf(here)).filter((line) => line.case?.id === next);
  expect(ofCircle.map(typeOf)).toEqual(['case.continued', 'case.taken', 'referral.received']);
  const hidden = (await linesOf(out)).filter(({ position }) => positionsOf(ofCircle).includes(position));
  expect(hidden).toHaveLength(3);
  for (const { arrivedAt, ...told } of hidden) {
    expect(arrivedAt).toBeGreaterThan(0);
    expect(told).toEqual({ position: told.position, at: null, by: null, what: { unread: 'sealed' }, case: null });
  }
});

test('whoever was given one case alone reads its entries, its past too', async () => {
  const { out, next } = await caseGivenToBen();
  const types = (await linesOf(out)).filter((line) => line.case?.id === next).map(typeOf);
  expect(types).toEqual(['keys.boxed', 'reader.added', 'case.continued', 'case.taken', 'referral.received']);
});

test('pages join without gap or repetition, of whatever length', async () => {
  const { here } = await caseOfCircle();
  const whole = await linesOf(here);
  for (const limit of [1, 3, 7]) {
    const joined: LogLine[] = [];
    let before: number | null = null;
    do {
      const { lines, next }: LogPage = await page(here, {}, before, limit);
      expect(lines.length).toBeLessThanOrEqual(limit);
      joined.push(...lines);
      before = next;
    } while (before !== null);
    expect(joined).toEqual(whole);
  }
});

test('what waits to be sent stands first, by whom and of which case', async () => {
  const { unit, id } = await unitWithCircle();
  const here = await stationOf(unit, asha);
  await synced(here);
  here.host.goOffline();
  await take(here, id);
  const [first] = await linesOf(here);
  expect(first).toMatchObject({
    ...{ position: null, arrivedAt: null, by: { member: await idOf(unit, asha) } },
    what: { type: 'case.taken', counts: true },
    case: { id },
  });
});

test('each filter keeps what it asks for, all of it, and nothing that cannot be read', async () => {
  const { unit, here, out, beside } = await caseOfCircle();
  const [mine, whole] = [await idOf(unit, asha), await linesOf(here)];
  const by = (member: MemberId) => (line: LogLine) => typeof line.by === 'object' && line.by?.member === member;
  expect(await linesOf(here, { member: mine })).toEqual(whole.filter(by(mine)));
  expect((await linesOf(here, { member: mine })).length).toBeGreaterThan(0);
  for (const { type } of eventList) {
    expect(await linesOf(here, { kind: type })).toEqual(whole.filter((line) => typeOf(line) === type));
  }
  const reference = whole.find((line) => line.case?.id === beside)?.case?.reference ?? '';
  expect(await linesOf(here, { reference: ` ${reference.toLowerCase()}` })).toEqual(
    whole.filter((line) => line.case?.id === beside),
  );
  expect(await linesOf(here, { reference: 'PA-999999' })).toEqual([]);
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' }).format(new Date());
  expect(await linesOf(here, { day: today })).toEqual(whole.filter(({ position }) => position !== null));
  expect(await linesOf(here, { day: '2020-01-01' })).toEqual([]);
  expect(await linesOf(here, { day: '2099-01-01' })).toEqual([]);
  const morgans = await idOf(unit, morgan);
  const hers = await linesOf(out, { member: morgans });
  expect(hers.every((line) => 'type' in line.what && by(morgans)(line))).toBe(true);
});

test('who admitted whom, and when each last opened the vault', async () => {
  const { unit } = await unitWithCircle();
  await admit(unit, kit);
  const here = await stationOf(unit, ben);
  await synced(here);
  const { of, since } = await here.vault.call('member.histories', {});
  const [morgans, ashas, kits, bens] = await Promise.all([morgan, asha, kit, ben].map((name) => idOf(unit, name)));
  expect(since).toBeNull();
  expect(of[kits as MemberId]).toEqual({ admittedBy: [morgans], lastUnlock: null });
  expect(of[ashas as MemberId]?.admittedBy).toEqual([morgans]);
  expect(of[morgans as MemberId]?.admittedBy).toEqual([]);
  const unlocks = (await linesOf(here, { kind: 'access.unlocked' })).filter(
    ({ by }) => typeof by === 'object' && by?.member === bens,
  );
  expect(of[bens as MemberId]?.lastUnlock).toBe(unlocks[0]?.at);
});

test('a day is found beside a row that does not open', async () => {
  const { here } = await caseOfCircle();
  const whole = await linesOf(here);
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' }).format(new Date());
  const damaged = Math.max(...[...here.store.rows.entries.keys()].map(Number));
  flipByte(here.store, 'entries', damaged, 30);
  const found = await linesOf(here, { day: today });
  const readable = whole.filter(({ position }) => position !== null && position < damaged);
  expect(readable.length).toBeGreaterThan(0);
  expect(found).toEqual(readable);
});
