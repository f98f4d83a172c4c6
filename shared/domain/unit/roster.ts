import { z } from 'zod';
import { authorKeySchema, base64urlSchema, sealingPublicKeySchema } from '#shared/crypto/key-schemas.ts';
import type { SealingPublicKey } from '#shared/crypto/public-box.ts';
import { sealingKeyIdOf } from '#shared/crypto/sealing-key.ts';
import {
  type AuthorKey,
  type Digest,
  type EventId,
  type GenerationId,
  type MemberId,
  type StreamId,
  uuidOf,
} from '#shared/kernel/ids.ts';
import { type Role, roleIds } from '../policy/policy.ts';
import type { EndpointPublicKeys, FormerKeys } from './endpoint-keys.ts';
import { type Scope, scopeSchema } from './scopes.ts';
import type { AnyWithdrawal } from './withdrawals.ts';

/*
 * The roster says who is who: members, roles, devices, who was granted which scope, and the scopes' public keys. It is the
 * one stream in the clear, with random ids and no names. Everybody folds it with the same code (../membership), from the
 * founder's key: each replica, the endpoint, another unit.
 */

export const memberIdSchema = z
  .string()
  .regex(uuidOf(4))
  .transform((id) => id as MemberId);

export const roleSchema = z.enum(roleIds);

/** The keys of a device of a member, with the proof that whoever holds them wants to be bound to that member. */
export const deviceKeysSchema = z.strictObject({
  /** Ed25519: signs. */
  author: authorKeySchema,
  /** X-Wing: receives. */
  sealingKey: sealingPublicKeySchema,
  /** Signature of the device over its binding (shared/log/device-proof.ts). 64 bytes. */
  proof: base64urlSchema.length(86),
});
export type DeviceKeys = z.output<typeof deviceKeysSchema>;

/** Of the unit's recovery key, which is no member's and lies on no device. The proof is its own: shared/log/recovery-key.ts. */
export type RecoveryKeys = DeviceKeys;
export type RecoveryPublicKeys = Pick<RecoveryKeys, 'author' | 'sealingKey'>;

/** What the recovery key may be used for: a new device of a member who lost theirs, or a scope that nobody can read any more. */
export const recoveryUseSchema = z.union([
  z.strictObject({ member: memberIdSchema }),
  z.strictObject({ scope: scopeSchema }),
]);
export type RecoveryUse = z.output<typeof recoveryUseSchema>;

/** `suspended` can be taken back; `ended` cannot. */
export type Standing = 'inForce' | 'suspended' | 'ended';

export interface RosterMember {
  readonly id: MemberId;
  readonly role: Role;
  readonly standing: Standing;
}

export interface RosterDevice {
  readonly author: AuthorKey;
  readonly sealingKey: SealingPublicKey;
  readonly member: MemberId;
  readonly standing: Standing;
  /** Scopes that a member of the scope gave it the key of. */
  readonly granted: readonly Scope[];
  /** Scopes that it was granted, and left out of when their key was replaced. */
  readonly leftOut: readonly Scope[];
}

/** A generation's id is the hash of its public key. */
export const generationIdOf = (publicKey: SealingPublicKey): GenerationId =>
  sealingKeyIdOf(publicKey) as string as GenerationId;

export interface ScopeGeneration {
  readonly scope: Scope;
  readonly id: GenerationId;
  readonly publicKey: SealingPublicKey;
  /** False for one that did not become current (membership/scope-rotated.ts). What is under it can be read. */
  readonly counts: boolean;
  /** The device that made it, or the recovery key. */
  readonly by: AuthorKey;
  /** The recovery key that it was boxed for, if it was for the one of then. */
  readonly recovery: AuthorKey | null;
  /** Whether no later one has it under itself: it did not count, or who replaced it could not open it. */
  readonly aside: boolean;
  /** Of one aside: the devices that passed it on under the one that was current then. */
  readonly carriedBy: readonly AuthorKey[];
  /** Devices that said that it does not open for them, though a box of it is theirs. */
  readonly unopenedBy: readonly AuthorKey[];
}

/** A box beside an entry: the key of a generation, for a device, for a recovery key, or for whoever holds another generation. */
export interface BoxedGeneration {
  readonly generation: GenerationId;
  readonly to:
    | { readonly device: AuthorKey }
    | { readonly recovery: AuthorKey }
    | { readonly generation: GenerationId };
}

/** An act that waits for the signature of a second member. */
export interface Proposal {
  /** Hash of the entry that proposes it. */
  readonly entry: Digest;
  readonly by: MemberId;
  /** With this device of theirs. */
  readonly author: AuthorKey;
  readonly type: string;
  readonly data: unknown;
  /** That stand beside it. */
  readonly boxes: readonly BoxedGeneration[];
}

/** The roster up to some position of the log. Plain data: it is stored with the ledger. */
export interface Roster extends EndpointPublicKeys {
  readonly stream: StreamId;
  /** Stream of what concerns the unit and is not for outsiders: its name, its members' names. */
  readonly policyStream: StreamId;
  /** Of the endpoint, from the founding on, in order: those before the present ones. */
  readonly formerKeys: readonly FormerKeys[];
  readonly founder: MemberId;
  /** Whether two supervisors were ever in force at once. From then on, an admission takes two of them. */
  readonly hadTwoSupervisors: boolean;
  readonly members: readonly RosterMember[];
  readonly devices: readonly RosterDevice[];
  /** Of each scope, the last that counts is current. */
  readonly generations: readonly ScopeGeneration[];
  readonly proposals: readonly Proposal[];
  /** The recovery key that is bound. */
  readonly recovery: RecoveryPublicKeys | null;
  /** Those that were bound before it: their keys are never bound again. */
  readonly formerRecovery: readonly RecoveryPublicKeys[];
  /** What two members permitted the recovery key to do, and it did not do yet. */
  readonly permissions: readonly RecoveryUse[];
  /** In the order of the log, those that were stopped too. */
  readonly withdrawals: readonly AnyWithdrawal[];
  /** Events that counted, and who signed them: signed again, they change nothing. */
  readonly events: readonly { readonly id: EventId; readonly by: MemberId }[];
}

/** Before the unit is founded. */
export type MaybeRoster = Roster | null;

export const deviceOf = (roster: Pick<Roster, 'devices'> | null, author: AuthorKey): RosterDevice | null =>
  roster?.devices.find((device) => device.author === author) ?? null;

export const memberOfId = (roster: Pick<Roster, 'members'> | null, id: MemberId): RosterMember | null =>
  roster?.members.find((member) => member.id === id) ?? null;

/** Whether a device may never read again: it has ended, or its member has. */
export const hasEnded = (roster: Pick<Roster, 'members'>, { standing, member }: RosterDevice): boolean =>
  standing === 'ended' || memberOfId(roster, member)?.standing === 'ended';

/** The member who acts with a device: null when it was never bound, or when it or its member is not in force. */
export function memberOf(roster: MaybeRoster, author: AuthorKey): RosterMember | null {
  const device = deviceOf(roster, author);
  if (device?.standing !== 'inForce') return null;
  const member = memberOfId(roster, device.member);
  return member?.standing === 'inForce' ? member : null;
}

/** Those who can act: a supervisor without a device in force can sign nothing. */
export const supervisorsOf = ({ members, devices }: Roster): readonly RosterMember[] =>
  members.filter(
    ({ id, role, standing }) =>
      role === 'supervisor' &&
      standing === 'inForce' &&
      devices.some((device) => device.member === id && device.standing === 'inForce'),
  );

/** What is sealed to the scope from here on. */
export const currentGeneration = (roster: MaybeRoster, scope: Scope): ScopeGeneration | null =>
  roster?.generations.findLast((each) => each.scope === scope && each.counts) ?? null;
