import { create } from 'zustand';
import type { CallInput } from '#renderer/vault/calls/call-list.ts';
import type { UnitView } from '#renderer/vault/vault-api.ts';
import type { Policy } from '#shared/domain/policy/policy.ts';
import { emptyRecord, policyAt } from '#shared/domain/unit/unit-record.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { notify } from './notice-store.ts';
import { ask, stillOpen, troubleIn, vaultNow } from './vault-port.ts';

interface UnitStore extends UnitView {
  /** False until the vault has told. */
  readonly known: boolean;
}

/** The unit as all its members know it: who belongs to it, names, policy, ranks. */
export const useUnit = create<UnitStore>(() => ({ members: [], record: emptyRecord, known: false }));

/** The policy by which what is done now is judged here. */
export const usePolicy = (): Policy => useUnit(({ record }) => policyAt(record, null));
export const policyNow = (): Policy => policyAt(useUnit.getState().record, null);

export async function loadUnit(): Promise<void> {
  const vault = vaultNow();
  const view = await vault.call('unit.read', {});
  if (stillOpen(vault)) useUnit.setState({ ...view, known: true });
}

/** Null when it is saved here; else why not. @param done what is said then */
export async function recordOfUnit(command: CallInput<'unit.record'>, done: string): Promise<Refusal | null> {
  try {
    const result = await ask('unit.record', command);
    if (!result.ok) return result.error;
    notify(done);
    return null;
  } catch (error) {
    return troubleIn(error);
  }
}
