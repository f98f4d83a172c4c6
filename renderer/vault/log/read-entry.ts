import { SealBroken } from '#shared/crypto/aead.ts';
import { type DomainEvent, parseEvent } from '#shared/domain/events.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { openBody } from '#shared/log/body.ts';
import { type Entry, verifyEntry } from '#shared/log/entry.ts';
import type { Held } from '../held.ts';
import { NoKey } from '../keys/keyring.ts';
import { unwrapCarried } from '../transfer/unwrap.ts';

/** What an entry turned out to hold, or why it changes nothing. */
export type Reading =
  | { readonly kind: 'event'; readonly event: DomainEvent }
  /** Sealed to other members. */
  | { readonly kind: 'notForUs' }
  | { readonly kind: 'fault'; readonly code: string; readonly detail: string };

const unreadable = (code: string, detail: string): Reading => ({ kind: 'fault', code, detail });

/**
 * What may be sealed to a single public key: what the endpoint delivers, and grants of keys. Anything else would be seen
 * by one member and not by the others, and replicas would differ.
 */
function sealedAsItMay(entry: Entry, event: DomainEvent, endpointKey: AuthorKey): boolean {
  const toOneKey = entry.header.enc !== 'A256GCM';
  const isGrant = event.type === 'unitKeys.granted';
  return isGrant || entry.header.author === endpointKey ? toOneKey : !toOneKey;
}

/**
 * Verifies, opens and parses one entry. Never throws for what is wrong with the entry.
 * @param covered by a head that the endpoint signed: its own entries' signatures are implied, and not checked again
 */
export async function readEntry(
  entry: Entry,
  { keyring, slot }: Pick<Held, 'keyring' | 'slot'>,
  covered = false,
): Promise<Reading> {
  if (!covered || entry.header.author !== slot.endpointKey) {
    const verified = await verifyEntry(entry);
    if (!verified.ok) return unreadable(verified.error.code, verified.error.detail);
  }
  try {
    const body = await openBody(entry, keyring.find, keyring.decapsulate);
    const parsed = parseEvent(await unwrapCarried(body, entry, keyring));
    if (!parsed.ok) return unreadable(parsed.error.code, parsed.error.detail);
    if (sealedAsItMay(entry, parsed.value, slot.endpointKey)) return { kind: 'event', event: parsed.value };
    return unreadable('entry-sealing', 'It is sealed for other readers than such an entry must be.');
  } catch (error) {
    // A grant to someone else. An entry of the unit that does not open must not pass in silence.
    if (error instanceof NoKey && entry.header.enc !== 'A256GCM') return { kind: 'notForUs' };
    if (error instanceof SealBroken) return unreadable('entry-seal', error.message);
    return unreadable('entry-content', 'The content of this entry is malformed.');
  }
}
