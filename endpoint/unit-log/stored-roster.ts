import type { Bytes } from '#shared/crypto/encoding.ts';
import { type Entry, hasItsParts, parseEntry, type WireEntry } from '#shared/log/entry.ts';
import { rosterHeadOf } from '#shared/log/roster-entry.ts';
import { sameBytes } from '#shared/log/tree/tree-hash.ts';
import { LogDiffers } from './log-differs.ts';

/** @throws when it is no entry, or lacks a part */
export function parseStored(wire: WireEntry): Entry {
  const parsed = parseEntry(wire);
  if (!parsed.ok) throw new LogDiffers('A stored entry of the roster is malformed.');
  return parsed.value;
}

/**
 * That these are the entries which the head is over, with the parts that their headers say. Their signatures were verified
 * as they were folded under that head.
 * @throws when they are not
 */
export async function checkStored(wires: readonly WireEntry[], head: Bytes): Promise<void> {
  const entries = wires.map(parseStored);
  const whole = await Promise.all(entries.map(hasItsParts));
  if (!sameBytes(rosterHeadOf(entries), head) || whole.includes(false)) {
    throw new LogDiffers('The stored entries of the roster are not those that were folded.');
  }
}
