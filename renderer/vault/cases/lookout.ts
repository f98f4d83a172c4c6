import { isLater, type Recording, selectTrace } from '#shared/domain/assessment/resurfacing.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Held } from '../held.ts';
import { fault } from '../log/ledger.ts';
import type { IndexedCase } from './case-rows.ts';
import { completeTraces } from './load-cases.ts';
import type { Mark, Marks } from './marks.ts';
import { saveMarks } from './marks-row.ts';
import { worthInterrupting } from './match-weights.ts';
import { matchesOf } from './matches.ts';

/*
 * Looks for the subjects of cases recorded for intelligence in what the log brings. Each new referral is matched once;
 * what is found is marked durably, and `appearances.ts` shows what of it holds.
 *
 *   waiting --the matcher is built--> idle --wake: the log went on--> looking --up to its end--> idle
 *
 * A crash leaves the marks and their position as they were saved: the rest is looked through again.
 */

export interface Lookout {
  /** Once earlier referrals can be matched. */
  start(): Promise<void>;
  /** After every exchange; costs nothing when the log did not go on. */
  wake(): void;
}

/** Cases matched at a time, about 20 ms of work: a keystroke must not wait longer. */
const slice = 12;
/** Kept of one case: whoever looks at it has the others among its possible matches. */
const mostMarks = 20;

/** @param isBusy an ingest is under way: its end is waited for, and all of it looked through at once */
export function createLookout(held: Held, isBusy: () => boolean): Lookout {
  let state: 'waiting' | 'idle' | 'looking' = 'waiting';
  const isBehind = () => held.marks.upTo < held.ledger.log.position && !isBusy();
  const look = async (): Promise<void> => {
    state = 'looking';
    try {
      while (isBehind()) await lookThrough(held);
    } catch {
      warn(held);
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

/** Silence would be taken for "does not appear again". */
function warn({ warnings }: Held): void {
  const code = 'not-looked-through';
  if (warnings.some((warning) => warning.code === code)) return;
  const detail =
    'The newest referrals could not be looked through for subjects of cases recorded for intelligence. Nothing is lost; it is tried again with the next exchange. Until then, open the newest referrals to see what they may match.';
  warnings.push(fault(code, null, detail));
}

async function lookThrough(held: Held): Promise<void> {
  await completeTraces(held);
  const { upTo } = held.marks;
  const goal = held.ledger.log.position;
  const found = new Map<StreamId, readonly Mark[]>();
  await inSlices(await selectToMatch(held, upTo), (id) => found.set(id, findMarks(held, id)));
  await held.writer.add(async () => {
    const before = held.marks.byCase;
    const byCase = merge(held, before, found);
    await saveMarks(held, { upTo: goal, byCase });
    tell(held, before, byCase);
  });
}

async function inSlices<T>(items: readonly T[], work: (item: T) => void): Promise<void> {
  for (let at = 0; at < items.length; at += slice) {
    for (const item of items.slice(at, at + slice)) work(item);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** As confirmed and as it will be: if what waits is refused, the marks are still there for what stood before it. */
function recordingsOf({ confirmed, projected }: Held, id: StreamId): { readonly recorded: readonly Recording[] } {
  const state = projected.get(id);
  const waiting = state ? (selectTrace(state).recorded ?? []) : [];
  return { recorded: [...(confirmed.get(id)?.trace?.recorded ?? []), ...waiting] };
}

/**
 * The recorded cases that what is new may concern. Never more matching than there are new referrals, nor than there are
 * recorded cases: after an ingest of thousands each recorded case is matched once instead.
 */
async function selectToMatch(held: Held, upTo: number): Promise<readonly StreamId[]> {
  const all = [...held.confirmed.values()];
  const recorded = all.map(({ summary }) => summary.id).filter((id) => recordingsOf(held, id).recorded.length > 0);
  const fresh = all.filter(({ trace }) => trace && trace.received > upTo);
  if (fresh.length >= recorded.length) return recorded;
  // Confirmed late: what came since its author last saw the log was not in sight.
  const isFresh = ({ position }: Recording) => position !== null && position > upTo;
  const wanted = new Set(recorded.filter((id) => recordingsOf(held, id).recorded.some(isFresh)));
  await inSlices(fresh, (indexed) => {
    for (const id of nominate(held, indexed)) wanted.add(id);
  });
  return [...wanted];
}

function nominate(held: Held, indexed: IndexedCase): readonly StreamId[] {
  const received = indexed.trace?.received ?? 0;
  return matchesOf(held, indexed)
    .map((match) => match.case)
    .filter((id) => isLater(recordingsOf(held, id), received));
}

/** Judged from the recorded case, so that the reasons read as its reader needs them. */
function findMarks(held: Held, id: StreamId): readonly Mark[] {
  const indexed = held.confirmed.get(id);
  const recordings = recordingsOf(held, id);
  if (!indexed) return [];
  return matchesOf(held, indexed)
    .filter(({ score }) => score >= worthInterrupting)
    .filter((match) => isLater(recordings, held.confirmed.get(match.case)?.trace?.received ?? 0))
    .slice(0, mostMarks)
    .map((match) => ({ case: match.case, because: match.reasons }));
}

/** What was marked stays, however common its clues have become since; until a disposition in sight of it is confirmed. */
function merge(held: Held, before: Marks['byCase'], found: ReadonlyMap<StreamId, readonly Mark[]>): Marks['byCase'] {
  const merged: Record<StreamId, readonly Mark[]> = {};
  for (const id of new Set([...(Object.keys(before) as StreamId[]), ...found.keys()])) {
    const fresh = found.get(id) ?? [];
    const old = (before[id] ?? []).filter((mark) => !fresh.some((each) => each.case === mark.case));
    const marks = [...fresh, ...old].filter((mark) => isOpen(held, id, mark)).slice(0, mostMarks);
    if (marks.length > 0) merged[id] = marks;
  }
  return merged;
}

/** A referral that is not here at the moment may come again: its mark waits for it. */
function isOpen(held: Held, id: StreamId, mark: Mark): boolean {
  const received = held.confirmed.get(mark.case)?.trace?.received;
  return received === undefined || isLater(recordingsOf(held, id), received);
}

function tell(held: Held, before: Marks['byCase'], after: Marks['byCase']): void {
  const ids = new Set([...Object.keys(before), ...Object.keys(after)] as StreamId[]);
  const changed = [...ids].filter((id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]));
  if (changed.length === 0) return;
  held.version += 1;
  held.emit({ type: 'queueChanged' });
  for (const id of changed) held.emit({ type: 'caseChanged', case: id });
}
