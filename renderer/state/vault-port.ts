import type { CallInput, CallOutput, Vault, VaultCallName } from '#renderer/vault/calls/call-list.ts';
import { hasWords, say } from '#renderer/words/say.ts';
import type { WindowCode } from '#renderer/words/vault-refusals.ts';
import { type Notice, notice } from '#shared/kernel/refusal.ts';

/**
 * The read model that the vault feeds, and view state. Every store here asks the vault through this port and through
 * nothing else; no store keeps a key, and `clearStores` empties all of them when the vault is locked.
 */
let current: Vault | null = null;

export function attachVault(vault: Vault): void {
  current = vault;
}

export function detachVault(): void {
  current = null;
}

/** @throws when the vault is locked */
export function vaultNow(): Vault {
  if (!current) throw new Error('vault-locked');
  return current;
}

/** Asks the vault that is open. Rejects when it is locked. */
export const ask = async <Name extends VaultCallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> =>
  vaultNow().call(name, input);

export const isAttached = (): boolean => current !== null;

/** False once the vault that was asked has been locked: its answer must not reach a store any more. */
export const stillOpen = (vault: Vault): boolean => current === vault;

/** Says, later on, whether the vault that is open now has been open all the time since. */
export function whileOpen(): () => boolean {
  const vault = current;
  return () => vault !== null && stillOpen(vault);
}

/** Why a call was rejected. The message of an error that comes from the vault is its code. */
export const troubleIn = (error: unknown): Notice => {
  const code = error instanceof Error ? error.message : '';
  return hasWords(code) ? notice(code) : notice<WindowCode>('no-answer');
};

/** What a rejected call says to a person. */
export const troubleOf = (error: unknown): string => say(troubleIn(error));
