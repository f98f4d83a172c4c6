import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ToldOperator } from '#endpoint/operator/told-operator.ts';
import { type Endpoint, startEndpoint } from '#endpoint/start-endpoint.ts';
import { toBytes } from '#shared/crypto/encoding.ts';
import { EndpointClient, newDevice } from '../support/endpoint-client.ts';
import { plantDatabase } from '../support/endpoint-database.ts';
import { type EndpointFixture, startTestEndpoint } from '../support/endpoint-fixture.ts';
import { newDatabase, startPostgres, type TestPostgres } from '../support/endpoint-postgres.ts';
import { type EndpointProcess, runEndpointCommand, spawnEndpoint } from '../support/endpoint-process.ts';
import { intakeOf } from '../support/endpoint-reports.ts';
import { pullAll } from '../support/endpoint-unit.ts';
import { suiteFolder, temporaryFolder } from '../support/temporary-folder.ts';

describe('two endpoints on one PostgreSQL', () => {
  let postgres: TestPostgres;
  let databaseUrl: string;
  let first: EndpointFixture;
  let second: Endpoint;
  const folder = suiteFolder();

  beforeAll(async () => {
    postgres = await startPostgres();
    databaseUrl = await newDatabase(postgres.url);
    first = await startTestEndpoint({ databaseUrl });
    const keyFile = join(first.dataDir, 'endpoint-key.json');
    second = await startEndpoint({ dataDir: folder(), databaseUrl, keyFile, demo: true });
  });
  afterAll(async () => {
    await second?.close();
    await first?.close();
    await postgres?.stop();
  });

  test('keep one log, and hear of what the other appends', async () => {
    const there = new EndpointClient(second.url, first.workstation.device);
    const author = await first.founded.member();
    const entries = await author.writeMany(3);
    const path = `/v1/units/${first.unit}/positions`;
    const response = await fetch(`${second.url}${path}`, { headers: await there.sign('GET', path) });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('{"position":2}');
    await first.workstation.push(first.unit, entries);
    expect((await reader?.read())?.value).toContain('{"position":5}');
    await reader?.cancel();
  });

  test('take a token once between them', async () => {
    const path = `/v1/units/${first.unit}/checkpoint`;
    const headers = await first.workstation.sign('GET', path);
    const answers = [await fetch(`${first.url}${path}`, { headers }), await fetch(`${second.url}${path}`, { headers })];
    expect(answers.map(({ status }) => status)).toEqual([200, 401]);
  });

  test('order what reaches both at the same time', async () => {
    const centres = [first.url, second.url].map((url) => new EndpointClient(url, first.intake.device));
    const reports = Array.from({ length: 10 }, () => intakeOf());
    const sent = reports.flatMap((report) => centres.map((centre) => centre.postReport(report)));
    const authors = [await first.founded.member(), await first.founded.member()];
    const pushed = authors.map(async (author, index) =>
      new EndpointClient([first.url, second.url][index] ?? '', first.workstation.device).push(
        first.unit,
        await author.writeMany(20),
      ),
    );
    const references = await Promise.all(sent);
    await Promise.all(pushed);
    expect(new Set(references).size).toBe(reports.length);
    const { entries } = await pullAll(first.workstation, first.unit, second);
    expect(entries).toHaveLength(4 + 3 + 40 + reports.length);
  });

  test('refuse a third with another key', async () => {
    const stranger = await temporaryFolder();
    await expect(startEndpoint({ dataDir: stranger, databaseUrl })).rejects.toThrow('another key');
  });

  // Last: the database does not come back.
  test('say so when the database is gone, and change nothing', async () => {
    await postgres.stop();
    const ready = await fetch(`${first.url}/readyz`);
    expect([ready.status, ((await ready.json()) as { code: string }).code]).toEqual([503, 'storage-unavailable']);
    const reply = await first.intake.send('POST', '/v1/reports', intakeOf());
    expect(reply.status).toBe(503);
    expect(reply.headers.get('retry-after')).toBe('5');
    expect((await fetch(`${first.url}/healthz`)).status).toBe(200);
  });
});

describe('the endpoint on the command line', () => {
  const folder = suiteFolder();
  let running: EndpointProcess | undefined;

  afterAll(() => running?.end('SIGKILL'));

  test('adds units and gives codes, stopped or running', async () => {
    const add = (force: string) =>
      runEndpointCommand('unit', 'add', '--data', folder(), '--force', force, '--force-name', 'F', '--name', 'N');
    await plantDatabase(folder());
    const operator = (await newDevice()).author;
    await new ToldOperator(folder()).tell(operator);
    const printed = await add('kept-force');
    const unit = /^Unit: ([0-9a-f-]{36})$/m.exec(printed)?.[1] ?? '';
    const codeIn = (text: string) => /: ((?:[0-9A-Z]{4}-){3}[0-9A-Z]{4})$/m.exec(text)?.[1] ?? '';

    running = await spawnEndpoint(folder());
    const { url } = running;
    const enrol = async (text: string) => (await EndpointClient.enrolled(url, codeIn(text))).enrol(codeIn(text));
    expect(await enrol(printed)).toMatchObject({
      unit: { id: unit, force: 'kept-force', forceName: 'F', name: 'N' },
      operatorKey: operator,
    });
    const another = await runEndpointCommand('code', '--data', folder(), '--unit', unit);
    expect((await enrol(another)).unit?.id).toBe(unit);
    const centre = await runEndpointCommand('code', '--data', folder(), '--intake');
    expect(await enrol(centre)).toMatchObject({ purpose: 'intake', unit: null });
    await expect(add('kept-force')).rejects.toThrow('has a unit already');
    await expect(runEndpointCommand('code', '--data', folder(), '--unit', crypto.randomUUID())).rejects.toThrow(
      'no unit',
    );
    await expect(add('Not A Slug')).rejects.toThrow('avon-and-somerset');
    await expect(runEndpointCommand('--port', '7')).rejects.toThrow('--data DIR');
    await expect(runEndpointCommand('sing', '--data', folder())).rejects.toThrow('no command');
  });

  test('keeps a second process out of its folder', async () => {
    await expect(startEndpoint({ dataDir: folder() })).rejects.toThrow('Another endpoint is using');
  });

  test('answers what was asked before it stops, and ends open streams', async () => {
    if (!running) throw new Error('not running');
    const { url } = running;
    const centre = await EndpointClient.enrolled(url, 'DEM01NTAKE');
    const station = await EndpointClient.enrolled(url, 'DEM0W0RK');
    const unit = (await station.enrol('DEM0W0RK')).unit?.id;
    const path = `/v1/units/${unit}/positions`;
    const stream = await fetch(`${url}${path}`, { headers: await station.sign('GET', path) });
    const body = toBytes(intakeOf());
    const headers = { 'content-type': 'application/json', ...(await centre.sign('POST', '/v1/reports', body)) };
    const request = httpRequest(`${url}/v1/reports`, { method: 'POST', headers });
    const answered = once(request, 'response') as Promise<[IncomingMessage]>;
    // Half of the request is there when the process is told to stop; the other half comes after that.
    request.write(body.subarray(0, 100));
    await fetch(`${url}/healthz`);
    const ended = running.end('SIGTERM');
    await wait(300);
    request.end(body.subarray(100));
    const [answer] = await answered;
    expect(answer.statusCode).toBe(409);
    answer.resume();
    expect(await ended).toBe(0);
    expect(await stream.text()).toContain('event: position');
  });

  test('stops as if it were told to when nobody reads its log any more', async () => {
    running = await spawnEndpoint(folder());
    const { url } = running;
    const ended = running.abandon();
    // The lines of these cannot be written. Those that come too late find nobody.
    await Promise.allSettled(Array.from({ length: 5 }, () => fetch(`${url}/healthz`)));
    expect(await ended).toBe(0);
  });
});
