import { notice } from '#shared/kernel/refusal.ts';
import { isConflict, type Recorded, selectCurrent } from '../event/history.ts';
import type { Knew } from '../event/signed.ts';
import type { Grade } from './grading-scales.ts';
import type { Item } from './item-recorded.ts';

/**
 * What an item has until someone grades it: an untested source, not known, shared with conditions. The usual grade of a
 * Crimestoppers report; C as the default of corruption units is [unsure].
 */
export const defaultGrade: Grade = {
  source: '2',
  assessment: 'D',
  handling: 'C',
  conditions: null,
  corroboratedBy: [],
  judgedBy: null,
  why: null,
};

export interface StandingGrade {
  readonly grade: Grade;
  /** Null: nobody graded it, and the default stands. */
  readonly recorded: Recorded<Grade> | null;
  readonly conflict: boolean;
}

export function selectGrade({ grades }: Item): StandingGrade {
  const recorded = selectCurrent(grades).at(-1) ?? null;
  return { grade: recorded ?? defaultGrade, recorded, conflict: isConflict(grades) };
}

/** Whether every grade in force, of those that the author knew, says that the item is suspected to be false. */
export function isSuspectedFalse({ grades }: Item, knew: Knew): boolean {
  const current = selectCurrent(grades, knew);
  return current.length > 0 && current.every(({ assessment, why }) => assessment === 'E' && why !== null);
}

/** "2-D-C", as it is written on a report. */
export const gradeCode = ({ source, assessment, handling }: Grade): string => `${source}-${assessment}-${handling}`;

/** What a grade should make one stop at. It warns; what is required is in `item-graded.ts`. */
export const gradingWarnings = ({
  source,
  assessment,
  handling,
  conditions,
}: Pick<Grade, 'source' | 'assessment' | 'handling' | 'conditions'>) => [
  ...(source === '1' ? [notice('source-1')] : []),
  ...(assessment === 'A' ? [notice('assessment-a')] : []),
  ...(handling === 'P' ? [notice('handling-p')] : []),
  ...(handling === 'C' && !conditions ? [notice('handling-c-without-conditions')] : []),
];
