import { afterEach, describe, expect, test, vi } from 'vitest';
import { worthInterrupting } from '#renderer/vault/cases/match-weights.ts';
import type { Matcher } from '#renderer/vault/cases/matcher.ts';
import { selectMatches } from '#renderer/vault/cases/matches.ts';
import { loadQueueHead, saveQueueHead } from '#renderer/vault/cases/queue-head.ts';
import { loadSightings } from '#renderer/vault/cases/sighting-rows.ts';
import { sealPacked } from '#renderer/vault/cases/summary-rows.ts';
import { execute } from '#renderer/vault/execute.ts';
import type { Host } from '#renderer/vault/host.ts';
import type { OpenVault } from '#renderer/vault/open-vault.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import { tables } from '#renderer/vault/store/store.ts';
import { sayReason } from '#renderer/words/match-reasons.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import type { Referral } from '#shared/domain/referral/referral.ts';
import type { Report } from '#shared/domain/report/report.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { notice } from '#shared/kernel/refusal.ts';
import { createMemoryEndpoint, type Weather } from '#tests/support/memory-endpoint.ts';
import { isSlotCall } from '#tests/support/memory-slot-calls.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { foundStation, type Station, startStation } from '#tests/support/transfer-station.ts';

const record = { kind: 'record', reviewOn: '2099-01-31' } as const;
const why = 'Both name the same officer.';

const about = (name: string | null, collarNumber: string | null = null): Report['subjects'] => [
  { kind: 'officer', name, rankOrRole: 'PC', collarNumber, station: 'Harrowmere', description: null },
];
const marlow = about('Ellis Marlow', '4471');
const someoneElse = about('Tamsin Okoro', '2210');

/** A unit whose one workstation can be locked, left and unlocked again. */
async function aUnit() {
  let weather: Weather = 'fair';
  const endpoint = await createMemoryEndpoint();
  const store = createMemoryStore();
  const host = endpoint.host(() => weather);
  const { slotId, ...founded } = await foundStation(store, host);
  let station: Station = founded;
  const unit = {
    endpoint,
    store,
    get station() {
      return station;
    },
    get vault(): OpenVault {
      return station.vault;
    },
    weather(next: Weather) {
      weather = next;
    },
    /** The same member at another workstation, which is off the network until it is told otherwise. */
    async elsewhere() {
      let online = false;
      const other = createMemoryStore();
      for (const table of tables)
        for (const [key, row] of store.rows[table]) other.rows[table].set(key, structuredClone(row));
      const failure = { code: 'offline', params: {}, retry: true };
      const away: Host = {
        call: async (name, request) =>
          online || name === 'device.secret' || isSlotCall(name) ? host.call(name, request) : { ok: false, failure },
      };
      const there = await startStation(other, away, slotId);
      stations.push(() => there.stop());
      return {
        there,
        connect() {
          online = true;
        },
      };
    },
    lock: () => station.stop(),
    async unlock() {
      station = await startStation(store, host, slotId);
    },
    deliver: (subjects: Report['subjects'], top: Partial<Referral> = {}) =>
      endpoint.deliver(referralWith({ force: 'test', subjects, places: [], dates: [] }, top)),
    /** Everything exchanged, and all of it looked through. */
    async settle() {
      await station.sync();
      await vi.waitFor(() => expect(station.vault.matching.found.upTo).toBe(station.vault.log.ledger.log.size));
    },
    async run(command: CaseCommand) {
      const done = await execute(station.vault, command);
      if (!done.ok) throw new Error(JSON.stringify(done.error));
      return done.value;
    },
    /** Up to its disposition. */
    async prepare(id: StreamId) {
      await station.prepare(id);
      const { narrative } = (await station.state(id)).referral.report;
      const data = { start: 0, end: 11, text: narrative.slice(0, 11), provenance: null };
      await unit.run({ type: 'item.recorded', case: id, data });
    },
    /** A referral about this subject, recorded for intelligence. */
    async recorded(subjects: Report['subjects'] = marlow) {
      const id = await unit.deliver(subjects);
      await station.sync();
      await unit.prepare(id);
      await station.decide(id, record);
      await unit.settle();
      return id;
    },
    again: (id: StreamId) => station.session.queue.row(id)?.appearsAgain?.map((each) => each.case) ?? [],
    because: (id: StreamId) => station.session.queue.row(id)?.appearsAgain?.map((each) => each.because.map(sayReason)),
  };
  stations.push(() => station.stop());
  return unit;
}

const stations: (() => void)[] = [];
afterEach(() => {
  for (const stop of stations.splice(0)) stop();
});

/** Counts what is matched from now on, by the matcher that is there and by any that is built. */
function countMatches(vault: OpenVault): () => number {
  let count = 0;
  const counting = (built: Matcher | null): Matcher | null =>
    built && {
      ...built,
      match(...asked) {
        count += 1;
        return built.match(...asked);
      },
    };
  let matcher = counting(vault.matching.matcher);
  Object.defineProperty(vault.matching, 'matcher', {
    get: () => matcher,
    set(built: Matcher | null) {
      matcher = counting(built);
    },
  });
  return () => count;
}

describe('a case recorded for intelligence', () => {
  test('comes back when its subject appears in a later referral, and says in which and why', async () => {
    const unit = await aUnit();
    const id = await unit.recorded();
    await unit.deliver(someoneElse);
    await unit.settle();
    expect(unit.again(id)).toEqual([]);
    const heard = vi.spyOn(unit.vault.io, 'emit');
    const later = await unit.deliver(marlow, { reference: 'PA-004211', receivedAt: '2026-11-21T09:12:00.000Z' });
    await unit.settle();
    expect(unit.station.session.queue.row(id)?.appearsAgain).toEqual([
      {
        case: later,
        reference: 'PA-004211',
        receivedAt: '2026-11-21T09:12:00.000Z',
        because: expect.arrayContaining([
          notice('same-collar-number', { number: '4471' }),
          notice('same-name', { name: 'Ellis Marlow' }),
        ]),
      },
    ]);
    expect(unit.again(later)).toEqual([]);
    expect(heard).toHaveBeenCalledWith({ type: 'caseChanged', case: id });
    expect(heard).toHaveBeenCalledWith({ type: 'queueChanged' });
  });

  test('does not for what was there when it was recorded, nor for what is merely alike', async () => {
    const unit = await aUnit();
    const earlier = await unit.deliver(marlow);
    const id = await unit.recorded();
    const alike = await unit.deliver(about(null));
    await unit.settle();
    const offered = selectMatches(unit.vault, await unit.station.state(id));
    expect(offered.map((match) => [match.case, match.score >= worthInterrupting])).toEqual([
      [earlier, true],
      [alike, false],
    ]);
    expect(unit.again(id)).toEqual([]);
  });

  test('rests when it is recorded again in sight of the referral, until the next', async () => {
    const unit = await aUnit();
    const id = await unit.recorded();
    const second = await unit.deliver(marlow);
    await unit.settle();
    expect(unit.again(id)).toEqual([second]);
    await unit.station.decide(id, record);
    expect(unit.again(id)).toEqual([]);
    await unit.settle();
    expect(unit.again(id)).toEqual([]);
    expect((await loadSightings(unit.vault)).byCase).toEqual({});
    const third = await unit.deliver(marlow);
    await unit.settle();
    expect(unit.again(id)).toEqual([third]);
  });

  test.each([
    ['investigate', { kind: 'investigate' }],
    ['to another force', { kind: 'otherForce', force: 'elsewhere', unit: '40000000-0000-4000-8000-000000000001' }],
  ] as const)('is no longer one once the disposition is another: %s', async (_, chosen) => {
    const unit = await aUnit();
    const id = await unit.recorded();
    await unit.deliver(marlow);
    await unit.settle();
    expect(unit.again(id)).toHaveLength(1);
    const options = [{ option: 'Record again', why: 'It is more than that now.' }];
    await unit.run({ type: 'disposition.recorded', case: id, data: { chosen, options, rationale: why } });
    expect(unit.again(id)).toEqual([]);
    await unit.deliver(marlow);
    await unit.settle();
    expect(unit.again(id)).toEqual([]);
  });

  test('comes back for what its author could not see, however late either is confirmed', async () => {
    const unit = await aUnit();
    const id = await unit.deliver(marlow);
    await unit.station.sync();
    await unit.prepare(id);
    await unit.settle();
    unit.weather('requestLost');
    const later = await unit.deliver(marlow);
    await unit.station.decide(id, record);
    await unit.station.sync();
    expect(unit.again(id)).toEqual([]);
    unit.weather('fair');
    await unit.settle();
    expect(unit.again(id)).toEqual([later]);
  });

  test('comes back for what was looked through before a workstation elsewhere sends its disposition', async () => {
    const unit = await aUnit();
    await unit.recorded(someoneElse);
    const id = await unit.deliver(marlow);
    await unit.station.sync();
    await unit.prepare(id);
    await unit.settle();
    const { there, connect } = await unit.elsewhere();
    await there.decide(id, record);
    const later = await unit.deliver(marlow);
    await unit.settle();
    expect(unit.again(id)).toEqual([]);
    connect();
    await there.sync();
    await unit.settle();
    expect((await unit.station.state(id)).activity.at(-1)).toMatchObject({
      type: 'disposition.recorded',
      refused: null,
    });
    expect(unit.again(id)).toEqual([later]);
  });

  test('is put among what is for today, after the clocks that run out', async () => {
    const unit = await aUnit();
    const id = await unit.recorded();
    const [now, lastWeek] = [0, 7].map((days) => new Date(Date.now() - days * 86_400_000).toISOString()) as [
      string,
      string,
    ];
    const overdue = await unit.deliver(someoneElse, { receivedAt: lastWeek });
    const due = await unit.deliver(about('Nadia Fenn', '1009'), { receivedAt: now });
    const later = await unit.deliver(marlow, { receivedAt: now });
    await unit.settle();
    expect(unit.station.session.queue.page(everyCase, 0, 10).rows.map((row) => row.id)).toEqual([
      overdue,
      id,
      due,
      later,
    ]);
  });

  test('says on which day it was recorded, where it is offered as a match', async () => {
    const unit = await aUnit();
    const id = await unit.recorded();
    const later = await unit.deliver(marlow);
    await unit.settle();
    const [match] = selectMatches(unit.vault, await unit.station.state(later));
    const [disposition] = (await unit.station.state(id)).dispositions;
    expect(match).toMatchObject({ case: id, recordedAt: disposition?.at });
    expect(selectMatches(unit.vault, await unit.station.state(id))[0]).toMatchObject({ case: later, recordedAt: null });
  });
});

describe('what a person made of the match', () => {
  test.each(['the recorded case', 'the later one'])(
    'a rejection in %s takes it away, restoring brings it back',
    async (where) => {
      const unit = await aUnit();
      const id = await unit.recorded();
      const later = await unit.deliver(marlow, { reference: 'PA-004211' });
      await unit.settle();
      const [from, to] = where === 'the later one' ? [later, id] : [id, later];
      if (from === later) await unit.prepare(later);
      const rejection = await unit.run({
        type: 'match.rejected',
        case: from,
        data: { case: to, reference: 'PA-004211', why: 'Another officer of that name.' },
      });
      expect(unit.again(id)).toEqual([]);
      await unit.settle();
      expect(unit.again(id)).toEqual([]);
      await unit.run({ type: 'match.restored', case: from, data: { rejection, why } });
      expect(unit.again(id)).toEqual([later]);
    },
  );

  test.each(['the recorded case', 'the later one'])(
    'a link in %s brings it back though nothing matches',
    async (where) => {
      const unit = await aUnit();
      const id = await unit.recorded();
      const later = await unit.deliver(someoneElse, { reference: 'PA-004211' });
      await unit.settle();
      expect(unit.again(id)).toEqual([]);
      const [from, to] = where === 'the later one' ? [later, id] : [id, later];
      if (from === later) await unit.prepare(later);
      const data = { case: to, reference: 'PA-004211', kind: 'repeat', why } as const;
      const link = await unit.run({ type: 'referral.linked', case: from, data });
      expect(unit.because(id)).toEqual([['Linked as a repeat']]);
      await unit.settle();
      expect(unit.again(id)).toEqual([later]);
      await unit.run({ type: 'referral.unlinked', case: from, data: { link, why } });
      expect(unit.again(id)).toEqual([]);
    },
  );
});

describe('looking', () => {
  test('goes on where it stopped after a lock: what came meanwhile is found, and nothing is matched again', async () => {
    const unit = await aUnit();
    const id = await unit.recorded();
    for (let count = 0; count < 5; count += 1)
      await unit.recorded(about(`Officer Number ${count}`, String(8000 + count)));
    const second = await unit.deliver(marlow);
    await unit.settle();
    unit.lock();
    const third = await unit.deliver(marlow);
    await unit.unlock();
    // Before the matcher is built.
    expect(unit.vault.matching.matcher).toBeNull();
    expect(unit.again(id)).toContain(second);
    const matched = countMatches(unit.vault);
    await unit.settle();
    expect(unit.again(id)).toEqual([third, second]);
    // The new referral, and the case that it may concern.
    expect(matched()).toBe(2);
  });

  test('waits for the end of an ingest of many, and matches no more than there are recorded cases', async () => {
    const unit = await aUnit();
    const id = await unit.recorded();
    await unit.recorded(someoneElse);
    const matched = countMatches(unit.vault);
    const later = await unit.deliver(marlow);
    // More than two pages.
    for (let count = 0; count < 1_100; count += 1) await unit.deliver(about(`Officer Number ${count}`));
    await unit.settle();
    expect(unit.again(id)).toEqual([later]);
    expect(matched()).toBe(2);
  });

  test('keeps what it found, however common its clues become', async () => {
    const unit = await aUnit();
    const id = await unit.recorded();
    const later = await unit.deliver(someoneElse);
    await unit.settle();
    unit.vault.matching.found = {
      ...unit.vault.matching.found,
      byCase: { [id]: [{ case: later, because: [notice('same-phone')] }] },
    };
    const newest = await unit.deliver(marlow);
    await unit.settle();
    expect(unit.again(id)).toEqual([newest, later]);
    expect((await loadSightings(unit.vault)).byCase[id]?.map((each) => each.case)).toEqual([newest, later]);
  });

  test('begins anew when its row is damaged, and holds what it found in memory while the disk is full', async () => {
    const unit = await aUnit();
    const id = await unit.recorded();
    const later = await unit.deliver(marlow);
    await unit.settle();
    unit.lock();
    const row = [...unit.store.rows.meta.values()].find(({ key }) => String(key).startsWith('sightings:'));
    if (!row) throw new Error('nothing was kept');
    row.box[40] = (row.box[40] ?? 0) ^ 1;
    await unit.unlock();
    expect(unit.again(id)).toEqual([]);
    unit.store.full = true;
    await vi.waitFor(() => expect(unit.again(id)).toEqual([later]));
    unit.store.full = false;
  });

  test('finds what an earlier version stored, which traced less, once the cases are made anew', async () => {
    const unit = await aUnit();
    const id = await unit.recorded();
    const later = await unit.deliver(marlow);
    await unit.settle();
    unit.lock();
    const { summaries, meta } = unit.store.rows;
    const old = [...unit.vault.cases.confirmed.values()].map((indexed) => ({
      ...{ ...indexed, trace: { received: 0 }, fold: unit.vault.program.foldVersion - 1 },
    }));
    summaries.clear();
    for (const row of await sealPacked(unit.vault.log.readership, old)) summaries.set(row.key, row);
    for (const key of meta.keys()) if (String(key).startsWith('sightings:')) meta.delete(key);
    await unit.unlock();
    expect(unit.again(id)).toEqual([]);
    await unit.settle();
    expect(unit.again(id)).toEqual([later]);
    unit.lock();
    await unit.unlock();
    expect(unit.vault.cases.confirmed.get(later)?.trace?.received).toBeGreaterThan(0);
  });

  test('names no case that this member cannot open', async () => {
    const unit = await aUnit();
    const id = await unit.recorded();
    const later = await unit.deliver(marlow);
    await unit.settle();
    unit.vault.cases.confirmed.delete(later);
    unit.vault.cases.version += 1;
    expect(unit.again(id)).toEqual([]);
  });

  test('leaves nothing readable of it on the disk, and nothing that another member could open', async () => {
    const unit = await aUnit();
    await unit.recorded();
    await unit.deliver(marlow);
    await unit.settle();
    const page = unit.station.session.queue.page(everyCase, 0, 10);
    expect(page.rows.some((each) => each.appearsAgain)).toBe(true);
    await saveQueueHead(unit.vault, page);
    expect((await loadQueueHead(unit.vault))?.rows.some((each) => each.appearsAgain)).toBe(false);
    const row = [...unit.store.rows.meta.values()].find(({ key }) => String(key).startsWith('sightings:'));
    expect(new TextDecoder().decode(row?.box)).not.toMatch(/4471|Marlow|collar/);
    await expect(
      loadSightings({ ...unit.vault, member: { ...unit.vault.member, personalKey: unit.vault.member.storeKey } }),
    ).resolves.toEqual({
      upTo: 0,
      byCase: {},
    });
  });
});
