import type { CaseSummary } from '#shared/domain/case/case-summary.ts';
import type { ToJoin } from '../vault-api.ts';

/** What may be one: a case that was opened by hand, and a delivered referral whose reference it was given. A person says whether. */
export function selectToJoin(one: CaseSummary, all: Iterable<CaseSummary>): readonly ToJoin[] {
  if (one.status === 'joined') return [];
  const found: ToJoin[] = [];
  for (const other of all) {
    if (other.status === 'joined') continue;
    const [opened, delivered] = one.awaits ? [one, other] : [other, one];
    if (!opened.awaits?.includes(delivered.reference)) continue;
    found.push({
      case: { id: opened.id, reference: opened.reference },
      referral: { id: delivered.id, reference: delivered.reference },
    });
  }
  return found;
}
