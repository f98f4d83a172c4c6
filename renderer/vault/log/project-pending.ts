import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { readCase } from '../cases/case-rows.ts';
import type { Held, PendingEntry } from '../held.ts';
import { foldEvent } from './fold.ts';
import { startWork } from './fold-confirmed.ts';
import { rebuildCase } from './rebuild-case.ts';

const mostRecent = 32;

/** The case as the confirmed log has it; null when there is none. Rebuilt from its entries when its row is damaged. */
export async function confirmedCase(held: Held, id: StreamId): Promise<CaseState | null> {
  const indexed = held.confirmed.get(id);
  if (!indexed) return null;
  const known = held.recent.get(id);
  if (known?.activity.length === indexed.entries) return known;
  const state = await readCase(held.store, held.storeKey, indexed).catch(() => rebuildCase(held, id));
  if (!state) return null;
  if (held.recent.size >= mostRecent) held.recent.delete(held.recent.keys().next().value as StreamId);
  held.recent.set(id, state);
  return state;
}

/** The screen's truth: confirmed events, then own pending ones on top, replayed on each new base. */
export async function projectPending(held: Held): Promise<void> {
  const base = new Map<StreamId, CaseState>();
  for (const stream of new Set(held.outbox.map(({ entry }) => entry.header.stream))) {
    const state = await confirmedCase(held, stream);
    if (state) base.set(stream, state);
  }
  held.projected.clear();
  held.unit = held.ledger.unit;
  applyPending(held, held.outbox, base);
}

/** Adds entries just written to what is projected already. */
export function applyPending(
  held: Held,
  pending: readonly PendingEntry[],
  base: ReadonlyMap<StreamId, CaseState>,
): void {
  const work = { ...startWork(held.ledger), unit: held.unit };
  const before = (id: StreamId) => held.projected.get(id) ?? base.get(id) ?? null;
  for (const { entry, event } of pending) {
    if (event) foldEvent(work, event, entry, null, { ...held.slot, before });
  }
  held.unit = work.unit;
  for (const [id, state] of work.cases) held.projected.set(id, state);
  held.version += 1;
}
