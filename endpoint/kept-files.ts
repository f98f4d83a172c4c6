import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/* Small files that the endpoint keeps beside its database. */

/** Null where there is none. */
export const readIfThere = (path: string): Promise<string | null> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });

/**
 * A file that is never replaced, readable by its owner only, and on disk before this resolves.
 * @returns false when there is one already. Of several at a time one wins
 */
export async function writeOnce(path: string, text: string): Promise<boolean> {
  const staging = `${path}.${randomUUID()}`;
  try {
    await writeFile(staging, text, { flag: 'wx', mode: 0o600, flush: true });
    // A link never replaces. Where there are none, as on a memory stick, a power cut may leave half a file.
    await link(staging, path).catch((error: NodeJS.ErrnoException) => {
      if (!withoutLinks.has(error.code)) throw error;
      return writeFile(path, text, { flag: 'wx', mode: 0o600, flush: true });
    });
    await syncFolder(dirname(path));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    await rm(staging, { force: true });
  }
}

const withoutLinks: ReadonlySet<string | undefined> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and NTFS journals the link itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** In the place of a file that is there: after a crash it is the one or the other, whole. On disk before this resolves. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const staging = `${path}.${randomUUID()}`;
  try {
    await writeFile(staging, text, { flag: 'wx', mode: 0o600, flush: true });
    await rename(staging, path);
    await syncFolder(dirname(path));
  } finally {
    await rm(staging, { force: true });
  }
}
