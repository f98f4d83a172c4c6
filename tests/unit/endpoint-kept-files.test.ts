import { link, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { writeOnce } from '#endpoint/kept-files.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>();
  return { ...fs, link: vi.fn(fs.link) };
});

beforeEach(() => void vi.mocked(link).mockReset());

const fail = (code: string) => vi.mocked(link).mockRejectedValue(Object.assign(new Error(code), { code }));

test.each(['EPERM', 'ENOTSUP'])('a file system without links (%s) takes a file once too', async (code) => {
  const folder = await temporaryFolder();
  const path = join(folder, 'key');
  fail(code);
  expect(await writeOnce(path, 'first')).toBe(true);
  expect(await writeOnce(path, 'second')).toBe(false);
  expect(await readFile(path, 'utf8')).toBe('first');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['key']);
});

test('what else goes wrong is thrown, and leaves nothing', async () => {
  const folder = await temporaryFolder();
  fail('EIO');
  await expect(writeOnce(join(folder, 'key'), 'first')).rejects.toThrow('EIO');
  expect(await readdir(folder)).toEqual([]);
});
