#!/usr/bin/env node
/**
 * Stands in for `fpm` where it is absent: takes the arguments with which electron-builder calls it for a `.deb`, and packs with
 * Debian's own `dpkg-deb`. So that what goes into the package stays electron-builder's to say.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs, promisify } from 'node:util';

const text = { type: 'string' } as const;
const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    source: { ...text, short: 's' },
    target: { ...text, short: 't' },
    depends: { ...text, short: 'd', multiple: true },
    force: { type: 'boolean' },
    ...{ name: text, version: text, architecture: text, maintainer: text, vendor: text, url: text, license: text },
    ...{ description: text, package: text, 'after-install': text, 'after-remove': text },
    ...{ 'deb-priority': text, 'deb-compression': text, 'deb-recommends': { ...text, multiple: true } },
  },
});

/** What the two call differently. */
const names: Readonly<Record<string, string>> = { gz: 'gzip', zst: 'zstd' };

function need(name: 'name' | 'version' | 'architecture' | 'maintainer' | 'description' | 'package'): string {
  const value = given[name];
  if (!value) throw new Error(`--${name} is missing`);
  return value;
}

/** `from=to`; a folder ends with a slash, and what is in it goes there. */
async function place(root: string, mapping: string): Promise<void> {
  const at = mapping.lastIndexOf('=');
  const [from, to] = [mapping.slice(0, at), join(root, mapping.slice(at + 1))];
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to, { recursive: true, verbatimSymlinks: true });
}

async function filesIn(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function controlOf(files: readonly string[]): Promise<string> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  const kibibytes = Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / 1024);
  const [synopsis = '', ...more] = need('description').split('\n');
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['Package', need('name')],
    ['Version', need('version')],
    ['Architecture', need('architecture')],
    ['Maintainer', need('maintainer')],
    ['Installed-Size', String(kibibytes)],
    ['Depends', given.depends?.join(', ')],
    ['Recommends', given['deb-recommends']?.join(', ')],
    ['Section', 'default'],
    ['Priority', given['deb-priority'] ?? 'optional'],
    ['Homepage', given.url],
    // The first line is the synopsis; those of the rest begin with a space, and an empty one is a full stop.
    ['Description', [synopsis, ...more.map((line) => ` ${line.trim() || '.'}`)].join('\n')],
  ];
  return fields.flatMap(([name, value]) => (value ? `${name}: ${value}\n` : [])).join('');
}

async function checksumsOf(root: string, files: readonly string[]): Promise<string> {
  const line = async (file: string) =>
    `${createHash('md5')
      .update(await readFile(file))
      .digest('hex')}  ${relative(root, file)}\n`;
  return (await Promise.all([...files].sort().map(line))).join('');
}

const root = await mkdtemp(join(tmpdir(), 'probity-deb-'));
try {
  for (const mapping of positionals) await place(root, mapping);
  const files = await filesIn(root);
  const control = join(root, 'DEBIAN');
  await mkdir(control);
  await writeFile(join(control, 'control'), await controlOf(files));
  await writeFile(join(control, 'md5sums'), await checksumsOf(root, files));
  for (const [script, from] of [
    ['postinst', given['after-install']] as const,
    ['postrm', given['after-remove']] as const,
  ]) {
    if (!from) continue;
    await cp(from, join(control, script));
    await chmod(join(control, script), 0o755);
  }
  await chmod(root, 0o755);
  const compression = given['deb-compression'] ?? 'xz';
  await promisify(execFile)('dpkg-deb', [
    '--root-owner-group',
    `-Z${names[compression] ?? compression}`,
    '--build',
    root,
    need('package'),
  ]);
} finally {
  await rm(root, { recursive: true, force: true });
}
