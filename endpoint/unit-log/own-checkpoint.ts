import type { SigningKey } from '#shared/crypto/signing.ts';
import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import { isSeenSigned, type Seen } from '#shared/log/seen.ts';
import { type SignedCheckpoint, verifySignedCheckpoint } from '#shared/log/tree/signed-checkpoint.ts';
import { Refusal } from '../http/problems.ts';
import type { OpenEndpoint } from '../open-endpoint.ts';

/*
 * What this endpoint signed it knows by all keys that it ever had, which lie beside the database. Which of them was to sign a
 * checkpoint of a log, that log's roster says (what-is-seen.ts). Another process that shares the key file may have replaced them.
 */

/** Newest first: nearly always it is that. */
const checkpointKeys = ({ keys }: Pick<OpenEndpoint, 'keys'>): readonly AuthorKey[] =>
  keys.all.map(({ checkpointKey }) => checkpointKey).reverse();

/** A checkpoint, and which key of this endpoint signed it. */
export interface OwnCheckpoint {
  readonly signed: SignedCheckpoint;
  readonly by: AuthorKey;
}

/** Null when no key of this endpoint signed it. */
export async function verifyOwn(
  endpoint: Pick<OpenEndpoint, 'keys'>,
  unit: UnitId,
  note: string,
): Promise<OwnCheckpoint | null> {
  for (const key of checkpointKeys(endpoint)) {
    const verified = await verifySignedCheckpoint(note, { unit, key });
    if (verified.ok) return { signed: verified.value, by: key };
  }
  return (await endpoint.keys.hasChanged()) ? verifyOwn(endpoint, unit, note) : null;
}

/** The key of this endpoint that signed what somebody saw; null when none did. Of nothing there is nothing to sign: any. */
export async function signerOfSeen(
  endpoint: Pick<OpenEndpoint, 'keys'>,
  unit: UnitId,
  seen: Seen,
): Promise<AuthorKey | null> {
  for (const key of checkpointKeys(endpoint)) if (await isSeenSigned(seen, { unit, key })) return key;
  return (await endpoint.keys.hasChanged()) ? signerOfSeen(endpoint, unit, seen) : null;
}

/** To sign with, where a log names it. @throws Refusal when this endpoint does not have it */
export async function signingKeyOf({ keys }: Pick<OpenEndpoint, 'keys'>, named: AuthorKey): Promise<SigningKey> {
  const known = keys.find(named);
  if (known) return known;
  if (await keys.hasChanged()) return signingKeyOf({ keys }, named);
  throw new Refusal('endpoint-keys-missing', 'The log of this unit names keys of the endpoint that it does not have.');
}
