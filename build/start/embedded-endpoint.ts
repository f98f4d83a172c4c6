import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StartOptions } from '#electron/start-options.ts';
import { demoMembers } from '../demo/members.ts';
import type { StartOptions as Options } from './options.ts';

export interface EmbeddedEndpoint {
  readonly url: string;
  /** For the unlock screen. */
  readonly demo: StartOptions['demo'];
  close(): Promise<void>;
}

/** Stands in the folder while the invented unit is being made. */
const making = (folder: string): string => join(folder, 'making');

/** Whether making the invented unit was interrupted: what there is of it is of no use. */
export const isHalfMade = (folder: string): boolean => existsSync(making(folder));

/** An endpoint that never served, and a profile that belongs to no unit. */
const isNew = (folder: string, profile: string): boolean =>
  !existsSync(join(folder, 'data', 'endpoint-key.json')) && !existsSync(join(profile, 'enrolment.json'));

/**
 * The endpoint of the invented unit, in this process, with its data in `folder`. At the first start its history is made, and the
 * profile becomes the workstation of its members. Rejects when `signal` aborts that.
 */
export async function startEmbeddedEndpoint(
  folder: string,
  { profile, referrals }: Pick<Options, 'profile' | 'referrals'>,
  signal: AbortSignal,
): Promise<EmbeddedEndpoint> {
  // Loaded here, because it brings a database with it that `--endpoint` and `--no-demo` do without.
  const [{ startEndpoint }, { demoWorkstationCode }] = await Promise.all([
    import('#endpoint/start-endpoint.ts'),
    import('#endpoint/demo.ts'),
  ]);
  const dataDir = join(folder, 'data');
  const made = isNew(folder, profile);
  await mkdir(dataDir, { recursive: true });
  const demo = { code: demoWorkstationCode, members: [...demoMembers], isNew: made };
  if (!made) {
    const { url, close } = await startEndpoint({ port: 0, dataDir, demo: true });
    return { url, demo, close: () => close() };
  }
  await writeFile(making(folder), '');
  const [{ beginningOf, demoSeed, elsewhereIn, makeDemo }, { SetClock }] = await Promise.all([
    import('../demo/history/make-demo.ts'),
    import('../demo/history/set-clock.ts'),
  ]);
  const until = Date.now();
  const clock = SetClock.at(beginningOf(until));
  const endpoint = await startEndpoint({ port: 0, dataDir, demo: true, now: clock.now });
  try {
    const elsewhere = elsewhereIn(folder);
    await makeDemo({
      ...{ endpoint, clock, profile, elsewhere, seed: demoSeed, signal },
      ...{ count: referrals, until: new Date(until).toISOString() },
    });
    await rm(making(folder));
  } catch (error) {
    await endpoint.close();
    throw error;
  }
  clock.release();
  return { url: endpoint.url, demo, close: () => endpoint.close() };
}
