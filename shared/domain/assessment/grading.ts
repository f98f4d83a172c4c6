import { isConflict, type Recorded, selectCurrent } from '../case/history.ts';
import type { Knew } from '../case/signed.ts';
import type { Item } from './assessment-state.ts';
import type { Grade } from './grade-schema.ts';

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

/** What a grade should make one stop at. It warns; it refuses nothing. */
export function gradingWarnings(
  grade: Pick<Grade, 'source' | 'assessment' | 'handling' | 'conditions'>,
): readonly string[] {
  const { source, assessment, handling, conditions } = grade;
  const warnings: string[] = [];
  if (source === '1') {
    warnings.push('Source 1 says that this reporter has proved reliable. One who is not known can hardly be.');
  }
  if (assessment === 'A') {
    warnings.push('Assessment A says that the source saw or heard it. Does the referral show that?');
  }
  if (handling === 'P') {
    warnings.push('Handling P lets others share it for any policing purpose. Is the reporter safe if they do?');
  }
  if (handling === 'C' && !conditions) warnings.push('Handling C without conditions says nothing: say which apply.');
  return warnings;
}
