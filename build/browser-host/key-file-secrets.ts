import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere, writeAtomically } from '#electron/host/atomic-file.ts';
import type { SecretStore } from '#electron/host/sealed-file.ts';
import { importContentKey, open, seal } from '#shared/crypto/aead.ts';
import { fromBase64url, randomBytes, toBase64url, utf8 } from '#shared/crypto/encoding.ts';

const context = utf8('probity/browser-host/1');

/**
 * Stands in for the system's keychain with a key in a file, readable by its owner only. Development only: the key lies
 * beside what it seals, so it protects from nobody who has the disk. The product uses Electron's safeStorage.
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

async function loadOrCreateKey(profile: string): Promise<CryptoKey> {
  const path = join(profile, 'development-key');
  const stored = await readIfThere(path);
  if (stored !== null) return importContentKey(fromBase64url(stored.toString().trim()));
  const raw = randomBytes(32);
  await mkdir(profile, { recursive: true, mode: 0o700 });
  await writeAtomically(path, `${toBase64url(raw)}\n`);
  return importContentKey(raw);
}
