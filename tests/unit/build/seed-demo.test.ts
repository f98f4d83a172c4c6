import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seedDemo } from '#build/start/seed-demo.ts';
import { generateSigningKey, importSigningKey } from '#shared/crypto/signing.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { signDirectory } from '#shared/sync/directory.ts';
import { anEnrolment } from '#tests/support/host.ts';
import { sendJson, sendProblem, stubEndpoint } from '#tests/support/stub-endpoint.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const { author, pkcs8 } = await generateSigningKey();
const { endpointKey, checkpointKey, ...enrolment } = anEnrolment();
const anUnit = '5f0c7f4e-6f3c-4a0e-9a52-0d6f9c3a1b11' as UnitId;
const intakeEnrolment = { ...enrolment, endpointKey, checkpointKey, purpose: 'intake', unit: null };

const wessex = {
  id: anUnit,
  force: 'wessex',
  forceName: 'Wessex Police',
  jurisdiction: 'englandAndWales',
  name: 'ACU',
} as const;

test('an endpoint that has its invented referrals is not asked again', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'demo-reports.json'), '{}');
  const { origin, heard } = await stubEndpoint(sendJson({}));
  expect(await seedDemo(origin, author, folder, new AbortController().signal)).toBeNull();
  expect(heard).toEqual([]);
});

test('interrupted and begun again, it goes on as the same device with the same reports', async () => {
  const folder = await temporaryFolder();
  const issuedAt = new Date().toISOString();
  const unit = { ...wessex, founder: author };
  const claims = { endpointKey, checkpointKey, number: 1, issuedAt, units: [unit] };
  const directory = await signDirectory(claims, await importSigningKey(author, pkcs8));
  let posted = 0;
  const { origin, heard } = await stubEndpoint(({ path }, response) => {
    if (path === '/v1/directory') return sendJson({ directory })({} as never, response);
    if (path === '/v1/enrolments') return sendJson(intakeEnrolment)({} as never, response);
    posted += 1;
    if (posted > 20 && posted < 24) return sendProblem(403, 'device-not-allowed', 'No.')({} as never, response);
    return sendJson({ reference: 'PA-000001', leftOut: [] }, 201)({} as never, response);
  });
  const seed = () => seedDemo(origin, author, folder, new AbortController().signal);
  await expect(seed()).rejects.toThrow('No.');
  expect(await seed()).toContain('200 invented referrals');
  expect(await seed()).toBeNull();
  const reports = heard.filter(({ path }) => path === '/v1/reports');
  expect(new Set(reports.map(({ device }) => device)).size).toBe(1);
  expect(new Set(reports.map(({ body }) => String(body))).size).toBe(200);
});

test('it waits until there is a unit to seal to, and can be told to stop', async () => {
  const folder = await temporaryFolder();
  const issuedAt = new Date().toISOString();
  const unit = { ...wessex, founder: null };
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
