import type { SealingPublicKey } from '#shared/crypto/public-box.ts';
import { currentGeneration } from '#shared/domain/unit/roster.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import type { Notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { type Entry, parseEntry } from '#shared/log/entry.ts';
import { foldRosterEntries, isWholeRoster } from '#shared/log/roster-entry.ts';
import type { DirectoryUnit } from '#shared/sync/directory.ts';
import { parseRoster } from '#shared/sync/wire.ts';
import { notice } from '../codes.ts';
import { ask } from '../host.ts';
import type { OpenVault } from '../open-vault.ts';

interface FetchedRoster {
  readonly entries: readonly Entry[];
  /** That these are all. */
  readonly proof: string;
}

/** The roster as another unit's endpoint has it, entry by entry. Null when it is none. @throws HostFailure */
async function fetchRoster({ io }: OpenVault, unit: UnitId): Promise<FetchedRoster | null> {
  const wire = parseRoster((await ask(io.host, 'unit.roster', { unit })).roster);
  const parsed = wire?.entries.map(parseEntry) ?? [];
  if (!wire || !parsed.every((each) => each.ok)) return null;
  return { entries: parsed.flatMap((each) => (each.ok ? [each.value] : [])), proof: wire.proof };
}

/**
 * The public key to seal to a unit with, from its roster as it is now, folded here from the founder that the directory
 * names. @throws HostFailure
 */
export async function sealingKeyOfUnit(
  vault: OpenVault,
  { id, name, founder }: DirectoryUnit,
): Promise<Result<SealingPublicKey, Notice>> {
  if (!founder) return err(notice('unit-not-in-directory', { unit: name }));
  const unverified = err(notice('unit-key-unverified', { unit: name }));
  const fetched = await fetchRoster(vault, id);
  if (!fetched) return unverified;
  const { endpointKey, checkpointKey } = vault.member.slot;
  const { entries, proof } = fetched;
  const roster = await foldRosterEntries(id, entries, { founder, endpointKey, checkpointKey });
  if (!roster.ok || !roster.value || !(await isWholeRoster(id, entries, roster.value, proof))) return unverified;
  const generation = currentGeneration(roster.value, 'unit');
  return generation ? ok(generation.publicKey) : unverified;
}
