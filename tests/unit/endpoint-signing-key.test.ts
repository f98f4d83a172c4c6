import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { signingKeyFrom } from '#endpoint/signing-key-file.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

test('first starts at the same time go on with one key, which is the one that is kept', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'endpoint-key.json');
  const keys = await Promise.all(Array.from({ length: 16 }, () => signingKeyFrom(path)));
  const kept = await signingKeyFrom(path);
  expect(new Set(keys.map(({ author }) => author))).toEqual(new Set([kept.author]));
  expect(await readdir(folder)).toEqual(['endpoint-key.json']);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('a file that holds no key is never replaced', async () => {
  const path = join(await temporaryFolder(), 'endpoint-key.json');
  await writeFile(path, '{}');
  await expect(signingKeyFrom(path)).rejects.toThrow('does not hold the key');
});
