import type { OpenVault } from '../open-vault.ts';
import { openEntries } from './entry-rows.ts';
import { foldEntries, sealFolded } from './fold-entries.ts';
import { storedRoster } from './fold-roster.ts';
import { rebuild } from './rebuild.ts';

/** Rows folded in one commit. */
const stride = 20;

/**
 * Folds what members who hold other keys brought in at this workstation since these readers were here: nothing of it is asked
 * of the endpoint again. Where it is damaged, everything is made anew, as far as it is whole.
 */
export async function catchUp(vault: OpenVault): Promise<void> {
  const { io, log, member } = vault;
  if (log.view.to >= log.ledger.log.size) return;
  const roster = await storedRoster(vault);
  while (log.view.to < log.ledger.log.size) {
    const { to } = log.view;
    // The row that the first of them is in may begin before it.
    const rows = await rowsFrom(vault, to + 1);
    const opened = await Promise.all(rows.map((row) => openEntries(member.storeKey, row).catch(() => null)));
    const entries = opened.flatMap((each) => each ?? []).filter(({ position }) => position > to);
    if (opened.includes(null) || entries[0]?.position !== to + 1) return rebuild(vault);
    const folded = await foldEntries(vault, entries, roster);
    const last = to + entries.length;
    const view = await sealFolded(vault, log.reading, folded, { to: last, stale: false });
    await io.store.commit(view.changes);
    view.apply();
  }
}

const rowsFrom = async ({ io }: OpenVault, position: number) => {
  const keys = (await io.store.keys('entries')).map(Number).filter((key) => key <= position);
  const first = keys.at(-1) ?? 0;
  return io.store.after('entries', first - 1, stride);
};
