import { ensureRenderer } from '#build/start/fresh-renderer.ts';

/** The browser host serves dist/renderer: built once, and only when its sources changed. */
export default async function globalSetup(): Promise<void> {
  await ensureRenderer();
}
