import { fromCbor, toCbor } from '#shared/crypto/cbor.ts';
import type { MaybeRoster, Roster } from '#shared/domain/unit/roster.ts';
import type { UnitId } from '#shared/kernel/ids.ts';
import { type Entry, hashEntry, parseEntry, type WireEntry } from '#shared/log/entry.ts';
import { foldRosterEntries, provedAsOf } from '#shared/log/roster-entry.ts';
import type { AsOf } from '#shared/log/seen.ts';
import { parseRoster } from '#shared/sync/wire.ts';
import { ask } from '../host.ts';
import type { OpenVault } from '../open-vault.ts';
import { openBytes, sealBytes } from '../store/sealed-rows.ts';
import { pinnedOf } from './directory.ts';

/*
 * Rosters of other units. Who may speak for a unit, and with which key, its roster says, folded here from the founder that the
 * directory names: what stands under a checkpoint of that unit's log, whose last leaf proves that these are all of its entries.
 * What was verified once is kept, so that what came from another unit is judged alike at each fold, and without a connection.
 */

/** A verified state: the first `count` of the entries are all that there were. */
interface State extends AsOf {
  readonly count: number;
}

/** Of one unit, as they were verified. One sealed row. */
interface KeptRoster {
  readonly entries: readonly WireEntry[];
  readonly states: readonly State[];
}

const rowKey = (unit: UnitId): string => `roster:${unit}`;
const isAt =
  ({ size, root }: AsOf) =>
  (each: AsOf): boolean =>
    each.size === size && each.root === root;

/** Folded in this session, by unit, size and root. */
const foldedHere = new WeakMap<OpenVault, Map<string, Roster>>();

async function loadKept({ io: { store }, member: { storeKey } }: OpenVault, unit: UnitId): Promise<KeptRoster | null> {
  const row = await store.get('meta', rowKey(unit));
  const bytes = row && (await openBytes(storeKey, 'meta', row).catch(() => null));
  return bytes ? (fromCbor(bytes) as KeptRoster) : null;
}

/** A unit's roster as of a checkpoint, where it was verified and is kept here. */
export async function keptRoster(vault: OpenVault, unit: UnitId, at: AsOf): Promise<MaybeRoster> {
  const folded = foldedHere.get(vault) ?? new Map<string, Roster>();
  foldedHere.set(vault, folded);
  const name = `${unit} ${at.size} ${at.root}`;
  const known = folded.get(name);
  if (known) return known;
  const kept = await loadKept(vault, unit);
  const state = kept?.states.find(isAt(at));
  if (!kept || !state) return null;
  const roster = await fold(vault, unit, parseAll(kept.entries.slice(0, state.count)));
  if (roster) folded.set(name, roster);
  return roster;
}

/** @throws TypeError when one is malformed */
const parseAll = (wires: readonly WireEntry[]): readonly Entry[] =>
  wires.map((wire) => {
    const parsed = parseEntry(wire);
    if (!parsed.ok) throw new TypeError('An entry of a roster is malformed.');
    return parsed.value;
  });

/** From the founder that the directory names. Null where that is not known, or where it is no roster of theirs. */
async function fold(vault: OpenVault, unit: UnitId, entries: readonly Entry[]): Promise<MaybeRoster> {
  const pinned = await pinnedOf(vault, unit);
  if (!pinned) return null;
  const folded = await foldRosterEntries(unit, entries, pinned);
  return folded.ok ? folded.value : null;
}

/** Whole, as it was verified just now. */
export interface FetchedRoster {
  readonly at: AsOf;
  readonly roster: Roster;
  readonly entries: readonly Entry[];
}

/**
 * A unit's roster from the endpoint, which is believed in nothing.
 * @param at as of which checkpoint; null: as it is now
 * @returns null when it is not that unit's, not whole, or not of that checkpoint
 * @throws HostFailure
 */
export async function fetchRoster(vault: OpenVault, unit: UnitId, at: AsOf | null): Promise<FetchedRoster | null> {
  const wire = parseRoster((await ask(vault.io.host, 'unit.roster', { unit, at: at?.size ?? null })).roster);
  const parsed = wire?.entries.map(parseEntry) ?? [];
  if (!wire || !parsed.every((each) => each.ok)) return null;
  const entries = parsed.flatMap((each) => (each.ok ? [each.value] : []));
  const roster = await fold(vault, unit, entries);
  const proved = roster && (await provedAsOf(unit, entries, roster, wire.proof));
  if (!proved || (at && !isAt(at)(proved))) return null;
  return { at: proved, roster, entries };
}

/**
 * Only within the writer. Keeps what was fetched.
 * @returns false where it is not of the log whose roster is kept: the endpoint shows two logs of that unit
 */
export async function keepRoster(vault: OpenVault, unit: UnitId, { at, entries }: FetchedRoster): Promise<boolean> {
  const { io, member } = vault;
  const kept = (await loadKept(vault, unit)) ?? { entries: [], states: [] };
  if (kept.states.some(isAt(at))) return true;
  const known = parseAll(kept.entries).map(hashEntry);
  const isOneLog = entries.map(hashEntry).every((hash, index) => index >= known.length || known[index] === hash);
  if (!isOneLog) return false;
  const longer = entries.length > known.length ? entries.map(({ wire }) => wire) : kept.entries;
  const next: KeptRoster = { entries: longer, states: [...kept.states, { ...at, count: entries.length }] };
  await io.store.commit([
    { table: 'meta', put: [await sealBytes(member.storeKey, 'meta', rowKey(unit), toCbor(next))] },
  ]);
  return true;
}
