import { once } from 'node:events';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { bundleClient } from '#build/browser-host/bundle-client.ts';
import { startBrowserHost } from '#build/browser-host/start-browser-host.ts';
import type { Host } from '#electron/host/host.ts';
import { createKeyFileSecrets } from '#electron/host/key-file-secrets.ts';
import { createEventRelay } from '#shared/bridge/event-relay.ts';
import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import { randomBytes } from '#shared/crypto/encoding.ts';
import { mostPushMessage } from '#shared/sync/wire.ts';
import { testHost } from '#tests/support/host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

// Bundling with Vite is slow the first time.
beforeAll(() => bundleClient(), 60_000);

async function serving(host?: Host) {
  const folder = await temporaryFolder();
  const rendererDir = join(folder, 'renderer');
  await mkdir(rendererDir);
  await writeFile(join(rendererDir, 'index.html'), '<html><head></head><body></body></html>');
  await writeFile(join(folder, 'secret.json'), '{}');
  const real = host ?? testHost({ profile: join(folder, 'profile') });
  const server = await startBrowserHost({ host: real, port: 0, rendererDir });
  onTestFinished(() => server.close());
  const { origin, host: authority, hash } = new URL(server.url);
  return { server, origin, authority, token: hash.slice('#token='.length) };
}
type Serving = Awaited<ReturnType<typeof serving>>;

/** A host that answers when told to. */
function patientHost() {
  const answers: (() => void)[] = [];
  const relay = createEventRelay();
  const handle = vi.fn<Host['handle']>(
    () => new Promise((resolve) => answers.push(() => resolve({ ok: true, reply: {} }))),
  );
  return { answers, relay, handle, subscribe: relay.subscribe, close: () => undefined };
}

function socketTo({ origin, token }: Serving, changes: { origin?: string; protocols?: string[]; path?: string } = {}) {
  const url = `${origin.replace('http', 'ws')}${changes.path ?? '/probity-host'}`;
  const socket = new WebSocket(url, changes.protocols ?? ['probity', token], { origin: changes.origin ?? origin });
  onTestFinished(() => socket.terminate());
  return socket;
}

/** How a connection ends: refused before it is one, or closed with a code. */
function endOf(socket: WebSocket): Promise<string> {
  return new Promise((resolve) => {
    socket.once('unexpected-response', (_, response) => resolve(`refused ${response.statusCode}`));
    socket.once('close', (code) => resolve(`closed ${code}`));
    socket.on('error', () => undefined);
  });
}

async function opened(served: Serving) {
  const socket = socketTo(served);
  const frames: unknown[] = [];
  socket.on('message', (data, isBinary) => frames.push(isBinary ? fromCbor(data as Buffer) : 'text'));
  await once(socket, 'open');
  return { socket, frames, send: (frame: unknown) => socket.send(toCbor(frame)) };
}

describe('the page', () => {
  test('is served with the policy of Electron, but for its own WebSocket, and with the client first', async () => {
    const { origin, authority } = await serving();
    const response = await fetch(origin);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`connect-src ws://${authority};`);
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).toContain("default-src 'none';");
    expect(await response.text()).toMatch(
      /^<html><head><script src="\/probity-host\.js"><\/script><meta property="csp-nonce"/,
    );
  });

  test('its client is one classic script, with neither zod nor the token in it', async () => {
    const { origin, token } = await serving();
    const response = await fetch(`${origin}/probity-host.js`);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const script = await response.text();
    expect(script).not.toMatch(/^\s*(import|export)\b/m);
    expect(script).not.toContain(token);
    expect(script).not.toMatch(/zod/i);
    expect(script.length).toBeLessThan(100_000);
  });

  test.each(['/../secret.json', '/%2e%2e/secret.json', '//secret.json', '/none.js'])(
    '%s is not there',
    async (path) => {
      const { authority } = await serving();
      expect(await statusOf({ authority, path })).toBe(404);
    },
  );

  test('only GET is allowed', async () => {
    const { origin } = await serving();
    expect((await fetch(origin, { method: 'POST' })).status).toBe(405);
  });

  test('a name that was rebound to this address is refused', async () => {
    const { authority } = await serving();
    for (const host of ['example.com', `example.com:${authority.split(':')[1]}`, 'localhost', '127.0.0.1']) {
      expect(await statusOf({ authority, path: '/', host })).toBe(403);
    }
  });
});

function statusOf({ authority, path, host = authority }: { authority: string; path: string; host?: string }) {
  const [hostname, port] = authority.split(':');
  return new Promise<number | undefined>((resolve, reject) => {
    const sent = request({ hostname, port, path, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end();
  });
}

describe('who may connect', () => {
  test('whoever has the token, from the page itself', async () => {
    const { socket } = await opened(await serving());
    expect(socket.protocol).toBe('probity');
  });

  test.each([
    ['no protocol', []],
    ['no token', ['probity']],
    ['another token', ['probity', 'A'.repeat(43)]],
    ['the token in the wrong place', ['TOKEN', 'probity']],
  ])('%s is closed as a wrong token, and nothing that it sends is heard', async (_, protocols) => {
    const host = patientHost();
    const served = await serving(host);
    const socket = socketTo(served, { protocols: protocols.map((each) => (each === 'TOKEN' ? served.token : each)) });
    socket.on('open', () => socket.send(toCbor({ id: 1, name: 'device.secret', request: {} })));
    expect(await endOf(socket)).toMatch(/^closed (4401|1006)$/);
    expect(host.handle).not.toHaveBeenCalled();
  });

  test.each(['http://example.com', 'http://localhost:1', 'null', 'https://127.0.0.1'])(
    'no page of %s',
    async (origin) => {
      expect(await endOf(socketTo(await serving(), { origin }))).toBe('refused 403');
    },
  );

  test('no other path', async () => {
    expect(await endOf(socketTo(await serving(), { path: '/' }))).toBe('refused 403');
  });

  test('no rebound name', async () => {
    const served = await serving();
    const socket = new WebSocket(`ws://${served.authority}/probity-host`, ['probity', served.token], {
      origin: served.origin,
      headers: { host: 'example.com' },
    });
    expect(await endOf(socket)).toBe('refused 403');
  });
});

describe('a peer that breaks off', () => {
  /** What nobody listened for, which would have ended the process. Vitest would tell of it too, but of no test. */
  function uncaught(): unknown[] {
    const errors: unknown[] = [];
    const note = (error: unknown) => errors.push(error);
    process.on('uncaughtException', note);
    onTestFinished(() => void process.off('uncaughtException', note));
    return errors;
  }

  /** Asks to upgrade without a library's good manners, and waits for the first answer. */
  async function upgraded(authority: string, origin: string): Promise<Socket> {
    const peer = connect(Number(authority.split(':')[1]), '127.0.0.1');
    onTestFinished(() => void peer.destroy());
    const lines = [
      'GET /probity-host HTTP/1.1',
      `host: ${authority}`,
      `origin: ${origin}`,
      'connection: Upgrade',
      'upgrade: websocket',
      'sec-websocket-version: 13',
      `sec-websocket-key: ${Buffer.alloc(16).toString('base64')}`,
      'sec-websocket-protocol: probity, wrong',
    ];
    peer.write(`${lines.join('\r\n')}\r\n\r\n`);
    await once(peer, 'data');
    return peer;
  }

  test('after a wrong token, with a bad frame, is alone with it', async () => {
    const errors = uncaught();
    const { origin, authority } = await serving();
    const peer = await upgraded(authority, origin);
    // Reserved bits set, and not masked.
    peer.write(Buffer.from([0xff, 0x00]));
    await once(peer, 'close');
    expect((await fetch(origin)).status).toBe(200);
    expect(errors).toEqual([]);
  });

  test('after it was refused, with a reset, is alone with it', async () => {
    const errors = uncaught();
    const { origin, authority } = await serving();
    for (let time = 0; time < 5; time += 1) {
      const peer = await upgraded(authority, 'http://example.com');
      peer.resetAndDestroy();
      await once(peer, 'close');
    }
    expect((await fetch(origin)).status).toBe(200);
    expect(errors).toEqual([]);
  });
});

describe('calls', () => {
  test('are answered by the real host, and its refusals come back as such', async () => {
    const { frames, send } = await opened(await serving());
    send({ id: 1, name: 'host.describe', request: {} });
    send({ id: 2, name: 'log.pull', request: { after: -1, limit: 1 } });
    send({ id: 3, name: 'no.such', request: {} });
    await expect.poll(() => frames.length).toBe(3);
    expect(frames).toEqual(
      expect.arrayContaining([
        { id: 1, result: { ok: true, reply: expect.objectContaining({ kind: 'browser', version: '1.2.3' }) } },
        { id: 2, result: { ok: false, failure: expect.objectContaining({ code: 'call-malformed' }) } },
        { id: 3, result: { ok: false, failure: expect.objectContaining({ code: 'unknown-call' }) } },
      ]),
    );
  });

  test('are answered each by its id, in any order, and each once', async () => {
    const host = patientHost();
    const { frames, send } = await opened(await serving(host));
    send({ id: 1, name: 'a', request: {} });
    send({ id: 2, name: 'b', request: {} });
    await expect.poll(() => host.answers.length).toBe(2);
    host.answers[1]?.();
    await expect.poll(() => frames.length).toBe(1);
    host.answers[0]?.();
    await expect.poll(() => frames).toEqual([2, 1].map((id) => ({ id, result: { ok: true, reply: {} } })));
    expect(host.handle).toHaveBeenCalledTimes(2);
  });

  test('carry bytes, there and back', async () => {
    const host = patientHost();
    const bytes = new Uint8Array(300_000).fill(7);
    host.handle.mockResolvedValue({ ok: true, reply: { bytes } });
    const { frames, send } = await opened(await serving(host));
    const push = new Uint8Array(mostPushMessage).fill(9);
    send({ id: 1, name: 'log.push', request: { push } });
    await expect.poll(() => frames.length).toBe(1);
    const [[name, request] = []] = host.handle.mock.calls;
    expect(name).toBe('log.push');
    expect(Buffer.from((request as { push: Uint8Array }).push).equals(push)).toBe(true);
    expect(frames).toEqual([{ id: 1, result: { ok: true, reply: { bytes } } }]);
  });

  const good = { id: 1, name: 'host.describe', request: {} };
  const { id: _id, ...noId } = good;
  const malformed: [what: string, frame: string | Uint8Array][] = [
    ['text', JSON.stringify(good)],
    ['no CBOR', new Uint8Array([0xff])],
    ['JSON in bytes', Buffer.from(JSON.stringify(good))],
    ['its end cut off', toCbor(good).slice(0, -1)],
    ['more behind its end', Buffer.concat([toCbor(good), Buffer.of(0)])],
    ['nothing', new Uint8Array(0)],
    ['no object', toCbor([])],
    ['null', toCbor(null)],
    ['undefined', toCbor({ ...good, request: { after: undefined } })],
    ['no number', toCbor({ ...good, request: { after: Number.NaN } })],
    ['arrays in arrays without end', new Uint8Array(1_000_000).fill(0x81)],
    ['an array of 4 Gi', new Uint8Array([0x9a, 0xff, 0xff, 0xff, 0xff])],
    ['no id', toCbor(noId)],
    ['an id that is none', toCbor({ ...good, id: 0 })],
    ['an id that is no integer', toCbor({ ...good, id: 1.5 })],
    ['a name that is none', toCbor({ ...good, name: 7 })],
    ['more fields', toCbor({ ...good, more: 1 })],
  ];
  test.each(malformed)('a frame with %s ends the connection unheard', async (_, frame) => {
    const host = patientHost();
    const { socket } = await opened(await serving(host));
    socket.send(frame);
    expect(await endOf(socket)).toBe('closed 1008');
    expect(host.handle).not.toHaveBeenCalled();
  });

  test('a name of any length is asked of the host, which refuses what it does not know', async () => {
    const { frames, send } = await opened(await serving());
    send({ id: 1, name: 'x'.repeat(100_000), request: {} });
    await expect.poll(() => frames.length).toBe(1);
    expect(frames).toMatchObject([{ id: 1, result: { ok: false, failure: { code: 'unknown-call' } } }]);
  });

  test('an id that is in use ends the connection', async () => {
    const { socket, send } = await opened(await serving(patientHost()));
    send({ id: 1, name: 'a', request: {} });
    send({ id: 1, name: 'a', request: {} });
    expect(await endOf(socket)).toBe('closed 1008');
  });

  test('a message larger than any call ends the connection, and the host lives on', async () => {
    const served = await serving();
    const { socket } = await opened(served);
    socket.send(new Uint8Array(mostPushMessage + 64 * 1024 + 1));
    expect(await endOf(socket)).toBe('closed 1009');
    const { frames, send } = await opened(served);
    send({ id: 1, name: 'host.describe', request: {} });
    await expect.poll(() => frames.length).toBe(1);
  });
});

test('events of the host reach each connection, beginning with how things stand', async () => {
  const host = patientHost();
  host.relay.publish({ type: 'connection', online: true });
  const served = await serving(host);
  const one = await opened(served);
  const other = await opened(served);
  host.relay.publish({ type: 'lock' });
  for (const { frames } of [one, other]) {
    await expect
      .poll(() => frames)
      .toEqual([{ event: { type: 'connection', online: true } }, { event: { type: 'lock' } }]);
  }
});

test('closing ends every connection and frees the port', async () => {
  const served = await serving();
  const { socket } = await opened(served);
  const idle = connect(Number(served.authority.split(':')[1]), '127.0.0.1');
  await once(idle, 'connect');
  const ended = endOf(socket);
  await served.server.close();
  expect(await ended).toBe('closed 1006');
  await expect(fetch(served.origin)).rejects.toThrow('fetch failed');
});

test('the key file belongs to its owner, opens what it sealed, and nothing that was changed', async () => {
  const profile = join(await temporaryFolder(), 'profile');
  const bytes = randomBytes(50);
  const sealed = await createKeyFileSecrets(profile).seal(bytes);
  expect(await createKeyFileSecrets(profile).open(sealed)).toEqual(bytes);
  expect((await stat(join(profile, 'development-key'))).mode & 0o777).toBe(0o600);
  sealed[20] = (sealed[20] ?? 0) ^ 1;
  await expect(createKeyFileSecrets(profile).open(sealed)).rejects.toThrow();
  expect(await readFile(join(profile, 'development-key'), 'utf8')).toMatch(/^[\w-]{43}\n$/);
});
