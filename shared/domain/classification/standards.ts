import { type Cited, idsOf } from '#shared/kernel/cited.ts';

const cited = { source: 'Police (Conduct) Regulations 2020 (SI 2020/4) Sch 2', standing: 'found' } as const;

/** The ten Standards of Professional Behaviour. Of officers and special constables; staff answer to their contract. */
export const standards = {
  honesty: { label: 'Honesty and integrity', ...cited },
  respect: { label: 'Authority, respect and courtesy', ...cited },
  equality: { label: 'Equality and diversity', ...cited },
  force: { label: 'Use of force', ...cited },
  orders: { label: 'Orders and instructions', ...cited },
  duties: { label: 'Duties and responsibilities', ...cited },
  confidentiality: { label: 'Confidentiality', ...cited },
  fitness: { label: 'Fitness for work', ...cited },
  conduct: { label: 'Conduct', ...cited },
  challenging: { label: 'Challenging and reporting improper behaviour', ...cited },
} as const satisfies Record<string, Cited>;

export type Standard = keyof typeof standards;
export const standardIds = idsOf<Standard>(standards);
