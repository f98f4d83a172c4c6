import type { EndpointPublicKeys } from '#shared/domain/unit/endpoint-keys.ts';
import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import { acceptDirectory, type KnownDirectory } from '#shared/sync/accept-directory.ts';
import { type Directory, type DirectoryUnit, verifyDirectory } from '#shared/sync/directory.ts';
import { VaultError } from '../codes.ts';
import { warning, warnOnce } from '../findings.ts';
import { ask, HostFailure } from '../host.ts';
import { knownEndpoints } from '../log/endpoint-keys.ts';
import type { OpenVault } from '../open-vault.ts';
import { openRow, sealRow } from '../store/sealed-rows.ts';
import type { ListedUnits } from '../transfer-api.ts';

/* The directory that the operator signs: which units there are, and who founded each. What the endpoint says is believed
   as far as the pinned key of the operator covers it, and never goes back. */

const rowKey = 'directory';

/** The last that was accepted here, verified again: a row is no reason to believe it. */
async function loadKnown({ io: { store }, member: { slot, storeKey } }: OpenVault): Promise<KnownDirectory | null> {
  const row = await store.get('meta', rowKey);
  const document = row && (await openRow<string>(storeKey, 'meta', row).catch(() => null));
  const directory = document ? await verifyDirectory(document, slot.operatorKey) : null;
  return document && directory ? { document, directory } : null;
}

/**
 * Asks the endpoint, and keeps what it serves if that is to be believed. Else that is a warning, and the last one that was
 * stays in use. Null before there is any. @throws HostFailure
 */
export async function fetchDirectory(vault: OpenVault): Promise<Directory | null> {
  const { io, member, findings } = vault;
  const served = (await ask(io.host, 'directory.get', {})).directory;
  // One after the other: of two answers the older must not come last.
  return io.writer.add(async () => {
    const known = await loadKnown(vault);
    const { operatorKey } = member.slot;
    const accepted = await acceptDirectory(served, known, { operatorKey, endpoints: knownEndpoints(vault) });
    if (!accepted.ok) warnOnce(findings, warning(accepted.error.code, null));
    const current = accepted.ok ? accepted.value : known;
    if (!current) return null;
    if (current !== known) {
      await io.store.commit([
        { table: 'meta', put: [await sealRow(member.storeKey, 'meta', rowKey, current.document)] },
      ]);
    }
    warnOfOwnFounder(vault, current.directory);
    return current.directory;
  });
}

/** Other units would take what this one sends for a stranger's. */
function warnOfOwnFounder({ member: { slot }, findings }: OpenVault, { units }: Directory): void {
  const named = units.find(({ id }) => id === slot.unit)?.founder ?? null;
  if (named && named !== slot.founder) warnOnce(findings, warning('directory-own-founder', null));
}

/** Who founded another unit, by the last directory that was verified here. Null when it names nobody yet. */
export const founderOf = async (vault: OpenVault, unit: UnitId): Promise<AuthorKey | null> =>
  (await pinnedOf(vault, unit))?.founder ?? null;

/** The force of this unit, by the last directory that was verified here. */
export const knownForce = async (vault: OpenVault): Promise<string | null> =>
  (await loadKnown(vault))?.directory.units.find(({ id }) => id === vault.member.slot.unit)?.force ?? null;

/** From whom another unit's roster is folded, and the keys of the endpoint of which its founding must name some. */
export async function pinnedOf(
  vault: OpenVault,
  unit: UnitId,
): Promise<{ readonly founder: AuthorKey; readonly endpoints: readonly EndpointPublicKeys[] } | null> {
  const directory = (await loadKnown(vault))?.directory;
  const founder = directory?.units.find(({ id }) => id === unit)?.founder;
  return directory && founder ? { founder, endpoints: [...knownEndpoints(vault), directory] } : null;
}

/** The units of the directory, as now or, without a connection, as last seen. @throws HostFailure when never seen */
export async function listUnits(vault: OpenVault): Promise<ListedUnits> {
  const directory = await fetchDirectory(vault).catch(async (error: unknown) => {
    const known = error instanceof HostFailure ? await loadKnown(vault) : null;
    if (!known) throw error;
    return known.directory;
  });
  if (!directory) throw new VaultError('directory-none');
  const isOwn = ({ id }: DirectoryUnit) => id === vault.member.slot.unit;
  return { own: directory.units.find(isOwn) ?? null, others: directory.units.filter((unit) => !isOwn(unit)) };
}
