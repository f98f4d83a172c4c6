import type { SubjectLine } from '#shared/domain/case/case-summary.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';

/** "DS Ellis Marlow" or "PC, unnamed". */
export const saySubject = ({ role, name }: Pick<SubjectLine, 'role' | 'name'>): string =>
  visibleText(name ? `${role} ${name}` : `${role}, unnamed`);

/** Who is reported, in one line. */
export function saySubjects(line: SubjectLine | null): string {
  if (!line) return 'Nobody named';
  return line.others > 0 ? `${saySubject(line)} and ${line.others} more` : saySubject(line);
}
