import { expect, onTestFinished, test, vi } from 'vitest';
import { createDevelopmentHost } from '#build/browser-host/development-host.ts';
import { createClipboardGuard } from '#electron/host/clipboard-guard.ts';
import { safeStorage } from '#tests/support/electron-stand-in.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in.ts'));
const { openHost } = await import('#electron/open-host.ts');

test('a profile that npm start made outside Electron opens with the key that lies in it, and no keychain is asked', async () => {
  safeStorage.getSelectedStorageBackend.mockReturnValue('basic_text');
  const profile = await temporaryFolder();
  const options = { profile, endpoint: null, demo: null };
  const made = createDevelopmentHost(options);
  onTestFinished(() => made.close());
  const secret = await made.handle('device.secret', {});
  const opened = await openHost({ ...options, keyFile: true }, createClipboardGuard([]));
  if (!opened.ok) throw new Error(opened.error);
  onTestFinished(() => opened.value.host.close());
  expect(await opened.value.host.handle('device.secret', {})).toEqual(secret);
  expect(safeStorage.decryptStringAsync).not.toHaveBeenCalled();
  expect(await openHost({ ...options, keyFile: false }, createClipboardGuard([]))).toMatchObject({ ok: false });
});
