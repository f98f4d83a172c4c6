import { buildElectron } from '#build/bundles.ts';
import { ensureRenderer } from '#build/start/fresh-renderer.ts';
import { electronProgram } from '#tests/support/environment.ts';

/** Either host serves dist/renderer: built once, and only when its sources changed. */
export default async function globalSetup(): Promise<void> {
  await ensureRenderer();
  if (electronProgram !== null) await buildElectron('error');
}
