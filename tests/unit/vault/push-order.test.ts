import { describe, expect, test, vi } from 'vitest';
import type { Vault } from '#renderer/vault/calls/call-list.ts';
import type { Host } from '#renderer/vault/host.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { RunningVault } from '#renderer/vault/vault.ts';
import type { Slot } from '#renderer/vault/vault-api.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { parseEntry } from '#shared/log/entry.ts';
import { parsePush } from '#shared/sync/wire.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { foundedOn, grade, passphrase, startProcessOn, statusOf, unlocked } from '#tests/support/workstation.ts';

async function admit(vault: Vault, name: string, role: 'supervisor' | 'analyst', second?: string): Promise<string> {
  const signs = second ? { second: { slot: second, passphrase } } : {};
  const admitted = await vault.call('member.admit', { name, role, passphrase, grade, ...signs });
  if (!admitted.ok) throw new Error(admitted.error.code);
  return admitted.value.id;
}

/** That they opened it waits to be sent. */
const noted = (vault: RunningVault) =>
  vi.waitFor(async () => expect((await statusOf(vault)).waiting).toBeGreaterThan(0));

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
  const una = await admit(vault, 'Una Marsh', 'supervisor');
  await vault.call('sync.now', {});
  // Both supervisors have something to send when the first of them is being sent.
  during = () => admit(vault, 'Lee Abbot', 'analyst', una);
  await admit(vault, 'Kit Dunne', 'analyst', una);
  for (let count = 0; count < 3; count += 1) await vault.call('sync.now', {});
  expect(await statusOf(vault)).toMatchObject({ waiting: 0, warnings: [], trouble: null });
  expect(endpoint.roster()?.members).toHaveLength(4);
  expect(endpoint.roster()?.proposals).toEqual([]);
});

test('a second signature is not sent before the first, also where who gives it has something older that waits', async () => {
  const endpoint = await createMemoryEndpoint();
  let online = true;
  const host = endpoint.host(() => (online ? 'fair' : 'requestLost'));
  const store = createMemoryStore();
  const first = await foundedOn(store, host);
  const una = await admit(first.vault, 'Una Marsh', 'supervisor');
  await first.vault.call('sync.now', {});
  first.kill();
  online = false;
  // Una opens her vault without a connection: that waits, and is older than what the founder writes next.
  const second = startProcessOn(store, host);
  await noted(await unlocked(second.vault, { ...first.slot, id: una }));
  second.kill();
  const third = startProcessOn(store, host);
  const vault = await unlocked(third.vault, first.slot);
  await admit(vault, 'Lee Abbot', 'analyst', una);
  online = true;
  for (let count = 0; count < 2; count += 1) await vault.call('sync.now', {});
  expect(await statusOf(vault)).toMatchObject({ waiting: 0, warnings: [], trouble: null });
  expect(endpoint.roster()?.members).toHaveLength(3);
  expect(endpoint.roster()?.proposals).toEqual([]);
});

describe('one author’s entries that the endpoint refuses', () => {
  /** Una's are refused. */
  async function refusing() {
    const endpoint = await createMemoryEndpoint();
    let online = true;
    let refused: AuthorKey | null = null;
    const fair = endpoint.host(() => (online ? 'fair' : 'requestLost'));
    const host: Host = {
      async call(name, request) {
        const pushed = name === 'log.push' ? parsePush((request as { push: Bytes }).push) : null;
        const authors = pushed?.entries
          .map((wire) => parseEntry(wire))
          .map((each) => each.ok && each.value.header.author);
        const failure = { code: 'entry-signature' as const, params: {}, retry: false };
        return refused && authors?.includes(refused) ? { ok: false, failure } : fair.call(name, request);
      },
    };
    const store = createMemoryStore();
    const founder = await foundedOn(store, host);
    const una = await admit(founder.vault, 'Una Marsh', 'supervisor');
    await founder.vault.call('sync.now', {});
    founder.kill();
    online = false;
    refused = endpoint.roster()?.devices.at(-1)?.author ?? null;
    const open = async (slot: Pick<Slot, 'id'>) => {
      const { vault, kill } = startProcessOn(store, host);
      return { vault: await unlocked(vault, { ...founder.slot, ...slot }), kill };
    };
    return { endpoint, open, una, founder: founder.slot.id, goOnline: () => (online = true) };
  }

  test('do not hold up another’s', async () => {
    const { endpoint, open, una, founder, goOnline } = await refusing();
    const second = await open({ id: una });
    await noted(second.vault);
    second.kill();
    const { vault } = await open({ id: founder });
    const before = endpoint.log.length;
    goOnline();
    await vault.call('sync.now', {});
    expect(await statusOf(vault)).toMatchObject({ waiting: 1, trouble: { code: 'entry-signature' } });
    // That the founder opened it.
    expect(endpoint.log).toHaveLength(before + 1);
  });

  test('hold up what was written after an act on the roster that is among them', async () => {
    const { endpoint, open, una, founder, goOnline } = await refusing();
    const second = await open({ id: una });
    await admit(second.vault, 'Kit Dunne', 'analyst', founder);
    second.kill();
    const { vault } = await open({ id: founder });
    const before = endpoint.log.length;
    goOnline();
    await vault.call('sync.now', {});
    expect((await statusOf(vault)).trouble).toMatchObject({ code: 'entry-signature' });
    // The second signature stays with the first.
    expect(endpoint.log).toHaveLength(before);
    expect(endpoint.roster()?.proposals).toEqual([]);
  });
});
