import { isRecoveryKey } from '#shared/domain/unit/recovery.ts';
import { deviceOf, type MaybeRoster } from '#shared/domain/unit/roster.ts';
import type { AuthorKey, Position, StreamId } from '#shared/kernel/ids.ts';
import { dayNumber, londonDay } from '#shared/kernel/london-time.ts';
import { readRosterEntry } from '#shared/log/roster-entry.ts';
import { allIndexed, currentStream, indexedCase } from '../cases/case-index.ts';
import type { LogFilter, LogLine, LogPage, LogQuery, Unread } from '../log-api.ts';
import type { OpenVault } from '../open-vault.ts';
import { entriesBack, entriesIn, entryRows } from './entries-back.ts';
import type { StoredEntry } from './entry-rows.ts';
import { type FoldedRoster, storedRoster } from './fold-roster.ts';
import { gatherKeys } from './gather-keys.ts';
import type { PendingEntry } from './log-copy.ts';
import { type Reading, readEntries } from './read-entries.ts';

/*
 * The log as a person reads it: the newest first, by pages, with filters. Who wrote and in which stream stands in the clear of
 * an entry, so those are asked first; what it says is read by the same judgement as when it came in.
 */

/** Rows looked through for one page: about 120 entries each. Where more is to be looked through, a person asks for it. */
const mostRows = 40;

export async function readLogPage(vault: OpenVault, { filter, before, limit }: LogQuery): Promise<LogPage> {
  const day = filter.day === null ? null : dayNumber(filter.day);
  const roster = await storedRoster(vault);
  const streams = filter.reference === null ? null : streamsOf(vault, filter.reference);
  const rows = await rowsFor(vault, day, streams);
  const lines = before === null ? waitingLines(vault, filter, streams) : [];
  const isLooked = ({ entry: { header }, arrivedAt }: StoredEntry): boolean =>
    (filter.member === null || memberBy(roster.last, header.author) === filter.member) &&
    (streams === null || streams.has(header.stream)) &&
    (day === null || londonDay(arrivedAt) === day);
  let looked = 0;
  for await (const entries of entriesBack(vault, rows, before)) {
    const [first, last] = [entries[0], entries.at(-1)];
    if (day !== null && last && londonDay(last.arrivedAt) < day) break;
    const found = await linesOf(vault, roster, entries.filter(isLooked));
    for (const line of found.toReversed()) {
      if (!isWanted(line, filter)) continue;
      lines.push(line);
      if (lines.length >= limit) return pageOf(lines, line.position, line.arrivedAt);
    }
    looked += 1;
    if (looked >= mostRows && first) return pageOf(lines, first.position, first.arrivedAt);
  }
  return pageOf(lines, null, null);
}

const pageOf = (lines: readonly LogLine[], next: Position | null, lookedBackTo: number | null): LogPage => ({
  lines,
  next: next === 1 ? null : next,
  lookedBackTo,
});

/** What cannot be read answers no question but where and when. */
const isWanted = ({ what }: LogLine, { member, kind }: LogFilter): boolean =>
  'unread' in what ? member === null && kind === null : kind === null || what.type === kind;

/** All streams of the case of this reference that is read here; none where there is no such case. */
function streamsOf({ cases }: OpenVault, reference: string): ReadonlySet<StreamId> {
  const wanted = reference.trim().toUpperCase();
  const stored = allIndexed(cases).filter(({ summary }) => summary.reference.toUpperCase() === wanted);
  return new Set(stored.flatMap(({ summary, continues = [] }) => [summary.id, ...continues]));
}

/** The rows in which it may stand. */
async function rowsFor(
  vault: OpenVault,
  day: number | null,
  streams: ReadonlySet<StreamId> | null,
): Promise<readonly Position[]> {
  const rows = streams ? await rowsOfStreams(vault, streams) : await entryRows(vault);
  if (day === null) return rows;
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const [first] = await entriesIn(vault, rows[middle] ?? 0);
    if (first && londonDay(first.arrivedAt) > day) to = middle;
    else from = middle + 1;
  }
  return rows.slice(0, from);
}

async function rowsOfStreams(
  { io: { store } }: OpenVault,
  streams: ReadonlySet<StreamId>,
): Promise<readonly Position[]> {
  const rows = await Promise.all([...streams].map((stream) => store.ofStream(stream)));
  return [...new Set(rows.flat().map(({ key }) => Number(key)))].sort((one, other) => one - other);
}

export const memberBy = (roster: MaybeRoster, author: AuthorKey) => deviceOf(roster, author)?.member ?? null;

function authorOf(roster: MaybeRoster, author: AuthorKey): LogLine['by'] {
  const member = memberBy(roster, author);
  if (member) return { member };
  if (roster && isRecoveryKey(roster, author)) return 'recovery';
  const ofEndpoint = roster ? [roster, ...roster.formerKeys].map(({ endpointKey }) => endpointKey) : [];
  return ofEndpoint.includes(author) ? 'endpoint' : null;
}

/** The case that a stream belongs to, where this member reads it. */
function caseOf({ cases }: OpenVault, stream: StreamId): LogLine['case'] {
  const id = currentStream(cases, stream);
  const reference = indexedCase(cases, id)?.summary.reference ?? cases.projected.get(id)?.referral.reference;
  return reference ? { id, reference } : null;
}

/** Own entries that are saved here and wait to be sent. They came in on no day yet. */
function waitingLines(vault: OpenVault, filter: LogFilter, streams: ReadonlySet<StreamId> | null): LogLine[] {
  if (filter.day !== null) return [];
  const { roster, outbox } = vault.log;
  const own = outbox.filter(({ entry: { header } }) => header.author === vault.member.slot.author);
  const toLine = ({ entry: { header }, opened: { event } }: PendingEntry): LogLine => ({
    ...{ position: null, arrivedAt: null, at: event.at, by: authorOf(roster, header.author) },
    what: { type: event.type, counts: true },
    case: caseOf(vault, header.stream),
  });
  return own
    .filter(({ entry: { header } }) => streams === null || streams.has(header.stream))
    .filter(({ entry: { header } }) => filter.member === null || memberBy(roster, header.author) === filter.member)
    .map(toLine)
    .filter((line) => isWanted(line, filter))
    .reverse();
}

/** Entries as lines, in the order in which they are given. */
async function linesOf(
  vault: OpenVault,
  roster: FoldedRoster,
  entries: readonly StoredEntry[],
): Promise<readonly LogLine[]> {
  if (entries.length === 0) return [];
  const keys = await gatherKeys(vault, new Set(entries.map(({ entry }) => entry.header.stream)));
  const read = await readEntries(vault, entries, keys, roster);
  return Promise.all(read.map((each) => toLine(vault, roster, each, each.reading)));
}

async function toLine(vault: OpenVault, roster: FoldedRoster, stored: StoredEntry, reading: Reading): Promise<LogLine> {
  const { entry, position, arrivedAt } = stored;
  const said = await saidBy(vault, roster, stored, reading);
  if ('unread' in said) return { position, arrivedAt, at: null, by: null, what: said, case: null };
  const { at, ...what } = said;
  const by = authorOf(roster.last, entry.header.author);
  return { position, arrivedAt, at, by, what, case: caseOf(vault, entry.header.stream) };
}

type Said =
  | (Extract<LogLine['what'], { readonly type: unknown }> & { readonly at: string })
  | { readonly unread: Unread };

async function saidBy(vault: OpenVault, roster: FoldedRoster, stored: StoredEntry, reading: Reading): Promise<Said> {
  const { position } = stored;
  switch (reading.kind) {
    case 'event':
      return { type: reading.event.type, at: reading.event.at, counts: true };
    case 'late':
      return reading.said
        ? { type: reading.said.is.type, at: reading.said.is.at, counts: false }
        : { unread: 'sealed' };
    case 'inClear':
      return saidInClear(vault, roster, stored);
    case 'void':
    case 'withdrawn':
    case 'newer':
      return { unread: reading.kind };
    case 'fault':
      return { unread: vault.log.view.faults.some((each) => each.position === position) ? 'faulty' : 'sealed' };
    default:
      return { unread: 'sealed' };
  }
}

async function saidInClear(vault: OpenVault, roster: FoldedRoster, { entry, position }: StoredEntry): Promise<Said> {
  const act = await readRosterEntry(entry, vault.program.registry);
  if (!act.ok) return { unread: act.error.code === 'event-newer' ? 'newer' : 'faulty' };
  const { type, at } = act.value.event;
  return { type, at, counts: roster.taken.some((each) => each.position === position) };
}
