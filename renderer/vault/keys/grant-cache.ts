import { importContentKey } from '#shared/crypto/aead.ts';
import { fromBase64url } from '#shared/crypto/encoding.ts';
import type { UnitSecrets } from '#shared/domain/unit/unit-state.ts';
import { openRow, sealRow } from '../store/sealed-rows.ts';
import type { Row, Store } from '../store/store.ts';

/**
 * The unit's keys as a member knew them last, under that member's own seal: unlocking need not look for grants in the
 * log, and damage to the log does not lock anyone out.
 */
export interface GrantCache {
  /** Grants in the log when this was written: with more, there may be one for this member. */
  readonly grants: number;
  readonly secrets: UnitSecrets;
}

const keyOf = (slotId: string): string => `grants:${slotId}`;

export const sealGrantCache = (personalKey: CryptoKey, slotId: string, cache: GrantCache): Promise<Row> =>
  sealRow(personalKey, 'meta', keyOf(slotId), cache);

/** For a slot that is being made: its personal key is still at hand in the clear. */
export const sealFirstGrantCache = async (personalKey: string, slotId: string, secrets: UnitSecrets): Promise<Row> =>
  sealGrantCache(await importContentKey(fromBase64url(personalKey)), slotId, { grants: 0, secrets });

/** Null when it is missing or damaged: the log has the grants too. */
export async function loadGrantCache(store: Store, personalKey: CryptoKey, slotId: string): Promise<GrantCache | null> {
  const row = await store.get('meta', keyOf(slotId));
  return row ? openRow<GrantCache>(personalKey, 'meta', row).catch(() => null) : null;
}
