import type { AuthorKey } from '#shared/kernel/ids.ts';
import type { OpenVault } from '../open-vault.ts';
import type { StoredEntry } from './entry-rows.ts';
import { isGenuine } from './judge-entries.ts';

/*
 * A whole profile that was set back to an older copy shows nothing by itself: database and journal agree. The log shows it: it has
 * entries that this device signed and does not know. What else was signed in the lost time, and by whom, nobody can tell, so that
 * nothing is signed under that key any more (docs/adr/0028-where-log-md-was-narrowed.md).
 */

/** Whether the member's device here was found to be set back: until it has new keys, it signs nothing. */
export const isSetBack = ({ log: { ledger }, member: { signing } }: OpenVault): boolean =>
  ledger.setBack.includes(signing.author);

/**
 * The devices that were found to be set back, with what these entries show: an entry of this member that follows the last one that
 * was signed here, or stands where one that waits here would.
 */
export function findSetBack(vault: OpenVault, entries: readonly StoredEntry[]): readonly AuthorKey[] {
  const { ledger, outbox, ownTips } = vault.log;
  const { author } = vault.member.signing;
  // A database alone that is older says nothing of the rest of the disk: what waits is signed again on the log.
  if (!vault.io.store.isJournaled || ledger.setBack.includes(author)) return ledger.setBack;
  const waiting = outbox.filter(({ entry }) => entry.header.author === author);
  const own = new Set(waiting.map(({ entry }) => entry.header.id));
  const taken = new Set(waiting.map(({ entry }) => entry.header.prev));
  const isUnknown = ({ entry: { header } }: StoredEntry): boolean =>
    header.author === author &&
    !own.has(header.id) &&
    header.prev !== null &&
    (header.prev === ownTips[author] || taken.has(header.prev));
  return entries.filter(isGenuine).some(isUnknown) ? [...ledger.setBack, author] : ledger.setBack;
}
