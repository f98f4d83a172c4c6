import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '#shared/kernel/result.ts';

/** Says that Probity made the folder, so that it may remove it. */
const marker = '.made-by-probity';

/**
 * Makes sure of a folder for Probity's data, emptied first when `fresh`. A folder with other things in it is neither
 * used nor removed: a mistyped --profile must not cost anybody their home.
 */
export async function prepareFolder(folder: string, fresh: boolean): Promise<Result<string, string>> {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [] as string[];
    throw error;
  });
  if (found.length > 0 && !found.includes(marker)) {
    return err(`${folder} has other things in it, which Probity leaves alone. Choose a new or empty folder.`);
  }
  if (fresh) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, marker), '');
  return ok(folder);
}
