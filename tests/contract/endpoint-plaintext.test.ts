import { afterAll, expect, test } from 'vitest';
import { demoForce, demoIntakeCode, demoWorkstationCode } from '#endpoint/demo.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { directoryOf, EndpointClient } from '../support/endpoint-client.ts';
import { plantDatabase } from '../support/endpoint-database.ts';
import { type EndpointProcess, runEndpointCommand, spawnEndpoint } from '../support/endpoint-process.ts';
import { intakeOf, textAttachment } from '../support/endpoint-reports.ts';
import { foundUnit } from '../support/endpoint-unit.ts';
import { scanBytes, scanFolder } from '../support/plaintext-scan.ts';
import { suiteFolder } from '../support/temporary-folder.ts';

const canary = (name: string) => `CANARY-${name}-7f3a`;
const inReport = ['narrative', 'name', 'collar', 'station', 'place', 'vehicle', 'risk', 'file', 'attachment'].map(
  canary,
);
const inRefused = ['refused', 'query', 'header', 'malformed'].map(canary);

const folder = suiteFolder();
let running: EndpointProcess | undefined;

afterAll(() => running?.end('SIGKILL'));

test('no byte of the data folder or of the output holds what was reported', async () => {
  await plantDatabase(folder());
  running = await spawnEndpoint(folder());
  const { url } = running;
  const unit = (await directoryOf(url)).units.find(({ force }) => force === demoForce)?.id as UnitId;
  await foundUnit(await EndpointClient.enrolled(url, demoWorkstationCode), unit);
  const intake = await EndpointClient.enrolled(url, demoIntakeCode);

  await intake.postReport(fullReport());
  await postWhatIsRefused(intake);
  const printed = await runEndpointCommand('code', '--data', folder(), '--unit', unit);
  const code = /: ([0-9A-Z-]{19})$/m.exec(printed)?.[1] ?? '';
  await EndpointClient.enrolled(url, code);

  const canaries = [...inReport, ...inRefused, code, code.replaceAll('-', ''), demoIntakeCode];
  expect(code).toHaveLength(19);
  const output = () => scanBytes('output', Buffer.from(running?.output() ?? ''), canaries);
  // Killed: the journal still holds every row as it was written. Then closed in order: so do the tables.
  await running.end('SIGKILL');
  expect(output()).toEqual([]);
  expect(await scanFolder(folder(), canaries)).toEqual([]);
  running = await spawnEndpoint(folder());
  expect(await running.end('SIGTERM')).toBe(0);
  expect(output()).toEqual([]);
  expect(await scanFolder(folder(), canaries)).toEqual([]);
  // The scan reads what the endpoint writes: it finds what is no secret.
  expect((await scanFolder(folder(), ['Avon and Somerset Constabulary'])).length).toBeGreaterThan(0);
});

const fullReport = () =>
  intakeOf(
    {
      narrative: `${canary('narrative')} `.repeat(200),
      subjects: [
        {
          kind: 'officer',
          name: canary('name'),
          rankOrRole: null,
          collarNumber: canary('collar'),
          station: canary('station'),
          description: null,
        },
      ],
      places: [canary('place')],
      vehicles: [canary('vehicle')],
      peopleAtRisk: [{ who: 'someone', risk: canary('risk'), urgency: 'high' }],
    },
    [textAttachment(`${canary('file')}.txt`, `${canary('attachment')}\n`.repeat(50_000))],
  );

async function postWhatIsRefused(intake: EndpointClient): Promise<void> {
  const bad = { ...intakeOf(), [canary('refused')]: canary('refused'), extra: canary('refused') };
  expect((await intake.send('POST', '/v1/reports', bad)).status).toBe(400);
  const elsewhere = intakeOf({ force: 'nowhere', narrative: canary('refused') });
  expect((await intake.send('POST', '/v1/reports', elsewhere)).status).toBe(404);
  const unready = intakeOf({ force: 'wiltshire', narrative: canary('refused') });
  expect((await intake.send('POST', '/v1/reports', unready)).status).toBe(409);
  const headers = {
    'user-agent': canary('header'),
    'x-forwarded-for': canary('header'),
    'content-type': 'application/json',
  };
  const path = `/v1/reports?${canary('query')}`;
  const body = `{"${canary('malformed')}`;
  const signed = await intake.sign('POST', path, new TextEncoder().encode(body));
  const malformed = await fetch(`${intake.url}${path}`, { method: 'POST', headers: { ...headers, ...signed }, body });
  expect(malformed.status).toBe(400);
}
