import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildRenderer } from '../bundles.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = ['renderer', 'shared', 'build/vite.renderer.ts', 'package-lock.json'];

export const rendererDir = join(root, 'dist/renderer');

/** Builds the workbench, unless what is built is newer than all that it is built from. */
export async function ensureRenderer(): Promise<void> {
  const built = await stat(join(rendererDir, 'index.html')).catch(() => null);
  const changed = await Promise.all(sources.map((source) => newest(join(root, source))));
  if (!built || Math.max(...changed) >= built.mtimeMs) await buildRenderer('error');
}

/** When anything at `path` was last changed, folders included, as a file may have gone from them. Milliseconds. */
async function newest(path: string): Promise<number> {
  const own = await stat(path);
  if (!own.isDirectory()) return own.mtimeMs;
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const times = await Promise.all(
    entries.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).mtimeMs),
  );
  return Math.max(own.mtimeMs, ...times);
}
