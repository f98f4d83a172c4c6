import { v7 as uuidv7 } from 'uuid';
import { type DomainEvent, toEnvelope } from '#shared/domain/events.ts';
import type { EntryId, Position, StreamId } from '#shared/kernel/ids.ts';
import { sealWithKey } from '#shared/log/body.ts';
import { createEntry, hashEntry, parseEntry, type WireEntry } from '#shared/log/entry.ts';
import type { Held, PendingEntry } from '../held.ts';
import { openRow, sealRow } from '../store/sealed-rows.ts';
import type { Change } from '../store/store.ts';
import { fault, type OwnTips } from './ledger.ts';
import { readEntry } from './read-entry.ts';

/** The first row of the outbox holds the tips, so that a save touches one table only. Entries follow from 1. */
const tipsRow = 0;

/** An event to sign, and how its body is sealed. */
export interface Draft {
  readonly stream: StreamId;
  readonly event: DomainEvent;
  /** What its author had seen when it was signed first; without it, all that is known now. */
  readonly seen?: Position;
  /** Sealed to a public key rather than for the stream's readers. */
  readonly sealTo?: {
    readonly kid: string;
    readonly seal: (context: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
  };
}

/** Signs the drafts as this member's next entries, and plans the commit that makes them durable. */
export async function signDrafts(
  held: Held,
  drafts: readonly Draft[],
): Promise<{ pending: PendingEntry[]; tips: OwnTips; changes: Change[] }> {
  const { author } = held.signing;
  let prev = held.ownTips[author] ?? null;
  let row = held.outboxEnd;
  const pending: PendingEntry[] = [];
  for (const { stream, event, seen, sealTo } of drafts) {
    const { kid, key } = await held.keyring.current(stream);
    const header = {
      id: uuidv7({ msecs: held.clock.now() }) as EntryId,
      unit: held.slot.unit,
      stream,
      prev,
      seen: seen ?? held.ledger.log.position,
      enc: sealTo ? ('HPKE-XWING-A256GCM' as const) : ('A256GCM' as const),
      kid: sealTo?.kid ?? kid,
    };
    const entry = await createEntry(header, held.signing, sealTo?.seal ?? sealWithKey(key, toEnvelope(event)));
    prev = await hashEntry(entry);
    row += 1;
    pending.push({ row, entry, event, hash: prev });
  }
  const rows = pending.map(({ row: key, entry }) => sealRow(held.storeKey, 'outbox', key, entry.wire));
  const tips: OwnTips = prev ? { ...held.ownTips, [author]: prev } : held.ownTips;
  const note = sealRow(held.storeKey, 'outbox', tipsRow, tips);
  return {
    pending,
    tips,
    changes: [{ table: 'outbox', put: await Promise.all([note, ...rows]) }],
  };
}

/** Reads the outbox back after a restart. Damaged rows are named and left where they are. */
export async function loadOutbox(held: Held): Promise<void> {
  const pending: PendingEntry[] = [];
  for (const row of await held.store.after('outbox', tipsRow)) {
    held.outboxEnd = Number(row.key);
    try {
      const entry = parseEntry(await openRow<WireEntry>(held.storeKey, 'outbox', row));
      if (!entry.ok) throw new TypeError(entry.error.detail);
      const reading = await readEntry(entry.value, held);
      if (reading.kind === 'fault') throw new TypeError(reading.detail);
      const event = reading.kind === 'event' ? reading.event : null;
      pending.push({ row: Number(row.key), entry: entry.value, event, hash: await hashEntry(entry.value) });
    } catch {
      const detail = 'An entry saved here that waits to be sent is damaged. What was sent before it is safe.';
      held.warnings.push(fault('outbox-row', null, detail));
    }
  }
  held.outbox = pending;
  held.ownTips = await loadOwnTips(held);
}

/** What the log and the outbox show, held against what was noted when writing. */
async function loadOwnTips(held: Held): Promise<OwnTips> {
  const found: OwnTips = Object.fromEntries(held.ledger.tips);
  for (const { entry, hash } of held.outbox) found[entry.header.author] = hash;
  const row = await held.store.get('outbox', tipsRow);
  // The first entry ever signed here wrote the note: without it, rows were taken away.
  const noted = row && (await openRow<OwnTips>(held.storeKey, 'outbox', row).catch(() => null));
  const { author } = held.signing;
  // Each member answers for their own: what another wrote since, perhaps elsewhere, is not known here.
  if (!noted || noted[author] !== found[author]) {
    const detail = noted
      ? 'Entries that were saved here and not yet sent are missing from the disk of this computer.'
      : 'The note of the last entries written here is damaged or missing: it cannot be told whether any entry is.';
    held.warnings.push(fault('outbox-missing', null, detail));
  }
  return { ...noted, ...found };
}
