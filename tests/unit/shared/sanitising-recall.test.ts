import { expect, test } from 'vitest';
import { selectMarks } from '#shared/domain/sanitising/exposure.ts';
import {
  type MeasuredKind,
  measuredKindIds,
  measuredRecall,
  type Recall,
} from '#shared/domain/sanitising/measured-recall.ts';
import { heldOutNarratives } from '#tests/support/narratives/held-out.ts';
import { type Clue, parseMarked } from '#tests/support/narratives/parse-marked.ts';
import { englishNarratives } from '#tests/support/narratives/tuned-english.ts';
import { welshNarratives } from '#tests/support/narratives/tuned-welsh.ts';

/* Clues that were marked by hand, and how many of each kind the check finds. Where a number changes, the failure says all of them. */

const sets = { fitted: [...englishNarratives, ...welshNarratives], heldOut: heldOutNarratives };

const cluesOf = (narratives: readonly string[]) =>
  narratives.flatMap((marked) => {
    const { text, clues } = parseMarked(marked);
    const marks = selectMarks(text, { phrases: [], subjects: [] });
    const covered = ({ start, end }: Clue) =>
      marks.reduce((sum, mark) => sum + Math.max(0, Math.min(mark.end, end) - Math.max(mark.start, start)), 0);
    return clues.map((clue) => ({
      ...clue,
      words: text.slice(clue.start, clue.end),
      isFound: covered(clue) * 2 >= clue.end - clue.start,
    }));
  });

const found = { fitted: cluesOf(sets.fitted), heldOut: cluesOf(sets.heldOut) };

function recallOf(set: keyof typeof sets, wanted: string): Recall {
  const clues = found[set].filter(({ kind }) => kind === wanted);
  return { found: clues.filter(({ isFound }) => isFound).length, of: clues.length };
}

const measured = Object.fromEntries(
  measuredKindIds.map((kind) => [kind, { fitted: recallOf('fitted', kind), heldOut: recallOf('heldOut', kind) }]),
) as Record<MeasuredKind, { fitted: Recall; heldOut: Recall }>;

test('the form says the recall that is measured', () => {
  expect(measuredRecall).toEqual(measured);
});

const all = (set: keyof typeof sets): Recall =>
  Object.values(measured).reduce((sum, each) => ({ found: sum.found + each[set].found, of: sum.of + each[set].of }), {
    ...{ found: 0, of: 0 },
  });

/** No change of the patterns may find less. */
const floors = { fitted: 0.85, heldOut: 0.7 };

test.each(['fitted', 'heldOut'] as const)('of what was marked by hand, %s: a floor', (set) => {
  const { found: some, of } = all(set);
  expect(some / of).toBeGreaterThanOrEqual(floors[set]);
});

test('numbers that identify somebody are found, all of them', () => {
  for (const kind of ['telephone', 'email', 'vehicle'] as const) {
    for (const { found: some, of } of Object.values(measured[kind])) expect([kind, some]).toEqual([kind, of]);
  }
});

test('what is said of the subject is hardly ever taken for the reporter’s', () => {
  const wrong = [...found.fitted, ...found.heldOut].filter(({ kind, isFound }) => kind === 'subject' && isFound);
  expect(wrong.map(({ words }) => words)).toEqual(['WX19 ABN', '07700 900871', '07700 900318']);
});

test('a third is set aside, each third has Welsh, and every tag is known', () => {
  expect(sets.heldOut.length * 2).toBe(sets.fitted.length);
  for (const [set, narratives] of Object.entries(sets)) {
    expect([set, narratives.filter((each) => /\b(?:Mae|Rydw|Fi yw)\b/.test(each)).length * 3]).toEqual([
      set,
      narratives.length,
    ]);
  }
  const kinds = new Set([...found.fitted, ...found.heldOut].map(({ kind }) => kind));
  expect([...kinds].filter((kind) => kind !== 'subject').sort()).toEqual([...measuredKindIds].sort());
});
