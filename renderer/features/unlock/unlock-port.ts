import type { Role } from '#shared/domain/policy/policy.ts';
import type { Result } from '#shared/kernel/result.ts';

/** What the unlock screen needs of the workbench. */
export interface UnlockSlot {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Milliseconds until an attempt is taken. */
  readonly wait: number;
}

export interface UnlockRefusal {
  /** In words. */
  readonly why: string;
  /** Milliseconds until the next is taken. */
  readonly wait: number;
}

export interface UnlockPort {
  /** What the unit is called; null where it is not known yet. */
  readonly unit: string | null;
  readonly slots: readonly UnlockSlot[];
  /** Passphrases of an invented unit by member name; null outside demo profiles. */
  readonly demoPassphrases: Readonly<Record<string, string>> | null;
  /** Why the workbench was locked, if that is not obvious. */
  readonly lockedBecause: string | null;
  readonly unlock: (slot: string, passphrase: string) => Promise<Result<null, UnlockRefusal>>;
}
