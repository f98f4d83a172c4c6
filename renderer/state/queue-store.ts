import { create } from 'zustand';
import type { QueuePage, QueueRow } from '#renderer/vault/queue-api.ts';
import { everyCase, type QueueQuery } from '#shared/domain/case/queue-query.ts';
import { type Priority, priorities } from '#shared/domain/priority/priorities.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { stillOpen, troubleOf, vaultNow } from './vault-port.ts';

/** Rows in one page: the vault gives at most 200. */
const pageSize = 100;
/** Pages kept: what is on screen, and a little of where one has been. */
const mostPages = 12;
/** While thousands of referrals come in, the rows on screen are asked again no more often than this (ms). */
const refreshEvery = 250;

interface QueueStore {
  readonly query: QueueQuery;
  /** By page number. A missing page is on its way. */
  readonly pages: ReadonlyMap<number, readonly QueueRow[]>;
  /** What the pages answer: rows of an older question stay until the answer comes. */
  readonly answered: QueueQuery | null;
  /** Null before the first answer. */
  readonly matching: number | null;
  readonly total: number | null;
  /** Not all that referrals say was searched: the index is being read. */
  readonly searchedInBrief: boolean;
  readonly trouble: string | null;
  readonly activeIndex: number;
  /** The case at `activeIndex`: followed when rows move. */
  readonly activeId: StreamId | null;
  /** What would move rows that somebody is aiming at waits; null while nothing does. */
  readonly held: HeldRows | null;
}

/** Rows that came, left or moved while somebody was aiming. */
export interface HeldRows {
  /** That are not on the screen yet: of those that would be. */
  readonly newcomers: number;
  /** The most urgent of them. */
  readonly worst: Priority | null;
  readonly answers: readonly QueuePage[];
}

export const useQueue = create<QueueStore>(() => ({
  query: everyCase,
  pages: new Map(),
  answered: null,
  matching: null,
  total: null,
  searchedInBrief: false,
  trouble: null,
  activeIndex: 0,
  activeId: null,
  held: null,
}));

/** Answers to an older query, or from before a change, are dropped. */
let generation = 0;
let visible = { first: 0, last: 0 };
let asked = new Set<number>();
/** Somebody is aiming at a row: with the pointer over the rows, or with keys that just moved among them. */
let isAimed = false;
/** A case was opened from wherever, and where its row is was not asked yet: no answer may lose it. */
let isFollowing = false;
let refreshTimer: ReturnType<typeof setTimeout> | null = null;

export function resetQueue(): void {
  generation += 1;
  visible = { first: 0, last: 0 };
  asked = new Set();
  if (refreshTimer) clearTimeout(refreshTimer);
  refreshTimer = null;
  isAimed = false;
  isFollowing = false;
  useQueue.setState(useQueue.getInitialState(), true);
}

export function rowAt(index: number): QueueRow | null {
  return useQueue.getState().pages.get(Math.floor(index / pageSize))?.[index % pageSize] ?? null;
}

export const activeRow = (): QueueRow | null => rowAt(useQueue.getState().activeIndex);

const pagesOf = (first: number, last: number): number[] => {
  const from = Math.floor(first / pageSize);
  return Array.from({ length: Math.floor(last / pageSize) - from + 1 }, (_, index) => from + index);
};

async function askFor(pages: readonly number[]): Promise<readonly QueuePage[] | null> {
  const mine = generation;
  const vault = vaultNow();
  const { query } = useQueue.getState();
  try {
    const answers = await Promise.all(
      pages.map((page) => vault.call('queue.page', { query, offset: page * pageSize, limit: pageSize })),
    );
    return stillOpen(vault) && mine === generation ? answers : null;
  } catch (error) {
    if (stillOpen(vault) && mine === generation) useQueue.setState({ trouble: troubleOf(error) });
    return null;
  }
}

/** Where a case is among the rows that are here; null when it is not among them. */
function indexOf(id: StreamId | null, pages: QueueStore['pages']): number | null {
  for (const [page, rows] of pages) {
    const at = rows.findIndex((row) => row.id === id);
    if (at >= 0) return page * pageSize + at;
  }
  return null;
}

/** Where the followed case is now; else the place it was at, within bounds. */
function followActive(pages: QueueStore['pages'], matching: number) {
  const { activeId, activeIndex } = useQueue.getState();
  const found = indexOf(activeId, pages);
  if (found !== null) return { activeIndex: found, activeId };
  if (isFollowing) return { activeIndex, activeId };
  const index = Math.max(0, Math.min(activeIndex, matching - 1));
  return { activeIndex: index, activeId: pages.get(Math.floor(index / pageSize))?.[index % pageSize]?.id ?? null };
}

function keep(answers: readonly QueuePage[], base: ReadonlyMap<number, readonly QueueRow[]>): void {
  const last = answers.at(-1);
  if (!last) return;
  const pages = new Map(base);
  for (const { offset, rows } of answers) {
    pages.delete(offset / pageSize);
    pages.set(offset / pageSize, rows);
  }
  for (const page of [...pages.keys()].slice(0, Math.max(0, pages.size - mostPages))) pages.delete(page);
  const { matching, total, searchedInBrief = false } = last;
  const answered = useQueue.getState().query;
  useQueue.setState({
    pages,
    answered,
    matching,
    total,
    searchedInBrief,
    trouble: null,
    ...followActive(pages, matching),
  });
}

async function fetchPages(
  pages: readonly number[],
  base: () => ReadonlyMap<number, readonly QueueRow[]>,
): Promise<void> {
  for (const page of pages) asked.add(page);
  const mine = generation;
  const answers = await askFor(pages);
  if (mine !== generation) return;
  for (const page of pages) asked.delete(page);
  if (answers) keep(answers, base());
}

/** Asks again for what is on screen; the rows that are there stay until the answer comes. */
export async function refreshQueue(): Promise<void> {
  generation += 1;
  asked = new Set();
  useQueue.setState({ held: null });
  await fetchPages(pagesOf(visible.first, visible.last), () => new Map());
}

/** @param aimed once nobody is, what waited is shown */
export function aimAtRows(aimed: boolean): void {
  isAimed = aimed;
  if (!aimed) showHeld();
}

export function showHeld(): void {
  const { held } = useQueue.getState();
  if (!held) return;
  useQueue.setState({ held: null });
  keep(held.answers, new Map());
  // Of where somebody has gone meanwhile there may be none.
  void showRows(visible.first, visible.last);
}

const rowsOf = (answers: readonly QueuePage[]): readonly QueueRow[] => answers.flatMap(({ rows }) => rows);

/** Whether a row that is on the screen would be another. */
function wouldMove(answers: readonly QueuePage[]): boolean {
  const { pages } = useQueue.getState();
  const isOnScreen = (index: number): boolean => index >= visible.first && index <= visible.last;
  const before = [...pages].flatMap(([page, rows]) => rows.map((row, at) => [page * pageSize + at, row.id] as const));
  const after = new Map(answers.flatMap(({ offset, rows }) => rows.map((row, at) => [offset + at, row.id] as const)));
  return before.some(([index, id]) => isOnScreen(index) && after.get(index) !== id);
}

/** The rows stay where they are, and say what is new of them. */
function hold(answers: readonly QueuePage[]): void {
  const { pages } = useQueue.getState();
  const known = new Set([...pages.values()].flat().map(({ id }) => id));
  const now = new Map(rowsOf(answers).map((row) => [row.id, row]));
  // More than came are none: those below have moved up.
  const came = Math.max(0, (answers.at(-1)?.total ?? 0) - (useQueue.getState().total ?? 0));
  const newcomers = rowsOf(answers)
    .filter(({ id }) => !known.has(id))
    .slice(0, came);
  const worst = newcomers.map(({ priority }) => priority).sort((a, b) => priorities[a].rank - priorities[b].rank)[0];
  const inPlace = [...pages].map(([page, rows]) => [page, rows.map((row) => now.get(row.id) ?? row)] as const);
  // A page that was on its way: nobody aims at a row that is not there.
  const fresh = answers.map(({ offset, rows }) => [offset / pageSize, rows] as const);
  useQueue.setState({
    pages: new Map([...fresh, ...inPlace]),
    held: { newcomers: newcomers.length, worst: worst ?? null, answers },
  });
}

/** The rows changed in the vault: they are read again, and do not move under whoever is aiming at one. */
async function readAgain(): Promise<void> {
  if (!isAimed) return refreshQueue();
  generation += 1;
  asked = new Set();
  const answers = await askFor(pagesOf(visible.first, visible.last));
  if (!answers) return;
  if (isAimed && wouldMove(answers)) hold(answers);
  else {
    useQueue.setState({ held: null });
    keep(answers, new Map());
  }
}

/** The vault says that rows changed: asks again soon, once for many changes. */
export function refreshQueueSoon(): void {
  refreshTimer ??= setTimeout(() => {
    refreshTimer = null;
    void readAgain();
  }, refreshEvery);
}

/** The grid shows these rows: fetches the pages that are not here. */
export async function showRows(first: number, last: number): Promise<void> {
  visible = { first, last };
  const { pages } = useQueue.getState();
  const missing = pagesOf(first, last).filter((page) => !(pages.has(page) || asked.has(page)));
  if (missing.length > 0) await fetchPages(missing, () => useQueue.getState().pages);
}

export function setQuery(change: Partial<QueueQuery>): void {
  isFollowing = false;
  useQueue.setState({ query: { ...useQueue.getState().query, ...change }, activeIndex: 0, activeId: null });
  visible = { first: 0, last: 0 };
  void refreshQueue();
}

/** All cases again; the order stays. */
export function clearFilters(): void {
  const { sort } = useQueue.getState().query;
  setQuery({ ...everyCase, sort });
}

/** A case is opened from wherever: back in the queue, it is the active row. */
export function follow(id: StreamId): void {
  const { pages, activeIndex } = useQueue.getState();
  isFollowing = true;
  useQueue.setState({ activeId: id, activeIndex: indexOf(id, pages) ?? activeIndex });
}

/** Back in the queue: asks where the followed case is, whose page may never have been here. Nothing moves under whoever aims. */
export async function findFollowed(): Promise<void> {
  const { activeId, query } = useQueue.getState();
  if (!(isFollowing && activeId)) return;
  const vault = vaultNow();
  const place = await vault.call('queue.neighbours', { query, id: activeId }).catch(() => null);
  const now = useQueue.getState();
  if (!(stillOpen(vault) && isFollowing) || now.activeId !== activeId || now.query !== query) return;
  isFollowing = false;
  if (place?.index !== null && place?.index !== undefined && !isAimed) useQueue.setState({ activeIndex: place.index });
  else useQueue.setState(followActive(now.pages, now.matching ?? 0));
}

/** @param index out of bounds means the first or the last row */
export function moveTo(index: number): void {
  const { matching } = useQueue.getState();
  if (!matching) return;
  const activeIndex = Math.max(0, Math.min(index, matching - 1));
  isFollowing = false;
  // Which row it is of the answer that is on its way, nobody knows yet.
  useQueue.setState({ activeIndex, activeId: isAnswered() ? (rowAt(activeIndex)?.id ?? null) : null });
}

/** Whether the rows are those of what was asked last. */
export const isAnswered = (): boolean => useQueue.getState().answered === useQueue.getState().query;

/* Features may not look into the vault: its types come to them from the stores. */
export type { QueueRow };
