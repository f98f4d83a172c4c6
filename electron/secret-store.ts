import { safeStorage } from 'electron';
import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { FailureCode } from './failure-words.ts';
import type { SecretStore } from './host/sealed-file.ts';

/**
 * The system's keychain (DPAPI, Keychain, libsecret, KWallet), once the app is ready. On Linux without a keyring
 * Chromium would seal with a password that is in its source code; that is refused, and so is "not known which".
 */
export async function createSecretStore(platform: NodeJS.Platform): Promise<Result<SecretStore, FailureCode>> {
  if (platform === 'linux') {
    const backend = safeStorage.getSelectedStorageBackend();
    if (backend === 'basic_text' || backend === 'unknown') return err('keyring-missing');
  }
  if (!(await safeStorage.isAsyncEncryptionAvailable().catch(() => false))) return err('keychain-unavailable');
  return ok({
    seal: async (bytes) => new Uint8Array(await safeStorage.encryptStringAsync(toBase64url(bytes))),
    open: async (box) => fromBase64url((await safeStorage.decryptStringAsync(Buffer.from(box))).result),
  });
}
