import { type Cited, idsOf } from '#shared/kernel/cited.ts';

/** The names were read in the schedule to SI 2008/2864, which SI 2020/4 has taken over as far as is known. */
const cited = {
  source: 'Police (Conduct) Regulations 2020 (SI 2020/4) Sch 2, not read; names as in SI 2008/2864 Sch',
  standing: 'knowledge',
} as const;

/** The ten Standards of Professional Behaviour. Of police officers, special constables among them, and of nobody else. */
export const standards = {
  honesty: { label: 'Honesty and Integrity', ...cited },
  respect: { label: 'Authority, Respect and Courtesy', ...cited },
  equality: { label: 'Equality and Diversity', ...cited },
  force: { label: 'Use of Force', ...cited },
  orders: { label: 'Orders and Instructions', ...cited },
  duties: { label: 'Duties and Responsibilities', ...cited },
  confidentiality: { label: 'Confidentiality', ...cited },
  fitness: { label: 'Fitness for Duty', ...cited },
  conduct: { label: 'Discreditable Conduct', ...cited },
  challenging: { label: 'Challenging and Reporting Improper Conduct', ...cited },
} as const satisfies Record<string, Cited>;

export type Standard = keyof typeof standards;
export const standardIds = idsOf<Standard>(standards);
