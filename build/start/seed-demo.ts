import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { writeAtomically } from '#electron/host/atomic-file.ts';
import { readIfThere } from '#endpoint/kept-files.ts';
import { newStoredKey, storedKeySchema } from '#endpoint/stored-key.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { directoryReplySchema, verifyDirectory } from '#shared/sync/directory.ts';

const seed = 7;
const referrals = 200;
const pauseBetweenLooks = 1_000;

/** What posting was begun with: begun again with it after an interruption, it posts no report twice. */
const begunSchema = z.object({ until: z.iso.datetime(), device: storedKeySchema });

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
  const path = join(folder, 'demo-reports.json');
  const kept = await readIfThere(path);
  const known = kept === null ? null : begunSchema.safeParse(JSON.parse(kept));
  if (known && !known.success) return null;
  while (!(await hasFoundedUnit(endpoint, operatorKey))) await pause(pauseBetweenLooks, undefined, { signal });
  const { postDemoReports } = await import('../demo/post-demo-reports.ts');
  const begun = known?.data ?? { until: new Date().toISOString(), device: await newStoredKey() };
  await writeAtomically(path, JSON.stringify(begun));
  const { posted } = await postDemoReports({ endpoint, seed, referrals, signal, ...begun });
  await writeAtomically(path, `${JSON.stringify({ seed, referrals })}\n`);
  return `${posted} invented referrals were posted to the endpoint.`;
}

async function hasFoundedUnit(endpoint: string, operatorKey: AuthorKey): Promise<boolean> {
  const response = await fetch(`${endpoint}/v1/directory`);
  const { directory } = directoryReplySchema.parse(await response.json());
  const verified = directory === null ? null : await verifyDirectory(directory, operatorKey);
  return verified?.units.some(({ founder }) => founder !== null) ?? false;
}
