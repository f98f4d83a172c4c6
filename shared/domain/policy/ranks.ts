import { type Cited, idsOf } from '#shared/kernel/cited.ts';

const prescribed = { source: 'Police Regulations 2003 reg 4', standing: 'knowledge' } as const;
/** Above chief superintendent: senior officers, of whom the last is the chief officer. */
const senior = {
  source: 'Police Act 1996 ss 9A to 9G, 11 to 12; Police Regulations 2003 reg 4',
  standing: 'knowledge',
} as const;

/** Ranks of police officers, from the lowest, those of London forces beside their equals. Detective is no rank. */
export const ranks = {
  constable: { label: 'Constable', ...prescribed },
  sergeant: { label: 'Sergeant', ...prescribed },
  inspector: { label: 'Inspector', ...prescribed },
  chiefInspector: { label: 'Chief Inspector', ...prescribed },
  superintendent: { label: 'Superintendent', ...prescribed },
  chiefSuperintendent: { label: 'Chief Superintendent', ...prescribed },
  assistantChiefConstable: { label: 'Assistant Chief Constable or Commander', ...senior },
  deputyChiefConstable: { label: 'Deputy Chief Constable or equal', ...senior },
  chiefConstable: { label: 'Chief Constable or Commissioner', ...senior },
} as const satisfies Record<string, Cited>;

export type Rank = keyof typeof ranks;
export const rankIds = idsOf<Rank>(ranks);

export const isAtLeast = (rank: Rank, lowest: Rank): boolean => rankIds.indexOf(rank) >= rankIds.indexOf(lowest);

/** Whether the rank is held, or a grade of police staff equals it. Which grade equals which rank, a force says for itself. */
export const employments = {
  officer: { label: 'Police officer', source: 'Police Act 1996', standing: 'knowledge' },
  staff: {
    label: 'Police staff',
    source:
      'SI 2020/2 reg 46 as made: of at least a similar level of seniority in the opinion of the chief officer. No national table of grades',
    standing: 'found',
  },
} as const satisfies Record<string, Cited>;

export type Employment = keyof typeof employments;
export const employmentIds = idsOf<Employment>(employments);

/** What a member is: of a rank, or of a grade equal to it. */
export interface Grade {
  readonly employment: Employment;
  readonly rank: Rank;
}
