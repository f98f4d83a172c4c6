import { isLater, type Recording } from '#shared/domain/case/resurfacing.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { warning, warnOnce } from '../findings.ts';
import type { OpenVault } from '../open-vault.ts';
import { currentStream, firstStream } from './case-index.ts';
import type { IndexedCase } from './case-rows.ts';
import { traceOf } from './derived.ts';
import { worthInterrupting } from './match-weights.ts';
import { matchesOf } from './matches.ts';
import type { Sighting, Sightings } from './matching.ts';
import { saveSightings } from './sighting-rows.ts';

/*
 * Looks for the subjects of cases recorded for intelligence in what the log brings. Each new referral is matched once;
 * what is found is kept durably, and `appearances.ts` shows what of it holds.
 *
 *   waiting --the matcher is built--> idle --wake: the log went on--> looking --up to its end--> idle
 *
 * A crash leaves the sightings and their position as they were saved: the rest is looked through again.
 */

export interface SightingWatch {
  /** Once earlier referrals can be matched. */
  start(): Promise<void>;
  /** After every exchange; costs nothing when the log did not go on. */
  wake(): void;
}

/** Cases matched at a time, about 20 ms of work: a keystroke must not wait longer. */
const slice = 12;
/** Kept of one case: whoever looks at it has the others among its possible matches. */
const mostSightings = 20;

/** @param isBusy an ingest is under way: its end is waited for, and all of it looked through at once */
export function createSightingWatch(vault: OpenVault, isBusy: () => boolean): SightingWatch {
  let state: 'waiting' | 'idle' | 'looking' = 'waiting';
  const isBehind = () => vault.matching.found.upTo < vault.log.ledger.log.size && !isBusy();
  const look = async (): Promise<void> => {
    state = 'looking';
    try {
      while (isBehind()) await lookThrough(vault);
    } catch {
      // Silence would be taken for "does not appear again".
      warnOnce(vault.findings, warning('not-looked-through', null));
    }
    state = 'idle';
  };
  return {
    start: look,
    wake() {
      if (state === 'idle' && isBehind()) void look();
    },
  };
}

async function lookThrough(vault: OpenVault): Promise<void> {
  const { upTo } = vault.matching.found;
  const goal = vault.log.ledger.log.size;
  const found = new Map<StreamId, readonly Sighting[]>();
  await inSlices(await selectToMatch(vault, upTo), (id) =>
    found.set(firstStream(vault.cases, id), findSightings(vault, id)),
  );
  await vault.io.writer.add(async () => {
    const before = vault.matching.found.byCase;
    const byCase = merge(vault, before, found);
    await saveSightings(vault, { upTo: goal, byCase });
    tell(vault, before, byCase);
  });
}

async function inSlices<T>(items: readonly T[], task: (item: T) => void): Promise<void> {
  for (let at = 0; at < items.length; at += slice) {
    for (const item of items.slice(at, at + slice)) task(item);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** As confirmed and as it will be: if what waits is refused, the sightings are still there for what stood before it. */
function recordingsOf(
  { cases: { confirmed, projected } }: OpenVault,
  id: StreamId,
): { readonly recorded: readonly Recording[] } {
  const state = projected.get(id);
  const waiting = state ? (traceOf(state).recorded ?? []) : [];
  return { recorded: [...(confirmed.get(id)?.trace.recorded ?? []), ...waiting] };
}

/**
 * The recorded cases that what is new may concern. Never more matching than there are new referrals, nor than there are
 * recorded cases: after an ingest of thousands each recorded case is matched once instead.
 */
async function selectToMatch(vault: OpenVault, upTo: number): Promise<readonly StreamId[]> {
  const all = [...vault.cases.confirmed.values()];
  const recorded = all.map(({ summary }) => summary.id).filter((id) => recordingsOf(vault, id).recorded.length > 0);
  const fresh = all.filter(({ trace }) => trace.received > upTo);
  if (fresh.length >= recorded.length) return recorded;
  // Confirmed late: what came since its author last saw the log was not in sight.
  const isFresh = ({ position }: Recording) => position !== null && position > upTo;
  const wanted = new Set(recorded.filter((id) => recordingsOf(vault, id).recorded.some(isFresh)));
  await inSlices(fresh, (indexed) => {
    for (const id of nominate(vault, indexed)) wanted.add(id);
  });
  return [...wanted];
}

function nominate(vault: OpenVault, indexed: IndexedCase): readonly StreamId[] {
  const received = indexed.trace.received ?? 0;
  return matchesOf(vault, indexed)
    .map((match) => match.case)
    .filter((id) => isLater(recordingsOf(vault, id), received));
}

/** Judged from the recorded case, so that the reasons read as its reader needs them. */
function findSightings(vault: OpenVault, id: StreamId): readonly Sighting[] {
  const indexed = vault.cases.confirmed.get(id);
  const recordings = recordingsOf(vault, id);
  if (!indexed) return [];
  return matchesOf(vault, indexed)
    .filter(({ score }) => score >= worthInterrupting)
    .filter((match) => isLater(recordings, vault.cases.confirmed.get(match.case)?.trace.received ?? 0))
    .slice(0, mostSightings)
    .map((match) => ({ case: firstStream(vault.cases, match.case), because: match.reasons }));
}

/** What was found stays, however common its clues have become since; until a disposition in sight of it is confirmed. */
function merge(
  vault: OpenVault,
  before: Sightings['byCase'],
  found: ReadonlyMap<StreamId, readonly Sighting[]>,
): Sightings['byCase'] {
  const merged: Record<StreamId, readonly Sighting[]> = {};
  for (const id of new Set([...(Object.keys(before) as StreamId[]), ...found.keys()])) {
    const fresh = found.get(id) ?? [];
    const old = (before[id] ?? []).filter((sighting) => !fresh.some((each) => each.case === sighting.case));
    const sightings = [...fresh, ...old].filter((each) => isOpen(vault, id, each)).slice(0, mostSightings);
    if (sightings.length > 0) merged[id] = sightings;
  }
  return merged;
}

/** A referral that is not here at the moment may come again: its sighting waits for it. */
function isOpen(vault: OpenVault, id: StreamId, sighting: Sighting): boolean {
  const { cases } = vault;
  const received = cases.confirmed.get(currentStream(cases, sighting.case))?.trace.received;
  return received === undefined || isLater(recordingsOf(vault, currentStream(cases, id)), received);
}

function tell(vault: OpenVault, before: Sightings['byCase'], after: Sightings['byCase']): void {
  const ids = new Set([...Object.keys(before), ...Object.keys(after)] as StreamId[]);
  const changed = [...ids].filter((id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]));
  if (changed.length === 0) return;
  vault.cases.version += 1;
  vault.io.emit({ type: 'queueChanged' });
  for (const id of changed) vault.io.emit({ type: 'caseChanged', case: currentStream(vault.cases, id) });
}
