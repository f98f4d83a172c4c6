import { countCases } from '#shared/domain/counting/count-cases.ts';
import { selectMonth } from '#shared/domain/counting/financial-year.ts';
import type { CountsView } from '../vault-api.ts';
import { openCall } from './define-call.ts';

/** Of all cases that this member reads, from what is in memory. @param year in which the financial year begins; null: this one */
export const readCounts = openCall(
  'counts.read',
  'loaded',
  async ({ vault, queue }, { year }: { readonly year: number | null }): Promise<CountsView> => {
    const at = vault.io.clock.now();
    const current = selectMonth(at).year;
    return { at, current, counts: countCases(queue.all(), year ?? current) };
  },
);
