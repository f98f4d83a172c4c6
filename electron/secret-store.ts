import { safeStorage } from 'electron';
import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { SecretStore } from './host/sealed-file.ts';

const noKeyring =
  'Probity keeps the key of this computer in the system keyring, and this session has none. Nothing was stored. Sign in to a desktop with GNOME Keyring or KWallet, unlock it, and start Probity again.';
const noKeychain =
  'The secure storage of this computer is not available, so Probity cannot keep its key safe. Nothing was stored. Unlock the keychain, or restart the computer, and start Probity again.';

/**
 * The system's keychain (DPAPI, Keychain, libsecret, KWallet), once the app is ready. On Linux without a keyring
 * Chromium would seal with a password that is in its source code; that is refused, and so is "not known which".
 */
export async function createSecretStore(platform: NodeJS.Platform): Promise<Result<SecretStore, string>> {
  if (platform === 'linux') {
    const backend = safeStorage.getSelectedStorageBackend();
    if (backend === 'basic_text' || backend === 'unknown') return err(noKeyring);
  }
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return err(noKeychain);
  return ok({
    seal: async (bytes) => new Uint8Array(await safeStorage.encryptStringAsync(toBase64url(bytes))),
    open: async (box) => fromBase64url((await safeStorage.decryptStringAsync(Buffer.from(box))).result),
  });
}
