/**
 * `npm test`: every step of `npm run check`, then the end-to-end tests. All of them run, whatever fails, and the last
 * line is `N passed, N failed`. A step that breaks without a failed test of its own counts as one failure.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { childEnvironment } from './environment.ts';
import { type Counts, countPlaywright, countVitest, noCounts, type Step, total } from './test-counts.ts';

const reports = 'test-results';
const vitestReport = `${reports}/vitest.json`;
const playwrightReport = `${reports}/playwright.json`;

const steps: readonly Step[] = [
  { name: 'format and lint', script: 'lint' },
  { name: 'types', script: 'types' },
  { name: 'import rules', script: 'imports' },
  { name: 'dead code', script: 'deadcode' },
  {
    name: 'unit, property, contract, component and browser tests',
    script: 'test:vitest',
    options: ['--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
    report: { path: vitestReport, count: countVitest },
  },
  {
    name: 'end-to-end tests',
    script: 'test:e2e',
    options: ['--reporter=list,json'],
    report: { path: playwrightReport, count: countPlaywright },
  },
];

await mkdir(reports, { recursive: true });
const results: { step: Step; ok: boolean; counts: Counts }[] = [];
for (const step of steps) results.push(await runStep(step));

console.log('');
for (const { step, ok } of results) console.log(`${ok ? 'ok    ' : 'FAILED'}  ${step.name}`);
const sum = total(results.map(({ counts }) => counts));
if (sum.skipped > 0) console.log(`${sum.skipped} skipped`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = results.every(({ ok }) => ok) && sum.failed === 0 ? 0 : 1;

async function runStep(step: Step): Promise<{ step: Step; ok: boolean; counts: Counts }> {
  console.log(`\n> ${step.name}`);
  // A report of an earlier run must not be taken for this one's.
  if (step.report) await rm(step.report.path, { force: true });
  const exitedCleanly = await runScript(step.script, step.options ?? []);
  const counts = step.report ? await readCounts(step.report) : noCounts;
  if (!exitedCleanly && counts?.failed === 0) return { step, ok: false, counts: { ...counts, failed: 1 } };
  if (!counts) return { step, ok: false, counts: { ...noCounts, failed: 1 } };
  return { step, ok: exitedCleanly, counts };
}

async function runScript(script: string, options: readonly string[]): Promise<boolean> {
  const child = spawn('npm', ['run', '--silent', script, '--', ...options], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: childEnvironment({ PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport }),
  });
  const [code] = await once(child, 'exit');
  return code === 0;
}

async function readCounts({ path, count }: NonNullable<Step['report']>): Promise<Counts | undefined> {
  try {
    return count(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}
