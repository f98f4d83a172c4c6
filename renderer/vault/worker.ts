import type { CallName, CallResult, RequestOf } from '#shared/bridge/contract.ts';
import { deriveBytes } from '#shared/crypto/derive.ts';
import { type Bytes, fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import { VaultError } from './codes.ts';
import { exposeCalls } from './expose-calls.ts';
import { ask, type Host } from './host.ts';
import { currentKdf } from './keys/passphrase.ts';
import { program } from './program.ts';
import { isDiskFull } from './room.ts';
import { stripInWorker } from './sanitise/strip-in-worker.ts';
import { openDexieStore } from './store/dexie-store.ts';
import { type JournaledStore, openJournaledStore } from './store/journaled-store.ts';
import { JournalForeign, type StoreFinding } from './store/reconcile.ts';
import { StoreFull, StoreNewer } from './store/store.ts';
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
const storeNameFor = async (deviceSecret: Bytes): Promise<string> =>
  `probity-${toBase64url((await deriveBytes(deviceSecret, 'probity/store-name/1')).subarray(0, 12))}`;

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

/** The engine could not open its database, and does not say why: also on a full disk. */
const isOfEngine = (error: unknown): boolean => error instanceof Error && error.name === 'UnknownError';

/** @throws VaultError in place of what has words of its own */
async function openStore(storeName: string, host: Host, deviceSecret: Bytes): Promise<JournaledStore> {
  try {
    return await openJournaledStore(await openDexieStore(storeName), host, deviceSecret);
  } catch (error) {
    if (error instanceof StoreNewer) throw new VaultError('store-newer');
    if (error instanceof StoreFull) throw new VaultError('disk-full-at-start');
    if (error instanceof JournalForeign) throw new VaultError('journal-foreign');
    if (!isOfEngine(error)) throw error;
    throw new VaultError((await isDiskFull(host)) ? 'disk-full-at-start' : 'store-unopenable');
  }
}

const asOfNewDemo = (finding: StoreFinding): StoreFinding => (finding === 'store-remade' ? 'store-begun' : finding);

export interface VaultWorker extends RunningVault {
  /** Once, first. @throws when another window of this profile has the vault */
  start(relay: Relay): Promise<void>;
}

let running: RunningVault | null = null;

function vaultNow(): RunningVault {
  if (!running) throw new VaultError('vault-locked');
  return running;
}

exposeCalls<VaultWorker>({
  async start(relay) {
    const host: Host = {
      call: async (name, request: RequestOf<typeof name>) => (await relay(name, request)) as CallResult<typeof name>,
    };
    const deviceSecret = fromBase64url((await ask(host, 'device.secret', {})).secret);
    const storeName = await storeNameFor(deviceSecret);
    await becomeOnlyWriter(storeName);
    const store = await openStore(storeName, host, deviceSecret);
    const isNewDemo = (await ask(host, 'host.describe', {})).demo?.isNew === true;
    running = createVault({
      store,
      found: isNewDemo ? store.findings.map(asOfNewDemo) : store.findings,
      host,
      clock: { now: () => Date.now() },
      kdf: currentKdf,
      strip: stripInWorker,
      program,
    });
  },
  call: (name, input) => vaultNow().call(name, input),
  subscribe: async (listener) => vaultNow().subscribe(listener),
  onHostEvent(event) {
    running?.onHostEvent(event);
  },
});
