import { expose } from 'comlink';
import type { CallName, CallOutcome, HostEvent, RequestOf } from '#shared/bridge/contract.ts';
import { currentKdf } from './keys/passphrase.ts';
import { openDexieStore } from './store/dexie-store.ts';
import { createVault, type RunningVault } from './vault.ts';

/*
 * The worker that alone holds keys and plaintext. The window reaches it through what is exposed here; it reaches the
 * host through the window. It ends when the vault is locked, and everything in it with it.
 */

/** How the worker reaches the host. */
export type Relay = (name: CallName, request: unknown) => Promise<CallOutcome<CallName>>;

const storeName = 'probity';
/** Milliseconds that another worker of this profile may take to end. */
const patience = 5_000;

/** Held until this worker ends: two writers would break the author's chain. @throws when another window has it */
async function becomeOnlyWriter(): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const signal = AbortSignal.timeout(patience);
    const forever = () => new Promise<never>(() => resolve());
    navigator.locks
      .request(storeName, { signal }, forever)
      .catch(() => reject(new Error('Probity is open in another window already. Use that one, or close it first.')));
  });
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
    await becomeOnlyWriter();
    running = createVault({
      store: openDexieStore(storeName),
      host: {
        call: async (name, request: RequestOf<typeof name>) => (await relay(name, request)) as CallOutcome<typeof name>,
      },
      clock: { now: () => Date.now() },
      kdf: currentKdf,
    });
  },
  get vault() {
    if (!running) throw new Error('The vault has not started.');
    return running;
  },
  onHostEvent(event) {
    running?.onHostEvent(event);
  },
};

expose(exposed);
