import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { keyFileName } from '#electron/host/key-file-secrets.ts';
import { exitOf } from './child.ts';
import { prepareFolder } from './data-folder.ts';
import { type EmbeddedEndpoint, isHalfMade, startEmbeddedEndpoint } from './embedded-endpoint.ts';
import { ensureRenderer } from './fresh-renderer.ts';
import { openWorkbench } from './open-window.ts';
import type { StartOptions } from './options.ts';
import { lockProfile } from './profile-lock.ts';

const tell = (line: string) => console.log(line);

/** Something a person can mend; its message is for the terminal. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

/**
 * Starts all that `options` ask for, and ends it, last first, once `stop` is aborted or the window was closed.
 * @throws CannotStart
 */
export async function run(options: StartOptions, stop: AbortSignal): Promise<void> {
  await using running = new AsyncDisposableStack();
  await takeProfile(options, running);
  tell('Probity is starting, which takes some seconds ...');
  const { profile } = options;
  const building = ensureRenderer();
  // Awaited below. Where what comes before fails, that is what is said.
  building.catch(() => undefined);
  const embedded = await startEmbedded(options, stop);
  if (embedded) running.defer(() => embedded.close());
  await building;
  if (stop.aborted) return;

  const handedOver = {
    ...{ profile, endpoint: embedded?.url ?? options.endpoint, demo: embedded?.demo ?? null },
    keyFile: existsSync(join(profile, keyFileName)),
  };
  const { url, window } = await openWorkbench(options, handedOver, running, tell);
  tell(`Probity is ready: ${url}`);
  if (embedded) tellDemo(embedded);
  tell(`Everything is kept in ${profile}. Stop with Ctrl+C.`);
  if (!stop.aborted) await Promise.race([once(stop, 'abort'), ...(window ? [exitOf(window)] : [])]);
}

/** Null where none is asked for, or `stop` came first. */
async function startEmbedded(
  { embedded, ...options }: StartOptions,
  stop: AbortSignal,
): Promise<EmbeddedEndpoint | null> {
  if (embedded === null) return null;
  try {
    return await startEmbeddedEndpoint(embedded, options, stop);
  } catch (error) {
    if (stop.aborted) return null;
    throw error;
  }
}

async function takeProfile({ profile, embedded, fresh }: StartOptions, running: AsyncDisposableStack): Promise<void> {
  const lock = await lockProfile(profile);
  if (!lock) throw new CannotStart(`Probity runs already with ${profile}. Stop it, or choose another --profile.`);
  running.defer(async () => {
    lock.close();
    await once(lock, 'close');
  });
  const isOfNoUse = embedded !== null && isHalfMade(embedded);
  for (const folder of embedded === null ? [profile] : [profile, embedded]) {
    const prepared = await prepareFolder(folder, fresh || isOfNoUse);
    if (!prepared.ok) throw new CannotStart(prepared.error);
  }
}

function tellDemo({ url, demo }: EmbeddedEndpoint): void {
  tell(`Endpoint with invented data: ${url}`);
  tell('The members of its invented unit, and their passphrases:');
  for (const { name, role, passphrase } of demo?.members ?? []) {
    tell(`  ${name.padEnd(18)}${role.padEnd(12)}${passphrase}`);
  }
}
