import type { CaseSummary } from '#shared/domain/case/case-summary.ts';
import type { OpenVault } from '../open-vault.ts';
import type { IopcOwed } from '../queue-api.ts';
import { whenConfirmed } from './case-index.ts';
import { summaryOf } from './derived.ts';
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
  return (
    [...byDeadline]
      // By the instant: as text, a year of five digits that somebody's client wrote would stand before every other.
      .sort(([one], [other]) => Date.parse(one) - Date.parse(other))
      .map(([dueAt, { first, cases }]) => ({ dueAt, cases, case: first.id, reference: first.reference }))
  );
}

/**
 * Every status asks, after every save. All cases are looked through only when the confirmed log changed them; what waits
 * stands for what is confirmed of the same case.
 */
export function createIopcOwed(vault: OpenVault): () => readonly IopcOwed[] {
  const confirmed = whenConfirmed(vault.cases, () =>
    [...vault.cases.confirmed.values()].flatMap(({ summary }) => (summary.assessed?.iopcDueAt ? [summary] : [])),
  );
  return () => {
    const { projected } = vault.cases;
    const others = confirmed().filter(({ id }) => !projected.has(id));
    return selectIopcOwed([...others, ...[...projected.values()].map((state) => summaryOf(state))]);
  };
}
