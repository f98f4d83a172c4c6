import { timeOf } from '#shared/kernel/clock.ts';
import { lacksServed, type Withdrawn } from '#shared/log/withdrawn-parts.ts';
import type { AcceptedPage } from '#shared/sync/accept-page.ts';
import { saveSightings, sightingsWithout } from '../cases/sighting-rows.ts';
import { warning } from '../findings.ts';
import { sealKeyCache } from '../keys/key-cache.ts';
import { followingReadership, sealReadership } from '../keys/readership.ts';
import type { OpenVault } from '../open-vault.ts';
import type { IntegrityWarning } from '../vault-api.ts';
import { nextAnchor, sealAnchor } from './anchor.ts';
import { entriesOfStream, type StoredEntry, sealEntries } from './entry-rows.ts';
import { foldEntries, sealFolded } from './fold-entries.ts';
import { admitGenerations } from './fold-roster.ts';
import { isGenuine } from './judge-entries.ts';
import { judgePage } from './judge-with-roster.ts';
import { aloneWith, type IncompleteEntry, type Ledger, sealLedger } from './ledger.ts';
import type { PendingEntry } from './log-copy.ts';
import { isConfirmedBy, lacksParts } from './outbox.ts';
import { rebuild } from './rebuild.ts';
import { recordFork } from './record-fork.ts';
import { requireRejoin } from './rejoin.ts';
import { findSetBack } from './set-back.ts';
import { firstReadersIn, withdrawnBy } from './stream-readers.ts';
import { sealTiles } from './tree-rows.ts';

/**
 * Brings a page that `acceptPage` believed into the store: reads, folds and seals in memory, then one commit, then
 * memory. A crash before the commit leaves the store as it was; the page comes again.
 */
export async function ingest(vault: OpenVault, page: AcceptedPage): Promise<void> {
  const { log, member, io, program } = vault;
  const { storeKey, keyring } = member;
  const { entries: stored, tips, roster, fork } = await judgePage(vault, page);
  if (fork) return recordFork(vault, fork);
  const granted = await admitGenerations(vault, roster);
  const folded = await foldEntries(vault, stored, roster);
  const withdrawn = withdrawnBy(roster.last, (stream) => firstReadersIn(roster.last, stream, folded.keys));
  // What was withdrawn when it came may be served again.
  const again = (await Promise.all([...folded.withdrawn.streams].map((each) => entriesOfStream(vault, each)))).flat();
  const sent = sentWith(vault, stored, withdrawn, folded.folding.faults);
  const waiting = log.outbox.filter((pending) => !sent.includes(pending));
  const ledger: Ledger = {
    ...log.ledger,
    log: page.log,
    tips: [...tips],
    roster: roster.last,
    since: roster.since,
    endpointKeys: roster.endpointKeys,
    alone: aloneWith(log.ledger.alone, stored, roster.last),
    incomplete: [...log.ledger.incomplete, ...incompleteAmong([...stored, ...again], withdrawn)],
    lastSynced: timeOf(io.clock),
    setBack: findSetBack(vault, stored),
    fold: program.foldVersion,
  };
  const isAlone = ledger.alone.includes(keyring.own.device);
  const readership = await followingReadership(log.readership, keyring, isAlone);
  // What was passed over is read in its place below: a crash in between must show.
  const stale = granted && folded.keys.lacked.length > 0;
  const view = await sealFolded(vault, readership, folded, { to: page.log.size, stale });
  const anchor = nextAnchor(vault, page.log.checkpoint);
  const [entries, tiles, ledgerRow, anchorRow] = await Promise.all([
    sealEntries(storeKey, stored),
    sealTiles(storeKey, page.tree.tiles),
    sealLedger(storeKey, ledger),
    sealAnchor(vault, anchor),
  ]);
  // Unlocking need not look for the grant in the log: its cache is written in the same commit.
  const keys =
    readership === log.readership
      ? []
      : [await sealReadership(storeKey, readership, keyring), await sealKeyCache(member)];
  await io.store.commit([
    { table: 'entries', put: entries },
    { table: 'tiles', put: tiles },
    { table: 'outbox', remove: sent.map(({ row }) => row) },
    { table: 'meta', put: [ledgerRow, anchorRow, ...keys] },
    ...view.changes,
  ]);
  log.ledger = ledger;
  log.anchor = anchor;
  log.outbox = waiting;
  log.readership = readership;
  view.apply();
  if (folded.gone.size > 0) await saveSightings(vault, sightingsWithout(vault.matching.found, folded.gone));
  if (vault.log.view.stale) await rebuild(vault);
}

const incompleteAmong = (stored: readonly StoredEntry[], withdrawn: Withdrawn): readonly IncompleteEntry[] =>
  stored
    .filter(isGenuine)
    .flatMap(({ entry, position }) =>
      lacksServed(entry, withdrawn) ? [{ position, stream: entry.header.stream, missing: false }] : [],
    );

/**
 * Own entries that the page confirms. Another under an own id leaves it waiting; the own one without its parts too, until all
 * was read that may have withdrawn them (missing-parts.ts).
 */
function sentWith(
  vault: OpenVault,
  stored: readonly StoredEntry[],
  withdrawn: Withdrawn,
  faults: IntegrityWarning[],
): PendingEntry[] {
  const confirmed = new Map(stored.map((each) => [each.entry.header.id, each]));
  return vault.log.outbox.filter((pending) => {
    const found = confirmed.get(pending.entry.header.id);
    if (!found) return false;
    if (isConfirmedBy(pending, found, withdrawn)) return true;
    if (lacksParts(pending, found)) return false;
    if (found.voidCode !== 'author-chain') {
      faults.push(warning('entry-replaced', found.position, {}, found.entry.header.stream));
    }
    requireRejoin(vault);
    return false;
  });
}
