import { SealBroken } from '#shared/crypto/aead.ts';
import { type DomainEvent, parseEvent } from '#shared/domain/events.ts';
import { openBody } from '#shared/log/body.ts';
import { type Entry, verifyEntry } from '#shared/log/entry.ts';
import { type Keyring, NoKey } from '../keys/keyring.ts';

/** What an entry turned out to hold, or why it changes nothing. */
export type Reading =
  | { readonly kind: 'event'; readonly event: DomainEvent }
  /** Sealed to other members. */
  | { readonly kind: 'notForUs' }
  | { readonly kind: 'fault'; readonly code: string; readonly detail: string };

const unreadable = (code: string, detail: string): Reading => ({ kind: 'fault', code, detail });

/**
 * Verifies, opens and parses one entry. Never throws for what is wrong with the entry.
 * @param covered its author's signature is implied by a signed head of the same key, and not checked again
 */
export async function readEntry(entry: Entry, keyring: Keyring, covered: boolean): Promise<Reading> {
  if (!covered) {
    const verified = await verifyEntry(entry);
    if (!verified.ok) return unreadable(verified.error.code, verified.error.detail);
  }
  try {
    const parsed = parseEvent(await openBody(entry, keyring.find, keyring.decapsulate));
    return parsed.ok ? { kind: 'event', event: parsed.value } : unreadable(parsed.error.code, parsed.error.detail);
  } catch (error) {
    if (error instanceof NoKey) return { kind: 'notForUs' };
    if (error instanceof SealBroken) return unreadable('entry-seal', error.message);
    return unreadable('entry-content', 'The content of this entry is malformed.');
  }
}
