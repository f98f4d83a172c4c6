import { app } from 'electron';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { diskFailure, type FailureCode } from './failure-words.ts';
import type { ClipboardGuard } from './host/clipboard-guard.ts';
import { createHost, type Host } from './host/host.ts';
import { createKeyFileSecrets } from './host/key-file-secrets.ts';
import { createLockWatch, type LockWatch } from './host/lock-watch.ts';
import { createNetwork } from './network.ts';
import { createSecretStore } from './secret-store.ts';
import type { StartOptions } from './start-options.ts';

export interface OpenHost {
  readonly host: Host;
  readonly lockWatch: LockWatch;
}

/** The host of this computer, once its keychain is there and its key opens. */
export async function openHost(
  options: StartOptions & { readonly profile: string },
  clipboard: ClipboardGuard,
): Promise<Result<OpenHost, FailureCode>> {
  const secrets = options.keyFile
    ? ok(createKeyFileSecrets(options.profile))
    : await createSecretStore(process.platform);
  if (!secrets.ok) return secrets;
  const lockWatch = createLockWatch();
  const host = createHost({
    ...options,
    clipboard,
    lockWatch,
    secrets: secrets.value,
    version: app.getVersion(),
    kind: 'electron',
    now: Date.now,
    fetch: createNetwork(),
  });
  // As the window will ask for it. At the first start it is made.
  const key = await host.handle('device.secret', {});
  if (key.ok) return ok({ host, lockWatch });
  host.close();
  const { code, params } = key.failure;
  if (code === 'device-damaged' || code === 'device-sealed-elsewhere') return err(code);
  return err(code === 'disk' ? diskFailure(String(params.error)) : 'defect');
}
