/** What `npm run build`, `npm start` and the end-to-end tests build with Vite. */
import { fileURLToPath } from 'node:url';
import { build, type LogLevel } from 'vite';
import { electronBundles } from './vite.electron.ts';

const rendererConfiguration = fileURLToPath(new URL('./vite.renderer.ts', import.meta.url));

/** Writes dist/renderer. */
export async function buildRenderer(logLevel: LogLevel = 'warn'): Promise<void> {
  await build({ configFile: rendererConfiguration, mode: 'production', logLevel });
}

/** Writes dist/electron/main.js and dist/electron/preload.cjs. */
export async function buildElectron(logLevel: LogLevel = 'warn'): Promise<void> {
  for (const bundle of electronBundles) {
    await build({ ...bundle, configFile: false, mode: 'production', logLevel });
  }
}
