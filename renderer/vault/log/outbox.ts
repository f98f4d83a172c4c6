import { v7 as uuidv7 } from 'uuid';
import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import { type Bytes, fromUtf8 } from '#shared/crypto/encoding.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import { type DomainEvent, refusalOfData, rosterEventOf, toEnvelope } from '#shared/domain/registry/registry.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { AuthorKey, EntryId, EventId, StreamId } from '#shared/kernel/ids.ts';
import {
  createEntry,
  createRosterEntry,
  type Entry,
  hashEntry,
  isInClear,
  isWhole,
  parseEntry,
  verifyEntry,
  type WireEntry,
} from '#shared/log/entry.ts';
import { readRosterEntry } from '#shared/log/roster-entry.ts';
import type { Seen } from '#shared/log/seen.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';
import { lacksUnexplained, type Withdrawn } from '#shared/log/withdrawn-parts.ts';
import { keysOfStream } from '../cases/current-case.ts';
import { warning, warnOnce } from '../findings.ts';
import {
  fromStoredKeys,
  type HeldKey,
  noKeys,
  type StoredKey,
  type StreamKeys,
  toStoredKeys,
} from '../keys/held-keys.ts';
import { KeysByStream } from '../keys/keys-by-stream.ts';
import type { MemberKeys, OpenVault } from '../open-vault.ts';
import { openBytes, openRow, sealBytes, sealRow } from '../store/sealed-rows.ts';
import type { Change } from '../store/store.ts';
import { isBehind } from './anchor.ts';
import type { StoredEntry } from './entry-rows.ts';
import type { OwnTips } from './ledger.ts';
import type { OpenedEntry, PendingEntry } from './log-copy.ts';
import { readEntries, waiting } from './read-entries.ts';
import { writingKey } from './writing-key.ts';

/** The first row of the outbox holds the tips, so that a save touches one table only. Entries follow from 1. */
const tipsRow = 0;

/**
 * An entry as it waits, and the key that it is under: the box of that key may stand in another entry that waits, and must
 * not be lost with it. The key is for its author alone: others of this workstation open what is boxed for them.
 */
type Line = readonly [WireEntry, Bytes | null];

const keyName = (row: number): string => `key:${row}`;

async function sealKey({ personalKey }: MemberKeys, { row, opened: { key } }: PendingEntry): Promise<Bytes | null> {
  return key && (await sealRow(personalKey, 'outbox', keyName(row), toStoredKeys([key]))).box;
}

/** None where it is another member's, or damaged. */
async function openKey({ personalKey }: MemberKeys, row: number, box: Bytes | null): Promise<readonly StoredKey[]> {
  if (!box) return [];
  return openRow<readonly StoredKey[]>(personalKey, 'outbox', { key: keyName(row), box }).catch(() => []);
}

/** Boxes that an entry can carry, with room for that of its own key. */
export const mostBoxesBeside = 255;

/** An event to sign. */
export interface Unsigned {
  readonly stream: StreamId;
  readonly event: DomainEvent;
  /** Kept where the event is signed again. */
  readonly eventId?: EventId;
  /** What its author had seen when it was signed first; without it, all that is known now. */
  readonly seen?: Seen;
  /** What it carries beside the box of the key that it is under. */
  readonly boxes?: readonly WholeBox[];
  /** For whom a stream is that begins with it; without it, for the unit's readers. */
  readonly readers?: Scope | undefined;
  /** That it was under, where it is signed again. */
  readonly key?: HeldKey | null;
}

/** Entries that are signed, and lie nowhere yet. */
export interface Signed {
  readonly pending: readonly PendingEntry[];
  readonly tips: OwnTips;
}

/**
 * Signs events as the next entries of this member, or of another who signs here.
 * @param after what was signed before in the same commit
 */
export async function signEvents(
  vault: OpenVault,
  events: readonly Unsigned[],
  signer: SigningKey = vault.member.signing,
  after: Signed = { pending: [], tips: vault.log.ownTips },
): Promise<Signed> {
  const pending = [...after.pending];
  let prev = after.tips[signer.author] ?? null;
  for (const { stream, event, eventId = newId<EventId>(vault), seen, boxes, readers, key } of events) {
    const place = {
      id: newId<EntryId>(vault),
      unit: vault.member.slot.unit,
      stream,
      prev,
      seen: seen ?? knownNow(vault, signer.author, pending),
    };
    // Whoever asks for it has said so in words: nothing is signed that no replica would read.
    const refused = refusalOfData(event, vault.program.registry);
    if (refused) throw new TypeError(`${event.type}: ${refused.code} ${refused.field ?? ''}`);
    const sealed = toEnvelope(eventId, event, vault.program.registry);
    const { entry, ...more } = rosterEventOf(vault.program.registry, event.type)
      ? await signInClear({ place, event: sealed, boxes: boxes ?? [] }, signer)
      : await signSealed(vault, { place, event: sealed, boxes: boxes ?? [] }, signer, pending, { readers, key });
    prev = hashEntry(entry);
    const row = (pending.at(-1)?.row ?? vault.log.outboxEnd) + 1;
    pending.push({ row, entry, opened: { event, eventId, ...more }, hash: prev });
  }
  return { pending, tips: prev ? { ...after.tips, [signer.author]: prev } : after.tips };
}

/** All that was read here; never less than the author said to know before, where the disk has less than it had. */
function knownNow(vault: OpenVault, author: AuthorKey, also: readonly PendingEntry[]): Seen {
  const { ledger, outbox, anchor } = vault.log;
  const ofAuthor = [...outbox, ...also].filter(({ entry }) => entry.header.author === author);
  const own = author === vault.member.signing.author ? anchor : null;
  const said = [new Map(ledger.tips).get(author)?.seen, ofAuthor.at(-1)?.entry.header.seen, own];
  const known = ledger.log.checkpoint;
  return said.reduce<Seen>((most, seen) => (seen && seen.size > most.size ? seen : most), known);
}

async function signInClear(unsigned: Parameters<typeof createRosterEntry>[0], signer: SigningKey) {
  const entry = await createRosterEntry(unsigned, signer);
  const read = await readRosterEntry(entry);
  if (!read.ok) throw new TypeError(read.error.code);
  return { entry, key: null, step: read.value.step };
}

async function signSealed(
  vault: OpenVault,
  { place, event, boxes: also }: Parameters<typeof createRosterEntry>[0],
  signer: SigningKey,
  before: readonly PendingEntry[],
  { readers, key: known }: Pick<Unsigned, 'readers' | 'key'>,
) {
  const { key, boxes } = await writingKey(vault, place.stream, before, place.seen, readers, known);
  const made = new Set(boxes.map(({ label }) => fromUtf8(label)));
  const further = also.filter(({ label }) => !made.has(fromUtf8(label)));
  return { entry: await createEntry({ place, event, key, boxes: [...boxes, ...further] }, signer), key, step: null };
}

/** What makes signed entries durable. */
export async function outboxChange({ member }: OpenVault, { pending, tips }: Signed): Promise<Change> {
  const rows = pending.map(async (each) => {
    const line: Line = [each.entry.wire, await sealKey(member, each)];
    return sealBytes(member.storeKey, 'outbox', each.row, toCbor(line));
  });
  return { table: 'outbox', put: await Promise.all([sealRow(member.storeKey, 'outbox', tipsRow, tips), ...rows]) };
}

const newId = <Id extends string>({ io }: OpenVault): Id => uuidv7({ msecs: io.clock.now() }) as Id;

/** Only within the writer. What stands in the log as it was read here, or can never be sent, waits no longer. */
export async function removeFromOutbox({ io, log }: OpenVault, gone: readonly PendingEntry[]): Promise<void> {
  await io.store.commit([{ table: 'outbox', remove: gone.map(({ row }) => row) }]);
  log.outbox = log.outbox.filter((pending) => !gone.includes(pending));
}

/** Waiting entries as they lie in the outbox, in order; null in place of a row that is damaged. */
export async function readOutboxRows({
  io,
  member,
}: OpenVault): Promise<readonly { row: number; entry: Entry | null; keys: StreamKeys }[]> {
  const rows = await io.store.after('outbox', tipsRow);
  return Promise.all(
    rows.map(async (row) => {
      const [wire, box] = await openBytes(member.storeKey, 'outbox', row)
        .then((bytes) => fromCbor(bytes) as Line)
        .catch(() => [null, null] as const);
      const entry = parseEntry(wire);
      if (!entry.ok) return { row: Number(row.key), entry: null, keys: noKeys };
      const { stream } = entry.value.header;
      const stored = await openKey(member, Number(row.key), box);
      return { row: Number(row.key), entry: entry.value, keys: fromStoredKeys(stream, stored) };
    }),
  );
}

/**
 * Whether a stored entry is one that waits, with all that it holds and nobody withdrew: its hash is not over body and boxes,
 * and what waits may be the only copy. One that came after another of its author's that it does not follow counts for nothing,
 * whoever put that there: it is signed again.
 */
export const isConfirmedBy = (
  { hash }: PendingEntry,
  { entry, voidCode }: StoredEntry,
  withdrawn: Withdrawn,
): boolean =>
  hashEntry(entry) === hash &&
  !lacksUnexplained(entry, withdrawn) &&
  voidCode !== 'entry-parts' &&
  voidCode !== 'author-chain';

/** Whether a stored entry is one that waits, in its place, but that it came without a part. */
export const lacksParts = ({ hash }: PendingEntry, { entry, voidCode }: StoredEntry): boolean =>
  hashEntry(entry) === hash && !isWhole(entry) && voidCode !== 'author-chain';

/** Reads the outbox back after a restart. Damaged rows are named and left where they are. */
export async function loadOutbox(vault: OpenVault): Promise<void> {
  const pending: PendingEntry[] = [];
  const keys = new KeysByStream();
  for (const { row, entry, keys: stored } of await readOutboxRows(vault)) {
    vault.log.outboxEnd = row;
    keys.addAll(stored);
    const loaded = entry && (await loadPending(vault, row, entry, keys));
    // Another member's, under a key that this one does not hold: it waits for them.
    if (loaded === 'waits') continue;
    if (loaded) pending.push(loaded);
    else vault.findings.warnings.push(warning('outbox-row', null));
  }
  vault.log.outbox = pending;
  vault.log.ownTips = await loadOwnTips(vault);
}

async function loadPending(
  vault: OpenVault,
  row: number,
  entry: Entry,
  keys: KeysByStream,
): Promise<PendingEntry | 'waits' | null> {
  if (!(await verifyEntry(entry)).ok) return null;
  const opened = isInClear(entry) ? await readInClear(vault, entry) : await readSealed(vault, entry, keys);
  return opened === 'waits' ? opened : opened && { row, entry, opened, hash: hashEntry(entry) };
}

async function readInClear({ program }: OpenVault, entry: Entry): Promise<OpenedEntry | null> {
  const read = await readRosterEntry(entry, program.registry);
  if (!read.ok) return null;
  const { eventId, event, step } = read.value;
  return { event, eventId, key: null, step };
}

async function readSealed(vault: OpenVault, entry: Entry, keys: KeysByStream): Promise<OpenedEntry | 'waits' | null> {
  keys.addAll(await keysOfStream(vault, entry.header.stream));
  const [read] = await readEntries(vault, [{ entry, position: waiting, voidCode: null }], keys, null);
  if (read?.reading.kind === 'waits') return 'waits';
  if (read?.reading.kind !== 'event') return null;
  const { event, eventId, key } = read.reading;
  return { event, eventId, key, step: null };
}

/** The last entry of each author that stands in the log, as far as it was read, or waits. */
function tipsFound({ log: { ledger, outbox } }: OpenVault): OwnTips {
  const found: OwnTips = Object.fromEntries(ledger.tips.map(([author, { hash }]) => [author, hash]));
  for (const { entry, hash } of outbox) found[entry.header.author] = hash;
  return found;
}

/** What the log and the outbox show, held against what was noted when writing. */
async function loadOwnTips(vault: OpenVault): Promise<OwnTips> {
  const found = tipsFound(vault);
  const row = await vault.io.store.get('outbox', tipsRow);
  // The first entry ever signed here wrote the note: without it, rows were taken away.
  const noted = row && (await openRow<OwnTips>(vault.member.storeKey, 'outbox', row).catch(() => null));
  if (!noted) vault.findings.warnings.push(warning('outbox-note-missing', null));
  // What was sent may be in the part of the log that is still to be read again.
  if (noted && isBehind(vault)) return { ...found, ...noted };
  vault.log.ownTips = { ...noted };
  if (noted) checkOwnTips(vault);
  return { ...noted, ...found };
}

/**
 * Names entries of this member that were written here, and neither wait nor stand in the log. Each member answers for their own:
 * what another wrote since, perhaps elsewhere, is not known here.
 */
export function checkOwnTips(vault: OpenVault): void {
  const { author } = vault.member.signing;
  const found = tipsFound(vault);
  if (vault.log.ownTips[author] !== found[author]) warnOnce(vault.findings, warning('outbox-missing', null));
  vault.log.ownTips = { ...vault.log.ownTips, ...found };
}
