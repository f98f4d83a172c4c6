import { KeysByStream } from '../keys/keys-by-stream.ts';
import type { OpenVault } from '../open-vault.ts';
import { entriesOfStream } from './entry-rows.ts';
import { foldContext, foldReading, startFolding } from './fold-confirmed.ts';
import { storedRoster } from './fold-roster.ts';
import { readEntries } from './read-entries.ts';
import { emptyView } from './view.ts';

/**
 * Who belongs to the unit, and what they are called, by this version of the fold. Needs the unit's keys. The next commit
 * of ledger and view keeps it.
 */
export async function renewRoster(vault: OpenVault): Promise<void> {
  const { ledger, view } = vault.log;
  const { foldVersion } = vault.program;
  if (ledger.fold === foldVersion && view.fold === foldVersion) return;
  const stored = await storedRoster(vault);
  const { last, at: rosterAt, since } = stored;
  const folding = startFolding(null, emptyView);
  const at = foldContext(vault, { before: () => null, firstReaders: () => null });
  const named = last ? await entriesOfStream(vault, last.policyStream) : [];
  for (const each of await readEntries(vault, named, new KeysByStream(), stored)) {
    folding.roster = rosterAt(each.position);
    foldReading(folding, each, each.reading, at);
  }
  const roster = last ?? ledger.roster;
  vault.log.ledger = { ...ledger, roster, since, fold: foldVersion };
  vault.log.view = { ...view, names: last ? folding.names : view.names, fold: foldVersion };
}
