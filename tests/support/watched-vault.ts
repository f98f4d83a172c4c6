import type { Vault } from '#renderer/vault/vault-api.ts';

type Method = keyof Vault;
/** What answers in place of the vault. @param carryOn the vault's own answer */
type Instead<Name extends Method> = (
  carryOn: Vault[Name],
  ...parameters: Parameters<Vault[Name]>
) => ReturnType<Vault[Name]>;
type Loose = (...parameters: unknown[]) => Promise<unknown>;

/** A vault that notes what it is asked, and that a test can slow down or have fail. */
export interface WatchedVault {
  readonly vault: Vault;
  /** The parameters of each call of a method so far. */
  asked(method: Method): readonly (readonly unknown[])[];
  /** From now on a method answers so. */
  answer<Name extends Method>(method: Name, instead: Instead<Name>): void;
  /** Holds the answers of a method back until what is returned is called. */
  hold(method: Method): () => void;
}

export function watchVault(vault: Vault): WatchedVault {
  const calls: { readonly method: Method; readonly parameters: readonly unknown[] }[] = [];
  const instead = new Map<Method, (carryOn: Loose, ...parameters: unknown[]) => Promise<unknown>>();
  const watching = new Proxy(vault, {
    get(target, method: Method) {
      const own = target[method] as Loose | undefined;
      // A thing with a `then` would be taken for a promise.
      if (!own) return undefined;
      return async (...parameters: unknown[]) => {
        calls.push({ method, parameters });
        const other = instead.get(method);
        return other ? other(own, ...parameters) : own(...parameters);
      };
    },
  });
  return {
    vault: watching,
    asked: (method) => calls.filter((call) => call.method === method).map(({ parameters }) => parameters),
    answer: (method, other) => void instead.set(method, other as unknown as Loose),
    hold(method) {
      const { promise, resolve } = Promise.withResolvers<void>();
      instead.set(method, async (carryOn, ...parameters) => {
        const answer = await carryOn(...parameters);
        await promise;
        return answer;
      });
      return () => {
        instead.delete(method);
        resolve();
      };
    },
  };
}
