import type { EntryId, Position, StreamId } from '#shared/kernel/ids.ts';
import { streamOfTransfer } from '#shared/sync/transfer.ts';
import type { Held } from '../held.ts';
import { openEntries, type StoredEntry } from '../log/entry-rows.ts';
import { readEntry } from '../log/read-entry.ts';
import { openRow, sealRow } from '../store/sealed-rows.ts';

/*
 * What follows from confirmed entries outside this unit: a referral from another unit is acknowledged, and an outcome
 * that this member recorded is told to the endpoint and, where it names another unit, sent there. Found by walking the
 * log, so that a crash at any point loses none; doing one twice changes nothing.
 */

export interface Duty {
  readonly do: 'acknowledge' | 'follow';
  readonly entry: EntryId;
  readonly case: StreamId;
  /** Why it could not be done so far, in words for a person. */
  readonly trouble: string | null;
}

export interface Duties {
  /** The log was walked up to here. */
  readonly upTo: Position;
  readonly open: readonly Duty[];
  /** Instants at which other units were sent something, by the entry that decided on it. */
  readonly sent: Readonly<Record<EntryId, string>>;
}

const none: Duties = { upTo: 0, open: [], sent: {} };
/** Rows read at a time. */
const stride = 50;

/** Of one member at this workstation: only they can sign what they decided. */
const keyOf = ({ slotId }: Held): string => `transfers:${slotId}`;

/** Begins anew when the row is damaged. */
export async function loadDuties(held: Held): Promise<Duties> {
  const row = await held.store.get('meta', keyOf(held));
  return row ? openRow<Duties>(held.personalKey, 'meta', row).catch(() => none) : none;
}

export async function saveDuties(held: Held, duties: Duties): Promise<void> {
  const row = await sealRow(held.personalKey, 'meta', keyOf(held), duties);
  await held.writer.add(() => held.store.commit([{ table: 'meta', put: [row] }]));
}

async function dutyOf(held: Held, { entry }: StoredEntry): Promise<Duty | null> {
  const { author, id, stream } = entry.header;
  const duty = { entry: id, case: stream, trouble: null };
  if (author === held.slot.endpointKey) {
    return stream === streamOfTransfer(id) ? { ...duty, do: 'acknowledge' } : null;
  }
  if (author !== held.slot.author) return null;
  const reading = await readEntry(entry, held, true);
  if (reading.kind !== 'event') return null;
  const { type } = reading.event;
  return type === 'disposition.recorded' || type === 'decision.recorded' ? { ...duty, do: 'follow' } : null;
}

/** Stored entries after a position, as far as they are whole. */
async function* entriesAfter({ store, storeKey }: Held, upTo: Position): AsyncGenerator<StoredEntry> {
  const [next] = await store.after('entries', upTo, 1);
  // After damage, entries that come again may be packed by other boundaries: then a row before has some of them.
  let after = next?.key === upTo + 1 ? upTo : 0;
  for (;;) {
    const rows = await store.after('entries', after, stride);
    if (rows.length === 0) return;
    for (const row of rows) {
      const stored = await openEntries(storeKey, row).catch(() => null);
      if (!stored) return;
      yield* stored.filter(({ position }) => position > upTo);
      after = Number(row.key);
    }
  }
}

/** With what follows from the entries that were confirmed since. Touches nothing but memory. */
export async function findDuties(held: Held, duties: Duties): Promise<Duties> {
  if (duties.upTo >= held.ledger.log.position) return duties;
  let { upTo } = duties;
  const found: Duty[] = [];
  for await (const stored of entriesAfter(held, upTo)) {
    upTo = stored.position;
    const duty = await dutyOf(held, stored);
    if (duty) found.push(duty);
  }
  return { ...duties, upTo, open: [...duties.open, ...found] };
}
