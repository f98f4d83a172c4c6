import { createHost, type Host } from '#electron/host/host.ts';
import { createKeyFileSecrets } from '#electron/host/key-file-secrets.ts';
import type { WorkstationOptions } from '#electron/host/workstation.ts';
import manifest from '../../package.json' with { type: 'json' };

/** The same host as Electron's, on Node's own network and with a key file for a keychain. */
export const createDevelopmentHost = (options: Pick<WorkstationOptions, 'profile' | 'endpoint' | 'demo'>): Host =>
  createHost({
    ...options,
    secrets: createKeyFileSecrets(options.profile),
    version: manifest.version,
    kind: 'browser',
    clipboard: null,
    now: Date.now,
    fetch: (url, init) => fetch(url, init),
  });
