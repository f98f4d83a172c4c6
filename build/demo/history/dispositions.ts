import { day } from '../calendar.ts';
import { dateOf, type PlannedCase } from './fate.ts';
import type { Assessed } from './steps.ts';
import * as words from './words.ts';

/** Days from a decision to the review of what is kept. */
const keptFor = ({ index }: PlannedCase): number => (index % 3 === 0 ? 365 : 182);

/** Of a review that nobody has done yet, the day has just passed. */
export const reviewOf = (planned: PlannedCase, at: number): number =>
  planned.fate.review === 'due' ? planned.until - (2 + (planned.index % 4)) * day : at + keptFor(planned) * day;

/** @param item that it rests on */
export function dispositionOf(planned: PlannedCase, account: Assessed, at: number, item: string): object {
  const { fate } = planned;
  const { considered } = words;
  switch (fate.disposition) {
    case 'investigate':
      return {
        chosen: { kind: 'investigate' },
        options: [considered('record', account), considered('noFurtherAction', account)],
        rationale: words.investigateWords(account),
      };
    case 'noFurtherAction':
      return {
        chosen: { kind: 'noFurtherAction' },
        options: [considered('investigate', account)],
        rationale: words.noActionWords(account),
      };
    case 'malicious':
      return {
        chosen: { kind: 'suspectedMalicious', items: [item] },
        options: [considered('investigate', account)],
        rationale: words.maliciousWords,
      };
    default:
      return {
        chosen: { kind: 'record', reviewOn: dateOf(reviewOf(planned, at)) },
        options: [considered('investigate', account)],
        rationale: words.recordWords(account),
      };
  }
}
