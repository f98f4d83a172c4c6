import { basename, dirname } from 'node:path';
import { expect, test } from 'vitest';
import { parseOptions } from '#build/start/options.ts';

function parsed(...args: string[]) {
  const options = parseOptions(args);
  if (!options.ok) throw new Error(options.error);
  return options.value;
}

test('without options: the usual folders, an embedded endpoint, whichever host there is', () => {
  const { profile, embedded, ...rest } = parsed();
  expect(rest).toEqual({ host: null, port: 4747, endpoint: null, open: true, fresh: false, referrals: 90 });
  expect(basename(profile)).toBe('profile');
  expect(embedded).toBe(`${dirname(profile)}/endpoint`);
  expect(basename(dirname(profile))).toBe('.probity');
});

test('each option is heard', () => {
  expect(
    parsed('--host', 'browser', '--port', '0', '--profile', '/data/p', '--no-open', '--fresh', '--referrals', '9'),
  ).toEqual({
    host: 'browser',
    port: 0,
    profile: '/data/p',
    embedded: '/data/p/endpoint',
    endpoint: null,
    open: false,
    fresh: true,
    referrals: 9,
  });
});

test('an endpoint elsewhere, or --no-demo, starts none here', () => {
  expect(parsed('--endpoint', 'https://acu.example')).toMatchObject({
    embedded: null,
    endpoint: 'https://acu.example',
  });
  expect(parsed('--no-demo')).toMatchObject({ embedded: null, endpoint: null });
});

const refused: [args: string[], why: string][] = [
  [['--prot', '1'], "Unknown option '--prot'"],
  [['more'], 'Unexpected argument'],
  [['--host', 'safari'], 'There is no host "safari".'],
  [['--host', 'electron', '--no-open'], 'Electron is a window'],
  [['--port', 'x'], '"x" is not a port.'],
  [['--port', '65536'], '"65536" is not a port.'],
  [['--endpoint', 'http://acu.example'], 'https://'],
  [['--referrals', '0'], '"0" is not a number of referrals.'],
  [['--profile'], 'argument missing'],
];
test.each(refused)('%j is refused with the usage', (args, why) => {
  const options = parseOptions(args);
  expect(options).toMatchObject({ ok: false, error: expect.stringContaining(why) });
  expect(options).toMatchObject({ error: expect.stringMatching(/\nUsage: npm start -- \[--host electron\|browser\]/) });
});
