import { expect, onTestFinished, test } from 'vitest';
import { longestName } from '#shared/domain/membership/member-named.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { createMemoryStore } from '#tests/support/memory-store.ts';
import { foundedOn, grade, passphrase, startProcessOn, statusOf } from '#tests/support/workstation.ts';

/* What a founder or a member is called is checked before anything is signed or spent: a replica reads names by the same schema. */

const good = [
  'Ö',
  'a'.repeat(longestName),
  `  ${'a'.repeat(longestName)}  `,
  'constructor',
  '__proto__',
  'Sal\u200bPenrose',
  '👩🏽‍⚖️',
];
const bad = ['', '   ', 'a'.repeat(longestName + 1), 'a'.repeat(50_000), '👩🏽‍⚖️'.repeat(30)];

test.each(good)('a unit can be founded by %j, and used', async (name) => {
  const endpoint = await createMemoryEndpoint();
  const { vault, kill } = startProcessOn(createMemoryStore(), endpoint.host());
  onTestFinished(kill);
  const slot = await vault.call('unit.found', { name, passphrase, grade });
  expect(slot).toMatchObject({ ok: true, value: { name: name.trim() } });
  if (!slot.ok) return;
  expect(await vault.call('slot.unlock', { slot: slot.value.id, passphrase })).toMatchObject({ ok: true });
  await vault.call('sync.now', {});
  expect(await statusOf(vault)).toMatchObject({ waiting: 0, trouble: null, warnings: [] });
});

test.each(bad)('none is founded by %j: nothing is signed, kept or sent', async (name) => {
  const endpoint = await createMemoryEndpoint();
  const store = createMemoryStore();
  const { vault, kill } = startProcessOn(store, endpoint.host());
  onTestFinished(kill);
  const refused = await vault.call('unit.found', { name, passphrase, grade });
  const code = name.trim() ? 'too-long' : 'fill-in';
  expect(refused).toMatchObject({ ok: false, error: { code, field: 'name' } });
  expect(endpoint.log).toEqual([]);
  expect(Object.values(store.rows).every(({ size }) => size === 0)).toBe(true);
});

test('nobody is admitted under a name that the others would not read', async () => {
  const endpoint = await createMemoryEndpoint();
  const { vault, kill } = await foundedOn(createMemoryStore(), endpoint.host());
  onTestFinished(kill);
  const before = endpoint.log.length;
  for (const name of bad) {
    const refused = await vault.call('member.admit', { name, role: 'analyst', passphrase, grade });
    expect(refused).toMatchObject({ ok: false, error: { field: 'name' } });
  }
  expect((await vault.call('slots.list', {})).length).toBe(1);
  for (const name of good) {
    expect(await vault.call('member.admit', { name, role: 'analyst', passphrase, grade })).toMatchObject({ ok: true });
  }
  await vault.call('sync.now', {});
  expect(endpoint.log.length).toBeGreaterThan(before);
  expect(await statusOf(vault)).toMatchObject({ waiting: 0, trouble: null, warnings: [] });
});
