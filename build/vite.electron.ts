import { fileURLToPath } from 'node:url';
import type { UserConfig } from 'vite';

const folder = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Everything but Electron itself is bundled, so that no node_modules folder is packaged. */
function hostBundle(entry: string, target: string, output: { format: 'es' | 'cjs'; file: string }): UserConfig {
  return {
    root: folder('.'),
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: folder(entry),
      outDir: folder('dist/electron'),
      // The two bundles share the folder.
      emptyOutDir: false,
      target,
      minify: false,
      rolldownOptions: {
        external: ['electron', /^node:/],
        output: { format: output.format, entryFileNames: output.file, codeSplitting: false },
      },
    },
  };
}

/** A sandboxed preload script is CommonJS and can require nothing but Electron. */
export const electronBundles: readonly UserConfig[] = [
  hostBundle('electron/main.ts', 'node24', { format: 'es', file: 'main.js' }),
  hostBundle('electron/preload.ts', 'chrome140', { format: 'cjs', file: 'preload.cjs' }),
];
