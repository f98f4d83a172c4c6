import { create } from 'zustand';
import type { NewMember, PassphraseVerdict, Slot } from '#renderer/vault/vault-api.ts';
import { notify } from './notice-store.ts';
import { stillOpen, troubleOf, vaultNow } from './vault-port.ts';

interface MembersStore {
  /** Null before the first answer. */
  readonly slots: readonly Slot[] | null;
  readonly trouble: string | null;
}

/** The members who have a key on this workstation. */
export const useMembers = create<MembersStore>(() => ({ slots: null, trouble: null }));

export async function loadMembers(): Promise<void> {
  const vault = vaultNow();
  try {
    const slots = await vault.slots();
    if (stillOpen(vault)) useMembers.setState({ slots, trouble: null });
  } catch (error) {
    if (stillOpen(vault)) useMembers.setState({ trouble: troubleOf(error) });
  }
}

/** Null when the member is admitted; else why not. */
export async function admitMember(member: NewMember): Promise<string | null> {
  try {
    const outcome = await vaultNow().admit(member);
    if (!outcome.ok) return outcome.error;
    notify(`${member.name} is admitted, and can unlock this workstation.`);
    await loadMembers();
    return null;
  } catch (error) {
    return troubleOf(error);
  }
}

export const judgePassphrase = (passphrase: string, personal: readonly string[]): Promise<PassphraseVerdict> =>
  vaultNow().judgePassphrase(passphrase, personal);
