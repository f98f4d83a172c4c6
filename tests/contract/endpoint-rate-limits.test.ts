import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { parseCommandLine } from '#endpoint/command-line.ts';
import { demoIntakeCode } from '#endpoint/demo.ts';
import { defaultLimits } from '#endpoint/http/rate-limits.ts';
import { toBytes } from '#shared/crypto/encoding.ts';
import { signRequest } from '#shared/sync/request-token.ts';
import { newDevice } from '../support/endpoint-client.ts';
import { type EndpointFixture, startTestEndpoint, type TestEndpointOptions } from '../support/endpoint-fixture.ts';

let fixture: EndpointFixture | undefined;
afterEach(() => fixture?.close());

const limits = { wrongCodes: 3, open: 12 };
const start = async (options: Partial<TestEndpointOptions> = {}) => {
  fixture = await startTestEndpoint({ limits, ...options });
  return fixture.url;
};

interface From {
  /** One of this computer's own. */
  readonly socket?: string;
  readonly forwarded?: string;
}

/** Over a socket of its own, from that address. */
async function ask(url: string, { socket = '127.0.0.1', forwarded }: From, path: string, body?: unknown) {
  const device = await newDevice();
  const bytes = body === undefined ? new Uint8Array(0) : toBytes(body);
  const method = body === undefined ? 'GET' : 'POST';
  const token = await signRequest(device, { method, path, body: bytes }, randomUUID(), Date.now());
  const headers = {
    ...{ authorization: `Probity ${token}`, 'content-type': 'application/json', 'content-length': bytes.length },
    ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }),
  };
  const sent = request(`${url}${path}`, { method, headers, localAddress: socket, agent: false });
  sent.end(bytes);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return response;
}
const enrol = async (url: string, from: From, code: string) =>
  (await ask(url, from, '/v1/enrolments', { code })).statusCode;
const guess = (url: string, from: From) => enrol(url, from, randomUUID().slice(0, 8).toUpperCase());
const guesses = async (url: string, from: From, count: number) => {
  const statuses: unknown[] = [];
  for (let at = 0; at < count; at += 1) statuses.push(await guess(url, from));
  return statuses;
};

describe('wrong codes', () => {
  test('are counted by address, and lock nobody else out', async () => {
    const url = await start();
    expect(await guesses(url, { socket: '127.0.0.2' }, 5)).toEqual([403, 403, 403, 429, 429]);
    expect(await guess(url, { socket: '127.0.0.3' })).toBe(403);
    expect(await enrol(url, { socket: '127.0.0.3' }, demoIntakeCode)).toBe(200);
    const refused = await ask(url, { socket: '127.0.0.2' }, '/v1/enrolments', { code: 'ABCDEFGH' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers['content-type']).toContain('application/problem+json');
  });

  test('lock out no right code, not even from the same address', async () => {
    const url = await start();
    const from = { socket: '127.0.0.2' };
    expect(await guesses(url, from, 4)).toEqual([403, 403, 403, 429]);
    expect(await enrol(url, from, demoIntakeCode)).toBe(200);
    expect(await guess(url, from)).toBe(429);
  });

  test('by default are ten a minute', async () => {
    const url = await start({ limits: defaultLimits });
    const statuses = await guesses(url, {}, 11);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429]);
  });
});

test('a flood from one address stops that address, on that path', async () => {
  const url = await start();
  const directory = (socket: string) => ask(url, { socket }, '/v1/directory').then(({ statusCode }) => statusCode);
  for (let at = 0; at < limits.open; at += 1) expect(await directory('127.0.0.2')).toBe(200);
  expect([await directory('127.0.0.2'), await directory('127.0.0.3')]).toEqual([429, 200]);
  expect(await enrol(url, { socket: '127.0.0.2' }, demoIntakeCode)).toBe(200);
});

describe('what a proxy says of who asks', () => {
  const forwarded = (address: string, socket = '127.0.0.1') => ({ forwarded: address, socket });

  test('is ignored where no proxy is trusted', async () => {
    const url = await start();
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) {
      expect(await guess(url, forwarded(address))).toBe(403);
    }
    expect(await guess(url, forwarded('192.0.2.4'))).toBe(429);
  });

  test('is ignored from an address that is not of a trusted proxy', async () => {
    const url = await start({ trustedProxies: ['127.0.0.9'] });
    expect(await guesses(url, forwarded('192.0.2.1'), 3)).toEqual([403, 403, 403]);
    expect(await guess(url, forwarded('192.0.2.2'))).toBe(429);
    expect(await guess(url, forwarded('192.0.2.2', '127.0.0.9'))).toBe(403);
  });

  test('tells its clients apart, and a stranger locks out none of them', async () => {
    const url = await start({ trustedProxies: ['10.0.0.0/8', '127.0.0.1'] });
    expect(await guesses(url, forwarded('192.0.2.1'), 4)).toEqual([403, 403, 403, 429]);
    expect(await guess(url, forwarded('192.0.2.2'))).toBe(403);
    expect(await enrol(url, forwarded('192.0.2.2'), demoIntakeCode)).toBe(200);
    // The nearest that is no proxy of ours: what a stranger writes before it counts for nothing.
    expect(await guess(url, forwarded('198.51.100.7, 192.0.2.1'))).toBe(429);
    expect(await guess(url, forwarded('192.0.2.1, 10.1.2.3'))).toBe(429);
    expect(await guess(url, forwarded('192.0.2.1:4711'))).toBe(429);
    expect(await guess(url, forwarded('::ffff:192.0.2.1'))).toBe(429);
    expect(await guess(url, {})).toBe(403);
  });

  test('may be an IPv6 address, of which the network counts', async () => {
    const url = await start({ trustedProxies: ['127.0.0.1/32'] });
    for (const address of ['2001:db8::1', '2001:DB8:0:0:ffff::2', '[2001:db8::3]:443']) {
      expect(await guess(url, forwarded(address))).toBe(403);
    }
    expect(await guess(url, forwarded('2001:db8::4'))).toBe(429);
    expect(await guess(url, forwarded('2001:db8:0:1::4'))).toBe(403);
  });

  test('may be nonsense', async () => {
    const url = await start({ trustedProxies: ['127.0.0.1'] });
    for (const address of ['', ',', 'unknown', '[::1', '1.2.3.4.5:6', `${'9'.repeat(3000)}`]) {
      expect(await guess(url, forwarded(address))).toBe(403);
    }
  });
});

describe('--trusted-proxy', () => {
  const proxies = (...given: string[]) => {
    const command = parseCommandLine(['--data', 'D', ...given.flatMap((each) => ['--trusted-proxy', each])]);
    return command.do === 'serve' ? command.options.trustedProxies : null;
  };

  test('takes addresses and networks, and none when it is not given', () => {
    expect(proxies()).toEqual([]);
    const given = ['10.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8'];
    expect(proxies(...given)).toEqual(given);
  });

  test.each([
    '',
    'proxy.example',
    '10.0.0.0/33',
    'fd00::/129',
    '10.0.0.0/x',
    '10.0.0.0/',
    '10/8',
    'loopback',
    '1.2.3.4,::1',
  ])('refuses %o', (given) => expect(() => proxies(given)).toThrow('--trusted-proxy'));

  test.each(['0.0.0.0/0', '::/0'])('refuses %s, which is everybody', (given) => {
    expect(() => proxies(given)).toThrow('would believe everybody');
  });
});
