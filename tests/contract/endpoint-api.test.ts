import { randomBytes, randomUUID } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { demoIntakeCode, demoWorkstationCode } from '#endpoint/demo.ts';
import { problems } from '#endpoint/http/problems.ts';
import { startEndpoint } from '#endpoint/start-endpoint.ts';
import { toCbor } from '#shared/crypto/cbor.ts';
import { mostSealedChunk, openChunks } from '#shared/crypto/chunks.ts';
import { type Bytes, concat, fromUtf8, toBytes, utf8 } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { sign as signBytes } from '#shared/crypto/signing.ts';
import { parseEvent } from '#shared/domain/registry/registry.ts';
import type { Digest, EntryId, UnitId } from '#shared/kernel/ids.ts';
import { makerOf } from '#shared/log/content-key.ts';
import { type Entry, verifyEntry, type WireEntry } from '#shared/log/entry.ts';
import { toSeen } from '#shared/log/seen.ts';
import { verifySignedCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import { type WholeBox, withdrawBox } from '#shared/log/wire-box.ts';
import { signRequest } from '#shared/sync/request-token.ts';
import { cborType, formatPush, mostPageMessage, mostPushMessage, parsePage } from '#shared/sync/wire.ts';
import { directoryOf, EndpointClient, newDevice, noBody, type Reply } from '../support/endpoint-client.ts';
import { plantDatabase } from '../support/endpoint-database.ts';
import { type EndpointFixture, startTestEndpoint } from '../support/endpoint-fixture.ts';
import { intakeOf, textAttachment } from '../support/endpoint-reports.ts';
import { type Author, type FoundedUnit, junkBox, openSealed, pullAll } from '../support/endpoint-unit.ts';
import { type ProblemCode, problemOf } from '../support/expect-problem.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let fixture: EndpointFixture;
let workstation: EndpointClient;
let intake: EndpointClient;
let unit: UnitId;
let founded: FoundedUnit;
let offset = 0;

beforeAll(async () => {
  fixture = await startTestEndpoint({ now: () => Date.now() + offset });
  ({ workstation, intake, unit, founded } = fixture);
}, 60_000);
afterAll(() => fixture.close());

function problemIn(reply: Reply) {
  expect(reply.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  return problemOf(reply);
}

/** The reply is this refusal, and it changed nothing in the log. */
async function expectRefusal(request: () => Promise<Reply>, code: ProblemCode): Promise<string> {
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
const push = (entries: unknown, path = entriesPath(), client = workstation) =>
  client.sendBytes('POST', path, toCbor({ entries }), cborType);
const json = { 'content-type': 'application/json' };
const headerText = ({ header }: WireEntry): string => fromUtf8(header);

const entriesKey = toCbor('entries');
/** How an array of so many begins. */
const arrayOf = (count: number): Bytes => new Uint8Array([0x9a, count >> 24, count >> 16, count >> 8, count]);

/** With one bit changed, in the middle. */
function flipped(bytes: Bytes): Bytes {
  const changed = bytes.slice();
  const middle = bytes.length >> 1;
  changed[middle] = (changed[middle] ?? 0) ^ 1;
  return changed;
}

/** The entry with another header, signed as its author would. */
async function signedAs(author: Author, wire: WireEntry, header: string): Promise<WireEntry> {
  const signature = await signBytes(author.key, utf8(`probity-entry/2\n${header}`));
  return { ...wire, header: utf8(header), signature };
}

describe('what anyone may ask', () => {
  test('the directory names units and, of those that are founded, by whom', async () => {
    const directory = await directoryOf(fixture.url);
    expect(directory.endpointKey).toBe(fixture.endpoint.endpointKey);
    expect(directory.units.map(({ force }) => force)).toEqual(['avon-and-somerset', 'devon-and-cornwall', 'wiltshire']);
    expect(directory.units.map((each) => each.founder)).toEqual([founded.founder.key.author, null, null]);
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
      'GET /v1/units/{unit}/checkpoint',
      'GET /v1/units/{unit}/entries',
      'GET /v1/units/{unit}/positions',
      'GET /v1/units/{unit}/roster',
      'GET /v1/units/{unit}/tile/{*}',
      'POST /v1/enrolments',
      'POST /v1/reports',
      'POST /v1/units/{unit}/entries',
      'POST /v1/units/{unit}/transfers',
      'POST /v1/units/{unit}/transfers/{id}/answer',
      'PUT /v1/units/{unit}/blobs/{digest}',
      'PUT /v1/units/{unit}/outcomes/{reference}',
    ]);
    const report = description.paths['/v1/reports'].post;
    const body = report.requestBody.content['application/json'].schema;
    expect(body.properties.report.properties.categories.items.enum).toContain('sexualPurpose');
    expect(report.responses['4XX'].content).toHaveProperty('application/problem+json');
    expect(report.security).toEqual([{ request: [] }]);
    expect(JSON.stringify(description)).not.toContain('$ref');
    const entries = description.paths['/v1/units/{unit}/entries'];
    expect(Object.keys(entries.get.responses['200'].content)).toEqual([cborType]);
    const roster = description.paths['/v1/units/{unit}/roster'].get;
    expect(Object.keys(roster.responses['200'].content)).toEqual([cborType]);
    expect(Object.keys(entries.post.requestBody.content)).toEqual([cborType]);
    expect(entries.post.requestBody.content[cborType].schema).toMatchObject({ type: 'string', format: 'binary' });
    expect(Object.keys(entries.post.responses['200'].content)).toEqual(['application/json']);
  });
});

describe('who is asking', () => {
  const checkpoint = () => `/v1/units/${unit}/checkpoint`;
  const withToken = (token: string, path = checkpoint()) =>
    plain('GET', path, { headers: { authorization: `Probity ${token}` } });
  const sign = (device = workstation.device, path = checkpoint(), now = Date.now()) =>
    signRequest(device, { method: 'GET', path, body: noBody }, randomUUID(), now);

  test('an unsigned request is turned away', async () => {
    for (const path of [checkpoint(), `${entriesPath()}?after=0`, `/v1/units/${unit}/positions`]) {
      const reply = await plain('GET', path);
      expect(problemIn(reply).code).toBe('token-missing');
      expect(reply.headers.get('www-authenticate')).toBe('Probity');
    }
    await expectRefusal(() => plain('POST', '/v1/reports', { headers: json, body: '{}' }), 'token-missing');
    await expectRefusal(() => plain('POST', '/v1/enrolments', { headers: json, body: '{}' }), 'token-missing');
    await expectRefusal(() => plain('GET', checkpoint(), { headers: { authorization: 'Bearer x' } }), 'token-missing');
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
    const author = await founded.member();
    const signedBody = formatPush({ entries: [(await author.write()).wire] });
    const sentBody = formatPush({ entries: [(await (await founded.member()).write()).wire] });
    const headers = { 'content-type': cborType, ...(await workstation.sign('POST', entriesPath(), signedBody)) };
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
    const late = sign(workstation.device, checkpoint(), Date.now() - 200_000);
    await expectRefusal(async () => withToken(await late), 'token-refused');
    const early = sign(workstation.device, checkpoint(), Date.now() + 200_000);
    await expectRefusal(async () => withToken(await early), 'token-refused');
  });

  test('strangers, other units and other purposes are kept out', async () => {
    await expectRefusal(async () => withToken(await sign(await newDevice())), 'device-unknown');
    const { client: stranger } = await fixture.newUnit();
    const blob = `/v1/units/${unit}/blobs/${await digestOf(noBody)}`;
    const author = await founded.member();
    const entries = [(await author.write()).wire];
    for (const client of [stranger, intake]) {
      await expectRefusal(() => client.send('GET', checkpoint()), 'device-not-allowed');
      await expectRefusal(() => client.send('GET', `${entriesPath()}?after=0`), 'device-not-allowed');
      await expectRefusal(() => client.send('GET', `/v1/units/${unit}/positions`), 'device-not-allowed');
      await expectRefusal(() => push(entries, entriesPath(), client), 'device-not-allowed');
      await expectRefusal(() => client.send('GET', blob), 'device-not-allowed');
      await expectRefusal(() => client.send('PUT', blob, new Uint8Array(1)), 'device-not-allowed');
    }
    await expectRefusal(() => workstation.send('POST', '/v1/reports', intakeOf()), 'device-not-allowed');
    await expectRefusal(() => workstation.send('GET', '/v1/units/nonsense/checkpoint'), 'device-not-allowed');
  });
});

describe('enrolment', () => {
  const oneTime = async () => {
    const made = await fixture.endpoint.operate({ order: 'workstationCode', unit });
    if (!('code' in made)) throw new Error('no code');
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

describe('a report', () => {
  const open = async (position: number) => {
    const { entries } = await pullAll(workstation, unit, fixture.endpoint);
    const confirmed = entries[position - 1];
    if (!confirmed) throw new Error('no entry');
    const envelope = await openSealed(confirmed.entry, founded.generation);
    const event = parseEvent(envelope);
    if (!event.ok || event.value.type !== 'referral.received') throw new Error('no referral');
    return { ...confirmed, envelope, referral: event.value.data };
  };

  test('is sealed to the unit, signed by the endpoint, and opens as it was sent', async () => {
    const sent = intakeOf({ narrative: 'He said so.', vehicles: ['AB12 CDE'] }, [
      textAttachment('note.txt', 'x'.repeat(600_000)),
      { name: 'empty.txt', type: 'text/plain', bytes: '' },
    ]);
    const reference = await intake.postReport(sent);
    expect(reference).toMatch(/^PA-\d{6}$/);
    const { end } = await workstation.pull(unit, 0);
    const { entry, envelope, referral } = await open(end);
    expect(entry.header.author).toBe(fixture.endpoint.endpointKey);
    expect(entry.header.seen.size).toBe(end - 1);
    expect((await verifyEntry(entry)).ok).toBe(true);
    expect(entry.header.key && makerOf(entry.header.key)).toBe(fixture.endpoint.endpointKey);
    expect(envelope.id).not.toBe(entry.header.id);
    expect(envelope.at).toBe(referral.receivedAt);
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
    await workstation.push(unit, await (await founded.member()).writeMany(2));
    await intake.postReport(intakeOf());
    const { entries } = await pullAll(workstation, unit, fixture.endpoint);
    const ours = entries.filter(({ entry }) => entry.header.author === fixture.endpoint.endpointKey);
    expect(ours.map(({ entry }) => entry.header.prev)).toEqual([null, ...ours.slice(0, -1).map(({ hash }) => hash)]);
    expect(new Set(ours.map(({ entry }) => entry.header.stream)).size).toBe(ours.length);
    // A key of its own for each: whoever is given one case is given no other.
    expect(new Set(ours.map(({ entry }) => entry.header.key)).size).toBe(ours.length);
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
      { ...rest, report, attachments: secret },
      { ...rest, report, attachments: { length: 1 } },
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
    const author = await founded.member();
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
    const author = await founded.member();
    const other = await EndpointClient.enrolled(fixture.url, demoWorkstationCode);
    const entries = await author.writeMany(20);
    const answers = await Promise.all(
      [workstation, other, workstation, other].map((client) => client.push(unit, entries)),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test('refuses the whole batch for one entry', async () => {
    const author = await founded.member();
    const good = (await author.write()).wire;
    const next = await author.write();
    const skipped = await author.write();
    const detail = await expectRefusal(() => push([good, skipped.wire]), 'entry-out-of-order');
    expect(detail).toContain(skipped.header.id);
    await expectRefusal(() => push([next.wire]), 'entry-out-of-order');
    await expectRefusal(
      () => push([good, { ...next.wire, signature: flipped(next.wire.signature) }]),
      'entry-signature',
    );
    await expectRefusal(() => push([good, { ...next.wire, header: utf8('{}') }]), 'entry-malformed');
    await expectRefusal(() => push([good, { ...next.wire, header: utf8('nonsense') }]), 'entry-malformed');
    await expectRefusal(() => push([{ ...good, more: 1 }]), 'request-malformed');
    const [box] = good.boxes as [WholeBox];
    const noBoxes = [noBody, box.sealed, { label: box.label }, { ...box, more: 1 }, { ...box, label: noBody }];
    for (const each of [...noBoxes, { ...box, withdrawn: new Uint8Array(32) }])
      await expectRefusal(() => push([{ ...good, boxes: [each] }]), 'request-malformed');
    await expectRefusal(() => push([]), 'request-malformed');
    await expectRefusal(async () => push(await author.writeMany(501, 1)), 'request-malformed');
    expect((await workstation.push(unit, [good, next.wire, skipped.wire])).length).toBe(3);
  });

  test('refuses another unit, a reused id and the name of the endpoint', async () => {
    const author = await founded.member();
    const stray = await author.write({ unit: crypto.randomUUID() as string as UnitId, prev: null });
    await expectRefusal(() => push([stray.wire]), 'entry-other-unit');
    author.tip = null;
    const id = v7() as EntryId;
    await workstation.push(unit, [(await author.write({ id })).wire]);
    const again = (await author.write({ id })).wire;
    expect(await expectRefusal(() => push([again]), 'entry-id-reused')).toContain(id);
    const forged = {
      ...again,
      header: utf8(headerText(again).replace(author.key.author, fixture.endpoint.endpointKey)),
    };
    await expectRefusal(() => push([forged]), 'entry-author-reserved');
  });

  test('refuses parts that are not those that were signed for', async () => {
    const author = await founded.member();
    const { header, wire } = await author.write();
    const other = (await (await founded.member()).write()).wire;
    const [first, second] = wire.boxes as [WholeBox, WholeBox];
    const wrong: [what: string, changes: Partial<WireEntry>][] = [
      ['a byte of the body', { body: flipped(wire.body ?? noBody) }],
      ['the body of another', { body: other.body }],
      ['a longer body', { body: concat(wire.body ?? noBody, new Uint8Array(16)) }],
      ['a byte of a box’s label', { boxes: [first, { ...second, label: flipped(second.label) }] }],
      ['a byte of what a box holds', { boxes: [first, { ...second, sealed: flipped(second.sealed) }] }],
      [
        'boxes under each other’s labels',
        {
          boxes: [
            { ...first, label: second.label },
            { ...second, label: first.label },
          ],
        },
      ],
      ['the boxes in another order', { boxes: [second, first] }],
      ['a box too few', { boxes: [first] }],
      ['no box', { boxes: [] }],
      ['a box too many', { boxes: [first, second, second] }],
      [
        'two boxes in one',
        { boxes: [{ label: concat(first.label, second.label), sealed: concat(first.sealed, second.sealed) }] },
      ],
    ];
    for (const [what, changes] of wrong) {
      const detail = await expectRefusal(() => push([{ ...wire, ...changes }]), 'entry-parts');
      expect(detail, what).toContain(header.id);
    }
    await workstation.push(unit, [wire]);
    // Nor as a repeat of one that is there: the log keeps what it has.
    await expectRefusal(() => push([{ ...wire, body: other.body }]), 'entry-parts');
    const { entries } = await workstation.pull(unit, 0);
    expect(entries.at(-1)?.entry).toEqual(wire);
  });

  test('takes no entry of which a part is withdrawn', async () => {
    const { header, wire } = await (await founded.member()).write();
    const [first, second] = wire.boxes as [WholeBox, WholeBox];
    const withdrawn = withdrawBox(second);
    for (const changes of [{ body: null }, { boxes: [first, withdrawn] }, { body: null, boxes: [first, withdrawn] }]) {
      const taken: Entry = { header, wire: { ...wire, ...changes } };
      // The signature and the digests still hold.
      expect((await verifyEntry(taken)).ok).toBe(true);
      expect(await expectRefusal(() => push([taken.wire]), 'entry-parts')).toContain(header.id);
    }
  });

  test('knows one spelling of an id and of a key', async () => {
    const author = await founded.member();
    const entry = await author.write();
    await workstation.push(unit, [entry.wire]);
    const { header, wire } = await author.write();
    const text = headerText(wire);
    // The last character of a key has two bits to spare: these are the same 32 bytes.
    const spare = `${header.author.slice(0, -1)}${String.fromCharCode(header.author.charCodeAt(42) + 1)}`;
    const spelt = [
      text.replace(header.id, entry.header.id.toUpperCase()),
      text.replace(header.stream, header.stream.toUpperCase()),
      text.replace(header.unit, header.unit.toUpperCase()),
      text.replace(`"author":"${header.author}"`, `"author":"${spare}"`),
    ];
    for (const each of spelt) {
      expect(each).not.toBe(text);
      await expectRefusal(async () => push([await signedAs(author, wire, each)]), 'entry-malformed');
    }
    // What refuses them is the spelling: signed again as it was, it is taken.
    expect(await workstation.push(unit, [await signedAs(author, wire, text)])).toHaveLength(1);
  });

  test('refuses what is no CBOR, cut off, nested, of another type or too large', async () => {
    const raw = (body: Bytes, type = cborType) => workstation.sendBytes('POST', entriesPath(), body, type);
    const { wire } = await (await founded.member()).write();
    const good = formatPush({ entries: [wire] });
    const bad: [what: string, body: Bytes][] = [
      ['cut off', good.slice(0, -1)],
      ['more behind it', concat(good, new Uint8Array(1))],
      ['JSON', toBytes({ entries: [] })],
      ['a break', new Uint8Array([0xff])],
      ['an array that never ends', new Uint8Array([0x9f, 0x01])],
      ['an array of 2^53 parts', new Uint8Array([0x9b, 0x00, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])],
      ['bytes of 4 GiB', new Uint8Array([0x5a, 0xff, 0xff, 0xff, 0xff])],
      ['text of 2^64 bytes', new Uint8Array([0x7b, ...Array(8).fill(0xff)])],
      ['a map of 4 Gi keys', new Uint8Array([0xba, 0xff, 0xff, 0xff, 0xff])],
      ['a tag', new Uint8Array([0xc1, 0x00])],
      ['undefined', new Uint8Array([0xf7])],
      ['a prototype', toCbor({ entries: [wire], ['__proto__']: { a: 1 } })],
      ['a constructor', toCbor({ constructor: { prototype: { a: 1 } } })],
      ['a key twice', concat(new Uint8Array([0xa2]), entriesKey, toCbor([wire]), entriesKey, toCbor([wire]))],
      ['4 Mi arrays in each other', new Uint8Array(mostPushMessage).fill(0x81)],
      [
        '4 Mi entries that are none',
        concat(new Uint8Array([0xa1]), entriesKey, arrayOf(0x3ffff2), new Uint8Array(0x3ffff2)),
      ],
    ];
    for (const [what, body] of bad) {
      expect(await expectRefusal(() => raw(body), 'request-malformed'), what).toContain('CBOR');
    }
    await expectRefusal(() => raw(good, 'application/json'), 'media-type-unsupported');
    await expectRefusal(() => raw(good, 'application/octet-stream'), 'media-type-unsupported');
    await expectRefusal(() => raw(new Uint8Array(mostPushMessage + 1)), 'body-too-large');
    await expectRefusal(() => workstation.send('POST', entriesPath()), 'request-malformed');
    await expectRefusal(() => raw(noBody), 'request-malformed');
    expect((await raw(good)).status).toBe(200);
  });

  test('takes CBOR at no other address', async () => {
    const body = toCbor({ code: 'ABCDEFGH' });
    await expectRefusal(
      () => workstation.sendBytes('POST', '/v1/enrolments', body, cborType),
      'media-type-unsupported',
    );
  });
});

describe('a body in JSON', () => {
  const raw = (body: string | Bytes, type = 'application/json', path = '/v1/reports') =>
    intake.sendBytes('POST', path, typeof body === 'string' ? utf8(body) : body, type);

  test('is refused when it is no JSON, poisoned, mistyped or too large', async () => {
    await expectRefusal(() => raw('{"report":'), 'json-malformed');
    await expectRefusal(() => raw(new Uint8Array([0x22, 0xff, 0x22])), 'json-malformed');
    await expectRefusal(() => raw('{"report":[],"__proto__":{"a":1}}'), 'json-malformed');
    await expectRefusal(() => raw('{"constructor":{"prototype":{"a":1}}}'), 'json-malformed');
    await expectRefusal(() => raw('['.repeat(4_000_000)), 'json-malformed');
    await expectRefusal(() => raw('report=1', 'application/x-www-form-urlencoded'), 'media-type-unsupported');
    await expectRefusal(() => raw('{}', 'text/plain'), 'media-type-unsupported');
    const large = `"${'a'.repeat(64 * 1024)}"`;
    await expectRefusal(() => raw(large, 'application/json', '/v1/enrolments'), 'body-too-large');
    await expectRefusal(() => intake.send('POST', '/v1/reports'), 'request-malformed');
  });
});

describe('reading the log', () => {
  test('page by page, each page proves itself and extends the last', async () => {
    await workstation.push(unit, await (await founded.member()).writeMany(25));
    const whole = await pullAll(workstation, unit, fixture.endpoint);
    const walked = await pullAll(workstation, unit, fixture.endpoint, 4);
    expect(walked.log).toEqual(whole.log);
    expect(walked.entries.map(({ hash }) => hash)).toEqual(whole.entries.map(({ hash }) => hash));
    const beyond = await workstation.pull(unit, whole.log.size + 10);
    expect([beyond.entries.length, beyond.end]).toEqual([0, whole.log.size]);
  });

  test('gives back the bytes that came in, as CBOR', async () => {
    const author = await founded.member();
    const begins = await author.write({}, 1);
    const { stream } = begins.header;
    const most = Array.from({ length: 256 }, () => junkBox(100, 100));
    const entries = [
      begins.wire,
      (await author.write({ stream }, 1, [])).wire,
      (await author.write({ stream }, 50_000, most)).wire,
    ];
    const [first] = await workstation.push(unit, entries);
    const path = `${entriesPath()}?after=${(first?.position ?? 0) - 1}`;
    const reply = await workstation.send('GET', path);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, cborType]);
    expect(parsePage(reply.bytes)?.entries.map(({ entry }) => entry)).toEqual(entries);
  });

  test('a page ends by its bytes, and is one that a host passes on', async () => {
    const large = await fixture.newFoundedUnit();
    const author = await large.founded.member();
    for (let count = 0; count < 14; count += 2) await large.client.push(large.unit, await author.writeMany(2, 700_000));
    const reply = await large.client.send('GET', `/v1/units/${large.unit}/entries?after=0`);
    expect(reply.bytes.length).toBeLessThan(mostPageMessage);
    // Eleven have less than 8 MiB, twelve have more. Founding and admission come before them, and are small.
    expect(parsePage(reply.bytes)).toMatchObject({ entries: { length: 14 }, end: 16 });
    expect((await pullAll(large.client, large.unit, fixture.endpoint)).entries).toHaveLength(16);
  });

  test('the checkpoint is signed and is that of the last entry', async () => {
    const { log } = await pullAll(workstation, unit, fixture.endpoint);
    const reply = await workstation.send('GET', `/v1/units/${unit}/checkpoint`);
    const { checkpoint } = JSON.parse(Buffer.from(reply.bytes).toString());
    const verified = await verifySignedCheckpoint(checkpoint, { unit, key: fixture.endpoint.checkpointKey });
    expect(verified.ok && toSeen(verified.value)).toEqual(log.checkpoint);
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
    '?after=0&size=1',
    '?after=0&size=1&root=x&time=1&signature=x',
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
    const author = await founded.member();
    const { end } = await workstation.pull(unit, 0);
    const stream = events(`/v1/units/${unit}/positions`, abort.signal);
    const event = (position: number) => `event: position\ndata: {"position":${position}}\n\n`;
    expect((await stream.next()).value).toBe(event(end));
    await workstation.push(unit, await author.writeMany(2));
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
  test('a device may ask only so often', async () => {
    const limited = await startTestEndpoint({ limits: { workstation: 5 } });
    try {
      const checkpoint = `/v1/units/${limited.unit}/checkpoint`;
      for (let index = 0; index < 5; index += 1)
        expect((await limited.workstation.send('GET', checkpoint)).status).toBe(200);
      const refused = await limited.workstation.send('GET', checkpoint);
      expect(problemIn(refused).code).toBe('rate-limited');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
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
    // The key of its operator lies there.
    await expect(startEndpoint({ dataDir })).rejects.toThrow('data of a demonstration');
    const keyFile = join(await temporaryFolder(), 'endpoint-key.json');
    await copyFile(join(dataDir, 'endpoint-key.json'), keyFile);
    const real = await startEndpoint({ dataDir, keyFile });
    await real.operate({ order: 'trustOperator', operatorKey: (await newDevice()).author });
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
