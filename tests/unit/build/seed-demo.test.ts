import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seedDemo } from '#build/start/seed-demo.ts';
import { anEnrolment } from '#tests/support/host.ts';
import { sendJson, stubEndpoint } from '#tests/support/stub-endpoint.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const { unit, endpointKey, checkpointKey } = anEnrolment();

test('an endpoint that has its invented referrals is not asked again', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'demo-reports.json'), '{}');
  const { origin, heard } = await stubEndpoint(sendJson({}));
  expect(await seedDemo(origin, folder, new AbortController().signal)).toBeNull();
  expect(heard).toEqual([]);
});

test('it waits until there is a unit to seal to, and can be told to stop', async () => {
  const folder = await temporaryFolder();
  const { origin, heard } = await stubEndpoint(sendJson({ endpointKey, checkpointKey, units: [unit] }));
  const ending = new AbortController();
  const seeding = seedDemo(origin, folder, ending.signal);
  await expect.poll(() => heard.length).toBe(1);
  ending.abort();
  await expect(seeding).rejects.toThrow();
  expect(heard.map(({ path }) => path)).toEqual(['/v1/directory']);
  expect(await readdir(folder)).toEqual([]);
});
