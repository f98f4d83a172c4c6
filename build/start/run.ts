import { once } from 'node:events';
import { exitOf } from './child.ts';
import { prepareFolder } from './data-folder.ts';
import { type EmbeddedEndpoint, startEmbeddedEndpoint } from './embedded-endpoint.ts';
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
  const embedded = options.embedded === null ? null : await startEmbeddedEndpoint(options.embedded);
  if (embedded) running.defer(() => embedded.close());
  if (stop.aborted) return;
  await ensureRenderer();
  if (stop.aborted) return;

  const { profile } = options;
  const handedOver = { profile, endpoint: embedded?.url ?? options.endpoint, demo: embedded?.demo ?? null };
  const { url, window } = await openWorkbench(options, handedOver, running, tell);
  tell(`Probity is ready: ${url}`);
  if (embedded) tellDemo(embedded);
  tell(`Everything is kept in ${profile}. Stop with Ctrl+C.`);
  if (embedded) seedUntilEnded(embedded, running);
  if (!stop.aborted) await Promise.race([once(stop, 'abort'), ...(window ? [exitOf(window)] : [])]);
}

async function takeProfile({ profile, embedded, fresh }: StartOptions, running: AsyncDisposableStack): Promise<void> {
  const lock = await lockProfile(profile);
  if (!lock) throw new CannotStart(`Probity runs already with ${profile}. Stop it, or choose another --profile.`);
  running.defer(async () => {
    lock.close();
    await once(lock, 'close');
  });
  for (const folder of embedded === null ? [profile] : [profile, embedded]) {
    const prepared = await prepareFolder(folder, fresh);
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

/** In the background: the window is usable meanwhile, and it is the window that makes the unit's key. */
function seedUntilEnded(embedded: EmbeddedEndpoint, running: AsyncDisposableStack): void {
  const ending = new AbortController();
  const seeding = embedded.seed(ending.signal, tell);
  running.defer(() => {
    ending.abort();
    return seeding;
  });
}
