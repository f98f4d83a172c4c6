import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { writeAtomically } from '#electron/host/atomic-file.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { directoryReplySchema, verifyDirectory } from '#shared/sync/directory.ts';

const seed = 7;
const referrals = 200;
const pauseBetweenLooks = 1_000;

/**
 * Posts the invented referrals once for an endpoint's data, as soon as there is a unit that they can be sealed to: it
 * is founded when its first member's entries have arrived. Resolves with what to say, null when nothing was posted.
 */
export async function seedDemo(
  endpoint: string,
  operatorKey: AuthorKey,
  folder: string,
  signal: AbortSignal,
): Promise<string | null> {
  const done = join(folder, 'demo-reports.json');
  if (existsSync(done)) return null;
  while (!(await hasFoundedUnit(endpoint, operatorKey))) await pause(pauseBetweenLooks, undefined, { signal });
  const { postDemoReports } = await import('../demo/post-demo-reports.ts');
  // Interrupted and begun again it posts none twice: the reports' ids come from the seed.
  const { posted } = await postDemoReports({ endpoint, seed, referrals, signal });
  await writeAtomically(done, `${JSON.stringify({ seed, referrals })}\n`);
  return `${posted} invented referrals were posted to the endpoint.`;
}

async function hasFoundedUnit(endpoint: string, operatorKey: AuthorKey): Promise<boolean> {
  const response = await fetch(`${endpoint}/v1/directory`);
  const { directory } = directoryReplySchema.parse(await response.json());
  const verified = directory === null ? null : await verifyDirectory(directory, operatorKey);
  return verified?.units.some(({ founder }) => founder !== null) ?? false;
}
