import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSlotSecrets } from '#electron/host/slot-secrets.ts';
import { ok } from '#shared/kernel/result.ts';
import { callHost, testHost } from '#tests/support/host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

/* What a key slot needs besides its passphrase, anew with each change of it. */

async function aComputer() {
  const profile = await temporaryFolder();
  const host = () => testHost({ profile });
  const of = (name: 'slot.begin' | 'slot.secret' | 'slot.settle', passphrase: number, slot = 'sal') =>
    callHost(host(), name, { slot, passphrase }).then((answer) => (answer.ok ? answer.reply : answer.failure.code));
  return { file: join(profile, 'slot-secrets.json'), of };
}

test('is made once, kept from one start to the next, and another for each slot and passphrase', async () => {
  const { of } = await aComputer();
  expect(await of('slot.secret', 0)).toBe('slot-secret-missing');
  const made = [await of('slot.begin', 0), await of('slot.begin', 1), await of('slot.begin', 0, 'asha')];
  expect(new Set(made.map((each) => JSON.stringify(each))).size).toBe(3);
  expect([await of('slot.begin', 0), await of('slot.secret', 0), await of('slot.secret', 0, 'asha')]).toEqual([
    ...[made[0], made[0], made[2]],
  ]);
});

test('once settled, those of earlier passphrases are gone for good; of later ones and of other slots they stay', async () => {
  const { of, file } = await aComputer();
  const [before, after, others] = [
    await of('slot.begin', 0),
    await of('slot.begin', 1),
    await of('slot.begin', 0, 'asha'),
  ];
  expect(await of('slot.settle', 1)).toEqual({});
  expect([await of('slot.secret', 0), await of('slot.secret', 1), await of('slot.secret', 0, 'asha')]).toEqual([
    ...['slot-secret-missing', after, others],
  ]);
  const later = await of('slot.begin', 2);
  const kept = await readFile(file, 'utf8');
  await of('slot.settle', 1);
  expect(await of('slot.secret', 2)).toEqual(later);
  expect(await readFile(file, 'utf8')).toBe(kept);
  expect(await of('slot.begin', 0)).not.toEqual(before);
});

test('a file that is damaged is said to be, and never replaced', async () => {
  const { of, file } = await aComputer();
  await of('slot.begin', 0);
  await writeFile(file, 'something else');
  for (const name of ['slot.begin', 'slot.secret', 'slot.settle'] as const) {
    expect(await of(name, 0)).toBe('slot-secrets-damaged');
  }
  expect(await readFile(file, 'utf8')).toBe('something else');
});

test('a workstation holds so many, and then no more', async () => {
  let kept = Array.from({ length: 399 }, (_, passphrase) => ({ slot: 'sal', passphrase, secret: 'x'.repeat(43) }));
  const write = async (value: typeof kept) => {
    kept = value;
  };
  const slots = createSlotSecrets({ read: async () => ok(kept), write });
  expect(await slots.begin({ slot: 'sal', passphrase: 399 })).toMatchObject({ ok: true });
  expect(await slots.begin({ slot: 'sal', passphrase: 400 })).toMatchObject({
    ok: false,
    error: { code: 'too-many-slots' },
  });
  expect(kept).toHaveLength(400);
});
