import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { HostEvent } from '#shared/bridge/contract.ts';
import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import { anEnrolment, callHost, testHost } from '#tests/support/host.ts';
import { sendJson, sendProblem, stubEndpoint } from '#tests/support/stub-endpoint.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const code = 'DEM0W0RK';
const enrolled = { ok: true, reply: anEnrolment() };
const unit = anEnrolment().unit;
if (!unit) throw new Error('an enrolment has a unit');

test('a code is sent as the endpoint knows it, signed by the new device, and the enrolment outlives a restart', async () => {
  const profile = await temporaryFolder();
  const stub = await stubEndpoint(sendJson(anEnrolment()));
  const request = { endpoint: stub.origin, code: ' dem0-w0rk ' };
  expect(await callHost(testHost({ profile }), 'device.enrol', request)).toEqual(enrolled);
  expect(stub.heard[0]).toMatchObject({
    method: 'POST',
    path: '/v1/enrolments',
    body: Buffer.from(`{"code":"${code}"}`),
  });
  expect(stub.heard[0]?.device).toMatch(/^[\w-]{43}$/);
  const described = await callHost(testHost({ profile }), 'host.describe', {});
  expect(described).toMatchObject({ ok: true, reply: { endpoint: stub.origin, enrolment: anEnrolment() } });
  expect(await readFile(join(profile, 'enrolment.json'), 'utf8')).not.toContain('Wessex');
});

test('a code that is none is not sent', async () => {
  const stub = await stubEndpoint(sendJson(anEnrolment()));
  const host = testHost({ profile: await temporaryFolder(), endpoint: stub.origin });
  const result = await callHost(host, 'device.enrol', { endpoint: null, code: 'short' });
  expect(result).toMatchObject({ ok: false, failure: { code: 'code-malformed', retry: false } });
  expect(stub.heard).toEqual([]);
});

const disagreements: [what: string, reply: ReturnType<typeof anEnrolment>, code: string][] = [
  ['another key', anEnrolment({ endpointKey: 'I'.repeat(43) as AuthorKey }), 'endpoint-key-changed'],
  ['another operator', anEnrolment({ operatorKey: 'I'.repeat(43) as AuthorKey }), 'operator-key-changed'],
  [
    'another unit',
    anEnrolment({ unit: { ...unit, id: '5f0c7f4e-6f3c-4a0e-9a52-0d6f9c3a1b22' as UnitId } }),
    'other-unit',
  ],
  ['an intake service', anEnrolment({ purpose: 'intake', unit: null }), 'not-a-workstation-code'],
];
test.each(disagreements)(
  'an enrolment that answers with %s is refused and changes nothing',
  async (_, reply, failure) => {
    const profile = await temporaryFolder();
    const stub = await stubEndpoint(sendJson(anEnrolment()));
    const host = testHost({ profile });
    await callHost(host, 'device.enrol', { endpoint: stub.origin, code });
    const before = await readFile(join(profile, 'enrolment.json'), 'utf8');
    stub.reply(sendJson(reply));
    const result = await callHost(host, 'device.enrol', { endpoint: stub.origin, code });
    expect(result).toMatchObject({ ok: false, failure: { code: failure, retry: false } });
    expect(await readFile(join(profile, 'enrolment.json'), 'utf8')).toBe(before);
  },
);

const elsewhere = { ok: false, failure: { code: 'other-endpoint', retry: false } };

test('an enrolled workstation sends nothing to any other address, and keeps its own', async () => {
  const host = testHost({ profile: await temporaryFolder() });
  const own = await stubEndpoint(sendJson(anEnrolment()));
  const other = await stubEndpoint(sendJson(anEnrolment()));
  await callHost(host, 'device.enrol', { endpoint: own.origin, code });
  expect(await callHost(host, 'device.enrol', { endpoint: other.origin, code })).toMatchObject(elsewhere);
  expect(other.heard).toEqual([]);
  expect(await callHost(host, 'host.describe', {})).toMatchObject({ ok: true, reply: { endpoint: own.origin } });
  for (const endpoint of [null, own.origin, `${own.origin}/`])
    expect(await callHost(host, 'device.enrol', { endpoint, code })).toEqual(enrolled);
});

test('an address given at start is the only one that a code is sent to, and replaces none that is kept', async () => {
  const profile = await temporaryFolder();
  const own = await stubEndpoint(sendJson(anEnrolment()));
  const given = await stubEndpoint(sendJson(anEnrolment()));
  const host = testHost({ profile, endpoint: given.origin });
  expect(await callHost(host, 'device.enrol', { endpoint: own.origin, code })).toMatchObject(elsewhere);
  expect(own.heard).toEqual([]);
  await callHost(testHost({ profile }), 'device.enrol', { endpoint: own.origin, code });
  expect(await callHost(host, 'device.enrol', { endpoint: own.origin, code })).toMatchObject(elsewhere);
  expect(await callHost(host, 'device.enrol', { endpoint: null, code })).toEqual(enrolled);
  expect([own.heard.length, given.heard.length]).toEqual([1, 1]);
  const described = await callHost(testHost({ profile }), 'host.describe', {});
  expect(described).toMatchObject({ ok: true, reply: { endpoint: own.origin } });
});

test('of two enrolments at a time, the second meets what the first has kept', async () => {
  const host = testHost({ profile: await temporaryFolder() });
  const own = await stubEndpoint(sendJson(anEnrolment()));
  const other = await stubEndpoint(sendJson(anEnrolment()));
  const enrol = (endpoint: string) => callHost(host, 'device.enrol', { endpoint, code });
  const [first, second] = await Promise.all([enrol(own.origin), enrol(other.origin)]);
  expect(first).toEqual(enrolled);
  expect(second).toMatchObject(elsewhere);
  expect(other.heard).toEqual([]);
});

test('the log is followed once enrolled, a late listener is told how things stand, and closing ends it', async () => {
  const stub = await stubEndpoint(sendJson(anEnrolment()));
  const host = testHost({ profile: await temporaryFolder(), endpoint: stub.origin });
  const events: HostEvent[] = [];
  host.subscribe((event) => events.push(event));
  stub.reply((heard, response) => {
    if (heard.path === '/v1/enrolments') return sendJson(anEnrolment())(heard, response);
    if (!heard.path.endsWith('/positions') || !heard.device) return sendProblem(404, 'none', 'None.')(heard, response);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('event: position\ndata: {"position":5}\n\n');
  });
  await callHost(host, 'device.enrol', { endpoint: null, code });
  const told = [
    { type: 'connection', online: true },
    { type: 'logAdvanced', position: 5 },
  ];
  await expect.poll(() => events).toEqual(told);
  const late: HostEvent[] = [];
  const end = host.subscribe((event) => late.push(event));
  expect(late).toEqual(told);
  end();
  host.close();
});
