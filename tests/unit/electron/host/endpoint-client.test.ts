import { expect, test, vi } from 'vitest';
import { createEndpointClient } from '#electron/host/endpoint-client.ts';
import { say } from '#renderer/words/say.ts';
import { mostSealedChunk } from '#shared/crypto/chunks.ts';
import { randomBytes } from '#shared/crypto/encoding.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import { generateSigningKey, importSigningKey } from '#shared/crypto/signing.ts';
import { seenNothing } from '#shared/log/seen.ts';
import { cborType, mostPageMessage } from '#shared/sync/wire.ts';
import { anEnrolment } from '#tests/support/host.ts';
import { type Answer, sendBytes, sendJson, sendProblem, stubEndpoint } from '#tests/support/stub-endpoint.ts';

const generated = await generateSigningKey();
const key = await importSigningKey(generated.author, generated.pkcs8);
const unit = anEnrolment().unit?.id as never;

async function clientOf(answer: Answer, changes: { fetch?: typeof fetch } = {}) {
  const stub = await stubEndpoint(answer);
  const caller = {
    origin: stub.origin,
    key,
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    now: Date.now,
  };
  return { ...stub, client: createEndpointClient({ ...caller, ...changes }) };
}

/** Whatever it holds: the vault parses it. */
const page = sendBytes(randomBytes(100), cborType);
const bytesType = 'application/octet-stream';

test('each request is signed by the device for its method, path, query and body', async () => {
  const { client, heard, reply } = await clientOf(page);
  await client.pull(unit, 3, seenNothing, 50);
  reply(sendJson({ accepted: [] }));
  await client.push(unit, randomBytes(50));
  expect(heard.map(({ method, path, type, device }) => ({ method, path, type, device }))).toEqual([
    { method: 'GET', path: `/v1/units/${unit}/entries?after=3&limit=50`, type: undefined, device: key.author },
    { method: 'POST', path: `/v1/units/${unit}/entries`, type: cborType, device: key.author },
  ]);
});

test('a blob travels as bytes and must be the one asked for', async () => {
  const bytes = randomBytes(1000);
  const digest = await digestOf(bytes);
  const { client, heard, reply } = await clientOf((_, response) => response.writeHead(204).end());
  expect(await client.putBlob(unit, digest, bytes)).toMatchObject({ ok: true });
  expect(heard[0]).toMatchObject({ type: 'application/octet-stream', body: Buffer.from(bytes), device: key.author });
  reply(sendBytes(bytes, bytesType));
  expect(await client.getBlob(unit, digest)).toEqual({ ok: true, value: bytes });
  reply(sendBytes(randomBytes(1000), bytesType));
  expect(await client.getBlob(unit, digest)).toMatchObject({
    ok: false,
    error: { code: 'blob-mismatch', retry: false },
  });
  reply(sendBytes(bytes, 'text/html'));
  expect(await client.getBlob(unit, digest)).toMatchObject({ ok: false, error: { code: 'reply-malformed' } });
});

const problems: [status: number, retry: boolean][] = [
  [400, false],
  [401, false],
  [403, false],
  [404, false],
  [409, false],
  [413, false],
  [429, true],
  [500, true],
  [503, true],
];
test.each(problems)(
  'a problem with status %i is passed on as its code, without the endpoint’s words; retry: %s',
  async (status, retry) => {
    const { client } = await clientOf(sendProblem(status, 'some-code', 'In the words of the endpoint.'));
    expect(await client.pull(unit, 0, seenNothing, 1)).toEqual({
      ok: false,
      error: { code: 'some-code', params: {}, retry },
    });
  },
);

test('an error page that is no problem+json gets a code of our own, with its status', async () => {
  const { client } = await clientOf((_, response) => response.writeHead(502).end('<html>Bad gateway</html>'));
  expect(await client.pull(unit, 0, seenNothing, 1)).toEqual({
    ok: false,
    error: { code: 'endpoint-error', params: { status: 502 }, retry: true },
  });
});

test('a redirect is refused, and the other address hears nothing', async () => {
  const other = await stubEndpoint(page);
  const { client } = await clientOf((_, response) => response.writeHead(307, { location: other.origin }).end());
  expect(await client.pull(unit, 0, seenNothing, 1)).toMatchObject({
    ok: false,
    error: { code: 'redirect-refused', retry: false },
  });
  expect(other.heard).toEqual([]);
});

const malformed: [what: string, answer: Answer][] = [
  ['no JSON', (_, response) => response.end('{"directory":')],
  ['no UTF-8', (_, response) => response.end(Buffer.from([0x22, 0xff, 0x22]))],
  ['another shape', sendJson({ directory: 1 })],
  ['one field too many', sendJson({ directory: null, more: 1 })],
  ['nothing', (_, response) => response.end()],
];
test.each(malformed)('an answer with %s is not used', async (_, answer) => {
  const { client } = await clientOf(answer);
  expect(await client.directory()).toMatchObject({ ok: false, error: { code: 'reply-malformed', retry: false } });
});

test('a page is passed on as it came, if it is said to be one, and is no longer than pages are', async () => {
  const { client, reply } = await clientOf(sendJson({ entries: [] }));
  const refused = { ok: false, error: { code: 'reply-malformed', retry: false } };
  expect(await client.pull(unit, 0, seenNothing, 1)).toMatchObject(refused);
  reply((_, response) => response.end('no type'));
  expect(await client.pull(unit, 0, seenNothing, 1)).toMatchObject(refused);
  const bytes = new Uint8Array(mostPageMessage);
  reply(sendBytes(bytes, cborType));
  const pulled = await client.pull(unit, 0, seenNothing, 1);
  expect(pulled.ok && pulled.value.length).toBe(mostPageMessage);
  reply(sendBytes(new Uint8Array(mostPageMessage + 1), cborType));
  expect(await client.pull(unit, 0, seenNothing, 1)).toMatchObject({
    ok: false,
    error: { code: 'reply-too-large', retry: false },
  });
});

test('reading stops at the limit, however much the endpoint goes on sending', async () => {
  let sent = 0;
  const { client } = await clientOf((_, response) => {
    response.setHeader('content-type', bytesType);
    const more = () => {
      if (response.destroyed) return;
      sent += 65_536;
      response.write(Buffer.alloc(65_536), more);
    };
    more();
  });
  const answer = await client.getBlob(unit, await digestOf(new Uint8Array(0)));
  expect(answer).toMatchObject({ ok: false, error: { code: 'reply-too-large', retry: false } });
  expect(sent).toBeLessThan(mostSealedChunk + 8 * 1024 * 1024);
});

test('no endpoint, a cut connection and a body that breaks off are all "offline", worth another try', async () => {
  const nowhere = createEndpointClient({ origin: 'http://127.0.0.1:9', key, fetch, now: Date.now });
  const { client, reply } = await clientOf((_, response) => response.destroy());
  const failures = [await nowhere.pull(unit, 0, seenNothing, 1), await client.pull(unit, 0, seenNothing, 1)];
  reply((_, response) => {
    response.writeHead(200, { 'content-type': cborType, 'content-length': '1000' });
    response.write('a part', () => response.destroy());
  });
  failures.push(await client.pull(unit, 0, seenNothing, 1));
  for (const failure of failures) expect(failure).toMatchObject({ ok: false, error: { code: 'offline', retry: true } });
});

test('an endpoint that does not answer in time is given up, and the words say that it may have heard', async () => {
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException('in a test', 'TimeoutError')), 50);
    return controller.signal;
  });
  const { client, reply } = await clientOf(() => undefined);
  const silent = await client.pull(unit, 0, seenNothing, 1);
  reply((_, response) => response.writeHead(200, { 'content-type': cborType }).write('a'));
  const stalled = await client.pull(unit, 0, seenNothing, 1);
  for (const failure of [silent, stalled]) {
    expect(failure).toEqual({ ok: false, error: { code: 'offline', params: { timedOut: true }, retry: true } });
    expect(!failure.ok && say(failure.error)).toContain('in time');
  }
  vi.restoreAllMocks();
});

test('a certificate that is not trusted is told from being offline', async () => {
  const cause = Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  const { client } = await clientOf(page, {
    fetch: () => Promise.reject(new TypeError('fetch failed', { cause })),
  });
  expect(await client.pull(unit, 0, seenNothing, 1)).toMatchObject({ ok: false, error: { code: 'certificate' } });
  const { client: inChromium } = await clientOf(page, {
    fetch: () => Promise.reject(new Error('net::ERR_CERT_AUTHORITY_INVALID')),
  });
  expect(await inChromium.pull(unit, 0, seenNothing, 1)).toMatchObject({ ok: false, error: { code: 'certificate' } });
});
