import { type Employment, employments, type Grade, type Rank, ranks } from '#shared/domain/policy/ranks.ts';

/** "Inspector", "Police staff, grade equal to Inspector". */
export const sayGrade = ({ employment, rank }: Grade): string =>
  employment === 'officer' ? ranks[rank].label : `${employments.staff.label}, grade equal to ${ranks[rank].label}`;

const options = <Id extends string>(table: Readonly<Record<Id, { readonly label: string }>>) =>
  (Object.keys(table) as Id[]).map((value) => ({ value, label: table[value].label }));

/** What a form asks of a grade: of staff, it equals a rank. */
export const gradeChoices = {
  employments: options<Employment>(employments),
  ranks: options<Rank>(ranks),
  equals: 'staff',
} as const;

export const noGrade: { readonly employment: Employment | ''; readonly rank: Rank | '' } = { employment: '', rank: '' };

/** Null while something is not chosen. */
export const toGrade = ({ employment, rank }: typeof noGrade): Grade | null =>
  employment && rank ? { employment, rank } : null;
