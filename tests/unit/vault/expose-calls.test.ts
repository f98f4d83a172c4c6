import { wrap } from 'comlink';
import { describe, expect, onTestFinished, test } from 'vitest';
import { exposeCalls } from '#renderer/vault/expose-calls.ts';

/* The window may call what the worker lets it call. Nothing else of the worker is to be had, whatever is asked of Comlink. */

const calls = { double: (value: number) => value * 2, fails: () => Promise.reject(new Error('disk-full')) };

function exposed() {
  const { port1: here, port2: there } = new MessageChannel();
  exposeCalls(calls, there);
  there.start();
  here.start();
  onTestFinished(() => {
    here.close();
    there.close();
  });
  const remote = wrap<typeof calls>(here);
  return { here, remote };
}

/** One raw message, as no wrapper sends it; what comes back under its id. */
const ask = (here: MessagePort, message: object): Promise<unknown> => {
  const id = crypto.randomUUID();
  return new Promise((resolve) => {
    here.addEventListener('message', ({ data }) => data.id === id && resolve(data));
    here.postMessage({ id, ...message });
  });
};

test('a call is answered, and one that fails says why', async () => {
  const { remote } = exposed();
  expect(await remote.double(21)).toBe(42);
  await expect(remote.fails()).rejects.toThrow('disk-full');
});

describe('of everything else', () => {
  const paths = [
    [],
    ['double', 'constructor'],
    ['constructor'],
    ['__proto__'],
    ['double', 'call'],
    ['refused', 'bind'],
  ];
  const types = ['GET', 'SET', 'APPLY', 'CONSTRUCT', 'ENDPOINT', 'other'];
  const asked = types.flatMap((type) =>
    [...paths, ['double'], ['toString'], ['refused']].map((path) => ({ type, path })),
  );

  test.each(asked.filter(({ type, path }) => !(type === 'APPLY' && path.join() === 'double')))(
    '$type of $path is refused',
    async ({ type, path }) => {
      const { here, remote } = exposed();
      const value = { type: 'RAW', value: 7 };
      expect(await ask(here, { type, path, value, argumentList: [value] })).toMatchObject({
        type: 'HANDLER',
        name: 'throw',
        value: { value: { message: 'vault-defect' } },
      });
      expect(await remote.double(4)).toBe(8);
    },
  );

  test.each([
    { type: 'APPLY', path: 'double' },
    { type: 'APPLY', path: ['double'] },
    { type: 'APPLY', path: ['double'], argumentList: 'no list' },
    { type: 'APPLY', path: ['double'], argumentList: [null] },
    { type: 'APPLY', path: ['double'], argumentList: Array.from({ length: 50 }, () => ({ type: 'RAW' })) },
    { type: 'APPLY', path: [['double']], argumentList: [] },
    {},
  ])('%j is refused', async (message) => {
    const { here, remote } = exposed();
    expect(await ask(here, message)).toMatchObject({ name: 'throw', value: { value: { message: 'vault-defect' } } });
    expect(await remote.double(4)).toBe(8);
  });

  test('a prototype that a path leads to is not changed', async () => {
    const { here } = exposed();
    for (const path of [
      ['__proto__', 'polluted'],
      ['double', '__proto__', 'polluted'],
      ['double', 'name'],
    ]) {
      await ask(here, { type: 'SET', path, value: { type: 'RAW', value: 'x' } });
    }
    expect([({} as { polluted?: unknown }).polluted, calls.double.name]).toEqual([undefined, 'double']);
  });
});

test.each([null, 'text', 7, [], undefined])('what is no message (%j) holds up nothing', async (message) => {
  const { here, remote } = exposed();
  here.postMessage(message);
  expect(await remote.double(4)).toBe(8);
});
