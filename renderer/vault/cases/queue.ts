import { type CaseSummary, summarise } from '#shared/domain/case/case-summary.ts';
import type { MemberId, StreamId } from '#shared/kernel/ids.ts';
import type { Held } from '../held.ts';
import { mostRows, type QueuePage, type QueueQuery, type QueueRow } from '../vault-api.ts';
import { type Searchable, selectMatching, sortQueue, toSearchable } from './queue-order.ts';

export interface Queue {
  page(query: QueueQuery, offset: number, limit: number): QueuePage;
  neighbours(query: QueueQuery, id: StreamId): { previous: StreamId | null; next: StreamId | null };
  row(id: StreamId): QueueRow | null;
  /** Every case with what quick search reads of it. */
  all(): Iterable<Searchable>;
}

export const nameOfMember = (held: Held, id: MemberId): string =>
  held.unit?.members.find((member) => member.id === id)?.name ?? 'Unknown member';

/** Keeps order and filters; recomputes them only when a case or the question changed. */
export function createQueue(held: Held): Queue {
  /** By summary object: a changed case has a new one. */
  const searchable = new WeakMap<CaseSummary, Searchable>();
  let ordered: { question: string; version: number; items: readonly Searchable[] } | null = null;
  const nameOf = (id: MemberId) => nameOfMember(held, id);

  const current = (id: StreamId): CaseSummary | null => {
    const state = held.projected.get(id);
    return state ? summarise(state) : (held.confirmed.get(id)?.summary ?? null);
  };

  const toItem = (summary: CaseSummary): Searchable => {
    const known = searchable.get(summary);
    if (known) return known;
    const item = toSearchable(summary);
    searchable.set(summary, item);
    return item;
  };

  function* all(): Iterable<Searchable> {
    for (const [id, { summary }] of held.confirmed) {
      const state = held.projected.get(id as StreamId);
      yield toItem(state ? summarise(state) : summary);
    }
  }

  const toRow = (summary: CaseSummary): QueueRow => ({
    ...summary,
    holderName: summary.holder ? nameOf(summary.holder) : null,
    waiting: held.projected.has(summary.id),
  });

  const inOrder = (query: QueueQuery): readonly Searchable[] => {
    const question = JSON.stringify(query);
    if (ordered?.question !== question || ordered.version !== held.version) {
      const items = sortQueue(selectMatching(all(), query, held.slot.member.id), query.sort, nameOf);
      ordered = { question, version: held.version, items };
    }
    return ordered.items;
  };

  return {
    all,
    page(query, offset, limit) {
      const items = inOrder(query);
      const rows = items.slice(offset, offset + Math.min(limit, mostRows)).map(({ summary }) => toRow(summary));
      return { offset, rows, matching: items.length, total: held.confirmed.size };
    },
    neighbours(query, id) {
      const items = inOrder(query);
      const at = items.findIndex(({ summary }) => summary.id === id);
      const idAt = (index: number) => items[index]?.summary.id ?? null;
      return at < 0 ? { previous: null, next: idAt(0) } : { previous: idAt(at - 1), next: idAt(at + 1) };
    },
    row(id) {
      const summary = current(id);
      return summary ? toRow(summary) : null;
    },
  };
}
