/** A new database of PGlite, by copying one: making it takes seconds, and most tests are not about that. */
import { constants, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { pgliteSql } from '#endpoint/storage/pglite-sql.ts';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const cache = join(modules, '.cache/probity');

/** @param dataDir of an endpoint that was never started: it finds an empty database there */
export async function plantDatabase(dataDir: string): Promise<void> {
  cpSync(await original(), join(dataDir, 'database'), { recursive: true, mode: constants.COPYFILE_FICLONE });
}

/** Made by the endpoint's own code, once for each version of PGlite. */
async function original(): Promise<string> {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(modules, '@electric-sql/pglite/package.json'), 'utf8')));
  const made = join(cache, `pglite-${version}`);
  if (!existsSync(made)) await make(made);
  return made;
}

/** Several test files may do this at the same time: whoever is first has made it. */
async function make(made: string): Promise<void> {
  mkdirSync(dirname(made), { recursive: true });
  const staging = mkdtempSync(`${made}-`);
  const sql = await pgliteSql(staging);
  await sql.close();
  try {
    renameSync(join(staging, 'database'), made);
  } catch (error) {
    if (!existsSync(made)) throw error;
  }
  rmSync(staging, { recursive: true, force: true });
}
