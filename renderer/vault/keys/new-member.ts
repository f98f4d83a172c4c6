import { v4 as uuid } from 'uuid';
import { randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import { generateSealingKey } from '#shared/crypto/public-box.ts';
import { generateSigningKey, importSigningKey } from '#shared/crypto/signing.ts';
import type { Role } from '#shared/domain/policy/policy.ts';
import type { DeviceKeys } from '#shared/domain/unit/roster.ts';
import type { AuthorKey, MemberId, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { proveDevice } from '#shared/log/device-proof.ts';
import type { PinnedAtEnrolment } from '#shared/sync/enrolment.ts';
import type { SlotSecrets } from './slots.ts';

/** New keys of a device: its half of a slot, the public half for the roster, and what signs with them. */
export async function generateDevice(unit: UnitId, member: MemberId) {
  const [{ author, pkcs8 }, sealing] = await Promise.all([generateSigningKey(), generateSealingKey()]);
  const signing = await importSigningKey(author, pkcs8);
  const keys = { author, sealingKey: sealing.publicKey };
  const device: DeviceKeys = { ...keys, proof: await proveDevice({ unit, member, device: keys }, signing) };
  const secrets = {
    author,
    signingKey: toBase64url(pkcs8),
    sealingPublicKey: sealing.publicKey,
    sealingPrivateKey: toBase64url(sealing.privateKey),
  };
  return { secrets, device, signing };
}

export interface NewMemberKeys {
  readonly secrets: SlotSecrets;
  /** The public half, for the roster. */
  readonly device: DeviceKeys;
}

/** @param founder of the unit that they are admitted to; null for the founder */
export async function generateMember(
  person: { readonly id: MemberId; readonly name: string; readonly role: Role },
  place: { readonly unit: UnitId; readonly storeKey: string } & PinnedAtEnrolment,
  founder: AuthorKey | null,
): Promise<NewMemberKeys> {
  const { secrets, device } = await generateDevice(place.unit, person.id);
  return {
    device,
    secrets: {
      ...place,
      ...secrets,
      member: person,
      founder: founder ?? secrets.author,
      personalKey: toBase64url(randomBytes(32)),
      auditStream: uuid() as StreamId,
    },
  };
}
