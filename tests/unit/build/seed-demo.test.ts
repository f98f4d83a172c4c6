import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seedDemo } from '#build/start/seed-demo.ts';
import { generateSigningKey, importSigningKey } from '#shared/crypto/signing.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { signDirectory } from '#shared/sync/directory.ts';
import { anEnrolment } from '#tests/support/host.ts';
import { sendJson, stubEndpoint } from '#tests/support/stub-endpoint.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const { author, pkcs8 } = await generateSigningKey();
const { endpointKey, checkpointKey } = anEnrolment();

test('an endpoint that has its invented referrals is not asked again', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'demo-reports.json'), '{}');
  const { origin, heard } = await stubEndpoint(sendJson({}));
  expect(await seedDemo(origin, author, folder, new AbortController().signal)).toBeNull();
  expect(heard).toEqual([]);
});

test('it waits until there is a unit to seal to, and can be told to stop', async () => {
  const folder = await temporaryFolder();
  const [id, issuedAt] = ['5f0c7f4e-6f3c-4a0e-9a52-0d6f9c3a1b11' as UnitId, new Date().toISOString()];
  const unit = {
    id,
    force: 'wessex',
    forceName: 'Wessex Police',
    jurisdiction: 'englandAndWales',
    name: 'ACU',
    founder: null,
  } as const;
  const claims = { endpointKey, checkpointKey, number: 1, issuedAt, units: [unit] };
  const directory = await signDirectory(claims, await importSigningKey(author, pkcs8));
  const { origin, heard } = await stubEndpoint(sendJson({ directory }));
  const ending = new AbortController();
  const seeding = seedDemo(origin, author, folder, ending.signal);
  await expect.poll(() => heard.length).toBe(1);
  ending.abort();
  await expect(seeding).rejects.toThrow();
  expect(heard.map(({ path }) => path)).toEqual(['/v1/directory']);
  expect(await readdir(folder)).toEqual([]);
});
