import { expect, onTestFinished, test } from 'vitest';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import { longestName } from '#shared/domain/membership/member-named.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { foundedOn, grade, passphrase, startProcessOn, statusOf } from '#tests/support/workstation.ts';

/* What a founder or a member is called is checked before anything is signed or spent: a replica reads names by the same schema. */

const good = ['Ö', 'a'.repeat(longestName), `  ${'b'.repeat(longestName)}  `, 'constructor', '__proto__', '👩🏽‍⚖️'];
const blank = ['', '   ', '\u3164', '\u2800\u2800', '\u00ad', '\u200b \u{e0020}', '\u00a0'];
const tooLong = ['c'.repeat(longestName + 1), 'a'.repeat(50_000), '👩🏽‍⚖️'.repeat(30)];
const disguised = ['Sal\u200bPenrose', 'Sal \u202eesorneP', 'Sal\nPenrose', 'Sal\u0000', `Sal${'\u0301'.repeat(9)}`];
const bad: readonly (readonly [name: string, code: string])[] = [
  ...blank.map((name) => [name, 'fill-in'] as const),
  ...tooLong.map((name) => [name, 'too-long'] as const),
  ...disguised.map((name) => [name, 'has-unseen'] as const),
];

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

test.each(bad)('none is founded by %j: nothing is signed, kept or sent', async (name, code) => {
  const endpoint = await createMemoryEndpoint();
  const store = createMemoryStore();
  const { vault, kill } = startProcessOn(store, endpoint.host());
  onTestFinished(kill);
  const refused = await vault.call('unit.found', { name, passphrase, grade });
  expect(refused).toMatchObject({ ok: false, error: { code, field: 'name' } });
  expect(endpoint.log).toEqual([]);
  expect(Object.values(store.rows).every(({ size }) => size === 0)).toBe(true);
});

test('nobody is admitted under a name that the others would not read', async () => {
  const endpoint = await createMemoryEndpoint();
  const { vault, kill } = await foundedOn(createMemoryStore(), endpoint.host());
  onTestFinished(kill);
  const before = endpoint.log.length;
  for (const [name, code] of bad) {
    const refused = await vault.call('member.admit', { name, role: 'analyst', passphrase, grade });
    expect(refused).toMatchObject({ ok: false, error: { code, field: 'name' } });
  }
  expect((await vault.call('slots.list', {})).slots.length).toBe(1);
  for (const name of good) {
    expect(await vault.call('member.admit', { name, role: 'analyst', passphrase, grade })).toMatchObject({ ok: true });
  }
  await vault.call('sync.now', {});
  expect(endpoint.log.length).toBeGreaterThan(before);
  expect(await statusOf(vault)).toMatchObject({ waiting: 0, trouble: null, warnings: [] });
});

const likeSal = [
  'Sal Penrose',
  'sal  PENROSE',
  'Sal\u00a0Penrose',
  'Sál Pénrose',
  'SalPenrose',
  'Ѕаl Реnrоѕе',
  'Sal-Penrose',
];

test('nobody is admitted under a name that looks like the name of another member', async () => {
  const { vault, kill } = await foundedOn(createMemoryStore(), (await createMemoryEndpoint()).host());
  onTestFinished(kill);
  const admit = (name: string) => vault.call('member.admit', { name, role: 'analyst' as const, passphrase, grade });
  expect(await admit('Sal Penrose the younger')).toMatchObject({ ok: true });
  for (const name of likeSal) {
    expect(await admit(name)).toMatchObject({ ok: false, error: { code: 'name-of-another', field: 'name' } });
  }
  expect((await vault.call('slots.list', {})).slots.length).toBe(2);
});
