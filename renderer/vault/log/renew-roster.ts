import { emptyRecord, type UnitRecord } from '#shared/domain/unit/unit-record.ts';
import { KeysByStream } from '../keys/keys-by-stream.ts';
import type { OpenVault } from '../open-vault.ts';
import { entriesOfStream } from './entry-rows.ts';
import { foldConfirmed, foldContext, startFolding } from './fold-confirmed.ts';
import { type FoldedRoster, storedRoster } from './fold-roster.ts';
import { readEntries } from './read-entries.ts';
import { emptyView, streamKeysIn } from './view.ts';

/** The policy stream, folded again from its first entry as far as the view reaches, with the keys that were met of it. */
async function foldPolicyStream(vault: OpenVault, roster: FoldedRoster): Promise<UnitRecord> {
  const { view } = vault.log;
  const stream = roster.last?.policyStream;
  if (!stream) return view.record;
  const keys = new KeysByStream(view.lacked);
  keys.addAll(streamKeysIn(view, stream));
  const folding = startFolding(null, emptyView, emptyRecord);
  const at = foldContext(vault, { before: () => null, firstReaders: () => null });
  const entries = (await entriesOfStream(vault, stream)).filter(({ position }) => position <= view.to);
  for (const each of await readEntries(vault, entries, keys, roster)) {
    foldConfirmed(folding, each, each.reading, roster.at(each.position), at);
  }
  return folding.record;
}

/**
 * Who belongs to the unit, and what is known of it, by this version of the fold. Needs the unit's keys. The next commit of
 * ledger and view keeps it.
 */
export async function renewRoster(vault: OpenVault): Promise<void> {
  const { ledger, view } = vault.log;
  const { foldVersion } = vault.program;
  if (ledger.fold === foldVersion && view.fold === foldVersion) return;
  const stored = await storedRoster(vault);
  const roster = stored.last ?? ledger.roster;
  vault.log.ledger = { ...ledger, roster, since: stored.since, endpointKeys: stored.endpointKeys, fold: foldVersion };
  vault.log.view = { ...view, record: await foldPolicyStream(vault, stored), fold: foldVersion };
}
