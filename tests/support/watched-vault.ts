import type { CallInput, CallOutput, Vault, VaultCallName } from '#renderer/vault/calls/call-list.ts';
import type { VaultEvent } from '#renderer/vault/vault-api.ts';

/** What answers in place of the vault. @param carryOn the vault's own answer */
type Instead<Name extends VaultCallName> = (
  input: CallInput<Name>,
  carryOn: (input: CallInput<Name>) => Promise<CallOutput<Name>>,
) => Promise<CallOutput<Name>>;
type Loose = (input: never, carryOn: (input: never) => Promise<unknown>) => Promise<unknown>;

/** A vault that notes what it is asked, and that a test can slow down or have fail. */
export interface WatchedVault {
  readonly vault: Vault;
  /** The input of each such call so far. */
  asked<Name extends VaultCallName>(name: Name): readonly CallInput<Name>[];
  /** From now on a call is answered so. */
  answer<Name extends VaultCallName>(name: Name, instead: Instead<Name>): void;
  /** Holds the answers to a call back until what is returned is called. */
  hold(name: VaultCallName): () => void;
  /** Who listens to the vault. */
  readonly listeners: readonly ((event: VaultEvent) => void)[];
}

export function watchVault(vault: Vault): WatchedVault {
  const calls: { readonly name: VaultCallName; readonly input: unknown }[] = [];
  const listeners: ((event: VaultEvent) => void)[] = [];
  const instead = new Map<VaultCallName, Loose>();
  const call = (async (name: VaultCallName, input: never) => {
    calls.push({ name, input });
    const carryOn = (other: never) => vault.call(name, other);
    return instead.get(name)?.(input, carryOn) ?? carryOn(input);
  }) as Vault['call'];
  return {
    vault: {
      call,
      subscribe(listener) {
        listeners.push(listener);
        return vault.subscribe(listener);
      },
    },
    listeners,
    asked: <Name extends VaultCallName>(name: Name) =>
      calls.filter((each) => each.name === name).map(({ input }) => input as CallInput<Name>),
    answer: (name, other) => void instead.set(name, other as unknown as Loose),
    hold(name) {
      const { promise, resolve } = Promise.withResolvers<void>();
      instead.set(name, async (input, carryOn) => {
        const answer = await carryOn(input);
        await promise;
        return answer;
      });
      return () => {
        instead.delete(name);
        resolve();
      };
    },
  };
}
