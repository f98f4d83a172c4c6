import type { Seen } from '#shared/log/seen.ts';
import type { OpenVault } from '../open-vault.ts';
import { openRow, sealRow } from '../store/sealed-rows.ts';
import type { Row } from '../store/store.ts';

/**
 * How far a member saw the log, under their own seal: when the shared ledger was set back, or is gone, this still says
 * that there was more.
 */
const anchorKey = (slotId: string): string => `anchor:${slotId}`;

/** Only ever forward: a log that is shorter than it was seen is a fault, and not a new beginning. */
export const nextAnchor = ({ log: { anchor } }: OpenVault, checkpoint: Seen): Seen =>
  anchor && anchor.size > checkpoint.size ? anchor : checkpoint;

export const sealAnchor = ({ member: { personalKey, slotId } }: OpenVault, anchor: Seen): Promise<Row> =>
  sealRow(personalKey, 'meta', anchorKey(slotId), anchor);

/** Whether less of the log is here than this member had seen: the store was lost, or set back. */
export const isBehind = ({ log: { anchor, ledger } }: OpenVault): boolean =>
  anchor !== null && anchor.size > ledger.log.size;

/** Null when this member has not seen the log on this computer yet. @throws SealBroken when it is damaged */
export async function loadAnchor({ io: { store }, member: { personalKey, slotId } }: OpenVault): Promise<Seen | null> {
  const row = await store.get('meta', anchorKey(slotId));
  return row ? openRow<Seen>(personalKey, 'meta', row) : null;
}
