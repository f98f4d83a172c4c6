import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createClipboardGuard } from '#electron/host/clipboard-guard.ts';
import { createHost, type Host } from '#electron/host/host.ts';
import { type Endpoint, startEndpoint } from '#endpoint/start-endpoint.ts';
import { migrate } from '#endpoint/storage/migrations.ts';
import { pgSql } from '#endpoint/storage/pg-sql.ts';
import { callFailureSchema, callNames, contract, hostEventSchema } from '#shared/bridge/contract.ts';
import { enrolmentCodeSchema } from '#shared/sync/enrolment.ts';
import { problemCodes, problemSchema } from '#shared/sync/problem.ts';
import { newDatabase } from '#tests/support/endpoint-postgres.ts';
import { dumpRows, loadRows, tablesOf } from '#tests/support/golden/endpoint-rows.ts';
import { exchange } from '#tests/support/golden/exchange.ts';
import { asJson, readGolden, withBytes } from '#tests/support/golden/golden-file.ts';
import { openSecrets, statedOrigin } from '#tests/support/golden/stage.ts';

/*
 * The rows and files of an endpoint and of a workstation, and all that was asked with what was answered, as this program wrote
 * and sent it when the files were made. An endpoint that has these rows is asked the same again, and must answer the same.
 */

const golden = readGolden('endpoint');
const messages = readGolden('messages');
const { now } = readGolden('keys');
const folders: string[] = [];
let endpoint: Endpoint;
let host: Host;
let dumped: typeof golden.tables;
let tables: readonly string[];

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'probity-golden-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

beforeAll(async () => {
  const databaseUrl = await newDatabase(inject('postgres'));
  const sql = await pgSql(databaseUrl);
  await migrate(sql);
  tables = await tablesOf(sql);
  await loadRows(sql, golden.tables);
  dumped = await dumpRows(sql);
  await sql.close();
  endpoint = await startEndpoint({ dataDir: await folderWith(golden.files), databaseUrl, now: () => now });
  host = createHost({
    ...{ profile: await folderWith(messages.profile), secrets: openSecrets, endpoint: null, demo: null },
    ...{ version: '0.1.0', kind: 'electron', clipboard: createClipboardGuard([]), now: () => now },
    room: async () => 250_000_000_000,
    fetch: (url, init) => fetch(url.replace(statedOrigin, endpoint.url), init),
  });
});
afterAll(async () => {
  host?.close();
  await endpoint?.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe('the rows of an endpoint', () => {
  test('fill the tables that there are today, column by column', () => {
    expect(Object.keys(golden.tables).sort()).toEqual([...tables].sort());
    expect(dumped).toEqual(golden.tables);
    for (const table of tables) expect(golden.tables[table]?.length, table).toBeGreaterThan(0);
  });
});

// In the order in which it was asked: a checkpoint may be signed again between two questions.
describe('what was asked of the bridge', () => {
  test.each(messages.bridge.map((each, index) => [`${index + 1} ${each.name}`, each] as const))(
    '%s is answered as it was',
    async (_, { name, request, result }) => {
      const asked = withBytes(request);
      expect(contract[name as keyof typeof contract].request.parse(asked)).toEqual(asked);
      expect(asJson(await host.handle(name, asked))).toEqual(result);
      const { ok, reply, failure } = withBytes(result) as { ok: boolean; reply: unknown; failure: unknown };
      if (ok) expect(contract[name as keyof typeof contract].reply.parse(reply)).toEqual(reply);
      else expect(callFailureSchema.parse(failure)).toEqual(failure);
    },
  );

  test('is every call of the contract, granted and one refused', () => {
    const granted = messages.bridge.filter(({ result }) => (result as { ok: boolean }).ok);
    expect([...new Set(granted.map(({ name }) => name))].sort()).toEqual([...callNames].sort());
    expect(granted.length).toBeLessThan(messages.bridge.length);
  });

  test('and what the host tells unasked is every kind of it', () => {
    for (const event of messages.hostEvents) expect(hostEventSchema.parse(event)).toEqual(event);
    const types = messages.hostEvents.map((event) => (event as { type: string }).type);
    expect(types.sort()).toEqual(hostEventSchema.options.map(({ shape }) => shape.type.value).sort());
  });
});

describe('what was asked over HTTP', () => {
  test.each(messages.http.map((each) => [`${each.method} ${each.path.split('?')[0]} ${each.status}`, each] as const))(
    '%s is answered as it was',
    async (_, recorded) => {
      expect(await exchange(endpoint.url, recorded)).toEqual(recorded);
    },
  );

  test('is all that the endpoint describes', async () => {
    const { paths } = (await (await fetch(`${endpoint.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        pattern: new RegExp(`^${path.replace(/\{\*\}|\*$/, '.+').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
      })),
    );
    const shown = new Set<string>();
    for (const { method, path, status } of messages.http) {
      const found = described.filter((each) => each.method === method && each.pattern.test(path.split('?')[0] ?? ''));
      if (status < 300) expect(found.length, path).toBeGreaterThan(0);
      if (status < 300) for (const { name } of found) shown.add(name);
    }
    expect([...shown].sort()).toEqual(
      described
        .map(({ name }) => name)
        .filter((name) => name !== 'GET /openapi.json')
        .sort(),
    );
  });

  test('and refused is a problem of a code that there is', () => {
    const refused = messages.http.filter(({ status }) => status >= 400);
    expect(refused.length).toBeGreaterThan(3);
    for (const { reply, type } of refused) {
      const problem = problemSchema.strict().parse(JSON.parse(reply));
      expect(problemCodes).toContain(problem.code);
      expect(type).toContain('application/problem+json');
    }
  });
});

test('an enrolment code is the same however it is typed', () => {
  expect(new Set(messages.enrolmentCodes.map(({ typed }) => typed)).size).toBeGreaterThan(2);
  for (const { typed, code } of messages.enrolmentCodes) expect(enrolmentCodeSchema.parse(typed)).toBe(code);
});
