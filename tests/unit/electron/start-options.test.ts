import { expect, test } from 'vitest';
import { parseStartOptions } from '#electron/start-options.ts';
import { toBase64url, toBytes } from '#shared/crypto/encoding.ts';

const none = { profile: null, endpoint: null, demo: null, keyFile: false };
const given = { profile: '/data/p', endpoint: 'http://127.0.0.1:4000', demo: null, keyFile: true };
const argument = `--probity=${toBase64url(toBytes(given))}`;

test('what npm start hands over is read, among the switches of Chromium', () => {
  expect(parseStartOptions(['electron', '--inspect=0', '.', argument, '--other'], false)).toEqual(given);
  expect(parseStartOptions(['electron', '.'], false)).toEqual(none);
});

test('a packaged Probity takes no orders from its command line', () => {
  expect(parseStartOptions(['probity', argument], true)).toEqual(none);
});

test('what is malformed stops the start', () => {
  expect(() => parseStartOptions(['electron', '.', '--probity=AAAA'], false)).toThrow();
  const more = `--probity=${toBase64url(toBytes({ ...given, more: 1 }))}`;
  expect(() => parseStartOptions(['electron', '.', more], false)).toThrow();
});
