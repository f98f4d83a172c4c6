import type { FollowUpKind } from '#shared/domain/event/define-event.ts';
import { caseEventOf } from '#shared/domain/registry/registry.ts';
import type { EntryId, Position, StreamId } from '#shared/kernel/ids.ts';
import type { Notice } from '#shared/kernel/refusal.ts';
import { keysOfStream } from '../cases/current-case.ts';
import { KeysByStream } from '../keys/keys-by-stream.ts';
import { openEntries, type StoredEntry } from '../log/entry-rows.ts';
import { readEntries } from '../log/read-entries.ts';
import type { OpenVault } from '../open-vault.ts';
import { openRow, sealRow } from '../store/sealed-rows.ts';

/*
 * What follows from confirmed entries outside this unit's log: what an own entry asks for is declared with its event.
 * Found by walking the log, so that a crash at any point loses none; doing one twice changes nothing.
 */

export interface FollowUp {
  readonly name: FollowUpKind;
  readonly entry: EntryId;
  readonly case: StreamId;
  /** Why it could not be done so far. */
  readonly trouble: Notice | null;
}

export interface FollowUps {
  /** The log was walked up to here. */
  readonly upTo: Position;
  readonly open: readonly FollowUp[];
  /** Instants at which something was sent to another unit, by the entry that decided on it. */
  readonly sent: Readonly<Record<EntryId, string>>;
}

const none: FollowUps = { upTo: 0, open: [], sent: {} };
/** Rows read at a time. */
const stride = 50;

/** Of one member at this workstation: only they can sign what they decided. */
const keyOf = ({ member }: OpenVault): string => `followUps:${member.slotId}`;

/** Begins anew when the row is damaged. */
export async function loadFollowUps(vault: OpenVault): Promise<FollowUps> {
  const row = await vault.io.store.get('meta', keyOf(vault));
  return row ? openRow<FollowUps>(vault.member.personalKey, 'meta', row).catch(() => none) : none;
}

export async function saveFollowUps(vault: OpenVault, followUps: FollowUps): Promise<void> {
  const row = await sealRow(vault.member.personalKey, 'meta', keyOf(vault), followUps);
  await vault.io.writer.add(() => vault.io.store.commit([{ table: 'meta', put: [row] }]));
}

async function nameOf(vault: OpenVault, stored: StoredEntry): Promise<FollowUpKind | null> {
  const { entry, voidCode } = stored;
  if (voidCode) return null;
  const { author, stream } = entry.header;
  const { slot } = vault.member;
  if (author !== slot.author) return null;
  const keys = new KeysByStream();
  keys.addAll(await keysOfStream(vault, stream));
  const [read] = await readEntries(vault, [stored], keys, null);
  if (read?.reading.kind !== 'event') return null;
  return caseEventOf(vault.program.registry, read.reading.event.type)?.followUp ?? null;
}

/** Stored entries after a position, as far as they are whole. */
async function* entriesAfter({ io, member }: OpenVault, upTo: Position): AsyncGenerator<StoredEntry> {
  const [next] = await io.store.after('entries', upTo, 1);
  // After damage, entries that come again may be packed by other boundaries: then a row before has some of them.
  let after = next?.key === upTo + 1 ? upTo : 0;
  for (;;) {
    const rows = await io.store.after('entries', after, stride);
    if (rows.length === 0) return;
    for (const row of rows) {
      const stored = await openEntries(member.storeKey, row).catch(() => null);
      if (!stored) return;
      yield* stored.filter(({ position }) => position > upTo);
      after = Number(row.key);
    }
  }
}

/** With what follows from the entries that were confirmed since. Touches nothing but memory. */
export async function findFollowUps(vault: OpenVault, followUps: FollowUps): Promise<FollowUps> {
  if (followUps.upTo >= vault.log.ledger.log.size) return followUps;
  let { upTo } = followUps;
  const found: FollowUp[] = [];
  for await (const stored of entriesAfter(vault, upTo)) {
    upTo = stored.position;
    const { entry } = stored;
    const name = await nameOf(vault, stored);
    if (name) found.push({ name, entry: entry.header.id, case: entry.header.stream, trouble: null });
  }
  return { ...followUps, upTo, open: [...followUps.open, ...found] };
}
