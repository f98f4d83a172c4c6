import { execFile } from 'node:child_process';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { suiteFolder } from '../support/temporary-folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const entry = 'export const touched = 1;';

/** Every rule that a decision of ours rests on, and code that it must refuse. */
const violations: [rule: string, file: string, code: string][] = [
  ['lint/style/noDefaultExport', 'shared/a.ts', 'export default 1;'],
  ['lint/suspicious/noExplicitAny', 'shared/b.ts', 'export const x = (value: any) => value;'],
  ['lint/style/noEnum', 'shared/c.ts', 'export enum Grade { A }'],
  ['lint/correctness/useImportExtensions', 'shared/d.ts', `export { touched } from './entry';`],
  ['lint/style/useImportType', 'shared/e.ts', `import { Buffer } from 'node:buffer'; export type X = Buffer;`],
  ['lint/style/useFilenamingConvention', 'shared/camelCase.ts', entry],
  ['lint/nursery/noFloatingPromises', 'shared/g.ts', 'async function save() { await 1; }\nsave();'],
  [
    'lint/nursery/useExhaustiveSwitchCases',
    'shared/h.ts',
    `export const f = (x: 'a' | 'b') => { switch (x) { case 'a': return 1; } return 2; };`,
  ],
  ['lint/style/useThrowOnlyError', 'shared/i.ts', `export const f = () => { throw 'no'; };`],
  ['lint/suspicious/noConsole', 'electron/a.ts', 'console.log(1);'],
  ['lint/style/noProcessEnv', 'electron/b.ts', 'export const home = process.env.HOME;'],
  ['lint/style/noRestrictedGlobals', 'renderer/vault/a.ts', 'export const x = window.name;'],
  ['lint/style/noRestrictedGlobals', 'renderer/vault/b.ts', 'export const x = document.title;'],
  [
    'lint/style/noRestrictedImports',
    'renderer/vault/c.ts',
    `import { refuse } from '#shared/kernel/refusal.ts';\nexport const x = refuse('no-words');`,
  ],
  ['lint/style/noRestrictedGlobals', 'renderer/state/a.ts', `localStorage.setItem('a', 'b');`],
  ['lint/style/noRestrictedGlobals', 'renderer/features/a.ts', `export const x = () => fetch('/');`],
  ['lint/a11y/useKeyWithClickEvents', 'renderer/ui/a.tsx', 'export const X = () => <p onClick={String}>x</p>;'],
  ['lint/a11y/useAltText', 'renderer/ui/b.tsx', 'export const X = () => <img src="a.png" />;'],
  [
    'lint/correctness/useExhaustiveDependencies',
    'renderer/ui/c.tsx',
    `import { useEffect } from 'react';\nexport const useX = (n: number) => useEffect(() => { String(n); }, []);`,
  ],
];

const permitted: [file: string, code: string][] = [
  ['shared/entry.ts', entry],
  ['endpoint/main.ts', 'console.log(1);'],
  ['electron/environment.ts', 'export const home = process.env.HOME;'],
  ['build/vite.renderer.ts', 'export default {};'],
  ['renderer/bridge.ts', 'export const x = window.name;'],
];

interface Report {
  diagnostics: { category: string; severity: string; location: { path: string | { file: string } } }[];
}

const folder = suiteFolder();
let report: Report;

beforeAll(async () => {
  const planted = folder();
  for (const file of ['biome.jsonc', 'package.json', 'tsconfig.json', '.gitignore']) {
    await cp(join(root, file), join(planted, file));
  }
  await symlink(join(root, 'node_modules'), join(planted, 'node_modules'), 'junction');
  for (const [file, code] of [...permitted, ...violations.map(([, ...rest]) => rest)] as [string, string][]) {
    await mkdir(dirname(join(planted, file)), { recursive: true });
    await writeFile(join(planted, file), `${code}\n`);
  }
  report = await lint(planted);
});

test.each(violations)('%s refuses %s', (rule, file) => {
  expect(findings(file)).toContainEqual({ rule, severity: 'error' });
});

test.each(permitted)('%s is let through', (file) => {
  expect(findings(file)).toEqual([]);
});

function findings(file: string): { rule: string; severity: string }[] {
  return report.diagnostics
    .filter(({ location: { path } }) => (typeof path === 'string' ? path : path.file) === file)
    .map(({ category, severity }) => ({ rule: category, severity }));
}

function lint(folder: string): Promise<Report> {
  const program = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const options = ['lint', '--reporter=json', '--max-diagnostics=none', '.'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, ...options], { cwd: folder }, (error, stdout, stderr) => {
      // Findings are an exit code above zero, with a report on standard output all the same.
      if (stdout.length > 0) resolve(JSON.parse(stdout) as Report);
      else reject(new Error(stderr, { cause: error }));
    });
  });
}
