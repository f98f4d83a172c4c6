import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { RelatedReferral } from '../vault-api.ts';
import { type Searchable, searchText } from './queue-order.ts';

const mostRelated = 20;

/** What a search text must contain to concern the same subject, and how to say so. Exact only; likeness comes later. */
function cluesOf(state: CaseState): { needle: string; why: string }[] {
  const { subjects, vehicles } = state.referral.report;
  const normal = (text: string) => `${searchText(text).trimEnd()} `;
  return [
    ...subjects.flatMap(({ collarNumber, name }) => [
      ...(collarNumber ? [{ needle: normal(collarNumber), why: `Same collar number ${collarNumber}` }] : []),
      ...(name?.includes(' ') ? [{ needle: normal(name), why: `Same name ${name}` }] : []),
    ]),
    ...vehicles
      .filter((vehicle) => /\d/.test(vehicle))
      .map((vehicle) => ({ needle: normal(vehicle), why: `Same vehicle ${vehicle}` })),
  ];
}

/** Other referrals that name the same subject or vehicle, newest first. */
export function selectRelated(all: Iterable<Searchable>, state: CaseState): RelatedReferral[] {
  const clues = cluesOf(state);
  if (clues.length === 0) return [];
  const related: RelatedReferral[] = [];
  for (const { summary, text } of all) {
    if (summary.id === state.id) continue;
    const clue = clues.find(({ needle }) => `${text} `.includes(needle));
    if (!clue) continue;
    const { id, reference, receivedAt, subject } = summary;
    related.push({ case: id, reference, receivedAt, subject, why: clue.why });
  }
  return related.sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1)).slice(0, mostRelated);
}
