import { randomBytes, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { demoIntakeCode, demoWorkstationCode } from '#endpoint/demo.ts';
import { problems } from '#endpoint/http/problems.ts';
import { startEndpoint } from '#endpoint/start-endpoint.ts';
import { mostSealedChunk, openChunks } from '#shared/crypto/chunks.ts';
import { toBytes } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { decapsulate, generateSealingKey, sealingKeyId } from '#shared/crypto/public-box.ts';
import { parseEvent } from '#shared/domain/registry/registry.ts';
import type { Digest, EntryId, UnitId } from '#shared/kernel/ids.ts';
import { openBody } from '#shared/log/body.ts';
import { verifyEntry } from '#shared/log/entry.ts';
import { verifyHead } from '#shared/log/head.ts';
import { signSealingKey } from '#shared/sync/enrolment.ts';
import { problemSchema } from '#shared/sync/problem.ts';
import { signRequest } from '#shared/sync/request-token.ts';
import { directoryOf, EndpointClient, newDevice, noBody, type Reply } from '../support/endpoint-client.ts';
import { plantDatabase } from '../support/endpoint-database.ts';
import { type EndpointFixture, startTestEndpoint } from '../support/endpoint-fixture.ts';
import { intakeOf, textAttachment } from '../support/endpoint-reports.ts';
import { Author, pullAll } from '../support/endpoint-unit.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let fixture: EndpointFixture;
let workstation: EndpointClient;
let intake: EndpointClient;
let unit: UnitId;
let offset = 0;

beforeAll(async () => {
  fixture = await startTestEndpoint({ now: () => Date.now() + offset });
  ({ workstation, intake, unit } = fixture);
}, 60_000);
afterAll(() => fixture.close());

type Code = keyof typeof problems;

function problemIn(reply: Reply) {
  expect(reply.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const problem = problemSchema.parse(JSON.parse(Buffer.from(reply.bytes).toString()));
  expect(problem.status).toBe(reply.status);
  return problem;
}

/** The reply is this refusal, and it changed nothing in the log. */
async function expectRefusal(request: () => Promise<Reply>, code: Code): Promise<string> {
  const before = (await workstation.pull(unit, 0)).end;
  const problem = problemIn(await request());
  expect([problem.code, problem.status]).toEqual([code, problems[code][0]]);
  expect((await workstation.pull(unit, 0)).end).toBe(before);
  return problem.detail;
}

async function plain(method: string, path: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(`${fixture.url}${path}`, { method, ...init });
  return { status: response.status, headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) };
}

const entriesPath = () => `/v1/units/${unit}/entries`;
const push = (entries: unknown, path = entriesPath(), client = workstation) => client.send('POST', path, { entries });
const json = { 'content-type': 'application/json' };

describe('what anyone may ask', () => {
  test('the directory names units and their keys', async () => {
    const directory = await directoryOf(fixture.url);
    expect(directory.endpointKey).toBe(fixture.endpoint.endpointKey);
    expect(directory.units.map(({ force }) => force)).toEqual(['avon-and-somerset', 'devon-and-cornwall', 'wiltshire']);
    expect(directory.units.map(({ sealingKey }) => sealingKey !== null)).toEqual([true, false, false]);
  });

  test('it lives and is ready', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const reply = await plain('GET', path);
      expect([reply.status, Buffer.from(reply.bytes).toString()]).toEqual([200, '{"status":"ok"}']);
    }
  });

  test('addresses that are not there, and methods that are not taken', async () => {
    expect(problemIn(await plain('GET', '/v1/nothing')).code).toBe('not-found');
    expect(problemIn(await plain('GET', '/v1/%zz')).code).toBe('request-malformed');
    for (const [method, path, allow] of [
      ['DELETE', entriesPath(), 'GET, POST'],
      ['PUT', '/v1/reports', 'POST'],
      ['PATCH', '/v1/directory', 'GET'],
      ['OPTIONS', '/v1/directory', 'GET'],
    ] as const) {
      const reply = await plain(method, path);
      expect(problemIn(reply).code).toBe('method-not-allowed');
      expect(reply.headers.get('allow')).toBe(allow);
    }
    expect((await plain('HEAD', '/v1/directory')).status).toBe(405);
  });

  test('answers carry no permission for pages, and are not to be kept', async () => {
    const { headers } = await plain('GET', '/v1/directory', { headers: { origin: 'https://example.org' } });
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('server')).toBeNull();
  });

  test.each([
    ['no HTTP at all', 'HELLO\r\n\r\n', 'request-malformed'],
    ['endless headers', `GET / HTTP/1.1\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`, 'headers-too-large'],
  ])('%s is answered with a problem', async (_, bytes, code) => {
    const socket = connect(Number(new URL(fixture.url).port), '127.0.0.1');
    socket.end(bytes);
    const answer = await text(socket);
    expect(answer).toContain('content-type: application/problem+json');
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))).toHaveProperty('code', code);
  });
});

describe('the description', () => {
  test('is OpenAPI 3.1 and covers each route', async () => {
    const reply = await plain('GET', '/openapi.json');
    const description = JSON.parse(Buffer.from(reply.bytes).toString());
    expect(description.openapi).toBe('3.1.0');
    expect(description.info.title).toBe('Probity endpoint');
    const operations = Object.entries<Record<string, unknown>>(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(operations.sort()).toEqual([
      'GET /healthz',
      'GET /openapi.json',
      'GET /readyz',
      'GET /v1/directory',
      'GET /v1/outcomes',
      'GET /v1/units/{unit}/blobs/{digest}',
      'GET /v1/units/{unit}/entries',
      'GET /v1/units/{unit}/head',
      'GET /v1/units/{unit}/positions',
      'POST /v1/enrolments',
      'POST /v1/reports',
      'POST /v1/units/{unit}/entries',
      'POST /v1/units/{unit}/transfers',
      'POST /v1/units/{unit}/transfers/{id}/answer',
      'PUT /v1/units/{unit}/blobs/{digest}',
      'PUT /v1/units/{unit}/outcomes/{reference}',
      'PUT /v1/units/{unit}/sealing-key',
    ]);
    const report = description.paths['/v1/reports'].post;
    const body = report.requestBody.content['application/json'].schema;
    expect(body.properties.report.properties.categories.items.enum).toContain('sexualPurpose');
    expect(report.responses['4XX'].content).toHaveProperty('application/problem+json');
    expect(report.security).toEqual([{ request: [] }]);
    expect(JSON.stringify(description)).not.toContain('$ref');
  });
});

describe('who is asking', () => {
  const head = () => `/v1/units/${unit}/head`;
  const withToken = (token: string, path = head()) =>
    plain('GET', path, { headers: { authorization: `Probity ${token}` } });
  const sign = (device = workstation.device, path = head(), now = Date.now()) =>
    signRequest(device, { method: 'GET', path, body: noBody }, randomUUID(), now);

  test('an unsigned request is turned away', async () => {
    for (const path of [head(), `${entriesPath()}?after=0`, `/v1/units/${unit}/positions`]) {
      const reply = await plain('GET', path);
      expect(problemIn(reply).code).toBe('token-missing');
      expect(reply.headers.get('www-authenticate')).toBe('Probity');
    }
    await expectRefusal(() => plain('POST', '/v1/reports', { headers: json, body: '{}' }), 'token-missing');
    await expectRefusal(() => plain('POST', '/v1/enrolments', { headers: json, body: '{}' }), 'token-missing');
    await expectRefusal(() => plain('GET', head(), { headers: { authorization: 'Bearer x' } }), 'token-missing');
  });

  test('a token counts once', async () => {
    const token = await sign();
    expect((await withToken(token)).status).toBe(200);
    await expectRefusal(() => withToken(token), 'token-replayed');
  });

  test('an enrolment token counts once too', async () => {
    const device = new EndpointClient(fixture.url, await newDevice());
    const body = toBytes({ code: demoIntakeCode });
    const headers = { ...json, ...(await device.sign('POST', '/v1/enrolments', body)) };
    expect((await plain('POST', '/v1/enrolments', { headers, body })).status).toBe(200);
    await expectRefusal(() => plain('POST', '/v1/enrolments', { headers, body }), 'token-replayed');
  });

  test('a token counts for its method, path, query and body only', async () => {
    await expectRefusal(async () => withToken(await sign(), `${entriesPath()}?after=0`), 'token-refused');
    const query = await sign(workstation.device, `${entriesPath()}?after=0`);
    await expectRefusal(() => withToken(query, `${entriesPath()}?after=1`), 'token-refused');
    const author = await Author.of(unit);
    const signedBody = toBytes({ entries: [(await author.write()).wire] });
    const sentBody = toBytes({ entries: [(await (await Author.of(unit)).write()).wire] });
    const headers = { ...json, ...(await workstation.sign('POST', entriesPath(), signedBody)) };
    await expectRefusal(() => plain('POST', entriesPath(), { headers, body: sentBody }), 'token-refused');
  });

  test('a forged, stale or early token is refused', async () => {
    const token = await sign();
    const [protectedHeader, payload, signature] = token.split('.');
    const other = (await sign(await newDevice())).split('.')[2];
    await expectRefusal(() => withToken(`${protectedHeader}.${payload}.${other}`), 'token-refused');
    await expectRefusal(() => withToken(`${protectedHeader}..${signature}`), 'token-refused');
    const none = Buffer.from('{"alg":"none","typ":"probity-request+jwt"}').toString('base64url');
    await expectRefusal(() => withToken(`${none}.${payload}.`), 'token-refused');
    const late = sign(workstation.device, head(), Date.now() - 200_000);
    await expectRefusal(async () => withToken(await late), 'token-refused');
    const early = sign(workstation.device, head(), Date.now() + 200_000);
    await expectRefusal(async () => withToken(await early), 'token-refused');
  });

  test('strangers, other units and other purposes are kept out', async () => {
    await expectRefusal(async () => withToken(await sign(await newDevice())), 'device-unknown');
    const added = await fixture.endpoint.operate({ order: 'addUnit', force: 'elsewhere', forceName: 'E', name: 'E' });
    if (!('code' in added)) throw new Error(added.refused);
    const stranger = await EndpointClient.enrolled(fixture.url, added.code);
    const blob = `/v1/units/${unit}/blobs/${await digestOf(noBody)}`;
    const author = await Author.of(unit);
    const entries = [(await author.write()).wire];
    for (const client of [stranger, intake]) {
      await expectRefusal(() => client.send('GET', head()), 'device-not-allowed');
      await expectRefusal(() => client.send('GET', `${entriesPath()}?after=0`), 'device-not-allowed');
      await expectRefusal(() => client.send('GET', `/v1/units/${unit}/positions`), 'device-not-allowed');
      await expectRefusal(() => push(entries, entriesPath(), client), 'device-not-allowed');
      await expectRefusal(() => client.send('GET', blob), 'device-not-allowed');
      await expectRefusal(() => client.send('PUT', blob, new Uint8Array(1)), 'device-not-allowed');
      await expectRefusal(
        () => client.send('PUT', `/v1/units/${unit}/sealing-key`, { statement: 'x' }),
        'device-not-allowed',
      );
    }
    await expectRefusal(() => workstation.send('POST', '/v1/reports', intakeOf()), 'device-not-allowed');
    await expectRefusal(() => workstation.send('GET', '/v1/units/nonsense/head'), 'device-not-allowed');
  });
});

describe('enrolment', () => {
  const oneTime = async () => {
    const made = await fixture.endpoint.operate({ order: 'workstationCode', unit });
    if (!('code' in made)) throw new Error(made.refused);
    return made.code;
  };

  test('spends a code for one device, which may ask again', async () => {
    const code = await oneTime();
    const [first, second] = [await newDevice(), await newDevice()].map(
      (device) => new EndpointClient(fixture.url, device),
    );
    if (!first || !second) throw new Error('no devices');
    const reply = await first.enrol(` ${code.toLowerCase().replaceAll('-', ' ')} `);
    expect(reply).toMatchObject({ purpose: 'workstation', endpointKey: fixture.endpoint.endpointKey });
    expect(reply.unit?.id).toBe(unit);
    expect(await first.enrol(code)).toEqual(reply);
    await expectRefusal(() => second.send('POST', '/v1/enrolments', { code }), 'code-refused');
    expect((await first.pull(unit, 0)).end).toBeGreaterThanOrEqual(0);
  });

  test('says the same of wrong and expired codes', async () => {
    const device = new EndpointClient(fixture.url, await newDevice(), () => Date.now() + offset);
    const wrong = await expectRefusal(
      () => device.send('POST', '/v1/enrolments', { code: 'ABCDEFGH' }),
      'code-refused',
    );
    const code = await oneTime();
    offset = 73 * 60 * 60 * 1000;
    try {
      const reply = problemIn(await device.send('POST', '/v1/enrolments', { code }));
      expect([reply.code, reply.detail]).toEqual(['code-refused', wrong]);
    } finally {
      offset = 0;
    }
  });

  test('keeps a device to what it is enrolled for', async () => {
    const send = () => workstation.send('POST', '/v1/enrolments', { code: demoIntakeCode });
    await expectRefusal(send, 'device-enrolled-elsewhere');
    expect((await workstation.enrol(demoWorkstationCode)).unit?.id).toBe(unit);
  });

  test.each([[{}], [{ code: 7 }], [{ code: 'short' }], [{ code: 'ABCDEFGH', more: 1 }], [[]]])(
    'refuses %j',
    async (body) => {
      const device = new EndpointClient(fixture.url, await newDevice());
      await expectRefusal(() => device.send('POST', '/v1/enrolments', body), 'request-malformed');
    },
  );
});

describe('the sealing key', () => {
  test('is published once, by a statement that its founder signed about this unit', async () => {
    const added = await fixture.endpoint.operate({
      order: 'addUnit',
      force: 'founded-here',
      forceName: 'F',
      name: 'F',
    });
    if (!('code' in added) || !added.unit) throw new Error('no unit');
    const client = await EndpointClient.enrolled(fixture.url, added.code);
    const path = `/v1/units/${added.unit}/sealing-key`;
    const founder = await newDevice();
    const { publicKey } = await generateSealingKey();
    const statementOf = (id: UnitId, key = publicKey, author = founder.author) =>
      signSealingKey({ unit: id, publicKey: key, founder: author }, founder);
    const put = async (statement: string) => client.send('PUT', path, { statement });

    await expectRefusal(() => put('nonsense'), 'statement-refused');
    const other = await newDevice();
    await expectRefusal(async () => put(await statementOf(unit)), 'statement-refused');
    const foreign = added.unit;
    await expectRefusal(async () => put(await statementOf(foreign, publicKey, other.author)), 'statement-refused');
    const tampered = (await statementOf(foreign)).split('.');
    await expectRefusal(() => put([tampered[0], tampered[1], 'A'.repeat(86)].join('.')), 'statement-refused');
    expect((await directoryOf(fixture.url)).units.find(({ id }) => id === foreign)?.sealingKey).toBeNull();
    await expectRefusal(
      () => intake.send('POST', '/v1/reports', intakeOf({ force: 'founded-here' })),
      'unit-not-ready',
    );

    const statement = await statementOf(foreign);
    expect((await put(statement)).status).toBe(204);
    expect((await put(statement)).status).toBe(204);
    const { publicKey: second } = await generateSealingKey();
    await expectRefusal(async () => put(await statementOf(foreign, second)), 'sealing-key-set');
    expect((await directoryOf(fixture.url)).units.find(({ id }) => id === foreign)?.sealingKey).toBe(statement);
    expect(await intake.postReport(intakeOf({ force: 'founded-here' }))).toMatch(/^PA-\d{6}$/);
  });
});

describe('a report', () => {
  const open = async (position: number) => {
    const { entries } = await pullAll(workstation, unit, fixture.endpoint.endpointKey);
    const confirmed = entries[position - 1];
    if (!confirmed) throw new Error('no entry');
    const { privateKey, publicKey } = fixture.sealingKeys;
    expect(confirmed.entry.header.kid).toBe(await sealingKeyId(publicKey));
    const envelope = await openBody(
      confirmed.entry,
      () => Promise.reject(new Error('sealed to the unit')),
      (_, encapsulated) => decapsulate(privateKey, encapsulated),
    );
    const event = parseEvent(envelope);
    if (!event.ok || event.value.type !== 'referral.received') throw new Error('no referral');
    return { ...confirmed, referral: event.value.data };
  };

  test('is sealed to the unit, signed by the endpoint, and opens as it was sent', async () => {
    const sent = intakeOf({ narrative: 'He said so.', vehicles: ['AB12 CDE'] }, [
      textAttachment('note.txt', 'x'.repeat(600_000)),
      { name: 'empty.txt', type: 'text/plain', bytes: '' },
    ]);
    const reference = await intake.postReport(sent);
    expect(reference).toMatch(/^PA-\d{6}$/);
    const { end } = await workstation.pull(unit, 0);
    const { entry, referral } = await open(end);
    expect(entry.header.author).toBe(fixture.endpoint.endpointKey);
    expect(entry.header.seen).toBe(end - 1);
    expect((await verifyEntry(entry)).ok).toBe(true);
    expect(referral.reference).toBe(reference);
    expect(referral.report).toEqual(sent.report);
    const [note, empty] = referral.attachments;
    if (!note || !empty) throw new Error('no attachments');
    expect([note.size, note.chunks.length, empty.size, empty.chunks.length]).toEqual([600_000, 3, 0, 1]);
    expect(note.key).not.toBe(empty.key);
    const chunks = await Promise.all(note.chunks.map((digest) => workstation.getBlob(unit, digest)));
    const opened = await openChunks(new Uint8Array(Buffer.from(note.key, 'base64url')), chunks);
    expect(await digestOf(opened)).toBe(note.digest);
    expect(Buffer.from(opened).toString()).toBe('x'.repeat(600_000));
  });

  test('gets the same reference when it is sent again, also at the same time', async () => {
    const sent = intakeOf();
    const before = (await workstation.pull(unit, 0)).end;
    const references = await Promise.all([1, 2, 3].map(() => intake.postReport(sent)));
    expect(new Set([...references, await intake.postReport(sent)]).size).toBe(1);
    expect((await workstation.pull(unit, 0)).end).toBe(before + 1);
    const next = await intake.postReport(intakeOf());
    expect(Number(next.slice(3))).toBe(Number(references[0]?.slice(3)) + 1);
  });

  test('follows the last entry of the endpoint, whatever comes between', async () => {
    await intake.postReport(intakeOf());
    await workstation.push(unit, await (await Author.of(unit)).writeMany(2));
    await intake.postReport(intakeOf());
    const { entries } = await pullAll(workstation, unit, fixture.endpoint.endpointKey);
    const ours = entries.filter(({ entry }) => entry.header.author === fixture.endpoint.endpointKey);
    expect(ours.map(({ entry }) => entry.header.prev)).toEqual([null, ...ours.slice(0, -1).map(({ hash }) => hash)]);
    expect(new Set(ours.map(({ entry }) => entry.header.stream)).size).toBe(ours.length);
  });

  test('goes to a unit that is there and founded', async () => {
    await expectRefusal(() => intake.send('POST', '/v1/reports', intakeOf({ force: 'nowhere' })), 'force-unknown');
    await expectRefusal(() => intake.send('POST', '/v1/reports', intakeOf({ force: 'wiltshire' })), 'unit-not-ready');
  });

  test('names the fields that are wrong, and repeats nothing', async () => {
    const secret = 'Zanzibar-canary';
    const { report, ...rest } = intakeOf({ narrative: secret });
    const bodies = [
      { ...rest, report: { ...report, channel: secret } },
      { ...rest, report: { ...report, [secret]: 1 } },
      { ...rest, report: { ...report, subjects: [{ name: secret }] } },
      { ...rest, report: { ...report, narrative: '' } },
      { ...rest, report: { ...report, peopleAtRisk: [{ who: secret, risk: secret, urgency: secret }] } },
      { ...rest, report, id: secret },
      { ...rest, report, attachments: [{ name: secret, type: 'application/zip', bytes: '' }] },
      secret,
      null,
    ];
    const details: string[] = [];
    for (const body of bodies) {
      details.push(await expectRefusal(() => intake.send('POST', '/v1/reports', body), 'request-malformed'));
    }
    expect(details.join()).not.toContain(secret);
    expect(details[0]).toContain('/report/channel');
    expect(fixture.logged()).not.toContain(secret);
  });

  test('brings no file that is not what it claims', async () => {
    const attach = (type: 'image/png' | 'image/jpeg' | 'application/pdf' | 'text/plain', bytes: number[]) =>
      intakeOf({}, [{ name: 'file', type, bytes: Buffer.from(bytes).toString('base64') }]);
    for (const sent of [
      attach('image/png', [0xff, 0xd8, 0xff]),
      attach('image/jpeg', [0x89, 0x50, 0x4e, 0x47]),
      attach('application/pdf', [0x4d, 0x5a]),
      attach('application/pdf', []),
      attach('text/plain', [0xff, 0xfe, 0x00]),
    ]) {
      await expectRefusal(() => intake.send('POST', '/v1/reports', sent), 'attachment-type-mismatch');
    }
    expect(await intake.postReport(attach('application/pdf', [...Buffer.from('%PDF-1.7')]))).toMatch(/^PA-/);
    expect(await intake.postReport(attach('image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]))).toMatch(
      /^PA-/,
    );
  });

  test('has attachments of 10 MiB, and none larger', async () => {
    const bytes = Buffer.alloc(10 * 1024 * 1024 + 1, 'a');
    const sent = intakeOf({}, [{ name: 'a.txt', type: 'text/plain', bytes: bytes.subarray(1).toString('base64') }]);
    expect(await intake.postReport(sent)).toMatch(/^PA-/);
    const larger = intakeOf({}, [{ name: 'a.txt', type: 'text/plain', bytes: bytes.toString('base64') }]);
    await expectRefusal(() => intake.send('POST', '/v1/reports', larger), 'attachment-too-large');
    const eleven = intakeOf(
      {},
      Array.from({ length: 11 }, () => textAttachment('a', 'a')),
    );
    await expectRefusal(() => intake.send('POST', '/v1/reports', eleven), 'request-malformed');
  });

  test('that would not fit into an entry is refused whole', async () => {
    // Within every field's limit, but six bytes a character in JSON.
    const widest = '\u0001'.repeat(1998);
    const subject = { kind: 'unknown', name: null, rankOrRole: null, collarNumber: null, station: null } as const;
    const sent = intakeOf({
      narrative: `a${'\u0001'.repeat(49_998)}a`,
      subjects: Array.from({ length: 20 }, () => ({ ...subject, description: `a${widest}a` })),
      peopleAtRisk: Array.from({ length: 20 }, () => ({
        who: `a${'\u0001'.repeat(298)}a`,
        risk: `a${'\u0001'.repeat(998)}a`,
        urgency: 'concern' as const,
      })),
      places: Array.from({ length: 50 }, () => `a${'\u0001'.repeat(298)}a`),
    });
    await expectRefusal(() => intake.send('POST', '/v1/reports', sent), 'report-too-large');
  });
});

describe('pushing entries', () => {
  test('appends in order and answers a repeat with the same positions', async () => {
    const author = await Author.of(unit);
    const entries = await author.writeMany(3);
    const accepted = await workstation.push(unit, entries);
    const first = accepted[0]?.position ?? 0;
    expect(accepted.map(({ position }) => position)).toEqual([first, first + 1, first + 2]);
    expect(await workstation.push(unit, entries)).toEqual(accepted);
    const more = [...entries.slice(1), (await author.write()).wire];
    expect((await workstation.push(unit, more)).map(({ position }) => position)).toEqual([
      first + 1,
      first + 2,
      first + 3,
    ]);
    const once = (await author.write()).wire;
    const doubled = await workstation.push(unit, [once, once]);
    expect(doubled.map(({ position }) => position)).toEqual([first + 4, first + 4]);
    expect(fixture.logged()).toContain('"route":"/v1/units/:unit/entries","status":200');
  });

  test('serves two workstations that push the same at the same time', async () => {
    const author = await Author.of(unit);
    const other = await EndpointClient.enrolled(fixture.url, demoWorkstationCode);
    const entries = await author.writeMany(20);
    const answers = await Promise.all(
      [workstation, other, workstation, other].map((client) => client.push(unit, entries)),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test('refuses the whole batch for one entry', async () => {
    const author = await Author.of(unit);
    const good = (await author.write()).wire;
    const next = await author.write();
    const skipped = await author.write();
    const detail = await expectRefusal(() => push([good, skipped.wire]), 'entry-out-of-order');
    expect(detail).toContain(skipped.header.id);
    await expectRefusal(() => push([next.wire]), 'entry-out-of-order');
    const signature = `${next.wire.signature.slice(0, 85)}${next.wire.signature.endsWith('A') ? 'Q' : 'A'}`;
    await expectRefusal(() => push([good, { ...next.wire, signature }]), 'entry-signature');
    await expectRefusal(() => push([good, { ...next.wire, payload: `${next.wire.payload}AAAA` }]), 'entry-signature');
    await expectRefusal(() => push([good, { ...next.wire, protected: 'bm9uc2Vuc2U' }]), 'entry-malformed');
    await expectRefusal(async () => push([(await author.write({ kid: '' })).wire]), 'entry-malformed');
    await expectRefusal(() => push([{ ...good, more: 1 }]), 'request-malformed');
    await expectRefusal(() => push([]), 'request-malformed');
    await expectRefusal(async () => push(await author.writeMany(501, 1)), 'request-malformed');
    expect((await workstation.push(unit, [good, next.wire, skipped.wire])).length).toBe(3);
  });

  test('refuses another unit, a reused id and the name of the endpoint', async () => {
    const author = await Author.of(unit);
    const stray = await author.write({ unit: crypto.randomUUID() as string as UnitId, prev: null });
    await expectRefusal(() => push([stray.wire]), 'entry-other-unit');
    author.tip = null;
    const id = v7() as EntryId;
    await workstation.push(unit, [(await author.write({ id })).wire]);
    const again = (await author.write({ id })).wire;
    expect(await expectRefusal(() => push([again]), 'entry-id-reused')).toContain(id);
    const claim = {
      ...JSON.parse(Buffer.from(again.protected, 'base64url').toString()),
      author: fixture.endpoint.endpointKey,
    };
    const forged = { ...again, protected: Buffer.from(JSON.stringify(claim)).toString('base64url') };
    await expectRefusal(() => push([forged]), 'entry-author-reserved');
  });

  test('refuses what is no JSON, poisoned, mistyped or too large', async () => {
    const raw = async (body: string | Uint8Array<ArrayBuffer>, type = 'application/json') => {
      const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
      const headers = { 'content-type': type, ...(await workstation.sign('POST', entriesPath(), bytes)) };
      return plain('POST', entriesPath(), { headers, body: bytes });
    };
    await expectRefusal(() => raw('{"entries":'), 'json-malformed');
    await expectRefusal(() => raw(new Uint8Array([0x22, 0xff, 0x22])), 'json-malformed');
    await expectRefusal(() => raw('{"entries":[],"__proto__":{"a":1}}'), 'json-malformed');
    await expectRefusal(() => raw('{"constructor":{"prototype":{"a":1}}}'), 'json-malformed');
    await expectRefusal(() => raw('['.repeat(4_000_000)), 'json-malformed');
    await expectRefusal(() => raw('entries=1', 'application/x-www-form-urlencoded'), 'media-type-unsupported');
    await expectRefusal(() => raw('{}', 'text/plain'), 'media-type-unsupported');
    await expectRefusal(() => raw(`"${'a'.repeat(8 * 1024 * 1024)}"`), 'body-too-large');
    await expectRefusal(() => workstation.send('POST', entriesPath()), 'request-malformed');
  });
});

describe('reading the log', () => {
  test('page by page, each page proves itself and extends the last', async () => {
    await workstation.push(unit, await (await Author.of(unit)).writeMany(25));
    const whole = await pullAll(workstation, unit, fixture.endpoint.endpointKey);
    const walked = await pullAll(workstation, unit, fixture.endpoint.endpointKey, 4);
    expect(walked.log).toEqual(whole.log);
    expect(walked.entries.map(({ hash }) => hash)).toEqual(whole.entries.map(({ hash }) => hash));
    const beyond = await workstation.pull(unit, whole.log.position + 10);
    expect([beyond.entries.length, beyond.end]).toEqual([0, whole.log.position]);
  });

  test('the head is signed and is that of the last entry', async () => {
    const { log } = await pullAll(workstation, unit, fixture.endpoint.endpointKey);
    const reply = await workstation.send('GET', `/v1/units/${unit}/head`);
    const { head } = JSON.parse(Buffer.from(reply.bytes).toString());
    const verified = await verifyHead(head, fixture.endpoint.endpointKey);
    expect(verified).toMatchObject({ ok: true, value: { unit, ...log } });
  });

  test.each([
    '',
    '?after=',
    '?after=-1',
    '?after=1.5',
    '?after=0&limit=0',
    '?after=0&limit=501',
    '?after=0&x=1',
    '?after=1e3',
    '?after=0&after=1',
  ])('refuses the query "%s"', async (query) => {
    await expectRefusal(() => workstation.send('GET', `${entriesPath()}${query}`), 'request-malformed');
  });
});

describe('the stream of positions', () => {
  async function* events(path: string, signal: AbortSignal): AsyncGenerator<string> {
    const response = await fetch(`${fixture.url}${path}`, { headers: await workstation.sign('GET', path), signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('cache-control')).toBe('no-store');
    if (!response.body) throw new Error('no body');
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) yield piece;
  }

  test('says where the log ends, at once and whenever it grows', async () => {
    const abort = new AbortController();
    const { end } = await workstation.pull(unit, 0);
    const stream = events(`/v1/units/${unit}/positions`, abort.signal);
    const event = (position: number) => `event: position\ndata: {"position":${position}}\n\n`;
    expect((await stream.next()).value).toBe(event(end));
    await workstation.push(unit, await (await Author.of(unit)).writeMany(2));
    expect((await stream.next()).value).toBe(event(end + 2));
    await intake.postReport(intakeOf());
    expect((await stream.next()).value).toBe(event(end + 3));
    abort.abort();
  });
});

describe('blobs', () => {
  test('are kept under their digest, by unit', async () => {
    const bytes = new Uint8Array(randomBytes(mostSealedChunk));
    const digest = await digestOf(bytes);
    const path = `/v1/units/${unit}/blobs/${digest}`;
    await expectRefusal(() => workstation.send('GET', path), 'blob-unknown');
    await workstation.putBlob(unit, digest, bytes);
    await workstation.putBlob(unit, digest, bytes);
    expect(Buffer.from(await workstation.getBlob(unit, digest)).equals(bytes)).toBe(true);
  });

  test('are refused when they are other bytes, too large, or no bytes', async () => {
    const bytes = new Uint8Array(randomBytes(100));
    const path = (digest: Digest | string) => `/v1/units/${unit}/blobs/${digest}`;
    const digest = await digestOf(bytes);
    await expectRefusal(async () => workstation.send('PUT', path(await digestOf(noBody)), bytes), 'digest-mismatch');
    await expectRefusal(() => workstation.send('PUT', path('nonsense'), bytes), 'request-malformed');
    await expectRefusal(() => workstation.send('PUT', path(digest), { a: 1 }), 'media-type-unsupported');
    await expectRefusal(() => workstation.send('PUT', path(digest)), 'request-malformed');
    const large = new Uint8Array(mostSealedChunk + 1);
    await expectRefusal(async () => workstation.send('PUT', path(await digestOf(large)), large), 'body-too-large');
    await expectRefusal(() => workstation.send('GET', path(digest)), 'blob-unknown');
  });
});

describe('limits and the log file', () => {
  test('an address and a device may ask only so often', async () => {
    const limited = await startTestEndpoint({ limits: { workstation: 5, enrolment: 3 } });
    try {
      const head = `/v1/units/${limited.unit}/head`;
      for (let index = 0; index < 5; index += 1) expect((await limited.workstation.send('GET', head)).status).toBe(200);
      const refused = await limited.workstation.send('GET', head);
      expect(problemIn(refused).code).toBe('rate-limited');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      const stranger = () => newDevice().then((device) => new EndpointClient(limited.url, device));
      const guess = async () => (await stranger()).send('POST', '/v1/enrolments', { code: 'ABCDEFGH' });
      // Two were spent on the fixture's own devices.
      expect(problemIn(await guess()).code).toBe('code-refused');
      expect(problemIn(await guess()).code).toBe('rate-limited');
    } finally {
      await limited.close();
    }
  });

  test('holds route patterns and numbers, and nothing of who asked or what', async () => {
    await plain('GET', '/v1/secret-path?secret=query', { headers: { 'user-agent': 'secret-agent' } });
    await vi.waitFor(() => expect(fixture.logged()).toContain('"route":"unknown","status":404'));
    const lines = fixture
      .logged()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const fields = new Set(lines.flatMap((line) => Object.keys(line)));
    expect([...fields].sort()).toEqual(['entries', 'level', 'method', 'ms', 'msg', 'reqId', 'route', 'status', 'time']);
    for (const hint of ['secret', '127.0.0.1:', 'node', 'authorization', unit, workstation.device.author]) {
      expect(fixture.logged().replace(/"msg":"Server listening[^"]*"/, '')).not.toContain(hint);
    }
  });

  test('a demonstration stays on the loopback address', async () => {
    const dataDir = join(tmpdir(), 'probity-never-made');
    await expect(startEndpoint({ dataDir, demo: true, host: '0.0.0.0' })).rejects.toThrow('loopback');
  });

  test('without the demonstration its codes are worth nothing', async () => {
    const dataDir = await temporaryFolder();
    await plantDatabase(dataDir);
    await (await startEndpoint({ dataDir, demo: true })).close();
    const real = await startEndpoint({ dataDir });
    try {
      const device = new EndpointClient(real.url, await newDevice());
      for (const code of [demoWorkstationCode, demoIntakeCode]) {
        expect(problemIn(await device.send('POST', '/v1/enrolments', { code })).code).toBe('code-refused');
      }
    } finally {
      await real.close();
    }
  });
});
