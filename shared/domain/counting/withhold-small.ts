import type { Row, YearCounts } from './count-cases.ts';

/*
 * Small numbers may point to a person: 1 to 4 are withheld, and with them whatever would give them away. The rule is
 * coarse, so that it can be seen to be sound:
 *
 * 1. By month, a row is given whole or not at all: only where none of its months is small. Outcomes, which add up to all
 *    cases, are given by month all together or not at all; and nothing is given by month in a year in which all cases are
 *    not. So every month and every year that is given is none, or 5 or more. A small number that is withheld is therefore
 *    less than the sums over it and beside it, and can always be one more or one less.
 * 2. Of the year, outcomes add up to all cases. Where one is small, all up to a limit are withheld, see `selectWithheld`.
 *    A case may be of several categories and standards or of none: those add up to nothing, and only small ones are withheld.
 * 3. Leading categories are not given beside categories: a case counts under its leading one in both, and the two tables
 *    would be bounds for each other.
 *
 * What was given before, or is known of a case from elsewhere, no rule can take back.
 */

/** The smallest number that is given, besides none. */
export const smallestGiven = 5;
const isSmall = (value: number): boolean => value > 0 && value < smallestGiven;
const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

/** Null: withheld. */
export type Shown = number | null;
export interface ShownRow<Id extends string = string> {
  readonly id: Id;
  readonly months: readonly Shown[];
  readonly total: Shown;
}

export interface ShownCounts extends Omit<YearCounts, 'all' | 'outcomes' | 'categories' | 'leads' | 'standards'> {
  readonly all: ShownRow<'all'>;
  readonly outcomes: readonly ShownRow<YearCounts['outcomes'][number]['id']>[];
  readonly categories: readonly ShownRow<YearCounts['categories'][number]['id']>[];
  /** Null where small numbers are withheld. */
  readonly leads: readonly ShownRow<YearCounts['leads'][number]['id']>[] | null;
  readonly standards: readonly ShownRow<YearCounts['standards'][number]['id']>[];
}

/**
 * Of numbers whose sum is known. Once one is small, all from 1 to a limit are withheld: the lowest at which those withheld
 * come to twice the smallest number given, and are not all the same. They may then stand the other way round. Where there is
 * no such limit all are withheld, also those that are none. (Were all one and the same small number, their sum and this rule
 * would say which; so many outcomes never are.)
 */
export function selectWithheld(values: readonly number[]): readonly boolean[] {
  if (!values.some(isSmall)) return values.map(() => false);
  const upTo = (limit: number) => values.filter((value) => value > 0 && value <= limit);
  const suffices = (limit: number) => sum(upTo(limit)) >= 2 * smallestGiven && new Set(upTo(limit)).size > 1;
  const larger = values.filter((value) => value >= smallestGiven).sort((one, other) => one - other);
  const limit = [smallestGiven - 1, ...larger].find(suffices);
  return values.map((value) => limit === undefined || (value > 0 && value <= limit));
}

const show = <Id extends string>({ id, months }: Row<Id>, byMonth: boolean, ofYear: boolean): ShownRow<Id> => ({
  id,
  months: months.map((value) => (byMonth ? value : null)),
  total: ofYear ? sum(months) : null,
});

const mayShowMonths = (rows: readonly Row[]): boolean => !rows.some(({ months }) => months.some(isSmall));

/** Rows that add up to all. */
export function withholdWithin<Id extends string>(rows: readonly Row<Id>[], all: Row): readonly ShownRow<Id>[] {
  const byMonth = mayShowMonths([all, ...rows]);
  const withheld = selectWithheld(rows.map(({ months }) => sum(months)));
  return rows.map((row, index) => show(row, byMonth, !withheld[index]));
}

/** Rows of which each stands for itself. */
export const withholdApart = <Id extends string>(rows: readonly Row<Id>[], all: Row): readonly ShownRow<Id>[] =>
  rows.map((row) => show(row, mayShowMonths([all, row]), !isSmall(sum(row.months))));

export const withholdSmall = ({ all, outcomes, categories, standards, year, years }: YearCounts): ShownCounts => ({
  year,
  years,
  all: show(all, mayShowMonths([all]), !isSmall(sum(all.months))),
  outcomes: withholdWithin(outcomes, all),
  categories: withholdApart(categories, all),
  leads: null,
  standards: withholdApart(standards, all),
});

const showWhole = <Id extends string>(rows: readonly Row<Id>[]): readonly ShownRow<Id>[] =>
  rows.map((row) => show(row, true, true));

/** Nothing withheld: for the unit's own eyes. */
export const showAll = ({ all, outcomes, categories, leads, standards, year, years }: YearCounts): ShownCounts => ({
  year,
  years,
  all: show(all, true, true),
  outcomes: showWhole(outcomes),
  categories: showWhole(categories),
  leads: showWhole(leads),
  standards: showWhole(standards),
});
