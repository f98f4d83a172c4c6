import { z } from 'zod';
import { authorKeySchema, sealingPublicKeySchema, secretKeySchema } from '#shared/crypto/key-schemas.ts';
import { type AuthorKey, type MemberId, uuidOf } from '#shared/kernel/ids.ts';
import { roleIds } from '../policy/policy.ts';

export const memberIdSchema = z
  .string()
  .regex(uuidOf(4))
  .transform((id) => id as MemberId);

/** A member of the unit, with the public halves of their keys. The private halves never leave their key slot. */
export const memberSchema = z.strictObject({
  id: memberIdSchema,
  name: z.string().trim().min(1).max(120),
  role: z.enum(roleIds),
  author: authorKeySchema,
  sealingKey: sealingPublicKeySchema,
});
export type Member = z.output<typeof memberSchema>;

/** Everything that reading the unit's log needs: travels only sealed to a member's own key. */
export const unitSecretsSchema = z.strictObject({
  /** The secrets of the unit's generations (shared/log/generation.ts), in order: the last one is current. */
  generations: z.array(secretKeySchema).min(1).max(1000),
});
export type UnitSecrets = z.output<typeof unitSecretsSchema>;

/** Who belongs to the unit, as its log says up to some position. */
export interface UnitState {
  readonly name: string;
  readonly members: readonly Member[];
}

/** Before it is founded. */
export const noUnit: UnitState = { name: '', members: [] };

export const selectMember = (unit: UnitState | null, author: AuthorKey): Member | null =>
  unit?.members.find((member) => member.author === author) ?? null;
