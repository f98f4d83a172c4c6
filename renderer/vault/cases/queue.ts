import { londonToday } from '#shared/domain/assessment/review-date.ts';
import { type CaseSummary, summarise } from '#shared/domain/case/case-summary.ts';
import type { MemberId, StreamId } from '#shared/kernel/ids.ts';
import type { Held } from '../held.ts';
import { mostRows, type QueueCounts, type QueuePage, type QueueQuery, type QueueRow } from '../queue-api.ts';
import { createAppearances } from './appearances.ts';
import { countChoices, selectFiltered } from './queue-filters.ts';
import { sortQueue } from './queue-order.ts';
import { selectMatching } from './queue-search.ts';

export interface Queue {
  page(query: QueueQuery, offset: number, limit: number): QueuePage;
  counts(query: QueueQuery): QueueCounts;
  neighbours(query: QueueQuery, id: StreamId): { previous: StreamId | null; next: StreamId | null };
  row(id: StreamId): QueueRow | null;
  /** Every case, in no order. */
  all(): Iterable<CaseSummary>;
}

export const nameOfMember = (held: Held, id: MemberId): string =>
  held.unit?.members.find((member) => member.id === id)?.name ?? 'Unknown member';

interface Ordered {
  readonly question: string;
  readonly version: number;
  readonly cases: readonly CaseSummary[];
}

/** Keeps order and filters; recomputes them only when a case or the question changed. */
export function createQueue(held: Held): Queue {
  let ordered: Ordered | null = null;
  const nameOf = (id: MemberId) => nameOfMember(held, id);
  const appearances = createAppearances(held);

  const current = (id: StreamId): CaseSummary | null => {
    const state = held.projected.get(id);
    return state ? summarise(state) : (held.confirmed.get(id)?.summary ?? null);
  };

  function* all(): Iterable<CaseSummary> {
    for (const [id, { summary }] of held.confirmed) {
      const state = held.projected.get(id as StreamId);
      yield state ? summarise(state) : summary;
    }
  }

  const toRow = (summary: CaseSummary): QueueRow => {
    const appearsAgain = appearances.of(summary.id);
    return {
      ...summary,
      holderName: summary.holder ? nameOf(summary.holder) : null,
      waiting: held.projected.has(summary.id),
      ...(appearsAgain.length > 0 && { appearsAgain }),
    };
  };

  /** Filtered and sorted once for all keystrokes of a search. */
  const inOrder = ({ text, ...rest }: QueueQuery): readonly CaseSummary[] => {
    const now = held.clock.now();
    // A review falls due with a new day.
    const question = `${londonToday(now)} ${JSON.stringify(rest)}`;
    if (ordered?.question !== question || ordered.version !== held.version) {
      const cases = sortQueue(selectFiltered(all(), rest, held.slot.member.id), rest.sort, {
        nameOf,
        now,
        appearsAgain: appearances.all(),
      });
      ordered = { question, version: held.version, cases };
    }
    return selectMatching(ordered.cases, text);
  };

  return {
    all,
    page(query, offset, limit) {
      const items = inOrder(query);
      const rows = items.slice(offset, offset + Math.min(limit, mostRows)).map(toRow);
      return { offset, rows, matching: items.length, total: held.confirmed.size };
    },
    counts(query) {
      return countChoices(selectMatching([...all()], query.text), query, held.slot.member.id);
    },
    neighbours(query, id) {
      const items = inOrder(query);
      const at = items.findIndex((summary) => summary.id === id);
      const idAt = (index: number) => items[index]?.id ?? null;
      return at < 0 ? { previous: null, next: idAt(0) } : { previous: idAt(at - 1), next: idAt(at + 1) };
    },
    row(id) {
      const summary = current(id);
      return summary ? toRow(summary) : null;
    },
  };
}
