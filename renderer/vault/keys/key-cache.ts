import { fromBase64url, toBase64url } from '#shared/crypto/encoding.ts';
import { openGeneration } from '#shared/log/generation.ts';
import { openRow, sealRow } from '../store/sealed-rows.ts';
import type { Row, Store } from '../store/store.ts';
import type { Keyring } from './keyring.ts';

/*
 * The generations that a member holds, under that member's own seal: unlocking need not look for grants in the log, and
 * damage to the log does not lock anyone out.
 */

const keyOf = (slotId: string): string => `generations:${slotId}`;

export interface KeyCacheOwner {
  readonly slotId: string;
  readonly personalKey: CryptoKey;
  readonly keyring: Pick<Keyring, 'all' | 'admit'>;
}

export const sealKeyCache = ({ personalKey, slotId, keyring }: KeyCacheOwner): Promise<Row> =>
  sealRow(
    personalKey,
    'meta',
    keyOf(slotId),
    keyring.all().map(({ secret }) => toBase64url(secret)),
  );

/** A cache that is missing or damaged brings nothing: the log has the grants too. */
export async function loadKeyCache(store: Store, { personalKey, slotId, keyring }: KeyCacheOwner): Promise<void> {
  const row = await store.get('meta', keyOf(slotId));
  const secrets = row ? await openRow<readonly string[]>(personalKey, 'meta', row).catch(() => []) : [];
  for (const secret of secrets) keyring.admit(await openGeneration(fromBase64url(secret)));
}
