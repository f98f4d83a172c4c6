import { londonDate } from './london-time.ts';

/** When an entry of a table of law began and ceased to be law: calendar days in London, `until` exclusive. */
export interface InEffect {
  /** Null: before all that Probity records. */
  readonly from: string | null;
  readonly until?: string;
}

/** Whether it was law when something was done. @param at ISO instant of the act */
export function isInEffect({ from, until }: InEffect, at: string): boolean {
  const day = londonDate(at);
  return (from === null || day >= from) && (until === undefined || day < until);
}
