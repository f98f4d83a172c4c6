import { create } from 'zustand';
import type { PassphraseChange } from '#renderer/vault/change-passphrase.ts';
import type { MemberHistories } from '#renderer/vault/log-api.ts';
import type { AdmissionTerms, Fingerprints, NewMember, Slot } from '#renderer/vault/vault-api.ts';
import { sayAdvice } from '#renderer/words/passphrase.ts';
import { say } from '#renderer/words/say.ts';
import { notify } from './notice-store.ts';
import { ask, stillOpen, troubleOf, vaultNow } from './vault-port.ts';

interface MembersStore {
  /** Null before the first answer. */
  readonly slots: readonly Slot[] | null;
  /** The supervisors here who may sign an admission too; null where none needs to. */
  readonly seconds: AdmissionTerms['seconds'];
  /** To compare with the operator; null before the first answer. */
  readonly fingerprints: Fingerprints | null;
  /** What the log tells of each; null before the first answer. */
  readonly histories: MemberHistories | null;
  readonly trouble: string | null;
}

/** The members who have a key on this workstation. */
export const useMembers = create<MembersStore>(() => ({
  ...{ slots: null, seconds: null, fingerprints: null, histories: null, trouble: null },
}));

export async function loadMembers(): Promise<void> {
  const vault = vaultNow();
  try {
    const { slots } = await vault.call('slots.list', {});
    const { seconds } = await vault.call('member.admissionTerms', {});
    const fingerprints = await vault.call('unit.fingerprints', {});
    if (stillOpen(vault)) useMembers.setState({ slots, seconds, fingerprints, trouble: null });
    const histories = await vault.call('member.histories', {});
    if (stillOpen(vault)) useMembers.setState({ histories });
  } catch (error) {
    if (stillOpen(vault)) useMembers.setState({ trouble: troubleOf(error) });
  }
}

/** Null when the member is admitted; else why not. */
export async function admitMember(member: NewMember): Promise<string | null> {
  try {
    const result = await ask('member.admit', member);
    if (!result.ok) return say(result.error);
    notify(`${member.name} is admitted, and can unlock this workstation.`);
    await loadMembers();
    return null;
  } catch (error) {
    return troubleOf(error);
  }
}

/** Null when the device has new keys; else why not. */
export async function renewDevice(passphrase: string): Promise<string | null> {
  try {
    const result = await ask('device.renew', { passphrase });
    return result.ok ? null : say(result.error);
  } catch (error) {
    return troubleOf(error);
  }
}

/** Null when the member who is at work has another passphrase; else why not. */
export async function changePassphrase(change: PassphraseChange): Promise<string | null> {
  try {
    const result = await ask('passphrase.change', change);
    return result.ok ? null : say(result.error);
  } catch (error) {
    return troubleOf(error);
  }
}

/** How hard a passphrase is to guess, with advice in words. */
export async function judgePassphrase(passphrase: string, personal: readonly string[]) {
  const verdict = await ask('passphrase.judge', { passphrase, personal });
  return { ...verdict, advice: sayAdvice(verdict.advice) };
}
