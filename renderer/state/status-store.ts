import { create } from 'zustand';
import type { VaultStatus } from '#renderer/vault/vault-api.ts';
import { notify } from './notice-store.ts';
import { ask, troubleOf } from './vault-port.ts';

interface StatusStore {
  /** Null until the vault has reported for the first time. */
  readonly status: VaultStatus | null;
  /** `verifyLog` is running. */
  readonly checking: boolean;
  /** When the last check of every entry ended, and how many warnings it gave. */
  readonly checked: { readonly at: number; readonly warnings: number } | null;
}

export const useStatus = create<StatusStore>(() => ({ status: null, checking: false, checked: null }));

export async function checkEveryEntry(): Promise<void> {
  if (useStatus.getState().checking) return;
  useStatus.setState({ checking: true });
  try {
    const warnings = await ask('log.verify', {});
    useStatus.setState({ checked: { at: Date.now(), warnings: warnings.length } });
  } catch (error) {
    notify(`The check did not finish. ${troubleOf(error)}`, 'refusal');
  } finally {
    useStatus.setState({ checking: false });
  }
}

export async function syncNow(): Promise<void> {
  try {
    await ask('sync.now', {});
  } catch (error) {
    notify(`Nothing was exchanged. ${troubleOf(error)} Your work is safe on this machine.`, 'refusal');
  }
}

export async function pauseIngest(): Promise<void> {
  try {
    await ask('sync.pause', {});
  } catch (error) {
    notify(`The download was not paused. ${troubleOf(error)}`, 'refusal');
  }
}
