import { create } from 'zustand';
import type { DirectoryUnit } from '#renderer/vault/transfer-api.ts';
import { stillOpen, troubleOf, vaultNow } from './vault-port.ts';

interface UnitsStore {
  /** Units of other forces that a case can be sent to; null until they are known. */
  readonly units: readonly DirectoryUnit[] | null;
  /** The own one, with the law that it is under; null until it is known, or where the directory does not name it. */
  readonly own: DirectoryUnit | null;
  readonly trouble: string | null;
}

export const useUnits = create<UnitsStore>(() => ({ units: null, own: null, trouble: null }));

export async function loadUnits(): Promise<void> {
  const vault = vaultNow();
  try {
    const { own, others: units } = await vault.call('units.list', {});
    if (stillOpen(vault)) useUnits.setState({ own, units, trouble: null });
  } catch (error) {
    if (stillOpen(vault)) useUnits.setState({ trouble: troubleOf(error) });
  }
}
