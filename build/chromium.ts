/**
 * The Chromium that comes from the npm registry, for tests, benchmarks and the pictures in docs.
 * Development only: nothing here is packaged.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from './environment.ts';

const PACKAGE = '@sparticuz/chromium';
const FONT_CONFIGURATION = 'fonts.conf';
const require = createRequire(import.meta.url);
const cacheRoot = fileURLToPath(new URL('../node_modules/.cache/probity/', import.meta.url));

/** The package's own flags are left out: they run everything in one process and switch web security off. */
const chromiumFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What Playwright's `launch` and `launchPersistentContext` take. */
export async function chromiumLaunchOptions() {
  const executablePath = await chromiumExecutable();
  // A bare machine has no fonts at all, and text without a font has no width: use the package's own everywhere.
  const env = childEnvironment({ FONTCONFIG_FILE: join(dirname(executablePath), FONT_CONFIGURATION) });
  return { executablePath, args: [...chromiumFlags], env, headless: true };
}

/** Absolute path of a complete, executable Chromium; unpacks it (2 s, once a version) when it is not there. */
async function chromiumExecutable(): Promise<string> {
  const folder = join(cacheRoot, `chromium-${await packageVersion()}`);
  if (!existsSync(folder)) await unpackInto(folder);
  return join(folder, 'chromium');
}

async function packageVersion(): Promise<string> {
  const manifest = join(dirname(require.resolve('@sparticuz/chromium')), '../../package.json');
  return (JSON.parse(await readFile(manifest, 'utf8')) as { version: string }).version;
}

/**
 * The package unpacks into the temp folder and takes a file that exists for a file that is whole, so two first
 * users would race. Each unpacks into a folder of its own instead, and a rename, which is atomic, shows the result.
 */
async function unpackInto(folder: string): Promise<void> {
  await mkdir(cacheRoot, { recursive: true });
  const staging = await mkdtemp(join(cacheRoot, 'unpacking-'));
  try {
    await runUnpacker(staging);
    await writeFile(join(staging, FONT_CONFIGURATION), fontConfiguration);
    await rename(staging, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function runUnpacker(staging: string): Promise<void> {
  const script = `import chromium from ${JSON.stringify(PACKAGE)}; await chromium.executablePath();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: cacheRoot,
    env: childEnvironment({ TMPDIR: staging, TEMP: staging, TMP: staging }),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`Chromium could not be unpacked from ${PACKAGE} (exit code ${code})`);
}

const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts/fonts</dir></fontconfig>
`;
