import { currentGeneration, deviceOf } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { AuthorKey, StreamId } from '#shared/kernel/ids.ts';
import { boxForGeneration } from '#shared/log/box.ts';
import { makeContentKey, makerOf } from '#shared/log/content-key.ts';
import type { Generation } from '#shared/log/generation.ts';
import type { Seen } from '#shared/log/seen.ts';
import { keysOfStream } from '../cases/current-case.ts';
import type { HeldKey } from '../keys/held-keys.ts';
import type { OpenVault } from '../open-vault.ts';
import { mayWriteUnder } from './known-generations.ts';
import type { PendingEntry } from './log-copy.ts';
import { waiting } from './read-entries.ts';
import { scopeOfStream } from './scope-of-stream.ts';

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
 * @param seen what the entry says to have seen
 */
export async function writingKey(
  vault: OpenVault,
  stream: StreamId,
  also: readonly PendingEntry[],
  seen: Seen,
): Promise<WritingKey> {
  const { slot } = vault.member;
  const generation = generationFor(vault, await scopeOfStream(vault, stream, also), seen);
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
 * The key of a scope for what is written by whoever has read so much: the current one, also where it only waits here. Who
 * was not given that writes what is signed again under the last that they hold and may use.
 */
function generationFor({ log, member: { keyring } }: OpenVault, scope: Scope, { size }: Seen): Generation {
  const { roster } = log;
  const current = currentGeneration(roster, scope);
  const placed = { roster: log.ledger.roster, since: log.ledger.since };
  const usable = roster?.generations.findLast(
    (each) => each.scope === scope && keyring.generation(each.id) && mayWriteUnder(placed, each, size),
  );
  return (current && keyring.generation(current.id)) ?? keyring.held(usable?.id ?? null);
}
