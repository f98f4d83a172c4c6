import type { MaybeRoster, Scope, ScopeGeneration } from '#shared/domain/unit/roster.ts';
import type { GenerationId, Position } from '#shared/kernel/ids.ts';
import type { Entry } from '#shared/log/entry.ts';
import type { GenerationPositions } from './ledger.ts';

/** The roster's generations, and where in the log each came in. */
export interface PlacedGenerations {
  readonly roster: MaybeRoster;
  readonly since: GenerationPositions;
}

const sinceOf = ({ since }: PlacedGenerations, id: GenerationId): Position =>
  since.find(([each]) => each === id)?.[1] ?? Number.POSITIVE_INFINITY;

/** What was current for whoever had read the log so far. */
export const currentAt = (placed: PlacedGenerations, scope: Scope, size: Position): ScopeGeneration | null =>
  placed.roster?.generations.findLast(
    (each) => each.scope === scope && each.counts && sinceOf(placed, each.id) <= size,
  ) ?? null;

/**
 * Whether a key is boxed to a generation that the author of the entry knew as current: the one that counted where their
 * knowledge ends, or one that their own device brought in since, whether or not that one counted.
 */
export function knewAsCurrent(
  placed: PlacedGenerations,
  { header: { author, seen } }: Pick<Entry, 'header'>,
  position: Position,
  generation: GenerationId,
): boolean {
  const used = placed.roster?.generations.find(({ id }) => id === generation);
  if (!used) return false;
  const since = sinceOf(placed, used.id);
  const isOwn = used.by === author && since > seen.size && since <= position;
  return isOwn || currentAt(placed, used.scope, seen.size)?.id === used.id;
}
