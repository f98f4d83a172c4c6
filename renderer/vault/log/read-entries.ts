import { SealBroken } from '#shared/crypto/aead.ts';
import type { Bytes } from '#shared/crypto/encoding.ts';
import type { LateEntry } from '#shared/domain/case/case-state.ts';
import {
  caseEventOf,
  type DomainEvent,
  parseEvent,
  type Registry,
  rosterEventOf,
} from '#shared/domain/registry/registry.ts';
import { type Scope, scopeOfGeneration } from '#shared/domain/unit/scopes.ts';
import type { EventId, Position, StreamId, UnitId } from '#shared/kernel/ids.ts';
import type { Entry } from '#shared/log/entry.ts';
import { openEvent } from '#shared/log/event-body.ts';
import type { CheckpointSeen } from '#shared/log/seen.ts';
import { boxesOf, findKey, type HeldKey, type MetKey, openBoxes, type Shared } from '../keys/held-keys.ts';
import type { KeysByStream } from '../keys/keys-by-stream.ts';
import type { OpenVault } from '../open-vault.ts';
import { replySeed } from '../transfer/reply-keys.ts';
import { unwrapCarried } from '../transfer/unwrap.ts';
import type { FoldedRoster } from './fold-roster.ts';
import { isGenuine, type JudgedEntry } from './judge-entries.ts';
import { isUnderKnown, type PlacedGenerations, sinceOf } from './known-generations.ts';
import { firstReadersIn, isClosed, isForUs } from './stream-readers.ts';

/** What an entry turned out to hold, or why it changes nothing. */
export type Reading =
  | { readonly kind: 'event'; readonly event: DomainEvent; readonly eventId: EventId; readonly key: HeldKey }
  /** Of the roster: folded before (fold-roster.ts). */
  | { readonly kind: 'inClear' }
  /** It counts for nothing, so it was not opened. */
  | { readonly kind: 'void' }
  /** Sealed to another device. */
  | { readonly kind: 'notForUs' }
  /** Under a key of a scope that this member does not hold, or not yet. */
  | { readonly kind: 'waits' }
  /** Of a newer Probity: it takes effect after the update. */
  | { readonly kind: 'newer' }
  /** Its body is gone. */
  | { readonly kind: 'withdrawn' }
  /** It came in after its stream was closed. Null: what it says is not known here. */
  | { readonly kind: 'late'; readonly said: LateEntry['said'] }
  /** What another unit states: its roster, which says who may, is not here yet. */
  | { readonly kind: 'awaits'; readonly unit: UnitId; readonly roster: CheckpointSeen }
  | { readonly kind: 'fault'; readonly code: FaultCode };

export type FaultCode =
  | 'entry-key'
  | 'entry-seal'
  | 'entry-sealing'
  | 'entry-content'
  | 'event-malformed'
  | 'statement-unauthorised';

const fault = (code: FaultCode): Reading => ({ kind: 'fault', code });

/** Behind everything that is confirmed. */
export const waiting: Position = Number.MAX_SAFE_INTEGER;

/**
 * Opens and parses entries in the order of the log. Their boxes are opened first, so that a reader finds a key wherever
 * it stands; whether it stood there in time is judged for each. Never throws for what is wrong with one.
 * @param keys the content keys that are known already; those that these entries bring are added
 * @param roster over these entries; null for own ones that wait, whose author knows what is current
 */
export async function readEntries<Placed extends JudgedEntry>(
  vault: OpenVault,
  entries: readonly Placed[],
  keys: KeysByStream,
  roster: FoldedRoster | null,
): Promise<readonly (Placed & { readonly reading: Reading })[]> {
  for (const met of (await Promise.all(entries.map((each) => openKeys(vault, each, roster)))).flat()) {
    if (met.kind === 'held') keys.add(met.key);
    else keys.lack(met.key);
  }
  const atHand = entries.map(({ entry }) => entry);
  return Promise.all(
    entries.map(async (placed) => ({ ...placed, reading: await read(vault, placed, { keys, roster, atHand }) })),
  );
}

/** The closed streams in which cases were before that go on in the entries that were read, and where. */
export const continuedIn = (
  read: readonly (JudgedEntry & { readonly reading: Reading })[],
  known: Registry,
): readonly { readonly stream: StreamId; readonly position: Position }[] =>
  read.flatMap(({ position, reading }) => {
    if (reading.kind !== 'event') return [];
    const stream = caseEventOf(known, reading.event.type)?.continues?.(reading.event.data);
    return stream ? [{ stream, position }] : [];
  });

/** A box counts only from where its generation stands: else it would depend on how much was read at once. */
function openKeys({ member }: OpenVault, judged: JudgedEntry, roster: FoldedRoster | null): Promise<readonly MetKey[]> {
  const { entry, position } = judged;
  const boxes = isGenuine(judged) ? boxesOf(entry) : [];
  const counting = boxes.filter(
    ({ to }) => !roster || !('generation' in to) || sinceOf(roster, to.generation) <= position,
  );
  return openBoxes(counting, position, member.keyring);
}

/** Of an entry whose key no box for a generation brought: for a single device, or for nobody. A box that does not open brings none. */
function withoutKey({ member: { slot } }: OpenVault, entry: Entry): Reading {
  const readers = boxesOf(entry).flatMap(({ key, to }) => (key === entry.header.key ? [to] : []));
  const isForOthers = readers.length > 0 && readers.every((to) => 'device' in to && to.device !== slot.author);
  return isForOthers ? { kind: 'notForUs' } : fault('entry-key');
}

/** What is known as an entry is read. */
interface Known {
  readonly keys: KeysByStream;
  readonly roster: FoldedRoster | null;
  /** Those that are read together. */
  readonly atHand: readonly Entry[];
}

async function read(vault: OpenVault, judged: JudgedEntry, known: Known): Promise<Reading> {
  const { keys, roster } = known;
  const { entry, position, voidCode } = judged;
  const { header } = entry;
  const { stream } = header;
  if (voidCode) return { kind: 'void' };
  if (!header.key) return { kind: 'inClear' };
  const { body } = entry.wire;
  const first = roster && firstReadersIn(roster.last, stream, keys);
  // Whatever of a stream for others they could open is not meant for them.
  if (first && roster?.last && !isForUs(vault, roster.last, stream, first, keys)) return { kind: 'notForUs' };
  // Whether somebody withdrew it is asked for where it came in (missing-parts.ts).
  if (!body) return { kind: 'withdrawn' };
  const key = findKey(keys.of(stream), header.key);
  const then = roster?.at(position) ?? null;
  if (first && then && isClosed(then, stream, first)) return readLate(vault, entry, body, key, known);
  const met = key ?? keys.lackedKey(header.key);
  if (!met) return withoutKey(vault, entry);
  const counts = countsUnder(judged, met.shared, first, roster);
  if (!key) return counts ? { kind: 'waits' } : fault('entry-sealing');
  const reading = await open(vault, entry, body, key, known);
  if (reading.kind === 'newer') return counts ? reading : { kind: 'notForUs' };
  // What not all can read would make replicas differ.
  return reading.kind === 'event' && !counts ? fault('entry-sealing') : reading;
}

/** Of a stream that was closed by then: it changes nothing, whoever can read it. */
async function readLate(
  vault: OpenVault,
  entry: Entry,
  body: Bytes,
  key: HeldKey | null,
  known: Known,
): Promise<Reading> {
  const reading = key ? await open(vault, entry, body, key, known) : null;
  if (reading?.kind === 'fault') return reading;
  return { kind: 'late', said: reading?.kind === 'event' ? { event: reading.eventId, is: reading.event } : null };
}

/** Whether a key was boxed by then for the readers of its stream, under a generation that the entry's author could know. */
function countsUnder(
  { entry, position }: JudgedEntry,
  shared: Shared | null,
  first: Scope | null,
  roster: FoldedRoster | null,
): boolean {
  if (!shared || shared.since > position) return false;
  if (!roster || entry.header.author === roster.at(position)?.endpointKey) return true;
  const { generation } = shared;
  return (
    scopeOfGeneration(roster.last, generation) === first && isUnderKnown(placedIn(roster), entry, position, generation)
  );
}

const placedIn = ({ last, since }: FoldedRoster): PlacedGenerations => ({ roster: last, since });

async function open(vault: OpenVault, entry: Entry, body: Bytes, key: HeldKey, known: Known): Promise<Reading> {
  const { stream } = entry.header;
  try {
    const { event: sealed } = await openEvent(key, body, entry.header);
    const unwrapped = await unwrapCarried(vault, sealed, entry, (transfer) =>
      replySeed(vault, stream, transfer, known.keys.of(stream), known.atHand),
    );
    if (unwrapped.kind === 'awaits') return unwrapped;
    if (unwrapped.kind === 'unauthorised') return fault('statement-unauthorised');
    const { envelope } = unwrapped;
    const parsed = parseEvent(envelope, vault.program.registry);
    if (parsed.ok && rosterEventOf(vault.program.registry, envelope.type)) return fault('entry-sealing');
    if (parsed.ok) return { kind: 'event', event: parsed.value, eventId: envelope.id, key };
    return parsed.error.code === 'event-newer' ? { kind: 'newer' } : fault('event-malformed');
  } catch (error) {
    return fault(error instanceof SealBroken ? 'entry-seal' : 'entry-content');
  }
}
