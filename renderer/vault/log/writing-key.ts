import { encapsulateTo } from '#shared/crypto/public-box.ts';
import { currentGeneration, deviceOf, type ScopeGeneration } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { AuthorKey, StreamId } from '#shared/kernel/ids.ts';
import { boxForGeneration, boxToPublicKey } from '#shared/log/box.ts';
import { type ContentKey, makeContentKey, makerOf } from '#shared/log/content-key.ts';
import type { Seen } from '#shared/log/seen.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';
import { keysOfStream } from '../cases/current-case.ts';
import type { HeldKey } from '../keys/held-keys.ts';
import type { OpenVault } from '../open-vault.ts';
import { mayWriteUnder } from './known-generations.ts';
import type { PendingEntry } from './log-copy.ts';
import { waiting } from './read-entries.ts';
import { isClosedHere, readersOfStream } from './scope-of-stream.ts';
import { boxesForSingle, keysOfEnded } from './single-readers.ts';

/** The content key for a new entry, and the boxes of it that the entry must carry. */
export interface WritingKey {
  readonly key: HeldKey;
  readonly boxes: readonly WholeBox[];
}

/**
 * A key of the unit's own, that all who hold the current generation can open: one that stands in the stream or in own
 * entries that wait, else a new one. Never the key of an outsider, be it the endpoint or a stranger: they can read
 * whatever is under it, and every replica refuses what a member writes under it.
 * @param also own entries that are about to be written before this one
 * @param seen what the entry says to have seen
 * @param readers for whom the stream is, where it begins here
 * @param before the key that it was under before it is signed again: others that wait may have passed that on
 */
export async function writingKey(
  vault: OpenVault,
  stream: StreamId,
  also: readonly PendingEntry[],
  seen: Seen,
  readers: Scope | undefined,
  before: HeldKey | null = null,
): Promise<WritingKey> {
  const { slot } = vault.member;
  const [scope, ...others] = await readersOfStream(vault, stream, also, readers);
  const generation = generationFor(vault, scope, seen);
  const isOfUnit = (maker: AuthorKey): boolean =>
    maker === slot.author || deviceOf(vault.log.ledger.roster, maker) !== null;
  const left = await keysOfEnded(vault, stream);
  const isUsable = ({ id, shared }: HeldKey): boolean =>
    shared?.generation === generation.id && isOfUnit(makerOf(id)) && !left.has(id);
  const own = [...vault.log.outbox, ...also].flatMap(({ entry: { header }, opened }) =>
    opened.key && header.author === slot.author && header.stream === stream ? [opened.key] : [],
  );
  // What comes late in a closed stream is for those who read it now: whoever was given it alone before has keys of it.
  const isShut = await isClosedHere(vault, stream);
  const known = [...(isShut ? [] : await keysOfStream(vault, stream)), ...own].findLast(isUsable);
  // Of a stream that goes on in several places, all who read it are to read what comes late.
  if (known && others.length === 0) return { key: known, boxes: [] };
  const isOwn = before !== null && makerOf(before.id) === slot.author && before.shared?.generation === generation.id;
  const isKept = isOwn && !isShut;
  const made = isKept ? before : makeContentKey(stream, slot.author);
  const key = { ...made, shared: { since: waiting, generation: generation.id } };
  const further = others.map((each) => generationFor(vault, each, seen));
  const boxes = await Promise.all([generation, ...further].map((each) => boxFor(vault, made, each)));
  return { key, boxes: [...boxes, ...(await boxesForSingle(vault, made))] };
}

/** A box of a key for a scope: also for one that this member has no key of. */
export async function boxFor(
  { member: { keyring } }: OpenVault,
  key: ContentKey,
  { id, publicKey }: Pick<ScopeGeneration, 'id' | 'publicKey'>,
): Promise<WholeBox> {
  const held = keyring.generation(id);
  return held ? boxForGeneration(key, held) : boxToPublicKey(key, { generation: id }, await encapsulateTo(publicKey));
}

/**
 * The key of a scope for what is written by whoever has read so much: the current one, also where it only waits here. Who
 * was not given that writes what is signed again under the last that they hold and may use; who holds none of the scope seals
 * to its public key, as an outsider does.
 */
function generationFor({ log, member: { keyring } }: OpenVault, scope: Scope, { size }: Seen): ScopeGeneration {
  const { roster } = log;
  const current = currentGeneration(roster, scope);
  const placed = { roster: log.ledger.roster, since: log.ledger.since };
  const usable = roster?.generations.findLast(
    (each) => each.scope === scope && keyring.generation(each.id) && mayWriteUnder(placed, each, size),
  );
  const found = current && !keyring.generation(current.id) ? (usable ?? current) : current;
  if (!found) throw new TypeError('The scope has no key.');
  return found;
}
