import { type Cited, idsOf } from '#shared/kernel/cited.ts';

interface Element extends Cited {
  readonly ask: string;
  /** In rising order of concern. `unknown` is an answer: it is never taken for "no". */
  readonly answers: Readonly<Record<string, string>>;
}

const cited = {
  source: 'THRIVE, as sectionapp.co.uk has it; the answers are local policy',
  standing: 'summary',
} as const;

/** THRIVE: the elements are national, the answers this product's. Asked again whenever circumstances change. */
export const thrive = {
  threat: {
    label: 'Threat',
    ask: 'Who or what is the threat, and how near is it?',
    answers: { none: 'None', unknown: 'Unknown', possible: 'Possible', credible: 'Credible', immediate: 'Immediate' },
    ...cited,
  },
  harm: {
    label: 'Harm',
    ask: 'What harm was done or could be, to whom, and how grave is it?',
    answers: { none: 'None', unknown: 'Unknown', low: 'Low', moderate: 'Moderate', serious: 'Serious' },
    ...cited,
  },
  risk: {
    label: 'Risk',
    ask: 'How likely is it to happen, or to happen again?',
    answers: { low: 'Low', unknown: 'Unknown', medium: 'Medium', high: 'High' },
    ...cited,
  },
  investigation: {
    label: 'Investigation',
    ask: 'What could be found, and is any of it about to be lost?',
    answers: {
      none: 'Nothing to find',
      unknown: 'Unknown',
      some: 'Something',
      perishable: 'Evidence that may soon be lost',
    },
    ...cited,
  },
  vulnerability: {
    label: 'Vulnerability',
    ask: 'Is anyone vulnerable, and does the subject know it or use it?',
    answers: { none: 'None', unknown: 'Unknown', possible: 'Possible', present: 'Present' },
    ...cited,
  },
  engagement: {
    label: 'Engagement',
    ask: 'Who should be spoken to, and can the reporter be asked through Crimestoppers?',
    answers: { none: 'None possible', unknown: 'Unknown', possible: 'Possible', needed: 'Needed' },
    ...cited,
  },
} as const satisfies Record<string, Element>;

export type ThriveElement = keyof typeof thrive;
export type ThriveAnswer<Of extends ThriveElement> = keyof (typeof thrive)[Of]['answers'];
export const thriveElementIds = idsOf<ThriveElement>(thrive);
