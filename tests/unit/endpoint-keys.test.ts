import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { endpointKeysFrom } from '#endpoint/endpoint-keys.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

test('first starts at the same time go on with the same two keys, which are those that are kept', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'endpoint-key.json');
  const keys = await Promise.all(Array.from({ length: 16 }, () => endpointKeysFrom(path)));
  const kept = await endpointKeysFrom(path);
  const names = ({ entries, checkpoints }: typeof kept) => `${entries.author} ${checkpoints.author}`;
  expect(new Set(keys.map(names))).toEqual(new Set([names(kept)]));
  expect(kept.entries.author).not.toBe(kept.checkpoints.author);
  expect(await readdir(folder)).toEqual(['endpoint-key.json']);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('a file that holds no keys is never replaced', async () => {
  const path = join(await temporaryFolder(), 'endpoint-key.json');
  await writeFile(path, '{}');
  await expect(endpointKeysFrom(path)).rejects.toThrow('does not hold the keys');
});
