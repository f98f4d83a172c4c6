import { buildRenderer } from '#build/bundles.ts';

/** The browser host serves dist/renderer: build it once for the whole run. */
export default async function globalSetup(): Promise<void> {
  await buildRenderer();
}
