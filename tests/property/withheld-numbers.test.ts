import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Row } from '#shared/domain/counting/count-cases.ts';
import {
  type Shown,
  type ShownRow,
  selectWithheld,
  withholdApart,
  withholdSmall,
  withholdWithin,
} from '#shared/domain/counting/withhold-small.ts';
import { sample } from '#tests/support/effort.ts';

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const isSmall = (value: number): boolean => value > 0 && value < 5;
const isSame = (values: readonly number[]): boolean => new Set(values).size === 1;

/** All lists of so many numbers that come to a sum. */
const listsOf = (length: number, total: number): number[][] =>
  length === 1
    ? [[total]]
    : Array.from({ length: total + 1 }, (_, first) =>
        listsOf(length - 1, total - first).map((rest) => [first, ...rest]),
      ).flat();

describe('numbers whose sum is known', () => {
  test('one that is withheld may be another, for a reader who knows the sum, the rule and the others', () => {
    // From 5 on: a smaller sum is itself withheld.
    for (let total = 5; total <= 26; total += 1) {
      const alike = new Map<string, number[][]>();
      // Twelve numbers that are all the same and small are no year that ever was; of four, they would be known.
      for (const values of listsOf(4, total).filter((each) => !isSame(each))) {
        const withheld = selectWithheld(values);
        const key = JSON.stringify(values.map((value, index) => (withheld[index] ? null : value)));
        alike.set(key, [...(alike.get(key) ?? []), values]);
      }
      for (const [key, lists] of alike) {
        const shown = JSON.parse(key) as Shown[];
        expect(shown.some((each) => each !== null && isSmall(each))).toBe(false);
        for (const [index, each] of shown.entries()) {
          const possible = new Set(lists.map((values) => values[index]));
          if (each === null) expect(possible.size, `${key} of ${total}`).toBeGreaterThan(1);
        }
      }
    }
  });
});

type Table = readonly (readonly number[])[];
const months = 3;
const column = (table: Table, month: number): number => sum(table.map((row) => row[month] ?? 0));
const rowsOf = (table: Table): Row[] => table.map((row, index) => ({ id: String(index), months: row }));
const allOf = (table: Table): Row<'all'> => ({
  id: 'all',
  months: Array.from({ length: months }, (_, month) => column(table, month)),
});
const totalsOf = (table: Table): number[] => table.map(sum);
const indexes = (length: number): number[] => Array.from({ length }, (_, index) => index);

/** With some added to some cells. */
const changed = (table: Table, ...changes: readonly [row: number, month: number, by: number][]): Table =>
  table.map((row, at) =>
    row.map((value, month) => value + sum(changes.filter(([r, m]) => r === at && m === month).map(([, , by]) => by))),
  );
const swapRows = (table: Table, one: number, other: number): Table =>
  table.map((row, at) => (at === one ? (table[other] ?? row) : at === other ? (table[one] ?? row) : row));

/** Other tables near this one: one more or less, moved within a row, moved in two rows at once, two rows exchanged. */
function nearTo(table: Table): Table[] {
  const found: Table[] = [];
  for (const i of indexes(table.length)) {
    for (const j of indexes(months)) {
      found.push(changed(table, [i, j, 1]), changed(table, [i, j, -1]));
      for (const k of indexes(months)) {
        found.push(changed(table, [i, j, 1], [i, k, -1]));
        for (const l of indexes(table.length)) found.push(changed(table, [i, j, 1], [i, k, -1], [l, j, -1], [l, k, 1]));
      }
    }
    for (const l of indexes(table.length)) found.push(swapRows(table, i, l));
  }
  return found.filter((each) => each.every((row) => row.every((value) => value >= 0)));
}

const agrees = (shown: Shown, value: number): boolean => shown === null || shown === value;
/** Whether all that is shown would be true of another table as well. */
const fits = (shown: readonly ShownRow[], all: ShownRow, table: Table): boolean =>
  agrees(all.total, sum(totalsOf(table))) &&
  all.months.every((each, month) => agrees(each, column(table, month))) &&
  shown.every(
    (row, at) =>
      agrees(row.total, totalsOf(table)[at] ?? 0) &&
      row.months.every((each, month) => agrees(each, table[at]?.[month] ?? 0)),
  );

const aNumber = fc.oneof(fc.nat({ max: 5 }), fc.constant(0), fc.nat({ max: 30 }));
const aTable = fc.array(fc.array(aNumber, { minLength: months, maxLength: months }), { minLength: 3, maxLength: 4 });
const nothing = { year: 2026, years: [], categories: [], leads: [], standards: [] };
const shownAll = (table: Table): ShownRow =>
  withholdSmall({ ...nothing, outcomes: rowsOf(table) as never, all: allOf(table) }).all;

describe('a table', () => {
  test('of rows that add up to all: no small number stands in it, and none can be worked out from its sums', () => {
    fc.assert(
      fc.property(aTable, (table) => {
        fc.pre(!isSame(totalsOf(table)));
        const shown = withholdWithin(rowsOf(table), allOf(table));
        const all = shownAll(table);
        const others = nearTo(table).filter((each) => fits(shown, all, each));
        /** Withheld, and something else in a table of which all that is shown is true as well. */
        const isSafe = (is: Shown | undefined, read: (one: Table) => number) => {
          if (!isSmall(read(table))) return;
          expect(is).toBeNull();
          expect(others.some((each) => read(each) !== read(table))).toBe(true);
        };
        for (const at of indexes(table.length)) isSafe(shown[at]?.total, (each) => totalsOf(each)[at] ?? 0);
        for (const month of indexes(months)) {
          isSafe(all.months[month], (each) => column(each, month));
          for (const at of indexes(table.length)) isSafe(shown[at]?.months[month], (each) => each[at]?.[month] ?? 0);
        }
      }),
      sample(400),
    );
  });

  test('of rows that stand for themselves: the same, where no row has more than all cases of a month', () => {
    fc.assert(
      fc.property(aTable, (table) => {
        const all: Row = { id: 'all', months: table[0] ?? [] };
        const rows = table.slice(1).map((row) => row.map((value, month) => Math.min(value, all.months[month] ?? 0)));
        const shown = withholdApart(rowsOf(rows), all);
        const everything = shownAll([all.months]);
        for (const [at, row] of rows.entries()) {
          const { months: byMonth = [], total = null } = shown[at] ?? {};
          const others = nearTo([row]).filter(
            ([other = []]) =>
              agrees(total, sum(other)) &&
              other.every((value, month) => agrees(byMonth[month] ?? null, value)) &&
              other.every((value, month) => value <= (everything.months[month] ?? Number.POSITIVE_INFINITY)),
          );
          expect([total, ...byMonth].some((each) => each !== null && isSmall(each))).toBe(false);
          if (isSmall(sum(row))) expect(others.some(([other = []]) => sum(other) !== sum(row))).toBe(true);
          for (const [month, value] of row.entries())
            if (isSmall(value)) expect(others.some(([other = []]) => other[month] !== value)).toBe(true);
        }
      }),
      sample(400),
    );
  });
});
