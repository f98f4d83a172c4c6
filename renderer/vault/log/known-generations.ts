import type { MaybeRoster, ScopeGeneration } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { GenerationId, Position } from '#shared/kernel/ids.ts';
import type { Entry } from '#shared/log/entry.ts';
import type { GenerationPositions } from './ledger.ts';

/** The roster's generations, and where in the log each came in. */
export interface PlacedGenerations {
  readonly roster: MaybeRoster;
  readonly since: GenerationPositions;
}

/** Of one that the log has not brought, beyond every position. */
export const sinceOf = ({ since }: Pick<PlacedGenerations, 'since'>, id: GenerationId): Position =>
  since.find(([each]) => each === id)?.[1] ?? Number.POSITIVE_INFINITY;

/** What was current for whoever had read the log so far. */
const currentAt = (placed: PlacedGenerations, scope: Scope, size: Position): ScopeGeneration | null =>
  placed.roster?.generations.findLast(
    (each) => each.scope === scope && each.counts && sinceOf(placed, each.id) <= size,
  ) ?? null;

/**
 * Whether whoever has read so much of the log may write under a generation: under the one that counts there, or under one
 * that came in since, whether or not that counted. What was replaced as far as they know may be with somebody who left. One
 * that came in since they have from their own device, or from another member's at the same workstation, whose rotation waits
 * there with what is written under it.
 */
export function mayWriteUnder(placed: PlacedGenerations, { id, scope }: ScopeGeneration, size: Position): boolean {
  return sinceOf(placed, id) > size || currentAt(placed, scope, size)?.id === id;
}

/** Whether an entry's key is boxed to a generation that its author could write under, and that stood in the log by then. */
export function isUnderKnown(
  placed: PlacedGenerations,
  { header: { seen } }: Pick<Entry, 'header'>,
  position: Position,
  generation: GenerationId,
): boolean {
  const used = placed.roster?.generations.find(({ id }) => id === generation);
  return used !== undefined && sinceOf(placed, used.id) <= position && mayWriteUnder(placed, used, seen.size);
}
