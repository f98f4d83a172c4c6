import { describe, expect, test } from 'vitest';
import { usualQuery } from '#renderer/vault/cases/queue-head.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { createMemoryStore } from '#tests/support/memory-store.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { foundedOn, passphrase, startVaultOn, statusOf, unlocked } from '#tests/support/workstation.ts';

describe('a referral travels from the endpoint to a signed decision', () => {
  test('found, unlock, receive, take, decide, sync, restart', async () => {
    const endpoint = await createMemoryEndpoint();
    const store = createMemoryStore();
    const host = endpoint.host();
    const { vault, slot, kill } = await foundedOn(store, host);
    expect(endpoint.published()).toBe(true);
    expect(endpoint.log).toHaveLength(3); // founded, granted, unlocked

    const id = await endpoint.deliver(referralWith());
    await endpoint.deliver(referralWith({ peopleAtRisk: [{ who: 'Partner', risk: 'Threats', urgency: 'high' }] }));
    await vault.syncNow();
    const page = await vault.queuePage(usualQuery, 0, 200);
    expect(page.rows.map(({ priority }) => priority)).toEqual(['high', 'standard']);

    expect(
      await vault.execute({ type: 'recordDecision', case: id, kind: 'record', rationale: 'Enough of reasons.' }),
    ).toEqual({
      ok: false,
      error: 'Take the case before you record a decision.',
    });
    expect((await vault.execute({ type: 'take', case: id })).ok).toBe(true);
    expect(
      (await vault.execute({ type: 'recordDecision', case: id, kind: 'record', rationale: 'Enough of reasons.' })).ok,
    ).toBe(true);
    await vault.syncNow();
    expect(endpoint.log).toHaveLength(7);
    expect((await statusOf(vault)).waiting).toBe(0);

    kill();
    const again = await unlocked(startVaultOn(store, host), slot);
    const view = await again.openCase(id);
    if (!view.ok) throw new Error(view.error);
    expect(view.value.summary.status).toBe('recorded');
    expect(view.value.state.activity.map(({ type }) => type)).toEqual([
      'referral.received',
      'case.taken',
      'decision.recorded',
    ]);
    expect((await statusOf(again)).warnings).toEqual([]);
    expect(await again.verifyLog()).toEqual([]);
  });

  test('a second member is admitted here, and sees the same', async () => {
    const endpoint = await createMemoryEndpoint();
    const store = createMemoryStore();
    const host = endpoint.host();
    const { vault, kill } = await foundedOn(store, host);
    const id = await endpoint.deliver(referralWith());
    await vault.syncNow();
    const admitted = await vault.admit({ name: 'Ash Birch', role: 'analyst', passphrase });
    if (!admitted.ok) throw new Error(admitted.error);
    await vault.syncNow();
    kill();
    const other = await unlocked(startVaultOn(store, host), admitted.value);
    expect((await other.queuePage(usualQuery, 0, 10)).matching).toBe(1);
    expect((await other.execute({ type: 'take', case: id })).ok).toBe(true);
    expect((await other.admit({ name: 'X', role: 'analyst', passphrase })).ok).toBe(false);
    expect((await statusOf(other)).warnings).toEqual([]);
  });
});
