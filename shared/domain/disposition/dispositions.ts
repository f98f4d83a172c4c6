import type { Cited } from '#shared/kernel/cited.ts';

/** All that the endpoint, and so Crimestoppers, may learn of an outcome. It identifies nobody. [unsure: what they ask] */
export const outcomeClasses = ['acted', 'recorded', 'passedOn', 'closed'] as const;
export type OutcomeClass = (typeof outcomeClasses)[number];

interface Disposition extends Cited {
  readonly means: string;
  readonly outcome: OutcomeClass;
  /** Ends work on the matter: not while a mandatory referral to the IOPC is owed. */
  readonly closes: boolean;
  /** At least one other option must be said to have been considered. The same for every unit. */
  readonly weighsOptions: boolean;
  /** Rests on at least one item of information, which is what is kept. The same for every unit. */
  readonly needsItem: boolean;
}

const service = 'PACARS: investigate, safeguard or record (Dyfed-Powys PCC, 15 March 2024)';
const scope = 'Out of scope of the service; nothing is deleted';

export const dispositions = {
  investigate: {
    label: 'Investigate',
    means: 'Propose an investigation. It starts when a supervisor approves.',
    outcome: 'acted',
    closes: false,
    weighsOptions: true,
    needsItem: false,
    source: service,
    standing: 'found',
  },
  safeguard: {
    label: 'Safeguard',
    means: 'Someone is at risk: act to protect them. May run beside any other.',
    outcome: 'acted',
    closes: false,
    weighsOptions: false,
    needsItem: false,
    source: service,
    standing: 'found',
  },
  record: {
    label: 'Record for intelligence',
    means: 'Keep to inform future work, until a review date.',
    outcome: 'recorded',
    closes: false,
    weighsOptions: false,
    needsItem: true,
    source: service,
    standing: 'found',
  },
  complaints: {
    label: 'To complaints',
    means: 'Dissatisfaction with service or incivility: for the complaints department.',
    outcome: 'passedOn',
    closes: false,
    weighsOptions: false,
    needsItem: false,
    source: scope,
    standing: 'knowledge',
  },
  localPolicingBody: {
    label: 'To the local policing body',
    means: 'The subject is the chief officer, or acts as one: that body is the appropriate authority.',
    outcome: 'passedOn',
    closes: false,
    weighsOptions: false,
    needsItem: false,
    source: 'Police Reform Act 2002 s 29(1); SI 2020/4 reg 2(1) as made',
    standing: 'found',
  },
  otherForce: {
    label: 'To another force',
    means: 'The subject serves elsewhere: sealed again to that force’s unit, which acknowledges it.',
    outcome: 'passedOn',
    closes: false,
    weighsOptions: false,
    needsItem: false,
    source: 'Met figures 2022 to 2024: 139 of 867 reports went to other forces (LBC, 14 March 2024)',
    standing: 'found',
  },
  otherAgency: {
    label: 'To another agency',
    means: 'It is for another public body.',
    outcome: 'passedOn',
    closes: false,
    weighsOptions: false,
    needsItem: false,
    source: scope,
    standing: 'knowledge',
  },
  notPolicing: {
    label: 'Not policing',
    means: 'It concerns nobody who serves, and no police matter.',
    outcome: 'closed',
    closes: true,
    weighsOptions: true,
    needsItem: false,
    source: scope,
    standing: 'knowledge',
  },
  noFurtherAction: {
    label: 'No further action',
    means: 'Nothing can usefully be done, nor recorded for intelligence.',
    outcome: 'closed',
    closes: true,
    weighsOptions: true,
    needsItem: false,
    source: scope,
    standing: 'knowledge',
  },
  suspectedMalicious: {
    label: 'Suspected malicious',
    means: 'Believed to be false and sent to do harm. Never for what is mistaken or cannot be substantiated.',
    outcome: 'closed',
    closes: true,
    weighsOptions: true,
    needsItem: false,
    source: 'Crimestoppers, what we do with your information; Criminal Law Act 1967 s 5(2) was not read',
    standing: 'knowledge',
  },
} as const satisfies Record<string, Disposition>;

export type DispositionKind = keyof typeof dispositions;
