import { expose } from 'comlink';
import type { CallName, CallResult, HostEvent, RequestOf } from '#shared/bridge/contract.ts';
import { deriveBytes } from '#shared/crypto/derive.ts';
import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import { VaultError } from './codes.ts';
import { ask, type Host } from './host.ts';
import { currentKdf } from './keys/passphrase.ts';
import { program } from './program.ts';
import { stripInWorker } from './sanitise/strip-in-worker.ts';
import { openDexieStore } from './store/dexie-store.ts';
import { type Store, StoreNewer } from './store/store.ts';
import { createVault, type RunningVault } from './vault.ts';

/*
 * The worker that alone holds keys and plaintext. The window reaches it through what is exposed here; it reaches the
 * host through the window. It ends when the vault is locked, and everything in it with it.
 */

/** How the worker reaches the host. */
export type Relay = (name: CallName, request: unknown) => Promise<CallResult<CallName>>;

/**
 * Of this device: in the browser host, profiles share an origin, and one must not find the store of another. Opaque,
 * because the name of a database is readable on disk.
 */
async function storeNameFor(host: Host): Promise<string> {
  const { secret } = await ask(host, 'device.secret', {});
  return `probity-${toBase64url((await deriveBytes(fromBase64url(secret), 'probity/store-name/1')).subarray(0, 12))}`;
}

/** Milliseconds that another worker of this profile may take to end. */
const patience = 5_000;

/** Held until this worker ends: two writers would break the author's chain. @throws when another window has it */
async function becomeOnlyWriter(storeName: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const signal = AbortSignal.timeout(patience);
    const forever = () => new Promise<never>(() => resolve());
    navigator.locks.request(storeName, { signal }, forever).catch(() => reject(new VaultError('other-window')));
  });
}

async function openStore(storeName: string): Promise<Store> {
  try {
    return await openDexieStore(storeName);
  } catch (error) {
    throw error instanceof StoreNewer ? new VaultError('store-newer') : error;
  }
}

export interface VaultWorker {
  /** Once, first. @throws when another window of this profile has the vault */
  start(relay: Relay): Promise<void>;
  readonly vault: RunningVault;
  onHostEvent(event: HostEvent): void;
}

let running: RunningVault | null = null;

const exposed: VaultWorker = {
  async start(relay) {
    const host: Host = {
      call: async (name, request: RequestOf<typeof name>) => (await relay(name, request)) as CallResult<typeof name>,
    };
    const storeName = await storeNameFor(host);
    await becomeOnlyWriter(storeName);
    running = createVault({
      store: await openStore(storeName),
      host,
      clock: { now: () => Date.now() },
      kdf: currentKdf,
      strip: stripInWorker,
      program,
    });
  },
  get vault() {
    if (!running) throw new VaultError('vault-locked');
    return running;
  },
  onHostEvent(event) {
    running?.onHostEvent(event);
  },
};

expose(exposed);
