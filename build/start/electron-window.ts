import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { windowUrl } from '#electron/origin.ts';
import type { StartOptions } from '#electron/start-options.ts';
import { toBase64url, toBytes } from '#shared/crypto/encoding.ts';
import { exitOf, spawnGuarded } from './child.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Starts Electron on the built bundles. Null when it ended before it showed its window, for which it gave its reasons. */
export async function openElectronWindow(program: string, options: StartOptions): Promise<ChildProcess | null> {
  const argument = `--probity=${toBase64url(toBytes(options))}`;
  const child = spawnGuarded(program, [root, argument], 'pipe');
  const shown = new Promise<true>((resolve) => {
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line === windowUrl) resolve(true);
      });
  });
  return (await Promise.race([shown, exitOf(child)])) === true ? child : null;
}
