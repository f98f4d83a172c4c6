import { v7 as uuidv7 } from 'uuid';
import { type DomainEvent, toEnvelope } from '#shared/domain/registry/registry.ts';
import type { EntryId, Position, StreamId } from '#shared/kernel/ids.ts';
import { sealWithKey } from '#shared/log/body.ts';
import { createEntry, hashEntry, parseEntry, type WireEntry } from '#shared/log/entry.ts';
import { warning } from '../findings.ts';
import type { OpenVault } from '../open-vault.ts';
import { openRow, sealRow } from '../store/sealed-rows.ts';
import type { Change } from '../store/store.ts';
import type { OwnTips } from './ledger.ts';
import type { PendingEntry } from './log-copy.ts';
import { readEntry } from './read-entry.ts';

/** The first row of the outbox holds the tips, so that a save touches one table only. Entries follow from 1. */
const tipsRow = 0;

/** An event to sign, and how its body is sealed. */
export interface Unsigned {
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

/** Signs events as this member's next entries, and plans the commit that makes them durable. */
export async function signEvents(
  vault: OpenVault,
  events: readonly Unsigned[],
): Promise<{ pending: PendingEntry[]; tips: OwnTips; changes: Change[] }> {
  const { author } = vault.member.signing;
  let prev = vault.log.ownTips[author] ?? null;
  let row = vault.log.outboxEnd;
  const pending: PendingEntry[] = [];
  for (const { stream, event, seen, sealTo } of events) {
    const { kid, key } = await vault.member.keyring.current(stream);
    const header = {
      id: uuidv7({ msecs: vault.io.clock.now() }) as EntryId,
      unit: vault.member.slot.unit,
      stream,
      prev,
      seen: seen ?? vault.log.ledger.log.position,
      enc: sealTo ? ('HPKE-XWING-A256GCM' as const) : ('A256GCM' as const),
      kid: sealTo?.kid ?? kid,
    };
    const entry = await createEntry(
      header,
      vault.member.signing,
      sealTo?.seal ?? sealWithKey(key, toEnvelope(event, vault.program.registry)),
    );
    prev = await hashEntry(entry);
    row += 1;
    pending.push({ row, entry, event, hash: prev });
  }
  const rows = pending.map(({ row: key, entry }) => sealRow(vault.member.storeKey, 'outbox', key, entry.wire));
  const tips: OwnTips = prev ? { ...vault.log.ownTips, [author]: prev } : vault.log.ownTips;
  const note = sealRow(vault.member.storeKey, 'outbox', tipsRow, tips);
  return {
    pending,
    tips,
    changes: [{ table: 'outbox', put: await Promise.all([note, ...rows]) }],
  };
}

/** Only within the writer. What stands in the log as it was read here, or can never be sent, waits no longer. */
export async function removeFromOutbox({ io, log }: OpenVault, gone: readonly PendingEntry[]): Promise<void> {
  await io.store.commit([{ table: 'outbox', remove: gone.map(({ row }) => row) }]);
  log.outbox = log.outbox.filter((pending) => !gone.includes(pending));
}

/** Reads the outbox back after a restart. Damaged rows are named and left where they are. */
export async function loadOutbox(vault: OpenVault): Promise<void> {
  const pending: PendingEntry[] = [];
  for (const row of await vault.io.store.after('outbox', tipsRow)) {
    vault.log.outboxEnd = Number(row.key);
    try {
      const entry = parseEntry(await openRow<WireEntry>(vault.member.storeKey, 'outbox', row));
      if (!entry.ok) throw new TypeError(entry.error.code);
      const reading = await readEntry(entry.value, vault);
      if (reading.kind === 'fault') throw new TypeError(reading.code);
      const event = reading.kind === 'event' ? reading.event : null;
      pending.push({ row: Number(row.key), entry: entry.value, event, hash: await hashEntry(entry.value) });
    } catch {
      vault.findings.warnings.push(warning('outbox-row', null));
    }
  }
  vault.log.outbox = pending;
  vault.log.ownTips = await loadOwnTips(vault);
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
