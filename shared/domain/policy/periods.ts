import type { Cited } from '#shared/kernel/cited.ts';

/** A time that a unit may set otherwise: a whole number of its unit, within bounds that nobody has reason to leave. */
interface Period extends Cited {
  readonly unit: 'hours' | 'days' | 'months';
  readonly usual: number;
  readonly least: number;
  readonly most: number;
}

const decision = {
  unit: 'hours',
  source: 'Local policy: no national figure was found',
  standing: 'unsure',
} as const;
const review = {
  unit: 'months',
  source: 'Local policy: no national period for corruption intelligence was found',
  standing: 'unsure',
} as const;
const risk = {
  unit: 'days',
  source: 'Local policy: usual practice, no national rule',
  standing: 'unsure',
} as const;

/** Named by what it is for and by the priority, or the level of risk, that it is of. */
export const periods = {
  'firstDecision.immediate': {
    label: 'Disposition due, immediate priority',
    usual: 1,
    least: 1,
    most: 24,
    ...decision,
  },
  'firstDecision.high': { label: 'Disposition due, high priority', usual: 4, least: 1, most: 72, ...decision },
  'firstDecision.raised': { label: 'Disposition due, raised priority', usual: 24, least: 1, most: 168, ...decision },
  'firstDecision.standard': {
    label: 'Disposition due, standard priority',
    usual: 72,
    least: 1,
    most: 720,
    ...decision,
  },
  'review.immediate': { label: 'Review of intelligence, immediate priority', usual: 3, least: 1, most: 24, ...review },
  'review.high': { label: 'Review of intelligence, high priority', usual: 3, least: 1, most: 24, ...review },
  'review.raised': { label: 'Review of intelligence, raised priority', usual: 6, least: 1, most: 36, ...review },
  'review.standard': { label: 'Review of intelligence, standard priority', usual: 12, least: 1, most: 60, ...review },
  'riskReview.critical': { label: 'Review of critical risk', usual: 0, least: 0, most: 1, ...risk },
  'riskReview.high': { label: 'Review of high risk', usual: 1, least: 0, most: 7, ...risk },
  'riskReview.medium': { label: 'Review of medium risk', usual: 7, least: 1, most: 28, ...risk },
  'riskReview.standard': { label: 'Review of standard risk', usual: 28, least: 1, most: 92, ...risk },
} as const satisfies Record<string, Period>;

export type PeriodId = keyof typeof periods;
export const periodIds = Object.keys(periods) as [PeriodId, ...PeriodId[]];

export const defaultPeriods = Object.fromEntries(periodIds.map((id) => [id, periods[id].usual])) as Readonly<
  Record<PeriodId, number>
>;
