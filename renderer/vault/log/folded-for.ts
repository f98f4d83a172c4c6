import type { GenerationId } from '#shared/kernel/ids.ts';
import type { OpenVault } from '../open-vault.ts';

/** What the ledger says of whoever it is folded for. */
export const heldBy = ({ member: { keyring } }: OpenVault): readonly GenerationId[] =>
  keyring.all().map(({ id }) => id);

/**
 * Whether what is projected was made by a member of this workstation who holds other keys: one who could read what this one
 * may not, or could not read what this one can. Then it is made anew.
 */
export function isFoldedForOthers(vault: OpenVault): boolean {
  const { held, lacked } = vault.log.ledger;
  const { keyring } = vault.member;
  const couldReadMore = held.some((id) => !keyring.generation(id));
  const canReadMore = lacked.length > 0 && heldBy(vault).some((id) => !held.includes(id));
  return couldReadMore || canReadMore;
}
