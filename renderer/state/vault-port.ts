import type { Vault } from '#renderer/vault/vault-api.ts';

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
  if (!current) throw new Error('The vault is locked.');
  return current;
}

export const isAttached = (): boolean => current !== null;

/** False once the vault that was asked has been locked: its answer must not reach a store any more. */
export const stillOpen = (vault: Vault): boolean => current === vault;

/** What a rejected call says to a person. */
export const troubleOf = (error: unknown): string =>
  error instanceof Error && error.message ? error.message : 'The vault did not answer.';
