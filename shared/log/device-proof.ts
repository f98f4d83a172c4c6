import { parseBindableKey } from '#shared/crypto/bindable-key.ts';
import { toCanonicalBytes } from '#shared/crypto/canonical-json.ts';
import { type Bytes, concat, fromBase64url, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import { type SigningKey, sign, verify } from '#shared/crypto/signing.ts';
import type { Renewal } from '#shared/domain/event/define-event.ts';
import type { DeviceKeys } from '#shared/domain/unit/roster.ts';
import type { AuthorKey, MemberId, UnitId } from '#shared/kernel/ids.ts';

/*
 * A device signs its own binding to a member of a unit, with the key that receives for it. Without that anybody could
 * bind a key of somebody else's, or one that receives for another.
 */

/** What is bound to whom. */
export interface Binding {
  readonly unit: UnitId;
  readonly member: MemberId;
  readonly device: Omit<DeviceKeys, 'proof'>;
}

const signingInput = ({ unit, member, device: { author, sealingKey } }: Binding): Bytes =>
  concat(utf8('probity-binding/1\n'), toCanonicalBytes({ unit, member, author, sealingKey }));

/** 64 bytes, base64url. */
export const proveDevice = async (binding: Binding, key: SigningKey): Promise<string> =>
  toBase64url(await sign(key, signingInput(binding)));

/** Whether the device signed it, with a key that may be bound. Never throws. */
export async function isDeviceProved(binding: Binding, proof: string): Promise<boolean> {
  const { author } = binding.device;
  return parseBindableKey(author).ok && verify(author, fromBase64url(proof), signingInput(binding));
}

const renewalInput = ({ unit, member, device: { author, sealingKey } }: Binding, replaces: AuthorKey): Bytes =>
  concat(utf8('probity-renewal/1\n'), toCanonicalBytes({ unit, member, replaces, author, sealingKey }));

/** By the key that is replaced, which says so by its signature. 64 bytes, base64url. */
export const consentToRenewal = async (binding: Binding, key: SigningKey): Promise<string> =>
  toBase64url(await sign(key, renewalInput(binding, key.author)));

/** Whether the key that is replaced signed that. Never throws. */
export const isRenewalProved = (binding: Binding, { replaces, consent }: Renewal): Promise<boolean> =>
  verify(replaces, fromBase64url(consent), renewalInput(binding, replaces));
