import { proxy, wrap } from 'comlink';
import type { CallName, HostEvent, Probity, RequestOf } from '#shared/bridge/contract.ts';
import type { Vault } from './vault-api.ts';
import type { VaultWorker } from './worker.ts';

/** A vault in a worker of its own. The only part of the vault that runs in the window. */
export interface StartedVault {
  readonly vault: Vault;
  /** Resolves when the vault is ready; rejects when another window of this profile has it. */
  readonly ready: Promise<void>;
  /** Locks: ends the worker, and with it every key and all plaintext that it held. */
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

/** Every call waits for the start, and listeners cross as proxies; the rest passes as it is. */
function relay(remote: ReturnType<typeof wrap<VaultWorker>>, ready: Promise<void>): Vault {
  const vault = remote.vault as unknown as Vault;
  return new Proxy({} as Vault, {
    get(_, method: keyof Vault | 'then') {
      // A thing with a `then` would be taken for a promise.
      if (method === 'then') return undefined;
      return async (...parameters: unknown[]) => {
        await ready;
        const call = vault[method] as (...all: unknown[]) => Promise<unknown>;
        return call(...parameters.map((each) => (typeof each === 'function' ? proxy(each as object) : each)));
      };
    },
  });
}
