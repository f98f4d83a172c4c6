/** Runs the steps of a test run as npm scripts and adds up what they report. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { childEnvironment } from './environment.ts';
import { type Counts, countPlaywright, countVitest, noCounts, total } from './test-counts.ts';

export interface Step {
  readonly name: string;
  /** The npm script, and what is added to its command line. */
  readonly script: string;
  readonly options?: readonly string[];
  readonly report?: { readonly path: string; readonly count: (report: unknown) => Counts };
}

interface Result {
  readonly step: Step;
  readonly ok: boolean;
  readonly counts: Counts;
  readonly seconds: number;
}

/** What the tests are asked to try: tests/support/effort.ts reads it. */
export interface Effort {
  readonly seed: number;
  readonly runs?: number | undefined;
  readonly kills?: number | undefined;
}

/** Where Node keeps what it compiled: the tests start endpoints by the dozen, which spend a third of a start on that. */
const compileCache = resolve('node_modules/.cache/probity/compiled');

const vitestReport = 'test-results/vitest.json';
const playwrightReport = 'test-results/playwright.json';

/** @param options that Vitest takes: files, say */
export const vitestStep = (name: string, options: readonly string[] = []): Step => ({
  name,
  script: 'test:vitest',
  options: [...options, '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
  report: { path: vitestReport, count: countVitest },
});

export const playwrightStep = (name: string, options: readonly string[] = []): Step => ({
  name,
  script: 'test:e2e',
  options: [...options, '--reporter=list,json'],
  report: { path: playwrightReport, count: countPlaywright },
});

/** All at the same time; what each says is shown when it has ended. */
export const runTogether = (steps: readonly Step[]): Promise<Result[]> =>
  Promise.all(steps.map((step) => runStep(step, 'pipe', {})));

/** One after the other, each speaking for itself. */
export async function runInTurn(steps: readonly Step[], { seed, runs, kills }: Effort): Promise<Result[]> {
  const effort = { PROBITY_TEST_SEED: seed, PROBITY_TEST_RUNS: runs, PROBITY_TEST_KILLS: kills };
  const asked = Object.entries(effort).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  const environment = { ...Object.fromEntries(asked), PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport };
  const results: Result[] = [];
  for (const step of steps) {
    console.log(`\n> ${step.name}`);
    results.push(await runStep(step, 'inherit', environment));
  }
  return results;
}

/** Says what became of each step; the last line is `N passed, N failed`, and the exit code says the same. */
export function conclude(results: readonly Result[], summary: string): void {
  console.log('');
  for (const { step, ok, seconds } of results) {
    console.log(`${ok ? 'ok    ' : 'FAILED'}  ${step.name} (${seconds.toFixed(0)} s)`);
  }
  const { passed, failed, names } = total(results.map(({ counts }) => counts));
  for (const name of names) console.log(`failed: ${name}`);
  console.log(summary);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = results.every(({ ok }) => ok) && failed === 0 ? 0 : 1;
}

/** A step that breaks without a failed test of its own counts as one failure. */
async function runStep(step: Step, output: 'inherit' | 'pipe', environment: Record<string, string>): Promise<Result> {
  const began = performance.now();
  // A report of an earlier run must not be taken for this one's.
  if (step.report) {
    await mkdir(dirname(step.report.path), { recursive: true });
    await rm(step.report.path, { force: true });
  }
  const exitedCleanly = await runScript(step, output, environment);
  const counts = step.report ? await readCounts(step.report) : noCounts;
  const seconds = (performance.now() - began) / 1_000;
  if (!counts) return { step, ok: false, counts: { ...noCounts, failed: 1 }, seconds };
  if (!exitedCleanly && counts.failed === 0) return { step, ok: false, counts: { ...counts, failed: 1 }, seconds };
  return { step, ok: exitedCleanly, counts, seconds };
}

async function runScript(
  step: Step,
  output: 'inherit' | 'pipe',
  environment: Record<string, string>,
): Promise<boolean> {
  const child = spawn('npm', ['run', '--silent', step.script, '--', ...(step.options ?? [])], {
    stdio: ['inherit', output, output],
    shell: process.platform === 'win32',
    env: childEnvironment({ NODE_COMPILE_CACHE: compileCache, ...environment }),
  });
  const exited = once(child, 'exit');
  const said = await Promise.all([child.stdout, child.stderr].map(readAll));
  const [code] = await exited;
  if (output === 'pipe') console.log(`\n> ${step.name}\n${said.join('').trimEnd()}`);
  return code === 0;
}

const readAll = (stream: Readable | null): Promise<string> => (stream ? text(stream) : Promise.resolve(''));

async function readCounts({ path, count }: NonNullable<Step['report']>): Promise<Counts | undefined> {
  try {
    return count(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}
