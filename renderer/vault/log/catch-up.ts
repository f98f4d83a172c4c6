import type { OpenVault } from '../open-vault.ts';
import { foldEntries, sealFolded } from './fold-entries.ts';
import { storedRoster } from './fold-roster.ts';
import { rebuild } from './rebuild.ts';
import { walkLog } from './verify-log.ts';

/**
 * Folds what members who hold other keys brought in at this workstation since these readers were here: nothing of it is asked
 * of the endpoint again. Where it is damaged, everything is made anew, as far as it is whole.
 */
export async function catchUp(vault: OpenVault): Promise<void> {
  const { io, log } = vault;
  if (log.view.to === log.ledger.log.size) return;
  const roster = await storedRoster(vault);
  for await (const { entries, broken } of walkLog(vault, log.view.to)) {
    if (broken) break;
    const folded = await foldEntries(vault, entries, roster);
    const to = log.view.to + entries.length;
    const view = await sealFolded(vault, log.readership, folded, { to, stale: false });
    await io.store.commit(view.changes);
    view.apply();
  }
  if (log.view.stale || log.view.to !== log.ledger.log.size) await rebuild(vault);
}
