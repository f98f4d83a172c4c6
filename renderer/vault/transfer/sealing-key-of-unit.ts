import type { SealingPublicKey } from '#shared/crypto/public-box.ts';
import { currentGeneration } from '#shared/domain/unit/roster.ts';
import type { Notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { DirectoryUnit } from '#shared/sync/directory.ts';
import { notice } from '../codes.ts';
import type { OpenVault } from '../open-vault.ts';
import { fetchRoster } from './rosters.ts';

/**
 * The public key to seal to a unit with: of whoever reads its cases, since what is sealed may be passed on to any of them. From
 * its roster as it is now, folded here from the founder that the directory names. @throws HostFailure
 */
export async function sealingKeyOfUnit(
  vault: OpenVault,
  { id, name, founder }: DirectoryUnit,
): Promise<Result<SealingPublicKey, Notice>> {
  if (!founder) return err(notice('unit-not-in-directory', { unit: name }));
  const fetched = await fetchRoster(vault, id, null);
  const generation = fetched && currentGeneration(fetched.roster, 'unit');
  return generation ? ok(generation.publicKey) : err(notice('unit-key-unverified', { unit: name }));
}
