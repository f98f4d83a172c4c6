import { londonWallClock } from '#shared/kernel/london-time.ts';

/** Months of a financial year, April first. */
export const monthsInYear = 12;
const april = 3;

export interface MonthOfYear {
  /** The calendar year in which the financial year begins. */
  readonly year: number;
  /** 0 is April, 11 is March. */
  readonly month: number;
}

/** A financial year is 1 April to 31 March, by days in London. */
export function selectMonth(at: number): MonthOfYear {
  const wall = new Date(londonWallClock(at));
  const month = wall.getUTCMonth() - april;
  return { year: wall.getUTCFullYear() - (month < 0 ? 1 : 0), month: (month + monthsInYear) % monthsInYear };
}
