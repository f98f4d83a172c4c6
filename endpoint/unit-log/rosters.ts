import { toCbor } from '#shared/crypto/cbor.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { EndpointPublicKeys, PinnedKeys } from '#shared/domain/event/define-event.ts';
import type { MaybeRoster } from '#shared/domain/unit/roster.ts';
import type { Digest, UnitId } from '#shared/kernel/ids.ts';
import { type Entry, parseEntry, type WireEntry } from '#shared/log/entry.ts';
import { foldRosterEntries, rosterHeadOf } from '#shared/log/roster-entry.ts';
import { sameBytes } from '#shared/log/tree/tree-hash.ts';

interface Folded {
  /** Digest of all that it was folded from. */
  readonly from: Digest;
  readonly roster: MaybeRoster;
}

/**
 * Who is who in the units, from what is stored and nothing else: each entry is verified whenever a byte of them is another
 * than before. Verifying an entry takes milliseconds, so the last fold of each unit is kept.
 */
export class Rosters {
  readonly #pinned: PinnedKeys;
  readonly #folded = new Map<UnitId, Folded>();

  constructor(own: EndpointPublicKeys) {
    this.#pinned = { founder: null, ...own };
  }

  /**
   * Null before the founding.
   * @param head of the roster as the last leaf of the log has it, whose tree was verified: these entries and no others
   * @throws when what is stored is not that roster: then nothing is sealed to the unit, and nothing taken from it
   */
  async read(unit: UnitId, wires: readonly WireEntry[], head: Uint8Array): Promise<MaybeRoster> {
    const from = await digestOf(toCbor([head, wires]));
    const known = this.#folded.get(unit);
    if (known?.from === from) return known.roster;
    const roster = await foldStored(unit, wires, head, this.#pinned);
    this.#folded.set(unit, { from, roster });
    return roster;
  }
}

async function foldStored(
  unit: UnitId,
  wires: readonly WireEntry[],
  head: Uint8Array,
  pinned: PinnedKeys,
): Promise<MaybeRoster> {
  const entries = wires.map(parseStored);
  if (!sameBytes(rosterHeadOf(entries), head)) {
    throw new Error('The stored entries of the roster are not those that the last checkpoint covers.');
  }
  const folded = await foldRosterEntries(unit, entries, pinned);
  if (!folded.ok) throw new Error(`An entry of the stored roster cannot be used: ${folded.error.code}.`);
  return folded.value;
}

function parseStored(wire: WireEntry): Entry {
  const parsed = parseEntry(wire);
  if (!parsed.ok) throw new Error('A stored entry of the roster is malformed.');
  return parsed.value;
}
