import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { EventId, Position, StreamId } from '#shared/kernel/ids.ts';
import { type Entry, hashEntry, hasItsParts, parseEntry } from '#shared/log/entry.ts';
import { lacksServed, lacksUnexplained, type Withdrawn } from '#shared/log/withdrawn-parts.ts';
import type { Page } from '#shared/sync/wire.ts';
import { warning, warnOnce } from '../findings.ts';
import { boxesOf } from '../keys/held-keys.ts';
import type { OpenVault } from '../open-vault.ts';
import type { Row } from '../store/store.ts';
import type { IntegrityWarning } from '../vault-api.ts';
import { entriesOfStream, openEntries, type StoredEntry, sealChanged } from './entry-rows.ts';
import { type IncompleteEntry, type Ledger, sealLedger } from './ledger.ts';
import type { PendingEntry } from './log-copy.ts';
import { isConfirmedBy, lacksParts, removeFromOutbox } from './outbox.ts';
import { projectPending } from './project-pending.ts';
import { rebuild } from './rebuild.ts';
import { requireRejoin } from './rejoin.ts';
import { firstReaders, firstSharedStored, withdrawnBy } from './stream-readers.ts';

/*
 * An entry that came without its body or a box. Where an act of the roster withdrew that, it is explained, perhaps only by an
 * act that stands further on. What is not withdrawn, or not any more, is asked for again: the endpoint may have it back. What
 * nobody ever withdrew is named until then.
 */

/** As many in one exchange. */
const mostAsked = 50;
/** Positions that were asked for in this session, in vain. */
const asked = new WeakMap<OpenVault, Set<Position>>();

/** Events of own entries that were signed again in this session for want of a part. */
const resigned = new WeakMap<OpenVault, Set<EventId>>();

/** What is withdrawn of these streams. */
export async function withdrawnStored(vault: OpenVault, streams: readonly StreamId[]): Promise<Withdrawn> {
  const { roster } = vault.log.ledger;
  const first = new Map<StreamId, Scope | null>();
  for (const stream of new Set(streams)) {
    if (roster) first.set(stream, firstReaders(roster, stream, await firstSharedStored(vault, stream)));
  }
  return withdrawnBy(roster, (stream) => first.get(stream) ?? null);
}

/**
 * Only when the log was pulled to its end: what is explained by now is struck off, and the rest asked for again. Of what came
 * everything is made anew.
 * @param fetch the page after a position
 */
export async function askForMissing(vault: OpenVault, fetch: (after: Position) => Promise<Page>): Promise<void> {
  const { incomplete } = vault.log.ledger;
  if (incomplete.length === 0) return;
  const streams = [...new Set(incomplete.map(({ stream }) => stream))];
  const entries = (await Promise.all(streams.map((stream) => entriesOfStream(vault, stream)))).flat();
  const boxed = entries.flatMap(({ entry }) => boxesOf(entry).map(({ stream }) => stream));
  const withdrawn = await withdrawnStored(vault, [...streams, ...boxed]);
  const at = new Map(entries.map((each) => [each.position, each]));
  const known = asked.get(vault) ?? new Set<Position>();
  asked.set(vault, known);
  const left: IncompleteEntry[] = [];
  const found: StoredEntry[] = [];
  let budget = mostAsked;
  for (const each of incomplete) {
    const stored = at.get(each.position);
    if (!stored || !lacksServed(stored.entry, withdrawn)) continue;
    if (known.has(each.position) || budget === 0) {
      left.push(each);
      continue;
    }
    budget -= 1;
    const whole = await wholeOf(await fetch(each.position - 1), stored, withdrawn);
    if (whole) found.push({ ...stored, entry: whole });
    else if (lacksUnexplained(stored.entry, withdrawn)) {
      known.add(each.position);
      left.push({ ...each, missing: true });
    }
  }
  await vault.io.writer.add(async () => {
    await replaceEntries(vault, found, left);
    await settleOwn(vault, found, [...at.values()], withdrawn);
  });
}

/**
 * Own entries that wait, though the log has them without a part. Where that is withdrawn they wait for nothing more; else what
 * waits may be the only whole copy, and is signed again.
 */
async function settleOwn(
  vault: OpenVault,
  found: readonly StoredEntry[],
  stored: readonly StoredEntry[],
  withdrawn: Withdrawn,
): Promise<void> {
  const there = new Map([...stored, ...found].map((each) => [each.entry.header.id, each]));
  const known: PendingEntry[] = [];
  const signedAgain = resigned.get(vault) ?? new Set<EventId>();
  resigned.set(vault, signedAgain);
  for (const pending of vault.log.outbox) {
    const each = there.get(pending.entry.header.id);
    if (!each) continue;
    if (isConfirmedBy(pending, each, withdrawn)) known.push(pending);
    else if (lacksParts(pending, each)) {
      warnOnce(vault.findings, warning('entry-replaced', each.position, {}, each.entry.header.stream));
      // Once: whoever takes a part of each of them would keep it signing.
      const { eventId } = pending.opened;
      if (!signedAgain.has(eventId)) requireRejoin(vault);
      signedAgain.add(eventId);
    }
  }
  if (known.length === 0) return;
  await removeFromOutbox(vault, known);
  await projectPending(vault);
}

/** The same entry, with the parts that it lacked; null where it lacks them still. */
async function wholeOf(page: Page, { entry, position }: StoredEntry, withdrawn: Withdrawn): Promise<Entry | null> {
  const item = page.entries.find((each) => each.position === position);
  const parsed = item && parseEntry(item.entry);
  if (!parsed?.ok || hashEntry(parsed.value) !== hashEntry(entry)) return null;
  return (await hasItsParts(parsed.value)) && !lacksServed(parsed.value, withdrawn) ? parsed.value : null;
}

/** Only within the writer. */
async function replaceEntries(
  vault: OpenVault,
  found: readonly StoredEntry[],
  incomplete: readonly IncompleteEntry[],
): Promise<void> {
  const { io, member, log } = vault;
  const before = log.ledger.incomplete;
  const isSame = found.length === 0 && JSON.stringify(before) === JSON.stringify(incomplete);
  if (isSame) return;
  const ledger: Ledger = { ...log.ledger, incomplete };
  const rows: Row[] = [];
  const whole = new Map(found.map(({ position, entry }) => [position, entry]));
  for (const stream of new Set(found.map(({ entry }) => entry.header.stream))) {
    for (const row of await io.store.ofStream(stream)) {
      const entries = await openEntries(member.storeKey, row);
      rows.push(...(await sealChanged(member.storeKey, entries, (entry, at) => whole.get(at) ?? entry)));
    }
  }
  await io.store.commit([
    { table: 'entries', put: rows },
    { table: 'meta', put: [await sealLedger(member.storeKey, ledger)] },
  ]);
  log.ledger = ledger;
  if (found.length > 0) await rebuild(vault);
}

const mostTold = 20;

/** Those that were asked for in vain. */
export function selectMissing({ incomplete }: Ledger): readonly IntegrityWarning[] {
  const missing = incomplete.filter((each) => each.missing);
  const told = missing
    .slice(-mostTold)
    .map(({ position, stream }) => warning('entry-parts-missing', position, {}, stream));
  const more = missing.length - told.length;
  return more > 0 ? [...told, warning('more-of-kind', null, { of: 'entry-parts-missing', count: more })] : told;
}
