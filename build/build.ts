/** `npm run build`: everything that is packaged, in dist/. */
import { rm } from 'node:fs/promises';
import { buildElectron, buildRenderer } from './bundles.ts';

// Whatever an earlier build left there would be packaged.
await rm(new URL('../dist/', import.meta.url), { recursive: true, force: true });
await buildRenderer('info');
await buildElectron('info');
