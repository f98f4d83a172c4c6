import GlobalStyles from '@mui/material/GlobalStyles';
import { type ReactNode, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { visibleText } from '#shared/kernel/visible-text.ts';
import { absolute } from './time.ts';

/** A line of a margin has room for no more; the whole stands on the first page. */
const longestInMargin = 60;

/** A text as a string of a style sheet: whatever it holds, it ends nowhere but at its end. */
export function styleString(text: string): string {
  const shown = visibleText(text);
  const short = shown.length > longestInMargin ? `${shown.slice(0, longestInMargin - 1)}…` : shown;
  const written = Array.from(short, (each) =>
    /[A-Za-z0-9 ,.:-]/.test(each) ? each : `\\${each.codePointAt(0)?.toString(16)} `,
  );
  return `"${written.join('')}"`;
}

const marking = { content: '"OFFICIAL-SENSITIVE"', fontWeight: 700, letterSpacing: '0.06em', whiteSpace: 'nowrap' };

/** On paper: this page and nothing else, black on white; the protective marking, what it is and its number on every sheet. */
const stylesOf = (unit: string, title: string, printed: string) => ({
  '.print-page': { display: 'none' },
  '@page': {
    margin: '20mm 16mm',
    font: '8.5pt/1.3 sans-serif',
    '@top-left': { content: styleString(unit) },
    '@top-center': marking,
    '@top-right': { content: styleString(title) },
    '@bottom-left': { content: styleString(printed) },
    '@bottom-center': marking,
    '@bottom-right': { content: '"Page " counter(page) " of " counter(pages)' },
  },
  '@media print': {
    'html, body': {
      height: 'auto !important',
      minHeight: '0 !important',
      margin: 0,
      overflow: 'visible !important',
      background: '#fff !important',
    },
    'body > *:not(.print-page)': { display: 'none !important' },
    '.print-page': { display: 'block', color: '#000', font: '11pt/1.4 sans-serif' },
  },
});

interface Props {
  readonly title: string;
  readonly unit: string;
  /** Who prints it. */
  readonly by: string;
  readonly children: ReactNode;
}

/** What `window.print` prints while it is in the document. */
export function PrintPage({ title, unit, by, children }: Props) {
  const [at, setAt] = useState(Date.now);
  useEffect(() => {
    // The time stands on the sheet: what the window draws next is on paper already.
    const printing = () => flushSync(() => setAt(Date.now()));
    window.addEventListener('beforeprint', printing);
    return () => window.removeEventListener('beforeprint', printing);
  }, []);
  const when = absolute(at);
  return (
    <div className="print-page" aria-hidden>
      <GlobalStyles styles={stylesOf(unit, title, `${when}, ${by}`)} />
      <h1>{title}</h1>
      <p>{`${visibleText(unit)}. Printed by ${visibleText(by)}, ${when}.`}</p>
      {children}
    </div>
  );
}
