import { SealBroken } from '#shared/crypto/aead.ts';
import { applyToRoster, type RosterGround } from '#shared/domain/membership/apply-to-roster.ts';
import { type KeysFrom, sameKeys } from '#shared/domain/unit/endpoint-keys.ts';
import type { MaybeRoster, Roster } from '#shared/domain/unit/roster.ts';
import type { Position } from '#shared/kernel/ids.ts';
import { isInClear } from '#shared/log/entry.ts';
import { type GenerationBox, openGenerationBox } from '#shared/log/generation-box.ts';
import { countsIn, generationBoxesOf, readRosterEntry, rosterGround } from '#shared/log/roster-entry.ts';
import { warning } from '../findings.ts';
import type { OpenVault } from '../open-vault.ts';
import type { IntegrityWarning } from '../vault-api.ts';
import { entriesOfStream } from './entry-rows.ts';
import type { JudgedEntry } from './judge-entries.ts';
import { emptyLedger, type GenerationPositions, type Ledger } from './ledger.ts';

/** The roster over a stretch of the log. */
export interface FoldedRoster {
  readonly last: MaybeRoster;
  /** As it stood when the entry at a position was judged, and with that entry. */
  readonly at: (position: Position) => MaybeRoster;
  /** Position of the entry that brought each generation. */
  readonly since: GenerationPositions;
  /** The endpoint's keys, from which position on which. */
  readonly endpointKeys: readonly KeysFrom[];
  /** Acts that counted, or wait for a second signature. */
  readonly taken: readonly JudgedEntry[];
  readonly faults: readonly IntegrityWarning[];
  /** Positions of acts of a newer Probity. */
  readonly newer: readonly Position[];
}

/**
 * Whom this member's slot has pinned from the moment it was made: no log can say otherwise. The endpoint's keys that are pinned
 * may be later ones than the founding names: that the roster leads to them is asked of a page (endpoint-keys.ts).
 */
export const groundOf = ({ member: { slot }, program }: OpenVault): RosterGround =>
  rosterGround({ founder: slot.founder, endpoints: null }, program.registry);

/** With those that the roster names from a position on, where they are others. */
function withKeysOf(named: readonly KeysFrom[], roster: Roster, from: Position): readonly KeysFrom[] {
  const last = named.at(-1);
  if (last && sameKeys(last, roster)) return named;
  const { endpointKey, checkpointKey, formerKeys } = roster;
  return [...named, { from, endpointKey, checkpointKey, byMembers: formerKeys.at(-1)?.wereLost ?? false }];
}

/** It is in the clear, so it is folded before anything is opened: what may be opened, and with what, follows from it. */
export async function foldRoster(
  vault: OpenVault,
  before: Pick<Ledger, 'roster' | 'since' | 'endpointKeys'>,
  entries: readonly JudgedEntry[],
): Promise<FoldedRoster> {
  const ground = groundOf(vault);
  const steps: { readonly from: Position; readonly roster: MaybeRoster }[] = [{ from: 0, roster: before.roster }];
  const since = new Map(before.since);
  const taken: JudgedEntry[] = [];
  const faults: IntegrityWarning[] = [];
  let { roster, endpointKeys } = before;
  const newer: Position[] = [];
  for (const judged of entries) {
    const { entry, position, voidCode } = judged;
    if (voidCode || !isInClear(entry)) continue;
    const { stream } = entry.header;
    const read = await readRosterEntry(entry, vault.program.registry);
    if (!read.ok) {
      if (read.error.code === 'event-newer' && countsIn(roster, entry)) newer.push(position);
      else if (read.error.code === 'event-newer') faults.push(warning('unknown-author', position, {}, stream));
      else faults.push(warning(read.error.code, position, {}, stream));
      continue;
    }
    const next = applyToRoster(roster, read.value.step, ground);
    if (!next.ok) {
      const { code: because, params } = next.error;
      faults.push(warning('refused', position, { ...params, because }));
      continue;
    }
    roster = next.value;
    for (const { id } of roster.generations) if (!since.has(id)) since.set(id, position);
    endpointKeys = withKeysOf(endpointKeys, roster, position);
    steps.push({ from: position, roster });
    taken.push(judged);
  }
  return {
    last: roster,
    at: (position) => steps.findLast(({ from }) => from <= position)?.roster ?? null,
    since: [...since],
    endpointKeys,
    taken,
    faults,
    newer,
  };
}

/** From the stored log: its entries are few. */
export async function storedRoster(vault: OpenVault): Promise<FoldedRoster> {
  const { roster } = vault.log.ledger;
  return foldRoster(vault, emptyLedger, roster ? await entriesOfStream(vault, roster.stream) : []);
}

/** Over the stored log and entries that come after it. @param after over those */
export async function wholeRoster(vault: OpenVault, after: FoldedRoster): Promise<FoldedRoster> {
  const { size } = vault.log.ledger.log;
  const stored = await storedRoster(vault);
  return { ...after, at: (position) => (position > size ? after : stored).at(position) };
}

/**
 * The generations that acts brought to this member's device, and those whose keys lie under them. One that the roster does
 * not name is nobody's: it could be for this member alone. Returns whether any was new.
 */
export async function admitGenerations(vault: OpenVault, { taken, last }: FoldedRoster): Promise<boolean> {
  const boxes = taken.flatMap(({ entry }) => generationBoxesOf(entry));
  if (!(await admitFrom(vault, boxes, last))) return false;
  // What lies under a key that was granted now may stand anywhere before it.
  const before = (await storedRoster(vault)).taken.flatMap(({ entry }) => generationBoxesOf(entry));
  while (await admitFrom(vault, [...before, ...boxes], last));
  return true;
}

async function admitFrom(
  { member: { keyring } }: OpenVault,
  boxes: readonly GenerationBox[],
  roster: MaybeRoster,
): Promise<boolean> {
  let admitted = false;
  for (const box of boxes) {
    const isNamed = roster?.generations.some(({ id }) => id === box.generation);
    if (!isNamed || keyring.generation(box.generation)) continue;
    const generation = await openGenerationBox(box, keyring).catch((error: unknown) => {
      if (error instanceof SealBroken) return null;
      throw error;
    });
    if (!generation) continue;
    keyring.admit(generation);
    admitted = true;
  }
  return admitted;
}
