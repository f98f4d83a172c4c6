import { afterEach, expect, test, vi } from 'vitest';
import { createSecretStore } from '#electron/secret-store.ts';
import { randomBytes } from '#shared/crypto/encoding.ts';
import { safeStorage } from '#tests/support/electron-stand-in.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in.ts'));
afterEach(() => {
  safeStorage.getSelectedStorageBackend.mockReturnValue('gnome_libsecret');
  safeStorage.isAsyncEncryptionAvailable.mockResolvedValue(true);
});

test('what is sealed opens again, and is not readable in between', async () => {
  const store = await createSecretStore('linux');
  if (!store.ok) throw new Error(store.error);
  const bytes = randomBytes(100);
  const sealed = await store.value.seal(bytes);
  expect(sealed).toBeInstanceOf(Uint8Array);
  expect(Buffer.from(sealed).includes(Buffer.from(bytes))).toBe(false);
  expect(await store.value.open(sealed)).toEqual(bytes);
});

test.each(['basic_text', 'unknown'] as const)('the backend %s is refused on Linux', async (backend) => {
  safeStorage.getSelectedStorageBackend.mockReturnValue(backend);
  const store = await createSecretStore('linux');
  expect(store).toMatchObject({ ok: false, error: 'keyring-missing' });
});

test.each(['win32', 'darwin'] as const)('%s has no backends to choose from', async (platform) => {
  safeStorage.getSelectedStorageBackend.mockImplementation(() => {
    throw new TypeError('getSelectedStorageBackend is not a function');
  });
  expect((await createSecretStore(platform)).ok).toBe(true);
});

test.each(['linux', 'win32', 'darwin'] as const)('storage that is not available is refused on %s', async (platform) => {
  safeStorage.isAsyncEncryptionAvailable.mockResolvedValue(false);
  expect(await createSecretStore(platform)).toMatchObject({
    ok: false,
    error: 'keychain-unavailable',
  });
});
