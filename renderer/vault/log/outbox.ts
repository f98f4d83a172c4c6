import { v7 as uuidv7 } from 'uuid';
import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import type { SealingPublicKey } from '#shared/crypto/public-box.ts';
import { type DomainEvent, toEnvelope } from '#shared/domain/registry/registry.ts';
import type { AuthorKey, EntryId, EventId, Position, StreamId } from '#shared/kernel/ids.ts';
import { createEntry, type Entry, hashEntry, isWhole, parseEntry, type WireEntry } from '#shared/log/entry.ts';
import { keysOfStream } from '../cases/current-case.ts';
import { warning } from '../findings.ts';
import {
  fromStoredKeys,
  KeysByStream,
  noKeys,
  type StoredKey,
  type StreamKeys,
  toStoredKeys,
} from '../keys/held-keys.ts';
import type { OpenVault } from '../open-vault.ts';
import { openBytes, openRow, sealBytes, sealRow } from '../store/sealed-rows.ts';
import type { Change } from '../store/store.ts';
import type { StoredEntry } from './entry-rows.ts';
import type { OwnTips } from './ledger.ts';
import type { PendingEntry } from './log-copy.ts';
import { readEntries, waiting } from './read-entries.ts';
import { keyForDevice, writingKey } from './writing-key.ts';

/** The first row of the outbox holds the tips, so that a save touches one table only. Entries follow from 1. */
const tipsRow = 0;

/**
 * An entry as it waits, and the key that it is under: the box of that key may stand in another entry that waits, and must
 * not be lost with it. Not the key of a grant, which is for one device.
 */
type Line = readonly [WireEntry, readonly StoredKey[]];

const keysToStore = ({ opened }: PendingEntry): readonly StoredKey[] =>
  opened?.key.shared ? toStoredKeys([opened.key]) : [];

/** An event to sign. */
export interface Unsigned {
  readonly stream: StreamId;
  readonly event: DomainEvent;
  /** Kept where the event is signed again. */
  readonly eventId?: EventId;
  /** What its author had seen when it was signed first; without it, all that is known now. */
  readonly seen?: Position;
  /** For one device alone, rather than for the stream's readers. */
  readonly to?: { readonly device: AuthorKey; readonly publicKey: SealingPublicKey };
}

/** Signs events as this member's next entries, and plans the commit that makes them durable. */
export async function signEvents(
  vault: OpenVault,
  events: readonly Unsigned[],
): Promise<{ pending: PendingEntry[]; tips: OwnTips; changes: Change[] }> {
  const { author } = vault.member.signing;
  let prev = vault.log.ownTips[author] ?? null;
  let row = vault.log.outboxEnd;
  const pending: PendingEntry[] = [];
  for (const { stream, event, eventId = newId<EventId>(vault), seen, to } of events) {
    const { key, boxes } = await (to ? keyForDevice(vault, stream, to) : writingKey(vault, stream, pending));
    const place = {
      id: newId<EntryId>(vault),
      unit: vault.member.slot.unit,
      stream,
      prev,
      seen: seen ?? vault.log.ledger.log.position,
    };
    const sealed = toEnvelope(eventId, event, vault.program.registry);
    const entry = await createEntry({ place, event: sealed, key, boxes }, vault.member.signing);
    prev = hashEntry(entry);
    row += 1;
    pending.push({ row, entry, opened: { event, eventId, key }, hash: prev });
  }
  const rows = pending.map((each) =>
    sealBytes(vault.member.storeKey, 'outbox', each.row, toCbor([each.entry.wire, keysToStore(each)] satisfies Line)),
  );
  const tips: OwnTips = prev ? { ...vault.log.ownTips, [author]: prev } : vault.log.ownTips;
  const note = sealRow(vault.member.storeKey, 'outbox', tipsRow, tips);
  return {
    pending,
    tips,
    changes: [{ table: 'outbox', put: await Promise.all([note, ...rows]) }],
  };
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
      const [wire, stored] = await openBytes(member.storeKey, 'outbox', row)
        .then((bytes) => fromCbor(bytes) as Line)
        .catch(() => [null, []] as const);
      const entry = parseEntry(wire);
      if (!entry.ok) return { row: Number(row.key), entry: null, keys: noKeys };
      const { stream } = entry.value.header;
      return { row: Number(row.key), entry: entry.value, keys: fromStoredKeys(stream, stored) };
    }),
  );
}

/**
 * Whether a stored entry is one that waits, with all that it holds: its hash is not over body and boxes, and what waits
 * may be the only copy.
 */
export const isConfirmedBy = ({ hash }: PendingEntry, { entry, voidCode }: StoredEntry): boolean =>
  hashEntry(entry) === hash && isWhole(entry) && voidCode !== 'entry-parts';

/** Reads the outbox back after a restart. Damaged rows are named and left where they are. */
export async function loadOutbox(vault: OpenVault): Promise<void> {
  const pending: PendingEntry[] = [];
  const keys = new KeysByStream();
  for (const { row, entry, keys: stored } of await readOutboxRows(vault)) {
    vault.log.outboxEnd = row;
    keys.addAll(stored);
    const loaded = entry && (await loadPending(vault, row, entry, keys));
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
): Promise<PendingEntry | null> {
  keys.addAll(await keysOfStream(vault, entry.header.stream));
  const [read] = await readEntries(vault, [{ entry, position: waiting }], keys);
  if (!read || read.reading.kind === 'fault' || read.reading.kind === 'newer') return null;
  const { reading } = read;
  return { row, entry, opened: reading.kind === 'event' ? reading : null, hash: hashEntry(entry) };
}

/** What the log and the outbox show, held against what was noted when writing. */
async function loadOwnTips(vault: OpenVault): Promise<OwnTips> {
  const found: OwnTips = Object.fromEntries(vault.log.ledger.tips);
  for (const { entry, hash } of vault.log.outbox) found[entry.header.author] = hash;
  const row = await vault.io.store.get('outbox', tipsRow);
  // The first entry ever signed here wrote the note: without it, rows were taken away.
  const noted = row && (await openRow<OwnTips>(vault.member.storeKey, 'outbox', row).catch(() => null));
  const { author } = vault.member.signing;
  // Each member answers for their own: what another wrote since, perhaps elsewhere, is not known here.
  if (!noted || noted[author] !== found[author]) {
    vault.findings.warnings.push(warning(noted ? 'outbox-missing' : 'outbox-note-missing', null));
  }
  return { ...noted, ...found };
}
