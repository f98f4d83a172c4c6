import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deviceStore } from '#electron/host/device.ts';
import { toBase64url } from '#shared/crypto/encoding.ts';
import { turningSecrets } from '#tests/support/host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

async function opened(profile: string) {
  const device = await deviceStore(profile, turningSecrets)();
  if (!device.ok) throw new Error(device.error.code);
  return device.value;
}

test('a device is made at first use and is the same ever after', async () => {
  const profile = join(await temporaryFolder(), 'new', 'profile');
  const first = await opened(profile);
  const again = await opened(profile);
  expect(again.secret).toBe(first.secret);
  expect(again.key.author).toBe(first.key.author);
  expect(first.secret).toMatch(/^[\w-]{43}$/);
});

test('two first calls at once make one device', async () => {
  const device = deviceStore(await temporaryFolder(), turningSecrets);
  const [one, other] = await Promise.all([device(), device()]);
  expect(one).toBe(other);
});

test('the file holds neither secret nor key in the open, belongs to its owner, and leaves no temp file', async () => {
  const profile = await temporaryFolder();
  const { secret } = await opened(profile);
  const path = join(profile, 'device.json');
  const text = await readFile(path, 'utf8');
  expect(text).not.toContain(secret);
  expect(text).not.toContain('pkcs8');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(profile)).toEqual(['device.json']);
});

const damages: [what: string, text: string, code: string][] = [
  ['nothing at all', '', 'device-damaged'],
  ['no JSON', '{"format":', 'device-damaged'],
  ['another format', '{"format":"probity-sealed+2","sealed":"AAAA"}', 'device-damaged'],
  ['a seal of elsewhere', '{"format":"probity-sealed+1","sealed":"AAAA"}', 'device-sealed-elsewhere'],
  [
    'something else inside',
    `{"format":"probity-sealed+1","sealed":"${toBase64url(new Uint8Array([7, 0xff ^ 0x5b, 0xff ^ 0x5d]))}"}`,
    'device-damaged',
  ],
];

test.each(damages)('a file with %s is reported and left as it is', async (_, text, code) => {
  const profile = await temporaryFolder();
  const path = join(profile, 'device.json');
  await writeFile(path, text);
  const device = await deviceStore(profile, turningSecrets)();
  expect(device).toMatchObject({ ok: false, error: { code, retry: false } });
  expect(await readFile(path, 'utf8')).toBe(text);
});

test('a refusal is not remembered: a file that was put back is used', async () => {
  const profile = await temporaryFolder();
  const { secret } = await opened(profile);
  const path = join(profile, 'device.json');
  const good = await readFile(path, 'utf8');
  await writeFile(path, 'damaged');
  const device = deviceStore(profile, turningSecrets);
  expect((await device()).ok).toBe(false);
  await writeFile(path, good);
  expect(await device()).toMatchObject({ ok: true, value: { secret } });
});

test('a folder that cannot be read is not taken for an empty one', async () => {
  const profile = join(await temporaryFolder(), 'a-file');
  await writeFile(profile, '');
  await expect(deviceStore(profile, turningSecrets)()).rejects.toThrow(/ENOTDIR/);
});
