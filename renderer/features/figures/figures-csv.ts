import { type FigureGroup, monthsOf, sayShown, sayYear, wholeWords, withheldWords } from '#renderer/words/figures.ts';
import { visibleText } from '#shared/kernel/visible-text.ts';

export interface Provenance {
  readonly unit: string;
  readonly year: number;
  /** "Sat 28 Nov 2026, 18:30". */
  readonly when: string;
  readonly by: string;
  readonly withheld: boolean;
}

/** What the figures are of, and how they came about: the first line. */
const sayProvenance = ({ unit, year, when, by, withheld }: Provenance): string =>
  [
    `OFFICIAL-SENSITIVE. ${visibleText(unit)}: cases received in the financial year ${sayYear(year)}, 1 April to 31 March.`,
    `Counted on ${when} by ${visibleText(by)}, of the cases that they read, as these stood then.`,
    withheld ? withheldWords : wholeWords,
  ].join(' ');

/** What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), also behind spaces and in full width. */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** As RFC 4180 quotes it. With an apostrophe before what would be a formula, it is text. */
export const csvCell = (text: string): string => `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\n`;

export function figuresCsv(groups: readonly FigureGroup[], provenance: Provenance): string {
  const lines = groups.flatMap(({ title, lines: rows }) =>
    rows.map(({ label, months, total }) => [title, label, ...[...months, total].map(sayShown)]),
  );
  const head = ['Counted by', 'Of', ...monthsOf(provenance.year), 'Year'];
  return [[sayProvenance(provenance)], head, ...lines].map(csvLine).join('');
}

/**
 * As if a person had selected and copied it: so it is seen as copied, and the clipboard is cleared in a minute. The window may
 * not write to the clipboard by itself.
 */
export function copyText(text: string): boolean {
  const { activeElement } = document;
  const field = document.createElement('textarea');
  field.value = text;
  field.setAttribute('aria-hidden', 'true');
  field.style.cssText = 'position: fixed; opacity: 0';
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (activeElement instanceof HTMLElement) activeElement.focus();
  return copied;
}
