import { describe, expect, test } from 'vitest';
import { type CaseSummary, summarise } from '#shared/domain/case/case-summary.ts';
import type { AssessedSummary } from '#shared/domain/case/summarise-assessment.ts';
import { countCases, type Row, type YearCounts } from '#shared/domain/counting/count-cases.ts';
import { selectMonth } from '#shared/domain/counting/financial-year.ts';
import { showAll, withholdSmall } from '#shared/domain/counting/withhold-small.ts';
import { fold, step } from './assessment-fixtures.ts';

type Summary = Pick<CaseSummary, 'receivedAt' | 'status'> & { readonly assessed?: Partial<AssessedSummary> };
/** A case received at noon of a day of 2026 or 2027. */
const received = (day: string, more: Partial<Summary> = {}): CaseSummary =>
  ({ receivedAt: `${day}T12:00:00.000Z`, status: 'new', ...more }) as CaseSummary;

const rowOf = <Id extends string>(rows: readonly Row<Id>[], id: Id): readonly number[] =>
  rows.find((row) => row.id === id)?.months ?? [];
const totalOf = <Id extends string>(rows: readonly Row<Id>[], id: Id): number =>
  rowOf(rows, id).reduce((sum, each) => sum + each, 0);
const nonzero = (rows: readonly Row[]): readonly string[] =>
  rows.flatMap(({ id }) => (totalOf(rows, id) > 0 ? [`${id} ${totalOf(rows, id)}`] : []));

describe('a financial year, by days in London', () => {
  test.each([
    // British Summer Time begins on 29 March 2026: midnight of 1 April is 23:00 UTC of 31 March.
    ['2026-03-31T22:59:59.999Z', { year: 2025, month: 11 }],
    ['2026-03-31T23:00:00.000Z', { year: 2026, month: 0 }],
    ['2026-12-31T23:59:59.999Z', { year: 2026, month: 8 }],
    ['2027-01-01T00:00:00.000Z', { year: 2026, month: 9 }],
    // Easter or not: in 2024 the clocks changed on 31 March itself.
    ['2024-03-31T22:59:59.999Z', { year: 2023, month: 11 }],
    ['2024-03-31T23:00:00.000Z', { year: 2024, month: 0 }],
  ])('%s', (at, expected) => expect(selectMonth(Date.parse(at))).toEqual(expected));
});

describe('cases counted', () => {
  test('by the month of their year in which they were received; years that have cases are named', () => {
    const all = [received('2026-03-31'), received('2026-04-01'), received('2026-04-30'), received('2027-03-31')];
    const counts = countCases(all, 2026);
    expect(counts.all.months).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(counts.years).toEqual([2026, 2025]);
    expect(countCases(all, 2020)).toMatchObject({ all: { months: new Array(12).fill(0) }, years: [2026, 2025] });
  });

  test('under each category and standard that is recorded, and once under the category that leads', () => {
    const assessed = {
      categories: ['drugs', 'association'],
      primary: 'drugs',
      standards: ['honesty', 'conduct'],
    } as const;
    const counts = countCases([received('2026-05-01', { assessed }), received('2026-05-02')], 2026);
    expect(rowOf(counts.categories, 'association')[1]).toBe(1);
    expect(nonzero(counts.categories)).toEqual(['drugs 1', 'association 1']);
    expect(nonzero(counts.leads)).toEqual(['drugs 1', 'none 1']);
    expect(nonzero(counts.standards)).toEqual(['honesty 1', 'conduct 1']);
  });

  test('a referral that was joined to another case is not counted twice', () => {
    const assessed = { categories: ['drugs'], primary: 'drugs' } as const;
    const counts = countCases([received('2026-05-01', { status: 'joined', assessed }), received('2026-05-02')], 2026);
    expect(counts.all.months[1]).toBe(1);
    expect(nonzero(counts.categories)).toEqual([]);
  });

  test('under one outcome each, so that they add up to all', () => {
    const of = (status: CaseSummary['status'], ...dispositions: AssessedSummary['dispositions']) =>
      received('2026-06-01', { status, assessed: { dispositions } });
    const all = [
      of('recorded', 'record', 'safeguard'),
      of('safeguarding', 'safeguard'),
      of('conflict', 'record', 'noFurtherAction'),
      // Sent back by the other force.
      of('assessing', 'otherForce'),
      received('2026-06-02'),
    ];
    const { outcomes } = countCases(all, 2026);
    expect(nonzero(outcomes)).toEqual(['safeguard 1', 'record 1', 'conflict 1', 'undecided 2']);
  });

  test('the standards are in a case’s summary, those in force', () => {
    const standards = (list: ('honesty' | 'conduct')[]) => step('standards.recorded', { standards: list, why: null });
    expect(summarise(fold(standards(['honesty']))).assessed?.standards).toEqual(['honesty']);
    expect(summarise(fold(standards(['honesty']), standards(['conduct']))).assessed?.standards).toEqual(['conduct']);
    expect(summarise(fold(standards([]))).assessed?.standards).toBeUndefined();
  });
});

describe('small numbers', () => {
  const months = (...counted: number[]) => [...counted, ...new Array<number>(12 - counted.length).fill(0)];
  const counts = (changes: Partial<YearCounts>): YearCounts => ({
    ...{ year: 2026, years: [2026], outcomes: [], categories: [], leads: [], standards: [] },
    all: { id: 'all', months: months(20, 30) },
    ...changes,
  });
  const shown = (changes: Partial<YearCounts>) => withholdSmall(counts(changes));

  test('of a category: a row by month is given whole or not at all, and its year unless that is small', () => {
    const categories = [
      { id: 'drugs', months: months(5, 9) },
      { id: 'systems', months: months(4, 9) },
      { id: 'association', months: months(0, 4) },
      { id: 'other', months: months() },
    ] as const;
    const hidden = new Array(12).fill(null);
    expect(shown({ categories }).categories).toEqual([
      { id: 'drugs', months: months(5, 9), total: 14 },
      { id: 'systems', months: hidden, total: 13 },
      { id: 'association', months: hidden, total: null },
      { id: 'other', months: months(), total: 0 },
    ]);
  });

  test('of an outcome: more are withheld, so that it is not the rest of all cases, and none is given by month', () => {
    const outcomes = [
      { id: 'record', months: months(10, 20) },
      { id: 'investigate', months: months(7, 6) },
      { id: 'noFurtherAction', months: months(3, 4) },
      { id: 'otherForce', months: months(0, 0) },
    ] as const;
    const given = (rows: YearCounts['outcomes']) => shown({ outcomes: rows }).outcomes.map(({ total }) => total);
    // Nothing is small but a month: the year is given.
    expect(given(outcomes)).toEqual([30, 13, 7, 0]);
    expect(
      shown({ outcomes })
        .outcomes.flatMap(({ months: each }) => each)
        .every((each) => each === null),
    ).toBe(true);
    // 2 and 7 come to less than 10: 13 goes with them.
    expect(given([...outcomes.slice(0, 3), { id: 'otherForce', months: months(0, 2) }])).toEqual([
      30,
      null,
      null,
      null,
    ]);
    const many = [{ id: 'complaints', months: months(9) } as const, { id: 'otherForce', months: months(1) } as const];
    expect(given([...outcomes.slice(0, 2), ...many])).toEqual([30, 13, null, null]);
    // Nothing is left to go with it: not even what is none is given.
    expect(given([...many.slice(1), { id: 'notPolicing', months: months() }])).toEqual([null, null]);
  });

  test('in a month of all cases: nothing is given by month', () => {
    const all = { id: 'all', months: months(4, 30) } as const;
    const { categories, all: ofAll } = shown({ all, categories: [{ id: 'drugs', months: months(0, 9) }] });
    expect(ofAll).toEqual({ id: 'all', months: new Array(12).fill(null), total: 34 });
    expect(categories).toEqual([{ id: 'drugs', months: new Array(12).fill(null), total: 9 }]);
  });

  test('leading categories are not given beside the categories; with nothing withheld they are', () => {
    const leads = [{ id: 'none', months: months(20, 30) }] as const;
    expect(shown({ leads }).leads).toBeNull();
    expect(showAll(counts({ leads })).leads).toEqual([{ id: 'none', months: months(20, 30), total: 50 }]);
  });
});
