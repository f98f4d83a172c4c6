import { type Cited, idsOf } from '#shared/kernel/cited.ts';

const app = 'College of Policing APP, intelligence management (3x5x2)';
const labels = { source: app, standing: 'found' } as const;

/** How far the source can be relied on. The labels were read; the glosses are professional knowledge. */
export const sourceGrades = {
  1: { label: 'Reliable', means: 'Competence and information relied on in the past without doubt.', ...labels },
  2: {
    label: 'Untested',
    means: 'Not known before, or one who cannot be determined: an anonymous reporter.',
    ...labels,
  },
  3: { label: 'Not reliable', means: 'There are grounds to doubt the source. Say who judged, and why.', ...labels },
} as const satisfies Record<string, Cited & { means: string }>;

/** How the information is known. */
export const assessmentGrades = {
  A: { label: 'Known directly to the source', means: 'Seen or heard by the source.', ...labels },
  B: {
    label: 'Known indirectly but corroborated',
    means: 'Heard from others, and borne out independently: never by what has the same origin.',
    ...labels,
  },
  C: { label: 'Known indirectly', means: 'Heard from others.', ...labels },
  D: { label: 'Not known', means: 'There is no means of assessing it.', ...labels },
  E: { label: 'Suspected to be false', means: 'Say who judged, and why.', ...labels },
} as const satisfies Record<string, Cited & { means: string }>;

export const handlingGrades = {
  P: {
    label: 'Lawful sharing permitted',
    means: 'For a policing purpose, with a legitimate need to know, under the marking that it bears.',
    ...labels,
  },
  C: { label: 'Lawful sharing permitted with conditions', means: 'Say the conditions.', ...labels },
} as const satisfies Record<string, Cited & { means: string }>;

export type SourceGrade = '1' | '2' | '3';
export type AssessmentGrade = keyof typeof assessmentGrades;
export type HandlingGrade = keyof typeof handlingGrades;
export const sourceGradeIds = ['1', '2', '3'] as const satisfies readonly SourceGrade[];
export const assessmentGradeIds = idsOf<AssessmentGrade>(assessmentGrades);
export const handlingGradeIds = idsOf<HandlingGrade>(handlingGrades);
