import { fromCanonicalJson } from '#shared/crypto/canonical-json.ts';
import { type Bytes, fromUtf8, toBase64url } from '#shared/crypto/encoding.ts';
import type { BoundKeys, PinnedKeys } from '#shared/domain/event/define-event.ts';
import { envelopeSchema } from '#shared/domain/event/envelope.ts';
import { applyToRoster, type RosterGround, type RosterStep } from '#shared/domain/membership/apply-to-roster.ts';
import {
  type DomainEvent,
  parseEvent,
  type Registry,
  registry,
  rosterEventOf,
} from '#shared/domain/registry/registry.ts';
import { isRecoveryKey } from '#shared/domain/unit/recovery.ts';
import { type MaybeRoster, memberOf, type Roster } from '#shared/domain/unit/roster.ts';
import type { Digest, EventId, UnitId } from '#shared/kernel/ids.ts';
import { type Notice, notice } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { isDeviceProved, isRenewalProved } from './device-proof.ts';
import { areEndpointKeysProved } from './endpoint-keys-proof.ts';
import { type Entry, type EntryFault, hashEntry, isInClear, isWhole, verifyEntry } from './entry.ts';
import { parseGenerationBox } from './generation-box.ts';
import { isRecoveryProved } from './recovery-key.ts';
import type { AsOf } from './seen.ts';
import { verifyLeafProof } from './tree/entry-proof.ts';
import { emptyRosterHead, hashSignedHeader, nextRosterHead } from './tree/leaf.ts';
import { sameBytes } from './tree/tree-hash.ts';

/** What an entry of the roster says. */
export interface RosterReading {
  readonly eventId: EventId;
  readonly event: DomainEvent;
  readonly step: RosterStep;
}

/** `event-newer`: an act of a newer Probity. */
export type RosterFault = Notice<'entry-content' | 'event-newer' | 'event-malformed'>;

/** Of an entry in the clear whose signature and parts were verified. Never throws. */
export async function readRosterEntry(
  entry: Entry,
  known: Registry = registry,
): Promise<Result<RosterReading, RosterFault>> {
  const { header, wire } = entry;
  const envelope = parseEnvelope(wire.body);
  if (!envelope) return err(notice('entry-content'));
  const event = parseEvent(envelope, known);
  if (!event.ok) return event;
  const definition = rosterEventOf(known, event.value.type);
  if (!definition) return err(notice('entry-content'));
  const { data } = event.value;
  const bound = definition.binds?.(data);
  const named = definition.endpointKeys?.(data);
  const proved =
    (!bound || (await isProved(header.unit, bound))) && (!named || (await areEndpointKeysProved(header.unit, named)));
  const boxes = generationBoxesOf(entry).map(({ generation, to }) => ({ generation, to }));
  const step = {
    hash: hashEntry(entry),
    eventId: envelope.id,
    stream: header.stream,
    author: header.author,
    definition,
    data,
    proved,
    boxes,
  };
  return ok({ eventId: envelope.id, event: event.value, step });
}

async function isProved(unit: UnitId, bound: BoundKeys): Promise<boolean> {
  if ('recovery' in bound) return isRecoveryProved(unit, bound.recovery);
  const { member, device, renews } = bound;
  const binding = { unit, member, device };
  return (await isDeviceProved(binding, device.proof)) && (!renews || (await isRenewalProved(binding, renews)));
}

function parseEnvelope(body: Uint8Array | null) {
  try {
    return body && envelopeSchema.parse(fromCanonicalJson(fromUtf8(body)));
  } catch {
    return null;
  }
}

/** The boxes of generations beside an entry. */
export const generationBoxesOf = ({ header, wire }: Entry) =>
  wire.boxes.flatMap((each) => {
    const box = parseGenerationBox(each);
    return box && box.stream === header.stream ? [box] : [];
  });

export const rosterGround = (pinned: PinnedKeys, known: Registry = registry): RosterGround => ({
  pinned,
  actOf: (type) => rosterEventOf(known, type),
});

/** Whether an act that is not known here may count, once it is: a stranger's never does, a member's or the recovery key's may. */
export const countsIn = (roster: MaybeRoster, { header: { stream, author } }: Entry): boolean =>
  stream === roster?.stream &&
  (author === roster.endpointKey || memberOf(roster, author) !== null || isRecoveryKey(roster, author));

/**
 * A roster from its entries alone, in the order of their log: for whoever is no member, as the endpoint and other units.
 * What a rule refuses changes nothing. Null before the founding.
 * @param from the roster that they go on from; null where they are all
 * @returns a fault when an entry is not genuine, or is an act that this Probity does not know: then nothing can be said
 */
export async function foldRosterEntries(
  unit: UnitId,
  entries: readonly Entry[],
  pinned: PinnedKeys,
  from: MaybeRoster = null,
): Promise<Result<MaybeRoster, EntryFault | RosterFault>> {
  const ground = rosterGround(pinned);
  let roster = from;
  for (const entry of entries) {
    const verified = await verifyEntry(entry);
    if (!verified.ok) return verified;
    // Nothing of the roster can be withdrawn: without a part of an act, the act would be undone.
    if (!isWhole(entry)) return err(notice('entry-parts'));
    if (entry.header.unit !== unit || !isInClear(entry)) return err(notice('entry-malformed', { part: 'header' }));
    const read = await readRosterEntry(entry);
    if (!read.ok && read.error.code === 'event-newer' && countsIn(roster, entry)) return read;
    const next: Result<Roster, Notice> = read.ok ? applyToRoster(roster, read.value.step, ground) : read;
    if (next.ok) roster = next.value;
  }
  return ok(roster);
}

/**
 * The roster's head after these entries: what the leaf of the log's last entry says. 32 bytes.
 * @param from the head that they go on from
 */
export const rosterHeadOf = (entries: readonly Entry[], from: Bytes = emptyRosterHead): Bytes =>
  entries.reduce((head, { wire }) => nextRosterHead(head, hashSignedHeader(wire)), from);

/**
 * The state of the log in which these are all entries of the roster: a proof that the log's last leaf is under a checkpoint of the
 * endpoint says what the head of all is. Without it whoever serves them could leave out the last. Never throws.
 * @param roster as the entries fold
 * @param proof a `.tlog-proof` of the last leaf
 * @returns null where they are not all
 */
export async function provedAsOf(
  unit: UnitId,
  entries: readonly Entry[],
  { checkpointKey }: Pick<Roster, 'checkpointKey'>,
  proof: string,
): Promise<AsOf | null> {
  const proved = await verifyLeafProof(proof, { unit, key: checkpointKey });
  if (!proved.ok) return null;
  const { position, leaf, checkpoint } = proved.value;
  const { size, root } = checkpoint;
  const isWhole = position === size && sameBytes(leaf.rosterHead, rosterHeadOf(entries));
  return isWhole ? { size, root: toBase64url(root) as Digest } : null;
}
