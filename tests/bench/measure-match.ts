import { everyCase } from '#renderer/vault/cases/match-candidates.ts';
import { type MatchItem, toMatchItem } from '#renderer/vault/cases/match-keys.ts';
import { createMatcher, type Matcher } from '#renderer/vault/cases/matcher.ts';
import type { Referral } from '#shared/domain/referral/referral.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { getJson, type Measures, median, spread } from './stopwatch.ts';

const pageLength = 500;
const shown = 20;

/** As the vault has them: keys parsed from JSON, and no referral in memory. */
async function loadItems(): Promise<MatchItem[]> {
  const items: MatchItem[] = [];
  for (let after = 0; ; after += pageLength) {
    const page = await getJson<(Referral & { id: StreamId })[]>(`/records?after=${after}&limit=${pageLength}`);
    if (page.length === 0) return items;
    items.push(
      ...(JSON.parse(JSON.stringify(page.map(({ id, ...referral }) => toMatchItem(id, referral)))) as MatchItem[]),
    );
  }
}

/** Every prefix of what is typed, as a person types it. */
const typed = ['postlethwaite', 'm brackwell', 'becky holroyd', '4471', 'JL67 JWO', '07700 900123'].flatMap((text) =>
  Array.from(text, (_, at) => text.slice(0, at + 1)),
);

function timesOf<T>(items: readonly T[], task: (item: T) => unknown): number[] {
  return items.map((item) => {
    const start = performance.now();
    task(item);
    return performance.now() - start;
  });
}

const p95 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;

function filled(matcher: Matcher, items: readonly MatchItem[]): Matcher {
  for (const item of items) matcher.add(item);
  return matcher;
}

/** The matcher, and the same weighing of every case one by one. */
export async function measureMatch(): Promise<Measures> {
  const items = await loadItems();
  const start = performance.now();
  const matcher = filled(createMatcher(), items);
  const build = performance.now() - start;
  const scanner = filled(createMatcher(everyCase), items);
  const opened = spread(items.length, 300).map((at) => items[at] as MatchItem);
  const open = (by: Matcher) => (item: MatchItem) => by.match(item, shown);
  const opens = timesOf(opened, open(matcher));
  const scans = timesOf(opened.slice(0, 30), open(scanner));
  const keystrokes = timesOf(typed, (text) => matcher.find(text, shown));
  const bytes = items.reduce((sum, { keys }) => sum + JSON.stringify(keys).length, 0) / items.length;
  return {
    build,
    keyBytes: bytes,
    openP50: median(opens),
    openP95: p95(opens),
    openWorst: Math.max(...opens),
    scanP50: median(scans),
    scanP95: p95(scans),
    typedP50: median(keystrokes),
    typedP95: p95(keystrokes),
    typedWorst: Math.max(...keystrokes),
  };
}
