import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EndpointKeys } from '#endpoint/endpoint-keys.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

test('first starts at the same time go on with the same two keys, which are those that are kept', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'endpoint-key.json');
  const keys = await Promise.all(Array.from({ length: 16 }, () => EndpointKeys.open(path)));
  const kept = await EndpointKeys.open(path);
  const names = ({ current: { entries, checkpoints } }: typeof kept) => `${entries.author} ${checkpoints.author}`;
  expect(new Set(keys.map(names))).toEqual(new Set([names(kept)]));
  expect(kept.current.entries.author).not.toBe(kept.current.checkpoints.author);
  expect(await readdir(folder)).toEqual(['endpoint-key.json']);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('a file that holds no keys is never replaced', async () => {
  const path = join(await temporaryFolder(), 'endpoint-key.json');
  await writeFile(path, '{}');
  await expect(EndpointKeys.open(path)).rejects.toThrow('does not hold the keys');
});

test('keys that are replaced are there until they are forgotten, and known for ever', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'endpoint-key.json');
  const keys = await EndpointKeys.open(path);
  const beside = await EndpointKeys.open(path);
  const [first] = keys.all;
  if (!first) throw new Error('no keys');
  await keys.replace();
  await keys.replace();
  expect(await beside.hasChanged()).toBe(true);
  expect(await beside.hasChanged()).toBe(false);
  for (const each of [keys, beside, await EndpointKeys.open(path)]) {
    expect(each.all).toHaveLength(3);
    expect(each.all).toEqual(keys.all);
    expect(each.find(first.endpointKey)?.author).toBe(first.endpointKey);
    expect(each.next(first)?.checkpoints.author).toBe(keys.all[1]?.checkpointKey);
    expect(each.next(keys.all[2] ?? first)).toBeNull();
  }
  expect(keys.isOlder(first.checkpointKey, keys.current.checkpoints.author)).toBe(true);
  expect(keys.isOlder(keys.current.checkpoints.author, first.checkpointKey)).toBe(false);
  await keys.forget();
  const kept = await EndpointKeys.open(path);
  expect(kept.all).toEqual(keys.all);
  expect([kept.find(first.endpointKey), kept.find(first.checkpointKey)]).toEqual([null, null]);
  expect(kept.find(kept.current.entries.author)).not.toBeNull();
  expect(await readdir(folder)).toEqual(['endpoint-key.json']);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});
