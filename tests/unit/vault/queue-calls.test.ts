import { describe, expect, test } from 'vitest';
import { usualQuery } from '#renderer/vault/cases/queue-head.ts';
import type { Host } from '#renderer/vault/host.ts';
import type { Preferences } from '#renderer/vault/vault-api.ts';
import { iopcDueAt } from '#shared/domain/assessment/iopc-clock.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { createMemoryStore } from '#tests/support/memory-store.ts';
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
    const failure = { code: 'offline', detail: 'Off the network.', retry: true };
    const host: Host = {
      async call(name, request) {
        if (name !== 'log.pull') return fair.call(name, request);
        pulls -= 1;
        // Two at a time, so that the third is behind the second page.
        return pulls < 0 ? { ok: false, failure } : fair.call(name, { ...(request as object), limit: 2 } as never);
      },
    };
    const { vault } = await foundedOn(store, host);
    await vault.syncNow();
    expect((await statusOf(vault)).iopcOwed).toEqual([]);
    for (let each = 0; each < 5; each += 1) await endpoint.deliver(referralWith());
    pulls = 1;
    await vault.syncNow();
    expect((await statusOf(vault)).iopcOwed).toBeNull();
    pulls = Number.POSITIVE_INFINITY;
    await vault.syncNow();
    expect((await statusOf(vault)).iopcOwed).toEqual([]);
  });

  test('a referral owed to the IOPC is in the status from the moment it is recorded until it was sent', async () => {
    const { endpoint, vault, restart } = await workstation();
    const referral = referralWith();
    const id = await endpoint.deliver(referral);
    await vault.syncNow();
    expect((await statusOf(vault)).iopcOwed).toEqual([]);

    const becameClearAt = new Date(Date.now() - 3_600_000).toISOString();
    await vault.execute({ type: 'take', case: id });
    const tested = await vault.execute({
      type: 'assessMandatoryReferral',
      case: id,
      data: { criteria: ['seriousAssault'], corruption: [], becameClearAt, rationale },
    });
    expect(tested.ok).toBe(true);
    const dueAt = new Date(iopcDueAt(Date.parse(becameClearAt))).toISOString();
    const owed = [{ dueAt, cases: 1, case: id, reference: referral.reference }];
    expect((await statusOf(vault)).iopcOwed).toEqual(owed);

    await vault.syncNow();
    const again = await restart();
    // Not "nothing is owed": the cases are not read yet.
    expect((await statusOf(again)).iopcOwed).toBeNull();
    await again.queueCounts(usualQuery);
    expect((await statusOf(again)).iopcOwed).toEqual(owed);
    const data = {
      kind: 'mandatory',
      sentAt: new Date().toISOString(),
      what: 'Form',
      why: null,
      lateReason: null,
    } as const;
    expect(await again.execute({ type: 'recordIopcReferral', case: id, data })).toMatchObject({ ok: true });
    expect((await statusOf(again)).iopcOwed).toEqual([]);
  });

  test('the choices of the filters are counted, with what is not yet confirmed', async () => {
    const { endpoint, vault } = await workstation();
    const id = await endpoint.deliver(referralWith({ categories: ['sexualPurpose'] }));
    await endpoint.deliver(referralWith());
    await vault.syncNow();
    await vault.execute({ type: 'take', case: id });
    const data = { categories: ['sexualMisconduct', 'vulnerability'], primary: 'sexualMisconduct', why: null } as const;
    await vault.execute({ type: 'recordCategories', case: id, data: { ...data, categories: [...data.categories] } });

    const counts = await vault.queueCounts(usualQuery);
    expect(counts.category).toEqual({ sexualPurpose: 1, information: 1 });
    expect(counts.corruption).toEqual({ sexualMisconduct: 1, vulnerability: 1 });
    expect(counts.holder).toEqual({ anyone: 2, me: 1, unassigned: 1 });
    const found = await vault.queuePage({ ...usualQuery, corruption: ['vulnerability'] }, 0, 10);
    expect(found.rows.map((row) => row.id)).toEqual([id]);
    expect((await vault.queueCounts({ ...usualQuery, text: 'misconduct' })).status).toEqual({ assessing: 1 });
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
    await vault.savePreferences(stored as unknown as Preferences);
    const again = await restart();
    const opened = await again.preferences();
    expect(opened).toEqual({
      savedViews: [{ name: 'Mine', query: { ...before, corruption: [], disposition: [] } }],
      theme: 'dark',
    });
    const [view] = opened.savedViews;
    expect((await again.queuePage(view?.query ?? usualQuery, 0, 10)).matching).toBe(0);
  });
});
