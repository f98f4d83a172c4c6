import { type Cited, idsOf } from '#shared/kernel/cited.ts';

const guidance = 'IOPC statutory guidance on the police complaints system, serious corruption';

/** What counts as serious corruption, the criterion of reg 4(1). Only the last words of reg 4(1) itself were read. */
export const seriousCorruption = {
  justice: {
    label: 'Perverting the course of justice, or seriously harming the administration of justice',
    source: guidance,
    standing: 'knowledge',
  },
  payments: {
    label: 'Payments, benefits or favours for the performance of duties, where a court could impose a serious sentence',
    source: guidance,
    standing: 'knowledge',
  },
  abuseOfAuthority: { label: 'Abuse of authority', source: guidance, standing: 'knowledge' },
  sourceHandling: {
    label: 'Corrupt relationship between a handler and a covert human intelligence source',
    source: guidance,
    standing: 'knowledge',
  },
  confidentialInformation: {
    label: 'Confidential information for payment or favour, where more than an offence under DPA 2018 s 170',
    source: guidance,
    standing: 'knowledge',
  },
  seizedMaterial: {
    label: 'Taking or supplying seized drugs, firearms or other material',
    source: guidance,
    standing: 'knowledge',
  },
  sexualPurpose: {
    label: 'Abuse of position for a sexual purpose, or to pursue an improper emotional relationship',
    source: 'SI 2020/2 reg 4(1); Durham Constabulary APSP page',
    standing: 'found',
  },
  attempt: {
    label: 'Attempt, incitement or conspiracy to do any of these',
    source: guidance,
    standing: 'knowledge',
  },
} as const satisfies Record<string, Cited>;

export type SeriousCorruption = keyof typeof seriousCorruption;
export const seriousCorruptionIds = idsOf<SeriousCorruption>(seriousCorruption);
