import type { Bytes } from '#shared/crypto/encoding.ts';
import type { MaybeRoster } from '#shared/domain/unit/roster.ts';
import type { Position, UnitId } from '#shared/kernel/ids.ts';
import type { WireEntry } from '#shared/log/entry.ts';
import { foldRosterEntries, rosterHeadOf } from '#shared/log/roster-entry.ts';
import { emptyRosterHead } from '#shared/log/tree/leaf.ts';
import { sameBytes } from '#shared/log/tree/tree-hash.ts';
import type { EndpointKeys } from '../endpoint-keys.ts';
import { LogDiffers } from './log-differs.ts';
import { parseStored } from './stored-roster.ts';

/** Which roster, as the last leaf of the log has it, whose tree was verified. */
interface RosterAt {
  readonly size: Position;
  /** Over header and signature of each of its entries; a header is over body and boxes. So it is of these and no others. */
  readonly head: Bytes;
}

interface Folded extends RosterAt {
  readonly roster: MaybeRoster;
}

type RowsAfter = (position: Position) => Promise<readonly WireEntry[]>;

const nothing: Folded = { size: 0, head: emptyRosterHead, roster: null };

/**
 * Who is who in the units, from what is stored and nothing else. Verifying an entry takes milliseconds, and whoever's entries
 * are taken can make a roster long with acts that no rule allows. So each entry is read and verified once: the last fold of
 * each unit is kept by its head, and goes on with what was added. What became of the rows before is of no account to it.
 */
export class Rosters {
  readonly #keys: Pick<EndpointKeys, 'all'>;
  readonly #folded = new Map<UnitId, Folded>();

  constructor(own: Pick<EndpointKeys, 'all'>) {
    this.#keys = own;
  }

  /**
   * Null before the founding.
   * @throws when what is stored is not that roster: then nothing is sealed to the unit, and nothing taken from it
   */
  async read(unit: UnitId, at: RosterAt, rowsAfter: RowsAfter): Promise<MaybeRoster> {
    const known = this.#folded.get(unit) ?? nothing;
    if (sameBytes(known.head, at.head)) return known.roster;
    const folded = (await this.#goOn(unit, known, at, rowsAfter)) ?? (await this.#goOn(unit, nothing, at, rowsAfter));
    if (!folded)
      throw new LogDiffers('The stored entries of the roster are not those that the last checkpoint covers.');
    this.#folded.set(unit, folded);
    return folded.roster;
  }

  /** Null where what is stored does not lead from the one to the other. */
  async #goOn(unit: UnitId, from: Folded, to: RosterAt, rowsAfter: RowsAfter): Promise<Folded | null> {
    const added = (await rowsAfter(from.size)).map(parseStored);
    if (!sameBytes(rosterHeadOf(added, from.head), to.head)) return null;
    const folded = await foldRosterEntries(unit, added, { founder: null, endpoints: this.#keys.all }, from.roster);
    if (!folded.ok) throw new LogDiffers(`An entry of the stored roster cannot be used: ${folded.error.code}.`);
    return { ...to, roster: folded.value };
  }
}
