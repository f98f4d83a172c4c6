import type { SubjectLine } from '#shared/domain/case/case-summary.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { shortRank } from './short-ranks.ts';

/** "DS Ellis Marlow" or "PC, unnamed". */
export const saySubject = ({ role, name }: Pick<SubjectLine, 'role' | 'name'>): string =>
  visibleText(name ? `${role} ${name}` : `${role}, unnamed`);

/** Who is reported, in one line, as it was written. */
export function saySubjects(line: SubjectLine | null): string {
  if (!line) return 'Nobody named';
  return line.others > 0 ? `${saySubject(line)} and ${line.others} more` : saySubject(line);
}

/** The same with the rank in short: "DS Ellis Marlow". */
export const saySubjectsShort = (line: SubjectLine | null): string =>
  saySubjects(line && { ...line, role: shortRank(line.role) });
