import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { problems } from '#endpoint/http/problems.ts';
import { toCbor } from '#shared/crypto/cbor.ts';
import { type Bytes, concat } from '#shared/crypto/encoding.ts';
import { problemSchema } from '#shared/sync/problem.ts';
import { cborType, formatPush } from '#shared/sync/wire.ts';
import { patience, sample } from '#tests/support/effort.ts';
import type { EndpointClient, Method } from '../support/endpoint-client.ts';
import { type EndpointFixture, startTestEndpoint } from '../support/endpoint-fixture.ts';
import { intakeOf } from '../support/endpoint-reports.ts';

/** Milliseconds in which any garbage must be answered, on a slow machine. */
const longest = 3_000;

vi.setConfig({ testTimeout: patience(120_000) });

let fixture: EndpointFixture;

beforeAll(async () => {
  fixture = await startTestEndpoint();
}, 60_000);
afterAll(() => fixture.close());

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Sends exactly these headers and bytes: `fetch` would tidy them up. */
function send(method: string, path: string, headers: Record<string, string>, body: Uint8Array): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(fixture.url);
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false });
    request.on('response', async (response) => {
      const answer = (await buffer(response)).toString();
      resolve({ status: response.statusCode ?? 0, type: String(response.headers['content-type']), body: answer });
    });
    request.on('error', reject);
    request.end(body);
  });
}

function expectProblem({ status, type, body }: Answer): void {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(type).toBe('application/problem+json; charset=utf-8');
  const problem = problemSchema.parse(JSON.parse(body));
  expect(problem.status).toBe(status);
  expect(Object.keys(problems)).toContain(problem.code);
}

function expectPlain400(answer: Answer): void {
  expectProblem(answer);
  expect(answer.status).toBe(400);
}

async function withinTime(work: Promise<void>): Promise<void> {
  const started = performance.now();
  await work;
  expect(performance.now() - started).toBeLessThan(longest);
}

const signedRoutes = (): [who: EndpointClient, method: Method, path: string][] => {
  const unit = `/v1/units/${fixture.unit}`;
  return [
    [fixture.workstation, 'POST', '/v1/enrolments'],
    [fixture.workstation, 'POST', `${unit}/transfers`],
    [fixture.workstation, 'POST', `${unit}/entries`],
    [fixture.workstation, 'PUT', `${unit}/blobs/${'A'.repeat(43)}`],
    [fixture.intake, 'POST', '/v1/reports'],
  ];
};

const someRoute = fc.nat({ max: 4 });
const garbage = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }),
  fc.json({ maxDepth: 6 }).map((json) => new TextEncoder().encode(json)),
  fc.string({ unit: 'binary', maxLength: 500 }).map((string) => new TextEncoder().encode(string)),
);
const mediaType = fc.constantFrom(
  'application/json',
  cborType,
  'application/octet-stream',
  'text/plain',
  'application/json; charset=x',
);

/** One value somewhere in a good body replaced by another: close enough to get past the first checks. */
function mutate(value: unknown, path: readonly number[], replacement: unknown): unknown {
  if (path.length === 0 || typeof value !== 'object' || value === null) return replacement;
  const [step = 0, ...rest] = path;
  const keys = Object.keys(value);
  if (keys.length === 0) return replacement;
  const key = keys[step % keys.length] as string;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = mutate(copy[key], rest, replacement);
  return copy;
}

async function sendSigned(route: number, bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Answer> {
  const [who, method, path] = signedRoutes()[route] ?? [];
  if (!who || !method || !path) throw new Error('no route');
  const headers = {
    ...(await who.sign(method, path, bytes)),
    'content-type': type,
    'content-length': String(bytes.length),
  };
  return send(method, path, headers, bytes);
}

test('garbage in a signed body', async () => {
  await fc.assert(
    fc.asyncProperty(someRoute, garbage, mediaType, async (route, bytes, type) => {
      await withinTime(sendSigned(route, new Uint8Array(bytes), type).then(expectProblem));
    }),
    sample(180),
  );
});

test('a report or a push with one thing wrong', async () => {
  const good = [intakeOf(), { entries: await (await fixture.founded.member()).writeMany(2) }];
  const replacement = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.string({ unit: 'binary' }), fc.constant(undefined));
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }),
      replacement,
      async (isReport, path, other) => {
        const body = mutate(good[isReport ? 0 : 1], path, other);
        const answer = isReport
          ? await sendSigned(4, new TextEncoder().encode(JSON.stringify(body)), 'application/json')
          : await sendSigned(2, toCbor(body), cborType);
        // Some changes are harmless, such as another narrative: all that counts is that nothing breaks.
        if (answer.status >= 400) expectProblem(answer);
        else expect([200, 201]).toContain(answer.status);
      },
    ),
    sample(180),
  );
});

const endOfLog = async () => (await fixture.workstation.pull(fixture.unit, 0, 1)).end;

test('a push that is cut off, spliced or changed in its bytes is refused as a whole, in plain words', async () => {
  const good = formatPush({ entries: await (await fixture.founded.member()).writeMany(3) });
  const before = await endOfLog();
  const place = fc.nat({ max: good.length - 1 });
  const change = fc.oneof(
    place.map((at) => good.slice(0, at)),
    fc.tuple(place, place).map(([at, from]) => concat(good.subarray(0, at), good.subarray(from + 1))),
    fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([at, bits]) => {
      const changed = new Uint8Array(good);
      changed[at] = (changed[at] ?? 0) ^ bits;
      return changed;
    }),
    fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 20 })).map(([at, more]) => {
      return concat(good.subarray(0, at), more, good.subarray(at));
    }),
  );
  await fc.assert(
    fc.asyncProperty(change, async (bytes) => {
      fc.pre(!Buffer.from(good).equals(bytes));
      await withinTime(sendSigned(2, new Uint8Array(bytes), cborType).then(expectPlain400));
    }),
    sample(150),
  );
  expect(await endOfLog()).toBe(before);
  // It was all of that, and not the entries, that was wrong.
  expect((await sendSigned(2, good, cborType)).status).toBe(200);
});

/** How a value of a kind begins, with a length that the bytes behind it do not bear out. */
const beginning = fc
  .tuple(fc.constantFrom(0x40, 0x60, 0x80, 0xa0, 0xc0), fc.constantFrom(0x18, 0x19, 0x1a, 0x1b), fc.nat(255))
  .map(([kind, size, fill]): Bytes => new Uint8Array([kind | size, ...Array(2 ** (size & 3)).fill(fill)]));

test('CBOR that claims to be huge, or is nested without end, is refused at once', async () => {
  const before = await endOfLog();
  const deep = fc
    .tuple(fc.constantFrom([0x81], [0xa1, 0x61, 0x61], [0x81, 0xa1, 0x61, 0x61], [0xc1]), fc.nat({ max: 100_000 }))
    .map(([step, times]): Bytes => new Uint8Array(Array.from({ length: times }, () => step).flat()));
  const key = concat(new Uint8Array([0xa1]), toCbor('entries'));
  const body = fc.oneof(
    fc.array(beginning, { minLength: 1, maxLength: 20 }).map((parts) => concat(...parts)),
    deep,
    fc.oneof(deep, beginning).map((rest) => concat(key, rest)),
  );
  await fc.assert(
    fc.asyncProperty(body, async (bytes) => {
      fc.pre(bytes.length > 0);
      await withinTime(sendSigned(2, bytes, cborType).then(expectPlain400));
    }),
    sample(100),
  );
  expect(await endOfLog()).toBe(before);
});

const headerText = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  maxLength: 300,
});
const base64urlText = fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString('base64url'));
const tokenLike = fc.tuple(base64urlText, base64urlText, base64urlText).map((parts) => parts.join('.'));

test('garbage in place of a token', async () => {
  const authorization = fc.oneof(
    headerText,
    tokenLike,
    tokenLike.map((token) => `Probity ${token}`),
    headerText.map((rest) => `Probity ${rest}`),
  );
  await fc.assert(
    fc.asyncProperty(someRoute, authorization, async (route, value) => {
      const [, method, path] = signedRoutes()[route] ?? [];
      if (!method || !path) throw new Error('no route');
      await withinTime(send(method, path, { authorization: value }, new Uint8Array(0)).then(expectProblem));
    }),
    sample(120),
  );
});

const pathPart = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }).map((string) => encodeURIComponent(string.toWellFormed())),
  fc.string({ unit: fc.constantFrom('%', '.', '/', 'a', '0', '-', ';', '~'), maxLength: 30 }),
);

test('garbage in the path and the query, signed as it stands', async () => {
  const places = fc.constantFrom('unit', 'digest', 'query', 'anywhere');
  await fc.assert(
    fc.asyncProperty(places, pathPart, fc.constantFrom<Method[]>('GET', 'PUT', 'POST'), async (place, part, method) => {
      const unit = `/v1/units/${fixture.unit}`;
      const path = {
        unit: `/v1/units/${part}/head`,
        digest: `${unit}/blobs/${part}`,
        query: `${unit}/entries?${part}`,
        anywhere: `/${part}`,
      }[place];
      const headers = await fixture.workstation.sign(method, path);
      await withinTime(send(method, path, headers, new Uint8Array(0)).then(expectProblem));
    }),
    sample(180),
  );
});

test('bytes that may be no HTTP', async () => {
  const line = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    headerText.map((rest) => Buffer.from(`GET /${rest}\r\n\r\n`)),
    headerText.map((rest) => Buffer.from(`POST /v1/reports HTTP/1.1\r\n${rest}\r\n\r\n`)),
    headerText.map((rest) =>
      Buffer.from(`POST /v1/reports HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n${rest}\r\n`),
    ),
  );
  await fc.assert(
    fc.asyncProperty(line, async (bytes) => {
      const socket = connect(Number(new URL(fixture.url).port), '127.0.0.1');
      socket.end(bytes);
      const answer = await text(socket);
      // Half a request may be met with silence; an answer is a refusal.
      if (answer !== '') expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    }),
    sample(60),
  );
});

test('after all that, it works as before', async () => {
  expect(await fixture.intake.postReport(intakeOf())).toMatch(/^PA-\d{6}$/);
  expect(fixture.logged()).not.toContain('"msg":"defect"');
});
