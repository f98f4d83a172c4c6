import { proxy, wrap } from 'comlink';
import type { CallName, HostEvent, Probity, RequestOf } from '#shared/bridge/contract.ts';
import type { Vault } from './calls/call-list.ts';
import type { VaultWorker } from './worker.ts';

/** A vault in a worker of its own. The only part of the vault that runs in the window. */
export interface StartedVault {
  readonly vault: Vault;
  /** Resolves when the vault is ready; rejects when another window of this profile has it. */
  readonly ready: Promise<void>;
  /** Locks: ends the worker, and with it every key and all plaintext that it holds. */
  stop(): void;
}

export function startVault(probity: Probity): StartedVault {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'vault' });
  const remote = wrap<VaultWorker>(worker);
  const ready = remote.start(
    proxy((name: CallName, request: unknown) => probity.call(name, request as RequestOf<CallName>)),
  );
  const unsubscribe = probity.subscribe((event: HostEvent) => {
    void ready.then(() => remote.onHostEvent(event)).catch(() => undefined);
  });
  return {
    vault: relay(remote, ready),
    ready,
    stop() {
      unsubscribe();
      worker.terminate();
    },
  };
}

/** Every call waits for the start; a listener crosses as a proxy. */
const relay = (remote: ReturnType<typeof wrap<VaultWorker>>, ready: Promise<void>): Vault => {
  const vault = remote as unknown as Vault;
  return {
    call: (name, input) => ready.then(() => vault.call(name, input)),
    async subscribe(listener) {
      await ready;
      return vault.subscribe(proxy(listener));
    },
  };
};
