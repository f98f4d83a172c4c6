import { type Cited, idsOf } from '#shared/kernel/cited.ts';

const source = 'SI 2020/2 reg 16; Police (Conduct) Regulations 2020 (SI 2020/4) reg 14';

/** If the conduct were proved. Revisable, after consulting the appropriate authority (SI 2020/2 reg 19). */
export const severityLevels = {
  misconduct: {
    label: 'Misconduct',
    means: 'So serious as to justify disciplinary action: at least a written warning.',
    source,
    standing: 'knowledge',
  },
  gross: {
    label: 'Gross misconduct',
    means: 'So serious that dismissal would be justified. Since 28 May 2025 dismissal is presumed where it is found.',
    source: `${source}; SI 2025/558`,
    standing: 'knowledge',
  },
  convicted: {
    label: 'Gross misconduct by conviction',
    means:
      'The conduct has resulted in conviction of an indictable-only offence, which is taken to be gross misconduct.',
    source: 'SI 2020/4 reg 2(1), as amended by SI 2025/558 reg 6(2)(c)',
    standing: 'found',
  },
  neither: {
    label: 'Neither',
    means: 'Not so serious: reflective practice, performance procedures or no action.',
    source,
    standing: 'knowledge',
  },
} as const satisfies Record<string, Cited & { means: string }>;

export type SeverityLevel = keyof typeof severityLevels;
export const severityLevelIds = idsOf<SeverityLevel>(severityLevels);

/** The form that proceedings would be likely to take, which the assessment must say as well. */
export const proceedings = {
  none: { label: 'No proceedings', source, standing: 'found' },
  meeting: { label: 'Misconduct meeting', source: 'SI 2020/4 reg 42', standing: 'found' },
  hearing: { label: 'Misconduct hearing', source: 'SI 2020/4 reg 42', standing: 'found' },
  vetting: {
    label: 'Under the Vetting Regulations 2025',
    source: 'SI 2020/4 reg 14(2)(aa), inserted by SI 2025/558 reg 9; SI 2025/502 was not read',
    standing: 'found',
  },
  accelerated: { label: 'Accelerated misconduct hearing', source: 'SI 2020/4 Part 5', standing: 'knowledge' },
} as const satisfies Record<string, Cited>;

export type Proceedings = keyof typeof proceedings;
export const proceedingsIds = idsOf<Proceedings>(proceedings);
