import { expect, test } from 'vitest';
import type { Host } from '#renderer/vault/host.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { createMemoryStore } from '#tests/support/memory-store.ts';
import { foundedOn, passphrase, statusOf } from '#tests/support/workstation.ts';

test('what is written while something is being sent is sent after it: a second signature never comes before the first', async () => {
  const endpoint = await createMemoryEndpoint();
  const fair = endpoint.host();
  let during: (() => Promise<unknown>) | null = null;
  const host: Host = {
    async call(name, request) {
      const task = name === 'log.push' ? during : null;
      if (task) during = null;
      await task?.();
      return fair.call(name, request);
    },
  };
  const { vault } = await foundedOn(createMemoryStore(), host);
  const admit = async (name: string, role: 'supervisor' | 'analyst', second?: string) => {
    const signs = second ? { second: { slot: second, passphrase } } : {};
    const admitted = await vault.call('member.admit', { name, role, passphrase, ...signs });
    if (!admitted.ok) throw new Error(admitted.error.code);
    return admitted.value.id;
  };
  const una = await admit('Una Marsh', 'supervisor');
  await vault.call('sync.now', {});
  // Both supervisors have something to send when the first of them is being sent.
  during = () => admit('Lee Abbot', 'analyst', una);
  await admit('Kit Dunne', 'analyst', una);
  for (let count = 0; count < 3; count += 1) await vault.call('sync.now', {});
  expect(await statusOf(vault)).toMatchObject({ waiting: 0, warnings: [], trouble: null });
  expect(endpoint.roster()?.members).toHaveLength(4);
  expect(endpoint.roster()?.proposals).toEqual([]);
});
