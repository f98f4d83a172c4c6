import { type Cited, idsOf } from '#shared/kernel/cited.ts';

const cited = {
  source: 'HMICFRS glossary, national corruption-related intelligence collection categories',
  standing: 'found',
} as const;

interface Category extends Cited {
  /** For a column or a filter. */
  readonly short: string;
}

/**
 * The twelve collection categories of corruption-related intelligence, as HMICFRS prints them, of the unpublished Counter Corruption (Intelligence) APP.
 * Another axis than the five under which the public reports. HMICFRS expects every force to use them consistently.
 */
export const intelligenceCategories = {
  infiltration: { label: 'Infiltration', short: 'Infiltration', ...cited },
  disclosure: { label: 'Disclosure of information', short: 'Disclosure', ...cited },
  pervertingJustice: { label: 'Perverting the course of justice', short: 'Perverting justice', ...cited },
  sexualMisconduct: { label: 'Sexual misconduct', short: 'Sexual misconduct', ...cited },
  drugs: { label: 'Controlled drug use and supply', short: 'Drugs', ...cited },
  theftAndFraud: { label: 'Theft and fraud', short: 'Theft and fraud', ...cited },
  systems: { label: 'Misusing force systems', short: 'Misusing systems', ...cited },
  abuseOfAuthority: { label: 'Abuse of authority', short: 'Abuse of authority', ...cited },
  association: { label: 'Inappropriate association', short: 'Association', ...cited },
  vulnerability: { label: 'Vulnerability', short: 'Vulnerability', ...cited },
  crime: {
    label: 'Commit, incite, aid and abet, assist an offender in commission of a crime',
    short: 'Commit or assist a crime',
    ...cited,
  },
  other: { label: 'Other', short: 'Other', ...cited },
} as const satisfies Record<string, Category>;

export type IntelligenceCategory = keyof typeof intelligenceCategories;
export const intelligenceCategoryIds = idsOf<IntelligenceCategory>(intelligenceCategories);
