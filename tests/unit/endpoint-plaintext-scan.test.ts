import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { scanBytes, scanFolder } from '../support/plaintext-scan.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  await mkdir(join(folder, 'deep', 'deeper'), { recursive: true });
});

const canary = 'planted-canary';
const noise = (length: number) => Buffer.alloc(length, 0xa5);

test.each([
  ['alone', [Buffer.from(canary)], 'utf8'],
  ['at the end', [noise(3_000_000), Buffer.from(canary)], 'utf8'],
  ['across the border of two pieces', [noise(1024 * 1024 - 5), Buffer.from(canary), noise(100)], 'utf8'],
  ['in UTF-16', [noise(77), Buffer.from(canary, 'utf16le'), noise(77)], 'utf16le'],
  ['in UTF-16 across a border', [noise(2 * 1024 * 1024 - 3), Buffer.from(canary, 'utf16le')], 'utf16le'],
] as const)('finds what is planted %s', async (_, parts, encoding) => {
  const file = join(folder, 'deep', 'deeper', 'file.bin');
  await writeFile(file, Buffer.concat(parts));
  expect(await scanFolder(folder, [canary, 'absent'])).toEqual([{ file, canary, encoding }]);
});

test('finds it in the name of a file', async () => {
  const file = join(folder, `${canary}.txt`);
  await writeFile(file, '');
  expect(await scanFolder(folder, [canary])).toEqual([{ file, canary, encoding: 'utf8' }]);
});

test('finds nothing where there is nothing', async () => {
  await writeFile(join(folder, 'clean'), noise(100_000));
  expect(await scanFolder(folder, [canary])).toEqual([]);
  expect(scanBytes('output', noise(100), [canary])).toEqual([]);
});
