import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const folder = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The workbench, as both hosts serve it. */
export default defineConfig(({ mode }) => ({
  root: folder('renderer'),
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: folder('dist/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    sourcemap: mode !== 'production',
    // The content security policy has neither `connect-src` nor `data:` fonts, which these two would need.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
  },
}));
