/*
 * Where a passage of a text stands in another that was made of it by changing words here and there. Places are UTF-16 units.
 */

interface Anchor {
  readonly one: number;
  readonly other: number;
}

const words = 3;

/** Where each run of three words begins that stands there once only. */
function onlyRuns(text: string): ReadonlyMap<string, number> {
  const found = [...text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)];
  const runs = new Map<string, number>();
  const twice = new Set<string>();
  for (let at = 0; at + words <= found.length; at += 1) {
    const run = found.slice(at, at + words).map(([word]) => word);
    const key = run.join(' ');
    if (runs.has(key)) twice.add(key);
    runs.set(key, found[at]?.index ?? 0);
  }
  for (const key of twice) runs.delete(key);
  return runs;
}

/** The most of them, in the order of the one text, that are in order in the other too. */
function inOrder(anchors: readonly Anchor[]): readonly Anchor[] {
  const tails: number[] = [];
  const before: number[] = [];
  for (const [index, { other }] of anchors.entries()) {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((anchors[tails[middle] ?? 0]?.other ?? 0) < other) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = index;
  }
  const kept: Anchor[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) kept.push(anchors[at] as Anchor);
  return kept.reverse();
}

const between = (place: number, from: number, to: number, start: number, end: number): number =>
  to - from === end - start
    ? start + place - from
    : start + Math.round(((place - from) / Math.max(1, to - from)) * (end - start));

interface Aligned {
  readonly toOther: (place: number) => number;
  readonly toOne: (place: number) => number;
}

/** Places of one text in the other, and back. Between what both have, in proportion. */
export function alignPlaces(one: string, other: string): Aligned {
  const inOther = onlyRuns(other);
  const shared = [...onlyRuns(one)].flatMap(([key, at]): Anchor[] => {
    const there = inOther.get(key);
    return there === undefined ? [] : [{ one: at, other: there }];
  });
  const anchors = [
    { one: 0, other: 0 },
    ...inOrder(shared.toSorted((a, b) => a.one - b.one)),
    { one: one.length, other: other.length },
  ];
  const map = (from: keyof Anchor, to: keyof Anchor) => (place: number) => {
    const next = Math.max(
      1,
      anchors.findIndex((each) => each[from] > place),
    );
    const index = (anchors.at(-1)?.[from] ?? 0) <= place ? anchors.length - 1 : next;
    const [start, end] = [anchors[index - 1] as Anchor, anchors[index] as Anchor];
    return between(place, start[from], end[from], start[to], end[to]);
  };
  return { toOther: map('one', 'other'), toOne: map('other', 'one') };
}
