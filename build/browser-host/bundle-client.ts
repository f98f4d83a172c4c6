import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

const entry = fileURLToPath(new URL('./client.ts', import.meta.url));
let bundled: Promise<string> | null = null;

/** The page's first script, as one classic script. Bundled once a process. */
export function bundleClient(): Promise<string> {
  bundled ??= bundle();
  return bundled;
}

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    build: {
      write: false,
      minify: false,
      target: 'chrome140',
      lib: { entry, formats: ['iife'], name: 'probityHost', fileName: 'probity-host' },
    },
  });
  const [output] = [built].flat() as Rolldown.RolldownOutput[];
  const [chunk] = output?.output ?? [];
  if (!chunk) throw new Error('The browser host client bundled to nothing.');
  return chunk.code;
}
