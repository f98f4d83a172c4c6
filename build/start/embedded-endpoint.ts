import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { StartOptions } from '#electron/start-options.ts';
import { demoMembers } from '../demo/members.ts';
import { seedDemo } from './seed-demo.ts';

export interface EmbeddedEndpoint {
  readonly url: string;
  /** For the unlock screen. */
  readonly demo: StartOptions['demo'];
  /** Posts the invented referrals once there is a unit to post them to; says on `tell` how it went. */
  seed(signal: AbortSignal, tell: (line: string) => void): Promise<void>;
  close(): Promise<void>;
}

/** The endpoint of the invented unit, in this process, with its data in `folder`. */
export async function startEmbeddedEndpoint(folder: string): Promise<EmbeddedEndpoint> {
  // Loaded here, because it brings a database with it that `--endpoint` and `--no-demo` do without.
  const [{ startEndpoint }, { demoWorkstationCode }] = await Promise.all([
    import('#endpoint/start-endpoint.ts'),
    import('#endpoint/demo.ts'),
  ]);
  const dataDir = join(folder, 'data');
  await mkdir(dataDir, { recursive: true });
  const { url, operatorKey, close } = await startEndpoint({ port: 0, dataDir, demo: true });
  return {
    url,
    demo: { code: demoWorkstationCode, members: [...demoMembers] },
    async seed(signal, tell) {
      try {
        const done = operatorKey && (await seedDemo(url, operatorKey, folder, signal));
        if (done) tell(done);
      } catch (error) {
        // Stopping interrupts it; the next start posts them again.
        if (!signal.aborted) tell(`The invented referrals could not be posted: ${error}`);
      }
    },
    close: () => close(),
  };
}
