import { describe, expect, test } from 'vitest';
import type { Host } from '#renderer/vault/host.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Seen } from '#shared/log/seen.ts';
import type { Page } from '#shared/sync/wire.ts';
import {
  type AttackedUnit,
  at,
  aUnit,
  caseOf,
  codesOf,
  newEvent,
  sealedAsMember,
  secretsOf,
  take,
  withCase,
} from '#tests/support/attacked-unit.ts';
import { flipByte } from '#tests/support/damage.ts';
import { createMemoryEndpoint, forkEndpoint } from '#tests/support/memory-endpoint.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { foundedOn, startProcessOn, startVaultOn, statusOf, unlocked } from '#tests/support/workstation.ts';

/* What an author says to have seen, two logs of one endpoint, and the hashes that a workstation keeps of its log. */

/** An entry in a case that says to have seen what it is given, as only a program of a member's own makes it. */
async function claim(world: AttackedUnit, stream: StreamId, seen: Seen): Promise<void> {
  const { key, generation } = await secretsOf(world);
  const event = newEvent({ type: 'case.taken', at, data: {} });
  await world.endpoint.inject(await sealedAsMember(world.endpoint, generation, event, key, { stream, seen }));
}

const troubleOf = async (world: AttackedUnit, vault = world.vault) => {
  await vault.call('sync.now', {});
  return (await statusOf(vault)).trouble?.code ?? null;
};
const casesOf = async ({ vault }: AttackedUnit) =>
  (await vault.call('queue.page', { query: everyCase, offset: 0, limit: 10 })).total;

describe('what an author says to have seen', () => {
  const untrue: [string, string, (honest: Seen & { size: number }, world: AttackedUnit) => Seen][] = [
    [
      'of a log that the endpoint never signed',
      'seen-unproved',
      (seen) => ({ ...seen, root: `${seen.root.startsWith('A') ? 'B' : 'A'}${seen.root.slice(1)}` }) as Seen,
    ],
    ['at a time that was not signed', 'seen-unproved', (seen) => ({ ...seen, time: 1 }) as Seen],
    ['that comes after it', 'entry-seen', (seen) => ({ ...seen, size: seen.size + 2 }) as Seen],
    ['that is less than before', 'entry-seen', (_, { endpoint }) => endpoint.seen(1)],
  ];
  test.each(untrue)('%s costs that entry and nobody else anything: %s', async (_, code, change) => {
    const world = await aUnit();
    const id = await withCase(world);
    await take(world.vault, id);
    await world.vault.call('case.record', { command: { type: 'case.released', case: id, data: {} } });
    expect(await troubleOf(world)).toBeNull();
    await claim(world, id, change(world.endpoint.seen(), world));
    const later = await world.endpoint.deliver(referralWith());
    expect(await troubleOf(world)).toBeNull();
    expect(await codesOf(world.vault)).toContain(code);
    expect((await caseOf(world.vault, id)).holder).toBeNull();
    expect((await caseOf(world.vault, later)).id).toBe(later);
  });

  test('is the last checkpoint that the workstation applied, and never less than before', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    const { endpoint } = world;
    const known = endpoint.seen();
    await endpoint.deliver(referralWith());
    world.setOffline(true);
    await take(world.vault, id);
    world.setOffline(false);
    expect(await troubleOf(world)).toBeNull();
    expect(endpoint.log.at(-1)?.entry.header).toMatchObject({ author: world.member, seen: known });
  });

  test('is still known when the record of how far the log was read is damaged', async () => {
    const world = await aUnit();
    const id = await withCase(world);
    const before = world.endpoint.log.length;
    world.setOffline(true);
    const vault = await world.restarted(() => void world.store.rows.meta.delete('ledger'));
    await take(vault, id);
    world.setOffline(false);
    expect(await troubleOf(world, vault)).toBeNull();
    const taken = world.endpoint.log.find(
      ({ entry }) => entry.header.stream === id && entry.header.author === world.member,
    );
    expect(taken?.entry.header.seen.size).toBeGreaterThanOrEqual(before - 1);
    expect((await caseOf(vault, id)).holder).not.toBeNull();
  });
});

test('an entry knows no less than the one before, also where the disk has less of the log than it had', async () => {
  const world = await aUnit();
  const id = await withCase(world);
  for (let count = 0; count < 3; count += 1) await withCase(world);
  world.setOffline(true);
  await take(world.vault, id);
  const { rows } = world.store;
  const vault = await world.restarted(() => {
    rows.meta.delete('ledger');
    flipByte(world.store, 'entries', Math.max(...[...rows.entries.keys()].map(Number)), 30);
  });
  // Answered once all is read.
  await vault.call('queue.page', { query: everyCase, offset: 0, limit: 10 });
  expect(await codesOf(vault)).toEqual(expect.arrayContaining(['ledger-row', 'entry-row', 'set-back']));
  await vault.call('case.record', { command: { type: 'case.released', case: id, data: {} } });
  world.setOffline(false);
  expect(await troubleOf(world, vault)).toBeNull();
  expect(await troubleOf(world, vault)).toBeNull();
  const sizes = world.endpoint.log
    .filter(({ entry }) => entry.header.author === world.member)
    .map(({ entry }) => entry.header.seen.size);
  expect(sizes).toEqual(sizes.toSorted((one, other) => one - other));
  expect((await statusOf(vault)).waiting).toBe(0);
  const { activity } = await caseOf(vault, id);
  expect(activity.map(({ type }) => type)).toEqual(['referral.received', 'case.taken', 'case.released']);
});

describe('the time that a rule reckons with', () => {
  const day = 24 * 60 * 60 * 1000;

  /** A voluntary referral to the IOPC, sent so many days from now, recorded where the clock is so many days ahead. */
  async function referred(sent: number, clockAhead: number) {
    const world = await aUnit();
    const id = await withCase(world);
    await take(world.vault, id);
    await world.vault.call('sync.now', {});
    world.kill();
    const vault = startVaultOn(world.store, world.host, { now: () => Date.now() + clockAhead * day });
    await unlocked(vault, world.slot);
    const sentAt = new Date(Date.now() + sent * day).toISOString();
    const data = {
      kind: 'voluntary' as const,
      sentAt,
      what: 'Form',
      why: 'Public confidence in the force.',
      lateReason: null,
    };
    const recorded = await vault.call('case.record', { command: { type: 'iopc.referred', case: id, data } });
    await vault.call('sync.now', {});
    await vault.call('sync.now', {});
    const { iopc, activity } = await caseOf(vault, id);
    return { recorded: recorded.ok, referrals: iopc.length, refused: activity.at(-1)?.refused?.code };
  }

  test('is that of the log where a clock runs ahead: tomorrow is not yet', async () => {
    expect(await referred(1, 2)).toEqual({ recorded: true, referrals: 0, refused: 'sent-in-future' });
  });

  test('is that of the log where a clock runs behind: an hour ago was', async () => {
    expect(await referred(-1 / 24, -2)).toEqual({ recorded: true, referrals: 1, refused: undefined });
  });

  test('is what the author says between the two', async () => {
    expect(await referred(0, 0)).toEqual({ recorded: true, referrals: 1, refused: undefined });
  });
});

describe('an endpoint that keeps two logs', () => {
  /** Two logs that part after the case: each has one referral more, and the workstation follows the first. */
  async function forked() {
    const world = await aUnit();
    const id = await withCase(world);
    const other = await forkEndpoint(world.endpoint);
    await world.endpoint.deliver(referralWith());
    await other.deliver(referralWith());
    return { world, id, other };
  }

  test('is found out by the first entry whose author saw the other, and nothing of it is brought in', async () => {
    const { world, id, other } = await forked();
    await world.vault.call('sync.now', {});
    const verified = (await statusOf(world.vault)).verifiedTo;
    await world.endpoint.deliver(referralWith());
    await claim(world, id, other.seen());
    expect(await troubleOf(world)).toBe('log-forked');
    expect((await statusOf(world.vault)).verifiedTo).toBe(verified);
    expect(await casesOf(world)).toBe(2);
  });

  test('is found out by an entry whose author saw a longer one that it does not stand in', async () => {
    const { world, id, other } = await forked();
    await other.deliver(referralWith());
    await other.deliver(referralWith());
    await claim(world, id, other.seen());
    expect(other.log.length).toBeGreaterThan(world.endpoint.log.length);
    expect(await troubleOf(world)).toBe('log-forked');
  });

  test('is found out by a checkpoint of the same size with another root', async () => {
    let lie = (page: Page): Page => page;
    const world = await aUnit((page) => lie(page));
    await withCase(world);
    const other = await forkEndpoint(world.endpoint);
    await world.endpoint.deliver(referralWith());
    await other.deliver(referralWith());
    await world.vault.call('sync.now', {});
    const { checkpoint } = await other.pull(other.log.length, 1);
    lie = (page) => ({ ...page, checkpoint });
    expect(await troubleOf(world)).toBe('log-forked');
  });

  test('is not spoken with again, also after a restart; work goes on and waits', async () => {
    const { world, id, other } = await forked();
    await claim(world, id, other.seen());
    expect(await troubleOf(world)).toBe('log-forked');
    const length = world.endpoint.log.length;
    const vault = await world.restarted();
    expect(await troubleOf(world, vault)).toBe('log-forked');
    expect((await take(vault, id)).ok).toBe(true);
    expect(await troubleOf(world, vault)).toBe('log-forked');
    expect((await caseOf(vault, id)).holder).not.toBeNull();
    expect((await statusOf(vault)).waiting).toBeGreaterThan(0);
    expect(world.endpoint.log).toHaveLength(length);
  });
});

describe('the stored hashes of the log', () => {
  test.each<[string, (world: AttackedUnit, old: AttackedUnit['store']['rows']['tiles']) => void]>([
    ['that are gone', ({ store }) => store.rows.tiles.clear()],
    [
      'that were set back',
      ({ store }, old) => {
        for (const [key, row] of old) store.rows.tiles.set(key, row);
      },
    ],
  ])('%s are made again from the entries', async (_, damage) => {
    const world = await aUnit();
    await withCase(world);
    const old = new Map(world.store.rows.tiles);
    await withCase(world);
    const vault = await world.restarted(() => damage(world, old));
    const id = await world.endpoint.deliver(referralWith());
    expect(await troubleOf(world, vault)).toBeNull();
    expect(await codesOf(vault)).toContain('tree-rows');
    expect((await caseOf(vault, id)).id).toBe(id);
    expect(await vault.call('log.verify', {})).toEqual([]);
  });

  test('that differ from its entries are named by a full check', async () => {
    const world = await aUnit();
    await withCase(world);
    world.store.rows.tiles.clear();
    expect((await world.vault.call('log.verify', {})).map(({ code }) => code)).toEqual(['tree-rows']);
  });
});

test('a workstation that lost what it knew of the log knows it again once it was told that there is no more', async () => {
  const endpoint = await createMemoryEndpoint();
  const fair = endpoint.host();
  let takes = true;
  // What it writes stays here for a while: nothing else tells it how far the log goes.
  const host: Host = {
    call: async (name, request) =>
      name === 'log.push' && !takes
        ? { ok: false, failure: { code: 'endpoint-set-back', params: {}, retry: true } }
        : fair.call(name, request),
  };
  const store = createMemoryStore();
  const founded = await foundedOn(store, host);
  const id = await endpoint.deliver(referralWith());
  for (let count = 0; count < 3; count += 1) await endpoint.deliver(referralWith());
  await founded.vault.call('sync.now', {});
  founded.kill();
  for (const key of store.rows.meta.keys()) if (/^(ledger|anchor:)/.test(String(key))) store.rows.meta.delete(key);
  takes = false;
  const { vault } = startProcessOn(store, host);
  await unlocked(vault, founded.slot);
  await vault.call('sync.now', {});
  const read = endpoint.log.length;
  await take(vault, id);
  takes = true;
  await vault.call('sync.now', {});
  expect(endpoint.log.at(-1)?.entry.header).toMatchObject({ stream: id, seen: { size: read } });
});

test('a check of all entries finds nothing wrong with what comes in while it is made', async () => {
  const world = await aUnit();
  for (let count = 0; count < 3; count += 1) await withCase(world);
  await world.endpoint.deliver(referralWith());
  const { after } = world.store;
  let isFirst = true;
  world.store.after = async (table, ...place) => {
    const rows = await after(table, ...place);
    // Between what was read and what is compared with it.
    if (table === 'entries' && rows.length === 0 && isFirst) {
      isFirst = false;
      await world.vault.call('sync.now', {});
    }
    return rows;
  };
  expect(await world.vault.call('log.verify', {})).toEqual([]);
  expect(isFirst).toBe(false);
});
