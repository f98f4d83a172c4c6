/**
 * `npm run bench`: the vault against plain Dexie and `dexie-encrypted`, in one run in Chromium, medians of interleaved
 * rounds; then the built window on as many cases. Ratios are what counts: absolute times are those of one machine. `--parts
 * screen` measures that alone. With `--profile`, where the vault's time goes instead.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { z } from 'zod';
import { measureTree } from '#tests/bench/measure-tree.ts';
import { startSource } from '#tests/bench/source.ts';
import { type Measures, median, type Stretch } from '#tests/bench/stopwatch.ts';
import { printProfile, readModules, readProfile, startTrace } from './bench-profile.ts';
import { benchScreen, printScreen } from './bench-screen.ts';
import { chromiumLaunchOptions } from './chromium.ts';

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,50000' },
    rounds: { type: 'string', default: '5' },
    parts: { type: 'string', default: 'vault,screen' },
    samples: { type: 'string', default: '60' },
    out: { type: 'string', default: '.probity/bench.json' },
    profile: { type: 'boolean', default: false },
  },
});

const root = fileURLToPath(new URL('..', import.meta.url));
const peers = ['vault', 'plain', 'dexie-encrypted'] as const;
type Results = Record<string, Measures>;
interface BenchPage {
  runStep(step: string, isWatched: boolean): Promise<{ measures: Measures; noted: readonly Stretch[] }>;
}

async function buildPage(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: join(root, 'tests/bench'),
    base: './',
    logLevel: 'warn',
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'chrome140', sourcemap: options.profile },
  });
}

/** Resident MB of the largest renderer of the browser on this profile. Linux only: elsewhere not a number. */
async function rendererMemory(profile: string): Promise<number> {
  const sizes: number[] = [];
  const browsers = new Set<string>();
  const processes: { id: string; parent: string; line: string; resident: number }[] = [];
  for (const id of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(id)) continue;
    const line = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
    const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
    const parent = /^PPid:\s+(\d+)/m.exec(status)?.[1] ?? '';
    processes.push({ id, parent, line, resident: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024 });
    if (line.includes(`--user-data-dir=${profile}`)) browsers.add(id);
  }
  const parents = new Map(processes.map(({ id, parent }) => [id, parent]));
  const belongs = (id: string | undefined): boolean => !!id && (browsers.has(id) || belongs(parents.get(id)));
  for (const { id, line, resident } of processes) {
    if (line.includes('--type=renderer') && belongs(id)) sizes.push(resident);
  }
  return sizes.length > 0 ? Math.max(...sizes) : Number.NaN;
}

/** One step in a freshly started browser on a profile folder: nothing is left in memory from the step before. */
async function runStep(profile: string, url: string, step: string, isProfiled = false): Promise<Measures> {
  const context = await chromium.launchPersistentContext(profile, await chromiumLaunchOptions());
  try {
    await context.exposeFunction('rendererMemory', () => rendererMemory(profile));
    const page = await context.newPage();
    await page.goto(`${url}/index.html`);
    const stop = isProfiled ? await startTrace(await context.newCDPSession(page)) : null;
    const { measures, noted } = await page.evaluate(
      ([name, isWatched]) => (globalThis as unknown as BenchPage).runStep(name, isWatched),
      [step, isProfiled] as const,
    );
    if (stop) printProfile(readProfile(await stop(), noted, await readModules(dist)));
    return measures;
  } finally {
    await context.close();
  }
}

const rotated = <T>(items: readonly T[], by: number): T[] =>
  items.map((_, index) => items[(index + by) % items.length] as T);

async function withBrowserProfile<T>(task: (profile: string) => Promise<T>): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), 'probity-bench-'));
  try {
    return await task(profile);
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

/** Only says where the time goes: profiling takes some of it. */
const profileVault = (url: string): Promise<void> =>
  withBrowserProfile(async (profile) => {
    for (const what of ['ingest', 'queue', 'work']) await runStep(profile, url, `vault:${what}`, true);
  });

const runRound = (url: string, round: number): Promise<Results> =>
  withBrowserProfile(async (profile) => {
    const results: Results = {};
    for (const what of ['ingest', 'queue', 'work']) {
      for (const peer of rotated(peers, round)) {
        results[`${peer}:${what}`] = await runStep(profile, url, `${peer}:${what}`);
      }
    }
    results['match:all'] = await runStep(profile, url, 'match:all');
    results['vault:argon2id'] = await runStep(profile, url, 'vault:argon2id');
    return results;
  });

function medians(rounds: readonly Results[]): Results {
  const [first = {}] = rounds;
  return Object.fromEntries(
    Object.entries(first).map(([step, measures]) => [
      step,
      Object.fromEntries(
        Object.keys(measures).map((name) => [name, median(rounds.map((each) => each[step]?.[name] ?? Number.NaN))]),
      ),
    ]),
  );
}

/** [what, measured step and name, floor's step and name, aim as a ratio]. */
const lines: readonly [string, string, string, string, string, number | null][] = [
  ['unlock (keys only)', 'vault:queue', 'unlocked', 'plain:queue', 'queue', null],
  ['unlock to first page', 'vault:queue', 'firstPage', 'plain:queue', 'queue', 0.1],
  ['unlock to whole queue', 'vault:queue', 'queue', 'plain:queue', 'queue', 0.25],
  ['  dexie-encrypted', 'dexie-encrypted:queue', 'queue', 'plain:queue', 'queue', null],
  ['open a case', 'vault:work', 'open', 'plain:work', 'open', 2],
  ['  dexie-encrypted get', 'dexie-encrypted:work', 'open', 'plain:work', 'open', null],
  ['save a decision (durable)', 'vault:work', 'save', 'plain:work', 'save', 1.6],
  ['  to a strict put', 'vault:work', 'save', 'plain:work', 'strictSave', 2],
  ['  dexie-encrypted put', 'dexie-encrypted:work', 'save', 'plain:work', 'save', null],
  ['ingest from the endpoint', 'vault:ingest', 'ingest', 'plain:ingest', 'bulkAdd', 3],
  ['  of which fetch and parse', 'vault:ingest', 'fetching', 'plain:ingest', 'bulkAdd', null],
  ['  plain fetch and bulkAdd', 'plain:ingest', 'ingest', 'plain:ingest', 'bulkAdd', null],
  ['  dexie-encrypted bulkAdd', 'dexie-encrypted:ingest', 'bulkAdd', 'plain:ingest', 'bulkAdd', null],
  ['quick-search keystroke', 'vault:work', 'search', 'plain:work', 'search', null],
  ['index made after the ingest', 'vault:ingest', 'indexed', 'plain:ingest', 'bulkAdd', null],
  ['unlock to index searched', 'vault:queue', 'searched', 'plain:queue', 'queue', null],
  ['memory with the queue (MB)', 'vault:queue', 'memoryMb', 'plain:queue', 'memoryMb', null],
];

function printTable(size: number, results: Results): void {
  console.log(`\n${size.toLocaleString('en-GB')} referrals (ms; ratio to plain Dexie of the same run)`);
  for (const [label, step, name, floorStep, floorName, aim] of lines) {
    const value = results[step]?.[name] ?? Number.NaN;
    const ratio = value / (results[floorStep]?.[floorName] ?? Number.NaN);
    const verdict = aim === null ? '' : `aim ${aim}${ratio <= aim ? '' : '  not reached'}`;
    console.log(`  ${label.padEnd(28)} ${value.toFixed(2).padStart(10)} ${ratio.toFixed(2).padStart(8)}x  ${verdict}`);
  }
  const longest = results['vault:queue']?.windowLongestTask ?? Number.NaN;
  console.log(`  longest task of the window while the queue loads: ${longest.toFixed(0)} ms (aim: none over 50)`);
  console.log(
    `  Argon2id, 64 MiB, 3 passes: ${(results['vault:argon2id']?.argon2id ?? Number.NaN).toFixed(0)} ms, before the above`,
  );
}

/** Aims are in ms. */
function printSearch({ 'vault:work': work = {}, 'vault:queue': queue = {} }: Results): void {
  const rows: readonly [label: string, value: number, aim: number][] = [
    ['quick-search keystroke, p95', work.searchP95 ?? Number.NaN, 12],
    ['index searched after unlocked', (queue.searched ?? Number.NaN) - (queue.unlocked ?? Number.NaN), 300],
  ];
  for (const [label, value, aim] of rows) {
    console.log(
      `  ${label.padEnd(30)} ${value.toFixed(1).padStart(8)}  aim ${aim}${value <= aim ? '' : '  not reached'}`,
    );
  }
}

/** Repeat and duplicate referrals; the floor is weighing every case one by one. Aims are in ms. */
function printMatch({ 'match:all': match = {} }: Results): void {
  const ratio = (match.openP95 ?? Number.NaN) / (match.scanP95 ?? Number.NaN);
  const rows: readonly [string, string, string, number | null][] = [
    ['match on opening', 'openP50', 'openP95', 150],
    ['  by weighing all', 'scanP50', 'scanP95', null],
    ['match keystroke', 'typedP50', 'typedP95', 16],
  ];
  for (const [label, p50, p95, aim] of rows) {
    const value = match[p95] ?? Number.NaN;
    const verdict = aim === null ? '' : `aim ${aim}${value <= aim ? '' : '  not reached'}`;
    console.log(
      `  ${label.padEnd(28)} ${(match[p50] ?? Number.NaN).toFixed(2).padStart(10)} p50 ${value.toFixed(2)} p95  ${verdict}`,
    );
  }
  console.log(`  p95 on opening is ${ratio.toFixed(3)} of that of weighing all`);
  console.log(
    `  matcher built in ${match.build?.toFixed(0)} ms from ${match.keyBytes?.toFixed(0)} bytes of keys a case`,
  );
}

/** Beside a log a thousand times as short: what a longer one costs more. */
async function printTree(): Promise<void> {
  const [short, long] = [await measureTree(1_000), await measureTree(1_000_000)];
  console.log('\nThe tree of a log of a million entries, in memory (ms; ratio to that of a thousand)');
  for (const [label, name] of [
    ['append one entry', 'append'],
    ['prove one entry', 'prove'],
    ['hashes in the longest proof', 'hashes'],
  ] as const) {
    const [value, floor] = [long[name] ?? Number.NaN, short[name] ?? Number.NaN];
    console.log(`  ${label.padEnd(28)} ${value.toFixed(2).padStart(10)} ${(value / floor).toFixed(2).padStart(8)}x`);
  }
}

interface Report {
  readonly rounds: readonly Results[];
  readonly medians: Results;
  readonly screen: readonly Measures[];
}

function print(size: number, { rounds, medians, screen }: Report): void {
  if (rounds.length > 0) {
    printTable(size, medians);
    printSearch(medians);
    printMatch(medians);
  }
  if (screen.length > 0) printScreen(size, screen);
}

const dist = await mkdtemp(join(tmpdir(), 'probity-bench-page-'));
try {
  await buildPage(dist);
  const files = async (path: string): Promise<Uint8Array | null> =>
    readFile(join(dist, normalize(path))).catch(() => null);
  const report: Record<string, Report> = {};
  const parts = z.array(z.enum(['vault', 'screen'])).parse(options.parts.split(','));
  const rounds = Number(options.rounds);
  const vaultRounds = parts.includes('vault') ? rounds : 0;
  if (!options.profile && parts.includes('vault')) await printTree();
  for (const size of options.sizes.split(',').map(Number)) {
    const source = await startSource(size, files);
    if (options.profile) {
      console.log(`\n${size.toLocaleString('en-GB')} referrals`);
      await profileVault(source.url);
      await source.close();
      continue;
    }
    const measured: Results[] = [];
    for (let round = 0; round < vaultRounds; round += 1) {
      measured.push(await runRound(source.url, round));
    }
    const samples = Number(options.samples);
    const screen = parts.includes('screen') ? await benchScreen(source, { size, rounds, samples }) : [];
    await source.close();
    report[size] = { rounds: measured, medians: medians(measured), screen };
    print(size, report[size]);
  }
  if (!options.profile) {
    const out = resolve(root, options.out);
    await mkdir(join(out, '..'), { recursive: true });
    await writeFile(out, JSON.stringify(report, null, 2));
    console.log(`\nWritten to ${options.out}`);
  }
} finally {
  await rm(dist, { recursive: true, force: true });
}
// The vaults that founded the sources' units keep their timers.
process.exit();
