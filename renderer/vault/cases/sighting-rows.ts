import type { StreamId } from '#shared/kernel/ids.ts';
import type { OpenVault } from '../open-vault.ts';
import { openRow, sealRow } from '../store/sealed-rows.ts';
import { StoreFull } from '../store/store.ts';
import { noSightings, type Sightings } from './matching.ts';

/** Of one member, under their own seal: it holds what identifies people, of the cases that they can open. */
const keyOf = ({ member }: OpenVault): string => `sightings:${member.slotId}`;

/** Begins anew when the row is damaged. */
export async function loadSightings(vault: OpenVault): Promise<Sightings> {
  const row = await vault.io.store.get('meta', keyOf(vault));
  return row ? openRow<Sightings>(vault.member.personalKey, 'meta', row).catch(() => noSightings) : noSightings;
}

/** When the vault is opened. */
export async function restoreSightings(vault: OpenVault): Promise<void> {
  vault.matching.found = await loadSightings(vault);
}

/** Of cases that are not for this member any more nothing stays. */
export const sightingsWithout = ({ byCase, ...rest }: Sightings, gone: ReadonlySet<StreamId>): Sightings => ({
  ...rest,
  byCase: Object.fromEntries(
    Object.entries(byCase).flatMap(([id, sightings]) => {
      const left = sightings.filter((each) => !gone.has(each.case));
      return gone.has(id as StreamId) || left.length === 0 ? [] : [[id, left]];
    }),
  ),
});

/** Only within the writer. On a full disk they hold until the vault locks, and are found again after. */
export async function saveSightings(vault: OpenVault, found: Sightings): Promise<void> {
  const row = await sealRow(vault.member.personalKey, 'meta', keyOf(vault), found);
  await vault.io.store.commit([{ table: 'meta', put: [row] }]).catch((error: unknown) => {
    if (!(error instanceof StoreFull)) throw error;
  });
  vault.matching.found = found;
}
