import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { wordFinder } from '#renderer/vault/cases/search-index.ts';
import { loadSegments, sealSearch } from '#renderer/vault/cases/search-rows.ts';
import { casesIn, formatSegment, parseSegment, type SearchedCase } from '#renderer/vault/cases/search-segment.ts';
import { createMemoryStore, type MemoryStore } from '#renderer/vault/store/memory-store.ts';
import { keyForReaders, openForReaders, sealForReaders } from '#renderer/vault/store/reader-rows.ts';
import { fromUtf8, utf8 } from '#shared/crypto/encoding.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import { searchedReferral } from '#shared/domain/case/search-words.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { sample } from '#tests/support/effort.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { searchingIn } from '#tests/support/searching.ts';
import { foundStation, type Station, startStation } from '#tests/support/transfer-station.ts';

/* Quick search looks in all that a referral says, by an index that is stored sealed, follows what comes and goes, and is made again. */

const told = {
  narrative: 'She rang (07700) 900123 from the Wharfside lock-up, and saw Mc Andie with Łukasz.',
  vehicles: ['Grey Audi, EF34GHJ'],
  peopleAtRisk: [
    { who: 'A neighbour called Quockerwodger', risk: 'Threatened by telephone', urgency: 'high' as const },
  ],
  subjects: [
    {
      ...{ kind: 'officer' as const, name: 'Megan Larwood', rankOrRole: 'PC', collarNumber: '4471' },
      ...{ station: 'Weymouth', description: 'Has a snake tattooed' },
    },
  ],
};
const other = {
  subjects: [{ ...told.subjects[0], name: 'Hollis Marsh', station: 'Poole', description: null } as never],
};

const find = async ({ session }: Station, text: string): Promise<readonly StreamId[]> =>
  (await session.queuePage({ ...everyCase, text }, 0, 50)).rows.map(({ id }) => id);
const ready = ({ vault }: Station) => vi.waitFor(() => expect(vault.search.ready).toBe(true), { timeout: 5_000 });

async function unit() {
  const endpoint = await createMemoryEndpoint();
  const store = createMemoryStore();
  const host = endpoint.host();
  const { slotId, ...station } = await foundStation(store, host);
  onTestFinished(station.stop);
  await ready(station);
  const deliver = (report: object) => endpoint.deliver(referralWith({ force: 'test', ...report }));
  const again = async (on: MemoryStore = store) => {
    station.stop();
    const next = await startStation(on, host, slotId);
    onTestFinished(next.stop);
    return next;
  };
  return { station, store, deliver, again };
}

const questions = [
  ...['wharfside', 'lock-up', '0044 7700 900123', '+44 (0)7700 900123', 'mcandie', 'mc andie', 'lukasz', 'ef34 ghj'],
  ...['audi ef34', 'quockerwodger', 'threatened', 'snake', 'larwood weymouth', 'meganlarwood', 'larwod'],
];

describe('what a referral says', () => {
  test('is found as soon as it comes in, and after the next unlocking', async () => {
    const { station, store, deliver, again } = await unit();
    const id = await deliver(told);
    await deliver(other);
    await station.sync();
    await station.session.matchable();
    for (const text of questions) expect([text, await find(station, text)]).toEqual([text, [id]]);
    expect(await find(station, 'hollis')).toHaveLength(1);
    expect(await find(station, 'pc')).toHaveLength(2);
    const rows = [...store.rows.search.keys()];
    const next = await again();
    await next.session.matchable();
    await ready(next);
    expect([...store.rows.search.keys()]).toEqual(rows);
    for (const text of questions) expect([text, await find(next, text)]).toEqual([text, [id]]);
  });

  test('is found again where rows of the index are missing, damaged or of another version', async () => {
    const { station, store, deliver, again } = await unit();
    const id = await deliver(told);
    await deliver(other);
    await station.sync();
    const { readership } = station.vault.log;
    const harm: readonly ((on: MemoryStore) => void | Promise<void>)[] = [
      (on) => on.rows.search.clear(),
      async (on) => {
        for (const [key, row] of on.rows.search) {
          const bytes = await openForReaders(readership, 'search', row);
          const older = utf8(fromUtf8(bytes).replace('{"v":1,', '{"v":0,'));
          on.rows.search.set(key, await sealForReaders(readership, 'search', keyForReaders(readership, row), older));
        }
      },
      (on) => {
        for (const [key, row] of on.rows.search)
          on.rows.search.set(key, { ...row, box: row.box.map((byte, at) => (at === 40 ? byte ^ 1 : byte)) });
      },
      (on) => {
        const [key] = on.rows.search.keys();
        on.rows.search.delete(key as string);
      },
    ];
    for (const harmed of harm) {
      const copy = createMemoryStore(store);
      await harmed(copy);
      const kept = [...copy.rows.search.keys()];
      const next = await again(copy);
      await ready(next);
      // None that was harmed is left.
      expect([...copy.rows.search.keys()].filter((key) => kept.includes(key))).toEqual([]);
      expect(await find(next, 'quockerwodger')).toEqual([id]);
      expect(await find(next, 'poole')).toHaveLength(1);
    }
  });

  test('is looked for in the rows of the queue until the index is ready, which the answer says', async () => {
    const { station, deliver } = await unit();
    await deliver(told);
    await station.sync();
    station.vault.search.ready = false;
    const page = (text: string) => station.session.queuePage({ ...everyCase, text }, 0, 50);
    expect(await page('larwood')).toMatchObject({ matching: 1, searchedInBrief: true });
    expect(await page('wharfside')).toMatchObject({ matching: 0, searchedInBrief: true });
    station.vault.search.ready = true;
    expect(await page('wharfside')).not.toHaveProperty('searchedInBrief');
  });
});

describe('of a case that is gone', () => {
  const inRows = async ({ vault }: Station) =>
    (await loadSegments(vault.io.store, vault.log.readership)).segments.flatMap(casesIn);

  test('nothing is left in the rows of the index, and all of the others', async () => {
    const { station, deliver } = await unit();
    const [id, beside] = [await deliver(told), await deliver(other)];
    await station.sync();
    const { vault } = station;
    const kept = (await inRows(station)).find((each) => each.id === beside);
    const { change, apply } = await sealSearch(vault, vault.log.readership, { fresh: [], altered: [], gone: [id] });
    await vault.io.store.commit([change]);
    apply();
    expect(await inRows(station)).toEqual([kept]);
    expect(wordFinder(vault.search)({ word: 'quockerwodger', together: [] })).toBeNull();
    expect([...vault.search.places.keys()]).toEqual([beside]);
  });

  test('nothing is left either where the index was not read yet', async () => {
    const { station, deliver } = await unit();
    const [id] = [await deliver(told), await deliver(other)];
    await station.sync();
    const { vault } = station;
    vault.search.ready = false;
    const { change, apply } = await sealSearch(vault, vault.log.readership, { fresh: [], altered: [], gone: [id] });
    await vault.io.store.commit([change]);
    apply();
    expect(await inRows(station)).toEqual([]);
    expect(vault.search.places.size).toBe(0);
  });
});

test('a row of ordinary referrals is small, and one of odd ones is split', async () => {
  const { station } = await unit();
  const { vault } = station;
  const wordy = (case_: number) => Array.from({ length: 400 }, (_, word) => `word${case_}x${word}`).join(' ');
  const fresh = Array.from({ length: 90 }, (_, index) => ({
    id: `case ${index}` as StreamId,
    referral: referralWith({ narrative: wordy(index) }),
  }));
  const { change } = await sealSearch(vault, vault.log.readership, { fresh, altered: [], gone: [] });
  expect(change.put?.length).toBeGreaterThan(2);
  for (const { box } of change.put ?? []) expect(box.length).toBeLessThan(64 * 1024);
});

const words = fc.constantFrom('a', 'ab', 'abc', 'b', 'ba', 'ł', 'ж', '山', '山田', 'x'.repeat(90), '0770');

test('an index finds what a look at every word finds', () => {
  const cases = fc
    .array(fc.array(words, { maxLength: 6 }), { minLength: 1, maxLength: 8 })
    .map((lists): SearchedCase[] => lists.map((list, at) => ({ id: `case ${at}` as StreamId, words: new Set(list) })));
  fc.assert(
    fc.property(cases, words, (searched, word) => {
      const { index } = searchingIn(searched);
      const marks = wordFinder(index)({ word, together: [] });
      const expected = searched.map((each) => ([...each.words].some((other) => other.startsWith(word)) ? 1 : 0));
      expect([...(marks ?? new Uint8Array(searched.length))]).toEqual(expected);
      const again = parseSegment(formatSegment(casesIn(parseSegment(formatSegment(searched)) as never)));
      expect(again).toEqual(parseSegment(formatSegment(searched)));
    }),
    sample(200),
  );
});

test('the words of a referral are all that it says', () => {
  const found = searchedReferral(referralWith(told));
  for (const word of [
    'wharfside',
    'lockup',
    '07700900123',
    'mcandie',
    'lukasz',
    'ef34ghj',
    'quockerwodger',
    'tattooed',
  ]) {
    expect(found).toContain(word);
  }
});
