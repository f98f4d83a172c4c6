import { toCbor } from '#shared/crypto/cbor.ts';
import { digestOf } from '#shared/crypto/hash.ts';
import type { MaybeRoster, Roster } from '#shared/domain/unit/roster.ts';
import type { AuthorKey, Digest, UnitId } from '#shared/kernel/ids.ts';
import { type Entry, hashEntry, parseEntry, type WireEntry } from '#shared/log/entry.ts';
import { foldRosterEntries } from '#shared/log/roster-entry.ts';
import type { StoredRoster } from '../storage/storage.ts';
import { verifyFounding } from './founding.ts';

interface Folded {
  /** Digest of all that it was folded from. */
  readonly from: Digest;
  readonly roster: Roster;
}

/**
 * Who is who in the units, from what is stored and nothing else: the statement of a founding and each entry are verified
 * whenever a byte of them is another than before. Verifying an entry takes milliseconds, so the last fold of each unit is kept.
 */
export class Rosters {
  readonly #endpointKey: AuthorKey;
  readonly #folded = new Map<UnitId, Folded>();

  constructor(endpointKey: AuthorKey) {
    this.#endpointKey = endpointKey;
  }

  /**
   * Null before the founding.
   * @throws when what is stored is not genuine: then nothing is sealed to the unit, and nothing taken from it
   */
  async read(unit: UnitId, { founding, entries }: StoredRoster): Promise<MaybeRoster> {
    if (founding === null) return null;
    const from = await digestOf(toCbor([founding, entries]));
    const known = this.#folded.get(unit);
    if (known?.from === from) return known.roster;
    const roster = await foldStored(unit, founding, entries, this.#endpointKey);
    this.#folded.set(unit, { from, roster });
    return roster;
  }
}

async function foldStored(
  unit: UnitId,
  founding: string,
  wires: readonly WireEntry[],
  endpointKey: AuthorKey,
): Promise<Roster> {
  const entries = wires.map(parseStored);
  const [first] = entries;
  const signed = await verifyFounding(founding, endpointKey);
  if (!first || signed?.unit !== unit || signed.entry !== hashEntry(first)) {
    throw new Error('The stored roster does not begin with the founding that this endpoint took in.');
  }
  const folded = await foldRosterEntries(unit, entries, { founder: first.header.author, endpointKey });
  if (!folded.ok) throw new Error(`An entry of the stored roster cannot be used: ${folded.error.code}.`);
  if (!folded.value) throw new Error('The stored founding founds nothing.');
  return folded.value;
}

function parseStored(wire: WireEntry): Entry {
  const parsed = parseEntry(wire);
  if (!parsed.ok) throw new Error('A stored entry of the roster is malformed.');
  return parsed.value;
}
