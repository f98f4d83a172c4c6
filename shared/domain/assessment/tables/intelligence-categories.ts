import { type Cited, idsOf } from './cited.ts';

const cited = {
  source: 'HMICFRS glossary, national corruption-related intelligence categories',
  standing: 'found',
} as const;

/**
 * The twelve categories of corruption-related intelligence, of the unpublished Counter Corruption (Intelligence) APP.
 * Another axis than the five under which the public reports. HMICFRS expects every force to use them consistently.
 */
export const intelligenceCategories = {
  infiltration: { label: 'Infiltration', ...cited },
  disclosure: { label: 'Disclosure of information', ...cited },
  pervertingJustice: { label: 'Perverting the course of justice', ...cited },
  sexualMisconduct: { label: 'Sexual misconduct', ...cited },
  drugs: { label: 'Controlled drug use and supply', ...cited },
  theftAndFraud: { label: 'Theft and fraud', ...cited },
  systems: { label: 'Misusing force systems', ...cited },
  abuseOfAuthority: { label: 'Abuse of authority', ...cited },
  association: { label: 'Inappropriate association', ...cited },
  vulnerability: { label: 'Vulnerability', ...cited },
  crime: { label: 'Commit, incite, aid and abet, or assist an offender in, a crime', ...cited },
  other: { label: 'Other', ...cited },
} as const satisfies Record<string, Cited>;

export type IntelligenceCategory = keyof typeof intelligenceCategories;
export const intelligenceCategoryIds = idsOf<IntelligenceCategory>(intelligenceCategories);
