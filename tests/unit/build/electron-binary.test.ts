import { expect, test } from 'vitest';
import { fetchElectron, findElectron } from '#build/start/electron-binary.ts';
import { type Answer, stubEndpoint } from '#tests/support/stub-endpoint.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

/** The package's own installer, pointed at a mirror on this computer and at an empty cache. */
async function attempt(answer: Answer) {
  const mirror = await stubEndpoint(answer);
  const settings = {
    ELECTRON_MIRROR: `${mirror.origin}/`,
    electron_config_cache: await temporaryFolder(),
  };
  const told: string[] = [];
  const begun = performance.now();
  const program = await fetchElectron((line) => told.push(line), settings);
  return { program, told, seconds: (performance.now() - begun) / 1000, asked: mirror.heard.length };
}

const absent = (await findElectron()) === null;

test.runIf(absent)('a mirror without Electron is given up at once', async () => {
  const { program, seconds, asked } = await attempt((_, response) => response.writeHead(404).end());
  expect(program).toBeNull();
  expect(asked).toBeGreaterThan(0);
  expect(seconds).toBeLessThan(5);
});

test.runIf(absent)('a mirror that says nothing is given up after some seconds', async () => {
  const { program, told, seconds } = await attempt(() => undefined);
  expect(program).toBeNull();
  expect(told).toEqual([]);
  expect(seconds).toBeGreaterThan(4);
  expect(seconds).toBeLessThan(9);
});

test.runIf(absent)('what arrives and is not Electron is not installed', async () => {
  const { program } = await attempt((_, response) => response.end(Buffer.alloc(1_000_000)));
  expect(program).toBeNull();
});
