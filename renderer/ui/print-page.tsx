import GlobalStyles from '@mui/material/GlobalStyles';
import type { ReactNode } from 'react';

/** On paper: this page and nothing else, black on white, with the protective marking above and below on every sheet. */
const styles = {
  '.print-page': { display: 'none' },
  '@media print': {
    '@page': { margin: '18mm 16mm' },
    'html, body': { height: 'auto !important', overflow: 'visible !important', background: '#fff !important' },
    'body > *:not(.print-page)': { display: 'none !important' },
    '.print-page': { display: 'block', color: '#000', font: '11pt/1.4 sans-serif' },
    '.print-page table': { width: '100%', borderCollapse: 'collapse' },
    '.print-page th': { textAlign: 'center', fontWeight: 700, letterSpacing: '0.06em', padding: '2mm 0' },
  },
} as const;

/** What `window.print` prints while it is in the document. */
export function PrintPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="print-page" aria-hidden>
      <GlobalStyles styles={styles} />
      {/* A table because its head and foot are printed again on every sheet. */}
      <table>
        <thead>
          <tr>
            <th>OFFICIAL-SENSITIVE</th>
          </tr>
        </thead>
        <tfoot>
          <tr>
            <th>OFFICIAL-SENSITIVE</th>
          </tr>
        </tfoot>
        <tbody>
          <tr>
            <td>
              <h1>{title}</h1>
              {children}
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
