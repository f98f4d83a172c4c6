import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const folder = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * PDFium would fetch its WebAssembly, which the window may not: the container brings the bytes within its own chunk (ADR 30).
 * As long as the address stands there, a second copy of 4.6 MB is packaged that nothing ever loads.
 */
function leaveOutPdfiumFile(): Plugin {
  const address = "new URL('pdfium.wasm', import.meta.url).href";
  return {
    name: 'probity:leave-out-pdfium-file',
    enforce: 'pre',
    transform: {
      filter: { id: /@embedpdf[/]pdfium[/]dist[/].*[.]js$/ },
      handler: (code) => {
        if (!code.includes(address)) throw new Error('PDFium looks for its WebAssembly in another way.');
        return { code: code.replace(address, "''"), map: null };
      },
    },
  };
}

/** The workbench, as both hosts serve it. */
export default defineConfig(({ mode }) => ({
  root: folder('renderer'),
  base: './',
  plugins: [react()],
  worker: { format: 'es', plugins: () => [leaveOutPdfiumFile()] },
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
