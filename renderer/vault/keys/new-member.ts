import { v4 as uuid } from 'uuid';
import { randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import { generateSealingKey } from '#shared/crypto/public-box.ts';
import { generateSigningKey } from '#shared/crypto/signing.ts';
import type { Role } from '#shared/domain/policy/policy.ts';
import type { Member } from '#shared/domain/unit/unit-state.ts';
import type { AuthorKey, MemberId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import type { SlotSecrets } from './slots.ts';

export interface NewMemberKeys {
  readonly secrets: SlotSecrets;
  /** The public half, for the unit's log. */
  readonly member: Member;
}

/** @param admitted by whom, into whose unit; null for the founder */
export async function generateMember(
  person: { readonly id: MemberId; readonly name: string; readonly role: Role },
  place: { readonly unit: UnitId; readonly endpointKey: AuthorKey; readonly storeKey: string },
  admitted: { readonly by: AuthorKey; readonly founder: AuthorKey } | null,
): Promise<NewMemberKeys> {
  const [signing, sealing] = await Promise.all([generateSigningKey(), generateSealingKey()]);
  return {
    member: { ...person, author: signing.author, sealingKey: sealing.publicKey },
    secrets: {
      ...place,
      member: person,
      author: signing.author,
      founder: admitted?.founder ?? signing.author,
      admittedBy: admitted?.by ?? signing.author,
      signingKey: toBase64url(signing.pkcs8),
      sealingPublicKey: sealing.publicKey,
      sealingPrivateKey: toBase64url(sealing.privateKey),
      personalKey: toBase64url(randomBytes(32)),
      auditStream: uuid() as StreamId,
    },
  };
}
