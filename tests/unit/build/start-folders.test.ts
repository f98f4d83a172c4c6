import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { prepareFolder } from '#build/start/data-folder.ts';
import { lockProfile } from '#build/start/profile-lock.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

test('a folder of Probity is made, kept, and emptied only when asked', async () => {
  const folder = join(await temporaryFolder(), 'new');
  expect(await prepareFolder(folder, false)).toEqual({ ok: true, value: folder });
  await writeFile(join(folder, 'device.json'), '{}');
  await prepareFolder(folder, false);
  expect(await readdir(folder)).toContain('device.json');
  await prepareFolder(folder, true);
  expect(await readdir(folder)).toEqual(['.made-by-probity']);
});

test.each([true, false])("somebody else's folder is neither used nor removed (fresh: %s)", async (fresh) => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'Documents'));
  expect(await prepareFolder(folder, fresh)).toMatchObject({ ok: false, error: expect.stringContaining(folder) });
  expect(await readdir(folder)).toEqual(['Documents']);
});

test('one process at a time holds a profile', async () => {
  const profile = await temporaryFolder();
  const held = await lockProfile(profile);
  expect(held).not.toBeNull();
  expect(await lockProfile(profile)).toBeNull();
  await new Promise((resolve) => held?.close(resolve));
  const again = await lockProfile(profile);
  expect(again).not.toBeNull();
  onTestFinished(() => void again?.close());
});
