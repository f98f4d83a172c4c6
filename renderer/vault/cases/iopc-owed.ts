import type { CaseSummary } from '#shared/domain/case/case-summary.ts';
import type { Held } from '../held.ts';
import type { IopcOwed } from '../vault-api.ts';
import type { Queue } from './queue.ts';
import { compareTied } from './queue-order.ts';

/** What the unit owes to the IOPC, by deadline, the first one first. */
export function selectIopcOwed(all: Iterable<CaseSummary>): readonly IopcOwed[] {
  const byDeadline = new Map<string, { first: CaseSummary; cases: number }>();
  for (const summary of all) {
    const dueAt = summary.assessed?.iopcDueAt;
    if (!dueAt) continue;
    const { first, cases } = byDeadline.get(dueAt) ?? { first: summary, cases: 0 };
    byDeadline.set(dueAt, { first: compareTied(summary, first) < 0 ? summary : first, cases: cases + 1 });
  }
  return [...byDeadline]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([dueAt, { first, cases }]) => ({ dueAt, cases, case: first.id, reference: first.reference }));
}

/** Every status asks, and most are told while no case changed: the cases are looked through once a change. */
export function createIopcOwed(held: Held, queue: Queue): () => readonly IopcOwed[] {
  let known: { readonly version: number; readonly owed: readonly IopcOwed[] } | null = null;
  return () => {
    if (known?.version !== held.version) known = { version: held.version, owed: selectIopcOwed(queue.all()) };
    return known.owed;
  };
}
