/**
 * `npm run dist`: the bundles, then the installers by electron-builder, which fetches Electron and its tools. With
 * `--electron DIR`, an unpacked Electron, nothing is fetched. What follows `--` goes to electron-builder.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import electronManifest from 'electron/package.json' with { type: 'json' };
import { childEnvironment } from './environment.ts';
import { findTools, readElectron } from './installers/find-tools.ts';
import { type DistPlan, planDist } from './installers/plan-dist.ts';
import { exitOf } from './start/child.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { electron: { type: 'string' } } });

async function plan(): Promise<DistPlan> {
  if (values.electron === undefined) return { args: [], environment: {}, told: [] };
  const electron = await readElectron(values.electron);
  if (!electron) throw new Error(`There is no Electron in ${values.electron}.`);
  const planned = planDist(electron, electronManifest.version, findTools());
  if (!planned.ok) throw new Error(planned.error);
  return planned.value;
}

const { args, environment, told } = await plan();
for (const line of told) console.log(line);
await import('./build.ts');
const program = fileURLToPath(import.meta.resolve('electron-builder/cli.js'));
const builder = spawn(process.execPath, [program, '--config', 'electron-builder.yml', ...args, ...positionals], {
  cwd: fileURLToPath(new URL('../', import.meta.url)),
  env: childEnvironment(environment),
  stdio: 'inherit',
});
process.exitCode = (await exitOf(builder)) ?? 1;
