import { currentGeneration, deviceOf } from '#shared/domain/unit/roster.ts';
import type { AuthorKey, GenerationId, StreamId } from '#shared/kernel/ids.ts';
import { boxForGeneration } from '#shared/log/box.ts';
import { makeContentKey, makerOf } from '#shared/log/content-key.ts';
import type { Seen } from '#shared/log/seen.ts';
import { keysOfStream } from '../cases/current-case.ts';
import type { HeldKey } from '../keys/held-keys.ts';
import type { OpenVault } from '../open-vault.ts';
import { currentAt } from './known-generations.ts';
import type { PendingEntry } from './log-copy.ts';
import { waiting } from './read-entries.ts';

/** The content key for a new entry, and the boxes of it that the entry must carry. */
export interface WritingKey {
  readonly key: HeldKey;
  readonly boxes: readonly Uint8Array<ArrayBuffer>[];
}

/**
 * A key of the unit's own, that all who hold the current generation can open: one that stands in the stream or in own
 * entries that wait, else a new one. Never the key of an outsider, be it the endpoint or a stranger: they can read
 * whatever is under it, and every replica refuses what a member writes under it.
 * @param also own entries that are about to be written before this one
 * @param seen of an entry that is signed again: it is under the key that was current for its author then
 */
export async function writingKey(
  vault: OpenVault,
  stream: StreamId,
  also: readonly PendingEntry[],
  seen: Seen | null,
): Promise<WritingKey> {
  const { keyring, slot } = vault.member;
  const current = seen ? knownThen(vault, also, seen) : (currentGeneration(vault.log.roster, 'unit')?.id ?? null);
  const generation = keyring.held(current);
  const isOfUnit = (maker: AuthorKey): boolean =>
    maker === slot.author || deviceOf(vault.log.ledger.roster, maker) !== null;
  const isUsable = ({ id, shared }: HeldKey): boolean => shared?.generation === generation.id && isOfUnit(makerOf(id));
  const own = [...vault.log.outbox, ...also].flatMap(({ entry: { header }, opened }) =>
    opened.key && header.author === slot.author && header.stream === stream ? [opened.key] : [],
  );
  const known = [...(await keysOfStream(vault, stream)), ...own].findLast(isUsable);
  if (known) return { key: known, boxes: [] };
  const made = makeContentKey(stream, slot.author);
  const key = { ...made, shared: { since: waiting, generation: generation.id } };
  return { key, boxes: [await boxForGeneration(made, generation)] };
}

/**
 * What the author of an entry that is signed again knew as current: what their own device had brought in by then, else what
 * counted where their knowledge ended. Never an earlier one: it may be with somebody who has left since.
 */
function knownThen(
  { log: { ledger, outbox }, member: { slot } }: OpenVault,
  also: readonly PendingEntry[],
  seen: Seen,
): GenerationId | null {
  const waitingOnes = [...outbox, ...also].flatMap(({ entry, opened: { event } }) =>
    entry.header.author === slot.author && event.type === 'scope.rotated' ? [event.data.generation.id] : [],
  );
  const ownSince = ledger.roster?.generations.filter(
    ({ id, by }) => by === slot.author && (ledger.since.find(([each]) => each === id)?.[1] ?? 0) > seen.size,
  );
  return waitingOnes.at(-1) ?? ownSince?.at(-1)?.id ?? currentAt(ledger, 'unit', seen.size)?.id ?? null;
}
