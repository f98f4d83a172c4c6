import { SealBroken } from '#shared/crypto/aead.ts';
import { type DomainEvent, parseEvent } from '#shared/domain/registry/registry.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { openBody } from '#shared/log/body.ts';
import { type Entry, verifyEntry } from '#shared/log/entry.ts';
import { NoKey } from '../keys/keyring.ts';
import type { OpenVault } from '../open-vault.ts';
import { unwrapCarried } from '../transfer/unwrap.ts';

/** What an entry turned out to hold, or why it changes nothing. */
export type Reading =
  | { readonly kind: 'event'; readonly event: DomainEvent }
  /** Sealed to other members. */
  | { readonly kind: 'notForUs' }
  /** Of a newer Probity: it takes effect after the update. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'fault'; readonly code: FaultCode };

export type FaultCode = 'entry-signature' | 'entry-seal' | 'entry-sealing' | 'entry-content' | 'event-malformed';

const unreadable = (code: FaultCode): Reading => ({ kind: 'fault', code });

/**
 * What may be sealed to a single public key: what the endpoint delivers, and grants of keys. Anything else would be seen
 * by one member and not by the others, and replicas would differ.
 */
function sealedAsItMay(entry: Entry, type: string, endpointKey: AuthorKey): boolean {
  const toOneKey = entry.header.enc !== 'A256GCM';
  const isGrant = type === 'unitKeys.granted';
  return isGrant || entry.header.author === endpointKey ? toOneKey : !toOneKey;
}

/**
 * Verifies, opens and parses one entry. Never throws for what is wrong with the entry.
 * @param covered by a head that the endpoint signed: its own entries' signatures are implied, and not checked again
 */
export async function readEntry(entry: Entry, vault: OpenVault, covered = false): Promise<Reading> {
  const { keyring, slot } = vault.member;
  if (!covered || entry.header.author !== slot.endpointKey) {
    if (!(await verifyEntry(entry)).ok) return unreadable('entry-signature');
  }
  try {
    const body = await openBody(entry, keyring.find, keyring.decapsulate);
    const envelope = await unwrapCarried(body, entry, keyring);
    if (!sealedAsItMay(entry, envelope.type, slot.endpointKey)) return unreadable('entry-sealing');
    const parsed = parseEvent(envelope, vault.program.registry);
    if (parsed.ok) return { kind: 'event', event: parsed.value };
    return parsed.error.code === 'event-newer' ? { kind: 'newer' } : unreadable('event-malformed');
  } catch (error) {
    // A grant to someone else. An entry of the unit that does not open must not pass in silence.
    if (error instanceof NoKey && entry.header.enc !== 'A256GCM') return { kind: 'notForUs' };
    return unreadable(error instanceof SealBroken ? 'entry-seal' : 'entry-content');
  }
}
