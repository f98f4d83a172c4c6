import { parseBindableKey } from '#shared/crypto/bindable-key.ts';
import { toCanonicalBytes } from '#shared/crypto/canonical-json.ts';
import { type Bytes, concat, fromBase64url, toBase64url, utf8 } from '#shared/crypto/encoding.ts';
import { type SigningKey, sign, verify } from '#shared/crypto/signing.ts';
import type { NamedEndpointKeys } from '#shared/domain/event/define-event.ts';
import type { EndpointRekeying } from '#shared/domain/membership/endpoint-rekeyed.ts';
import type { EndpointPublicKeys } from '#shared/domain/unit/endpoint-keys.ts';
import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';

/*
 * Keys of the endpoint that take the place of others sign that themselves, and so does the key for checkpoints that they
 * replace. Without the first, anybody could have the endpoint's log signed with a key of somebody else's.
 */

/** Which keys follow which, in the log of which unit. */
export interface KeyReplacement {
  readonly unit: UnitId;
  readonly replaces: EndpointPublicKeys;
  readonly keys: EndpointPublicKeys;
}

const publicKeys = ({ endpointKey, checkpointKey }: EndpointPublicKeys) => ({ endpointKey, checkpointKey });

const signingInput = ({ unit, replaces, keys }: KeyReplacement): Bytes =>
  concat(
    utf8('probity-endpoint-keys/1\n'),
    toCanonicalBytes({ unit, replaces: publicKeys(replaces), keys: publicKeys(keys) }),
  );

/** 64 bytes, base64url. */
const signReplacement = async (replacement: KeyReplacement, key: SigningKey): Promise<string> =>
  toBase64url(await sign(key, signingInput(replacement)));

/** Whether keys that an act names may be bound, and signed what they had to: as far as there are signatures. Never throws. */
export async function areEndpointKeysProved(
  unit: UnitId,
  { endpointKey, checkpointKey, replacement }: NamedEndpointKeys,
): Promise<boolean> {
  const keys = { endpointKey, checkpointKey };
  if (![endpointKey, checkpointKey].every((key) => parseBindableKey(key).ok)) return false;
  if (!replacement) return true;
  const { replaces, proofs, consent } = replacement;
  const input = signingInput({ unit, replaces, keys });
  const signed: readonly (readonly [AuthorKey, string | null])[] = [
    [endpointKey, proofs.endpointKey],
    [checkpointKey, proofs.checkpointKey],
    [replaces.checkpointKey, consent],
  ];
  const verified = signed.map(([key, signature]) => signature === null || verify(key, fromBase64url(signature), input));
  return (await Promise.all(verified)).every(Boolean);
}

/** Both keys of an endpoint, with which it signs. */
export interface EndpointSigningKeys {
  /** What it writes itself. */
  readonly entries: SigningKey;
  /** The checkpoints of every log. */
  readonly checkpoints: SigningKey;
}

export const publicKeysOf = ({ entries, checkpoints }: EndpointSigningKeys): EndpointPublicKeys => ({
  endpointKey: entries.author,
  checkpointKey: checkpoints.author,
});

/**
 * What an act says that puts other keys of the endpoint in the place of those that the roster names.
 * @param old the key for checkpoints of before; null where it is not there to sign any more
 */
export async function makeReplacement(
  unit: UnitId,
  replaces: EndpointPublicKeys,
  next: EndpointSigningKeys,
  old: SigningKey | null,
): Promise<EndpointRekeying> {
  const keys = publicKeysOf(next);
  const replacement = { unit, replaces, keys };
  const signedBy = async (key: SigningKey | null, isNeeded: boolean): Promise<string | null> =>
    key && isNeeded ? signReplacement(replacement, key) : null;
  const isOther = {
    endpointKey: keys.endpointKey !== replaces.endpointKey,
    checkpointKey: keys.checkpointKey !== replaces.checkpointKey,
  };
  return {
    replaces: publicKeys(replaces),
    ...keys,
    proofs: {
      endpointKey: await signedBy(next.entries, isOther.endpointKey),
      checkpointKey: await signedBy(next.checkpoints, isOther.checkpointKey),
    },
    consent: await signedBy(old, isOther.checkpointKey),
  };
}
