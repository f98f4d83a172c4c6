import { intelligenceCategories } from '#shared/domain/classification/intelligence-categories.ts';
import { standards } from '#shared/domain/classification/standards.ts';
import type { Lead, Outcome } from '#shared/domain/counting/count-cases.ts';
import { type Shown, type ShownCounts, type ShownRow, smallestGiven } from '#shared/domain/counting/withhold-small.ts';
import { dispositions } from '#shared/domain/disposition/dispositions.ts';

const months = ['Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec', 'Jan', 'Feb', 'Mar'];
const monthsOfFirstYear = 9;

/** "Apr 2026" to "Mar 2027". */
export const monthsOf = (year: number): readonly string[] =>
  months.map((month, index) => `${month} ${index < monthsOfFirstYear ? year : year + 1}`);

/** "2026/27". */
export const sayYear = (year: number): string => `${year}/${String((year + 1) % 100).padStart(2, '0')}`;

/** What stands for a number that is withheld, as in the statistics of the Government: confidential. */
const withheldMark = '[c]';
export const sayShown = (value: Shown): string => (value === null ? withheldMark : String(value));

const otherOutcomes = { conflict: 'In conflict', undecided: 'Not decided yet' } as const;
const outcomeLabel = (id: Outcome): string =>
  id === 'conflict' || id === 'undecided' ? otherOutcomes[id] : dispositions[id].label;
const leadLabel = (id: Lead): string => (id === 'none' ? 'None recorded yet' : intelligenceCategories[id].label);

interface Line {
  readonly label: string;
  readonly months: readonly Shown[];
  readonly total: Shown;
}
export interface FigureGroup {
  readonly title: string;
  readonly note: string;
  readonly lines: readonly Line[];
}

function groupOf<Id extends string>(
  title: string,
  note: string,
  rows: readonly ShownRow<Id>[],
  labelOf: (id: Id) => string,
): FigureGroup {
  return { title, note, lines: rows.map(({ id, ...numbers }) => ({ label: labelOf(id), ...numbers })) };
}

const several = 'A case counts under each that is recorded of it, so these do not add up to all cases.';
const once = 'Each case counts once.';

/** The figures of a year as a person reads them, on the screen and as CSV. */
export function figureGroups({ all, categories, leads, outcomes, standards: breached }: ShownCounts): FigureGroup[] {
  const categoryLabel = (id: keyof typeof intelligenceCategories) => intelligenceCategories[id].label;
  return [
    groupOf('All cases', 'Referrals that were joined to a case count with it.', [all], () => 'Cases received'),
    groupOf('Corruption-intelligence categories', several, categories, categoryLabel),
    ...(leads ? [groupOf('Primary category', once, leads, leadLabel)] : []),
    groupOf('Outcomes', `${once} Safeguarding beside another outcome is not counted here.`, outcomes, outcomeLabel),
    groupOf('Standards of professional behaviour', several, breached, (id) => standards[id].label),
  ];
}

export const withheldWords = `${withheldMark} is withheld: fewer than ${smallestGiven}, or a number that would give such a one away.`;
export const wholeWords = 'Small numbers are shown and may point to a person. Not for release.';
