import { v7 as uuidv7 } from 'uuid';
import { type DomainEvent, toEnvelope } from '#shared/domain/events.ts';
import type { AuthorKey, EntryId, StreamId } from '#shared/kernel/ids.ts';
import { sealWithKey } from '#shared/log/body.ts';
import { createEntry, hashEntry, parseEntry, type WireEntry } from '#shared/log/entry.ts';
import type { Held, PendingEntry } from '../held.ts';
import { openRow, sealRow } from '../store/sealed-rows.ts';
import type { Change } from '../store/store.ts';
import { fault, type OwnTips } from './ledger.ts';
import { readEntry } from './read-entry.ts';

const ownTipsKey = 'ownTips';

/** An event to sign, and how its body is sealed. */
export interface Draft {
  readonly stream: StreamId;
  readonly event: DomainEvent;
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
  let row = held.outbox.at(-1)?.row ?? 0;
  const pending: PendingEntry[] = [];
  for (const { stream, event, sealTo } of drafts) {
    const { kid, key } = await held.keyring.current(stream);
    const header = {
      id: uuidv7({ msecs: held.clock.now() }) as EntryId,
      unit: held.slot.unit,
      stream,
      prev,
      seen: held.ledger.log.position,
      enc: sealTo ? ('HPKE-XWING-A256GCM' as const) : ('A256GCM' as const),
      kid: sealTo?.kid ?? kid,
    };
    const entry = await createEntry(header, held.signing, sealTo?.seal ?? sealWithKey(key, toEnvelope(event)));
    prev = await hashEntry(entry);
    row += 1;
    pending.push({ row, entry, event });
  }
  const rows = pending.map(({ row: key, entry }) => sealRow(held.storeKey, 'outbox', key, entry.wire));
  const tips: OwnTips = prev ? { ...held.ownTips, [author]: prev } : held.ownTips;
  const tipsRow = sealRow(held.storeKey, 'meta', ownTipsKey, tips);
  return {
    pending,
    tips,
    changes: [
      { table: 'outbox', put: await Promise.all(rows) },
      { table: 'meta', put: [await tipsRow] },
    ],
  };
}

/** Reads the outbox back after a restart. Damaged rows are named and left where they are. */
export async function loadOutbox(held: Held): Promise<void> {
  const pending: PendingEntry[] = [];
  for (const row of await held.store.all('outbox')) {
    try {
      const entry = parseEntry(await openRow<WireEntry>(held.storeKey, 'outbox', row));
      if (!entry.ok) throw new TypeError(entry.error.detail);
      const reading = await readEntry(entry.value, held.keyring, false);
      if (reading.kind === 'fault') throw new TypeError(reading.detail);
      const event = reading.kind === 'event' ? reading.event : null;
      pending.push({ row: Number(row.key), entry: entry.value, event });
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
  for (const { entry } of held.outbox) found[entry.header.author] = await hashEntry(entry);
  const row = await held.store.get('meta', ownTipsKey);
  if (!row) return found;
  const noted = await openRow<OwnTips>(held.storeKey, 'meta', row).catch(() => null);
  const authors = Object.keys(noted ?? {}) as AuthorKey[];
  if (!noted || authors.some((author) => noted[author] !== found[author])) {
    const detail = noted
      ? 'Entries that were saved here and not yet sent are missing from the disk of this computer.'
      : 'The note of the last entries written here is damaged: it cannot be told whether any are missing.';
    held.warnings.push(fault('outbox-missing', null, detail));
  }
  return { ...noted, ...found };
}
