import { describe, expect, test } from 'vitest';
import type { Host } from '#renderer/vault/host.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { Preferences } from '#renderer/vault/vault-api.ts';
import { everyCase, type QueueQuery, sameQuery } from '#shared/domain/case/queue-query.ts';
import { iopcDueAt } from '#shared/domain/iopc/iopc-clock.ts';
import { oneDay } from '#shared/kernel/durations.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { foundedOn, startVaultOn, statusOf, unlocked } from '#tests/support/workstation.ts';

const rationale = 'The report says so, and nothing speaks against it.';

async function workstation() {
  const endpoint = await createMemoryEndpoint();
  const store = createMemoryStore();
  const host = endpoint.host();
  const { vault, slot, kill } = await foundedOn(store, host);
  const restart = () => {
    kill();
    return unlocked(startVaultOn(store, host), slot);
  };
  return { endpoint, vault, restart };
}

describe('what the vault tells of all cases', () => {
  test('nothing is said to be owed while the log was not read to its end', async () => {
    const endpoint = await createMemoryEndpoint();
    const store = createMemoryStore();
    const fair = endpoint.host();
    let pulls = Number.POSITIVE_INFINITY;
    const failure = { code: 'offline', params: {}, retry: true };
    const host: Host = {
      async call(name, request) {
        if (name !== 'log.pull') return fair.call(name, request);
        pulls -= 1;
        // Two at a time, so that the third is behind the second page.
        return pulls < 0 ? { ok: false, failure } : fair.call(name, { ...(request as object), limit: 2 } as never);
      },
    };
    const { vault } = await foundedOn(store, host);
    await vault.call('sync.now', {});
    expect((await statusOf(vault)).iopcOwed).toEqual([]);
    for (let each = 0; each < 5; each += 1) await endpoint.deliver(referralWith());
    pulls = 1;
    await vault.call('sync.now', {});
    expect((await statusOf(vault)).iopcOwed).toBeNull();
    pulls = Number.POSITIVE_INFINITY;
    await vault.call('sync.now', {});
    expect((await statusOf(vault)).iopcOwed).toEqual([]);
  });

  test('a referral owed to the IOPC is in the status from the moment it is recorded until it was sent', async () => {
    const { endpoint, vault, restart } = await workstation();
    const referral = referralWith();
    const id = await endpoint.deliver(referral);
    await vault.call('sync.now', {});
    expect((await statusOf(vault)).iopcOwed).toEqual([]);

    const becameClearAt = new Date(Date.now() - 3_600_000).toISOString();
    await vault.call('case.record', { command: { type: 'case.taken', case: id, data: {} } });
    const tested = await vault.call('case.record', {
      command: {
        type: 'mandatoryReferral.assessed',
        case: id,
        data: { criteria: ['seriousAssault'], corruption: [], becameClearAt, rationale },
      },
    });
    expect(tested.ok).toBe(true);
    const dueAt = new Date(iopcDueAt(Date.parse(becameClearAt))).toISOString();
    const owed = [{ dueAt, cases: 1, case: id, reference: referral.reference }];
    expect((await statusOf(vault)).iopcOwed).toEqual(owed);

    await vault.call('sync.now', {});
    const again = await restart();
    // Not "nothing is owed": the cases are not read yet.
    expect((await statusOf(again)).iopcOwed).toBeNull();
    await again.call('queue.counts', { query: everyCase });
    expect((await statusOf(again)).iopcOwed).toEqual(owed);
    const data = {
      kind: 'mandatory',
      sentAt: new Date().toISOString(),
      what: 'Form',
      why: null,
      lateReason: null,
    } as const;
    expect(await again.call('case.record', { command: { type: 'iopc.referred', case: id, data } })).toMatchObject({
      ok: true,
    });
    expect((await statusOf(again)).iopcOwed).toEqual([]);
  });

  test('the choices of the filters are counted, with what is not yet confirmed', async () => {
    const { endpoint, vault } = await workstation();
    const id = await endpoint.deliver(referralWith({ categories: ['sexualPurpose'] }));
    await endpoint.deliver(referralWith());
    await vault.call('sync.now', {});
    await vault.call('case.record', { command: { type: 'case.taken', case: id, data: {} } });
    const data = { categories: ['sexualMisconduct', 'vulnerability'], primary: 'sexualMisconduct', why: null } as const;
    await vault.call('case.record', {
      command: { type: 'categories.recorded', case: id, data: { ...data, categories: [...data.categories] } },
    });

    const counts = await vault.call('queue.counts', { query: everyCase });
    expect(counts.category).toEqual({ sexualPurpose: 1, information: 1 });
    expect(counts.corruption).toEqual({ sexualMisconduct: 1, vulnerability: 1 });
    expect(counts.holder).toEqual({ anyone: 2, me: 1, unassigned: 1 });
    const found = await vault.call('queue.page', {
      query: { ...everyCase, corruption: ['vulnerability'] },
      offset: 0,
      limit: 10,
    });
    expect(found.rows.map((row) => row.id)).toEqual([id]);
    expect((await vault.call('queue.counts', { query: { ...everyCase, text: 'misconduct' } })).status).toEqual({
      assessing: 1,
    });
  });

  test('the figures of a financial year count what is not yet confirmed too, and only what came in in it', async () => {
    const { endpoint, vault } = await workstation();
    const id = await endpoint.deliver({ ...referralWith(), receivedAt: '2025-03-31T23:30:00.000Z' });
    await endpoint.deliver({ ...referralWith(), receivedAt: '2025-03-31T22:30:00.000Z' });
    await vault.call('sync.now', {});
    await vault.call('case.record', { command: { type: 'case.taken', case: id, data: {} } });
    const data = { standards: ['honesty' as const], why: null };
    await vault.call('case.record', { command: { type: 'standards.recorded', case: id, data } });

    const { counts } = await vault.call('counts.read', { year: 2025 });
    expect(counts.all.months).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(counts.standards.find((row) => row.id === 'honesty')?.months[0]).toBe(1);
    expect(counts.years).toEqual([2025, 2024]);
    // Of the year that it is now, unless another is asked for.
    const { counts: now, current } = await vault.call('counts.read', { year: null });
    expect([now.year, now.all.months]).toEqual([current, new Array(12).fill(0)]);
  });

  test('what was counted and put in order is so again once a case changes, and once a day is over', async () => {
    const endpoint = await createMemoryEndpoint();
    const store = createMemoryStore();
    const host = endpoint.host();
    const { vault: founding, slot, kill } = await foundedOn(store, host);
    await founding.call('sync.now', {});
    kill();
    const clock = { time: Date.now(), now: () => clock.time };
    const vault = await unlocked(startVaultOn(store, host, clock), slot);
    const receivedAt = new Date(clock.time).toISOString();
    const id = await endpoint.deliver({ ...referralWith(), receivedAt });
    await vault.call('sync.now', {});
    const counted = () => vault.call('queue.counts', { query: everyCase });
    const mine = async () =>
      (await vault.call('queue.page', { query: { ...everyCase, holder: 'me' }, offset: 0, limit: 10 })).rows;
    const dueToday = async () =>
      (await vault.call('queue.page', { query: { ...everyCase, due: ['today'] }, offset: 0, limit: 10 })).matching;

    const { holder, due } = await counted();
    expect([holder, due]).toEqual([{ anyone: 1, unassigned: 1 }, {}]);
    expect([await mine(), await dueToday()]).toEqual([[], 0]);
    await vault.call('case.record', { command: { type: 'case.taken', case: id, data: {} } });
    expect((await counted()).holder).toEqual({ anyone: 1, me: 1 });
    expect((await mine()).map((row) => row.id)).toEqual([id]);
    clock.time += 60 * oneDay;
    expect((await counted()).due).toEqual({ today: 1 });
    expect(await dueToday()).toBe(1);
  });

  test('a view that lies in the store without the newer filters opens with them', async () => {
    const { vault, restart } = await workstation();
    const before = {
      text: 'marlow',
      status: [],
      priority: [],
      category: [],
      holder: 'me',
      sort: { by: 'urgency', descending: false },
    };
    const stored = { savedViews: [{ name: 'Mine', query: before }], theme: 'dark' };
    await vault.call('preferences.save', stored as unknown as Preferences);
    const again = await restart();
    const opened = await again.call('preferences.load', {});
    expect(opened).toEqual({
      savedViews: [{ name: 'Mine', query: { ...before, corruption: [], disposition: [], due: [] } }],
      theme: 'dark',
    });
    const [view] = opened.savedViews;
    expect((await again.call('queue.page', { query: view?.query ?? everyCase, offset: 0, limit: 10 })).matching).toBe(
      0,
    );
  });

  test('a view saved before a filter existed hides nothing by it, and is known again on screen', async () => {
    const { vault } = await workstation();
    const saved = {
      text: 'marlow',
      status: ['new'],
      priority: [],
      category: ['information'],
      holder: 'me',
      sort: { by: 'receivedAt', descending: true },
    } as const;
    await vault.call('preferences.save', { savedViews: [{ name: 'Mine', query: saved as unknown as QueueQuery }] });
    const [view] = (await vault.call('preferences.load', {})).savedViews;
    expect(view?.query).toEqual({ ...saved, corruption: [], disposition: [], due: [] });
    expect(sameQuery({ ...everyCase, ...saved }, view?.query ?? everyCase)).toBe(true);
  });
});
