import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { importContentKey, open, seal } from '#shared/crypto/aead.ts';
import { fromBase64url, randomBytes, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import { readIfThere, writeAtomically } from './atomic-file.ts';
import type { SecretStore } from './sealed-file.ts';

const context = utf8('probity/browser-host/1');

/**
 * Stands in for the system's keychain with a key in a file, readable by its owner only. For development and demonstrations only,
 * which `npm start` makes outside Electron: the key lies beside what it seals, so it protects from nobody who has the disk. The
 * packaged product takes no such profile, and uses Electron's safeStorage.
 */
export function createKeyFileSecrets(profile: string): SecretStore {
  let key: Promise<CryptoKey> | null = null;
  const theKey = () => {
    key ??= loadOrCreateKey(profile);
    return key;
  };
  return {
    seal: async (bytes) => seal(await theKey(), bytes, context),
    open: async (box) => open(await theKey(), box, context),
  };
}

/** In the profile. */
export const keyFileName = 'development-key';

async function loadOrCreateKey(profile: string): Promise<CryptoKey> {
  const path = join(profile, keyFileName);
  const stored = await readIfThere(path);
  if (stored !== null) return importContentKey(fromBase64url(stored.toString().trim()));
  const raw = randomBytes(32);
  await mkdir(profile, { recursive: true, mode: 0o700 });
  await writeAtomically(path, `${toBase64url(raw)}\n`);
  return importContentKey(raw);
}
