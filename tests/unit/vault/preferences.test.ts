import { describe, expect, onTestFinished, test } from 'vitest';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { Preferences } from '#renderer/vault/vault-api.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { createMemoryHost } from '#tests/support/memory-host.ts';
import { foundedOn, startProcessOn, statusOf, unlocked } from '#tests/support/workstation.ts';

async function workstation() {
  const [store, host] = [createMemoryStore(), createMemoryHost(await createMemoryEndpoint())];
  const { vault, slot, kill } = await foundedOn(store, host);
  onTestFinished(kill);
  const restart = async () => {
    const process = startProcessOn(store, host);
    onTestFinished(process.kill);
    return unlocked(process.vault, slot);
  };
  return { store, vault, restart };
}

const good: Preferences = { savedViews: [{ name: 'Mine', query: everyCase }], theme: 'dark', singleKeys: false };

describe('preferences', () => {
  const malformed: readonly unknown[] = [
    null,
    'x',
    {},
    { savedViews: null },
    { savedViews: [null] },
    { savedViews: [{ name: '', query: everyCase }] },
    { savedViews: [{ name: 'x'.repeat(201), query: everyCase }] },
    { savedViews: [{ name: 'x', query: { ...everyCase, sort: { by: '__proto__', descending: true } } }] },
    { savedViews: [{ name: 'x', query: { ...everyCase, status: 'new' } }] },
    { savedViews: [{ name: 'x', query: { ...everyCase, text: 'x'.repeat(501) } }] },
    { savedViews: Array.from({ length: 201 }, (_, index) => ({ name: `${index}`, query: everyCase })) },
    { ...good, theme: 'loud' },
    { ...good, more: 1 },
  ];
  test.each(malformed.map((each) => [JSON.stringify(each)?.slice(0, 80), each]))(
    'that are malformed (%s) are refused, and those before are kept',
    async (_, each) => {
      const { vault, restart } = await workstation();
      await vault.call('preferences.save', good);
      expect(await vault.call('preferences.save', each as Preferences)).toMatchObject({
        ok: false,
        error: { code: 'preferences-malformed' },
      });
      expect(await (await restart()).call('preferences.load', {})).toEqual(good);
    },
  );

  test('that are damaged are named, and hold nothing up', async () => {
    const { store, vault, restart } = await workstation();
    await vault.call('preferences.save', good);
    for (const row of store.rows.meta.values()) {
      if (String(row.key).startsWith('preferences:')) store.rows.meta.set(row.key, { ...row, box: row.box.slice(1) });
    }
    const again = await restart();
    expect(await again.call('preferences.load', {})).toEqual({ savedViews: [] });
    expect((await statusOf(again)).warnings.map(({ code }) => code)).toContain('preferences-damaged');
  });
});
