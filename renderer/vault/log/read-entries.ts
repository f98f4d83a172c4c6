import { SealBroken } from '#shared/crypto/aead.ts';
import type { Envelope } from '#shared/domain/event/envelope.ts';
import { may } from '#shared/domain/policy/policy.ts';
import { type DomainEvent, parseEvent } from '#shared/domain/registry/registry.ts';
import { selectMember } from '#shared/domain/unit/unit-state.ts';
import type { AuthorKey, EventId, Position } from '#shared/kernel/ids.ts';
import type { Box } from '#shared/log/box.ts';
import { type Entry, isWhole, verifyEntry } from '#shared/log/entry.ts';
import { openEvent } from '#shared/log/event-body.ts';
import { boxesOf, findKey, type HeldKey, type KeysByStream, openBoxes } from '../keys/held-keys.ts';
import type { OpenVault } from '../open-vault.ts';
import { unwrapCarried } from '../transfer/unwrap.ts';

/** What an entry turned out to hold, or why it changes nothing. */
export type Reading =
  | { readonly kind: 'event'; readonly event: DomainEvent; readonly eventId: EventId; readonly key: HeldKey }
  /** Sealed to another device. */
  | { readonly kind: 'notForUs' }
  /** Of a newer Probity: it takes effect after the update. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'fault'; readonly code: FaultCode };

export type FaultCode =
  | 'entry-signature'
  | 'entry-parts'
  | 'entry-parts-missing'
  | 'entry-key'
  | 'entry-seal'
  | 'entry-sealing'
  | 'entry-content'
  | 'event-malformed';

const fault = (code: FaultCode): Reading => ({ kind: 'fault', code });

/**
 * Why an entry counts for nothing at its place in the log, whatever it says. It follows from the log alone, so it is
 * kept with the entry: a case can then be folded again without the rest of the log.
 */
export type VoidCode = 'entry-signature' | 'entry-parts' | 'author-chain' | 'entry-seen';

/** An entry, and where it stands: `waiting` is behind everything that is confirmed. */
export interface PlacedEntry {
  readonly entry: Entry;
  readonly position: Position;
  /** Of a stored entry, what was found when it came; without it, signature and parts are verified now. */
  readonly voidCode?: VoidCode | null;
}
export const waiting: Position = Number.MAX_SAFE_INTEGER;

/** An entry whose signature holds, with the boxes beside it. */
interface Genuine {
  readonly entry: Entry;
  readonly position: Position;
  readonly boxes: readonly Box[];
}

/**
 * Verifies, opens and parses entries in the order of the log. Their boxes are opened first, so that a reader finds a
 * key wherever it stands; whether it stood there in time is judged for each. Never throws for what is wrong with one.
 * @param keys the content keys that are known already; those that these entries bring are added
 */
export async function readEntries<Placed extends PlacedEntry>(
  vault: OpenVault,
  entries: readonly Placed[],
  keys: KeysByStream,
): Promise<readonly (Placed & { readonly reading: Reading })[]> {
  const checked = await Promise.all(entries.map(check));
  const genuine = checked.flatMap((each) => ('boxes' in each ? [each] : []));
  // Grants to this member first: the other boxes may be for generations that they bring.
  for (const each of genuine) if (mayGrant(vault, each.entry.header.author)) await admitGrant(vault, each);
  const opened = await Promise.all(
    genuine.map(({ boxes, position }) => openBoxes(boxes, position, vault.member.keyring)),
  );
  for (const each of opened) keys.addAll(each);
  return Promise.all(
    entries.map(async (placed, index) => {
      const each = checked[index] as Genuine | Reading;
      return { ...placed, reading: 'boxes' in each ? await read(vault, each, keys) : each };
    }),
  );
}

/** Neither events nor boxes of an entry count whose signature or parts are wrong: also not when it is read again. */
async function check({ entry, position, voidCode }: PlacedEntry): Promise<Genuine | Reading> {
  if (voidCode === 'entry-signature' || voidCode === 'entry-parts') return fault(voidCode);
  if (voidCode === undefined) {
    const genuine = await verifyEntry(entry);
    if (!genuine.ok) return fault(genuine.error.code === 'entry-signature' ? 'entry-signature' : 'entry-parts');
  }
  return { entry, position, boxes: boxesOf(entry) };
}

/**
 * Whose grants of keys count: anyone can seal something to a public key. Members who may admit, and the one who
 * admitted this member, whose key the slot has kept from that moment.
 */
function mayGrant({ log: { ledger }, member: { slot } }: OpenVault, author: AuthorKey): boolean {
  const granting = selectMember(ledger.unit, author);
  return author === slot.admittedBy || (granting !== null && may(granting.role, 'admitMember'));
}

const deviceOf = ({ to }: Box): AuthorKey | null => ('device' in to ? to.device : null);

/** Takes the keys of a grant that is sealed to this member's own device and made out to them; of nothing else. */
async function admitGrant(vault: OpenVault, { entry, boxes, position }: Genuine): Promise<void> {
  const { keyring, slot } = vault.member;
  const [key] = await openBoxes(
    boxes.filter((box) => deviceOf(box) === slot.author),
    position,
    keyring,
  );
  if (key?.id !== entry.header.key) return;
  const reading = await open(vault, entry, key);
  if (reading.kind !== 'event' || reading.event.type !== 'unitKeys.granted') return;
  if (reading.event.data.to === slot.member.id) await keyring.admit(reading.event.data.secrets);
}

async function read(vault: OpenVault, { entry, position, boxes }: Genuine, keys: KeysByStream): Promise<Reading> {
  const { header } = entry;
  // Nothing can be withdrawn yet, so whoever left a part out had no right to.
  if (!isWhole(entry)) return fault('entry-parts-missing');
  const key = findKey(keys.of(header.stream), header.key);
  if (!key) return boxes.some(deviceOf) ? { kind: 'notForUs' } : fault('entry-key');
  const shared = key.shared !== null && key.shared.since <= position;
  const reading = await open(vault, entry, key);
  if (reading.kind === 'newer') return shared ? reading : { kind: 'notForUs' };
  if (reading.kind !== 'event') return reading;
  // A grant is for one device. Anything else that not all can read would make replicas differ.
  const isGrant = reading.event.type === 'unitKeys.granted';
  return shared === isGrant ? fault('entry-sealing') : reading;
}

async function open(vault: OpenVault, entry: Entry, key: HeldKey): Promise<Reading> {
  if (!entry.wire.body) return fault('entry-parts-missing');
  try {
    const { event: sealed } = await openEvent(key, entry.wire.body, entry.header);
    const envelope: Envelope = await unwrapCarried(sealed, entry, vault.member.keyring);
    const parsed = parseEvent(envelope, vault.program.registry);
    if (parsed.ok) return { kind: 'event', event: parsed.value, eventId: envelope.id, key };
    return parsed.error.code === 'event-newer' ? { kind: 'newer' } : fault('event-malformed');
  } catch (error) {
    return fault(error instanceof SealBroken ? 'entry-seal' : 'entry-content');
  }
}
