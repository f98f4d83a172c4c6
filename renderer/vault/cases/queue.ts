import type { CaseSummary } from '#shared/domain/case/case-summary.ts';
import type { QueueQuery } from '#shared/domain/case/queue-query.ts';
import { londonToday } from '#shared/domain/disposition/review-date.ts';
import type { MemberId, StreamId } from '#shared/kernel/ids.ts';
import type { OpenVault } from '../open-vault.ts';
import { mostRows, type Neighbours, type QueueCounts, type QueuePage, type QueueRow } from '../queue-api.ts';
import { createAppearances } from './appearances.ts';
import { currentStream, indexedCase } from './case-index.ts';
import { summaryOf } from './derived.ts';
import { queueDay } from './queue-day.ts';
import { countChoices, type FilterContext, selectFiltered } from './queue-filters.ts';
import { type OrderContext, sortQueue } from './queue-order.ts';
import { type Searching, selectMatching } from './queue-search.ts';

export interface Queue {
  page(query: QueueQuery, offset: number, limit: number): QueuePage;
  counts(query: QueueQuery): QueueCounts;
  neighbours(query: QueueQuery, id: StreamId): Neighbours;
  row(id: StreamId): QueueRow | null;
  /** Every case, in no order. */
  all(): Iterable<CaseSummary>;
}

/** Null when nobody of this id was named, as far as the log was read. */
export const nameOfMember = (vault: OpenVault, id: MemberId): string | null =>
  vault.log.record.names.members[id] ?? null;

/**
 * What `make` made last, for as long as the question and what it is asked of stay the same.
 * @param asOf what else it depends on
 */
function remembering<Made>(asOf: () => string): (question: unknown, make: () => Made) => Made {
  let last: { readonly key: string; readonly made: Made } | null = null;
  return (question, make) => {
    const key = `${asOf()} ${JSON.stringify(question)}`;
    if (last?.key !== key) last = { key, made: make() };
    return last.made;
  };
}

/** Keeps order, filters and counts; recomputes them only when a case or the question changed. */
export function createQueue(vault: OpenVault): Queue {
  // A review falls due with a new day.
  const asOf = () => `${londonToday(vault.io.clock.now())} ${vault.cases.version}`;
  const contextKept = remembering<FilterContext & OrderContext>(asOf);
  const sortedKept = remembering<readonly CaseSummary[]>(asOf);
  const filteredKept = remembering<readonly CaseSummary[]>(asOf);
  const countsKept = remembering<QueueCounts>(asOf);
  const nameOf = (id: MemberId) => nameOfMember(vault, id);
  const appearances = createAppearances(vault);
  const searching: Searching = {
    index: vault.search,
    alike: (word) => vault.matching.matcher?.namesLike(word) ?? [],
  };

  const current = (id: StreamId): CaseSummary | null => {
    const state = vault.cases.projected.get(id);
    return state ? summaryOf(state) : (vault.cases.confirmed.get(id)?.summary ?? null);
  };

  /** Streams of cases that were opened here, and wait to be confirmed. */
  const begunHere = (): readonly StreamId[] =>
    [...vault.cases.projected.values()]
      .filter(({ id, continues }) => continues.length === 0 && !indexedCase(vault.cases, id))
      .map(({ id }) => id);

  function* all(): Iterable<CaseSummary> {
    for (const [id, { summary }] of vault.cases.confirmed) {
      const state = vault.cases.projected.get(currentStream(vault.cases, id));
      yield state ? summaryOf(state) : summary;
    }
    for (const id of begunHere()) {
      const state = vault.cases.projected.get(currentStream(vault.cases, id));
      if (state) yield summaryOf(state);
    }
  }

  const toRow = (summary: CaseSummary): QueueRow => {
    const appearsAgain = appearances.of(summary.id);
    const repeats = appearances.repeatsOf(summary.id).size;
    return {
      ...summary,
      holderName: summary.holder ? nameOf(summary.holder) : null,
      waiting: vault.cases.projected.has(summary.id),
      ...(repeats > 0 && { repeats }),
      ...(appearsAgain.length > 0 && { appearsAgain }),
    };
  };

  const contextNow = () =>
    contextKept(null, () => ({
      me: vault.member.slot.member.id,
      nameOf: (id) => nameOf(id) ?? '~',
      day: queueDay(vault.io.clock.now(), appearances.all()),
    }));

  /** Every case. */
  const sorted = (sort: QueueQuery['sort']): readonly CaseSummary[] =>
    sortedKept(sort, () => sortQueue([...all()], sort, contextNow()));

  /** Sorted once for all filters, and filtered once for all keystrokes of a search. */
  const inOrder = ({ text, sort, ...filters }: QueueQuery): readonly CaseSummary[] => {
    const filtered = filteredKept([sort, filters], () => selectFiltered(sorted(sort), filters, contextNow()));
    return selectMatching(filtered, text, searching);
  };

  const count = (query: QueueQuery): QueueCounts =>
    countChoices(selectMatching(sorted(query.sort), query.text, searching), query, contextNow());

  return {
    all,
    page(query, offset, limit) {
      const items = inOrder(query);
      const rows = items.slice(offset, offset + Math.min(limit, mostRows)).map(toRow);
      const isBrief = query.text.trim() !== '' && !vault.search.ready;
      const whole = { offset, rows, matching: items.length, total: vault.cases.confirmed.size + begunHere().length };
      return isBrief ? { ...whole, searchedInBrief: true } : whole;
    },
    // A search depends on its index besides, and is not kept.
    counts: (query) =>
      query.text.trim() === '' ? countsKept({ ...query, sort: null }, () => count(query)) : count(query),
    neighbours(query, id) {
      const items = inOrder(query);
      const at = items.findIndex((summary) => summary.id === id);
      const idAt = (index: number) => items[index]?.id ?? null;
      const nextOpen = items.find((summary, index) => index > at && summary.dueAt !== null)?.id ?? null;
      // Of one that this view does not have, the first is the next.
      return { previous: idAt(at - 1), next: idAt(at + 1), nextOpen, index: at < 0 ? null : at };
    },
    row(id) {
      const summary = current(id);
      return summary ? toRow(summary) : null;
    },
  };
}
