import { screen, waitFor, within } from '@testing-library/dom';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { csvCell } from '#renderer/features/figures/figures-csv.ts';
import { monthsOf } from '#renderer/words/figures.ts';
import { commands } from './commands.ts';
import { demoUnit, openQueue } from './harness.tsx';

async function openFigures(options: Parameters<typeof openQueue>[1] = {}) {
  const opened = await openQueue('Asha Venn', options);
  await opened.user.keyboard('gf');
  await screen.findByRole('heading', { name: 'Figures', level: 1 });
  return opened;
}
const cellsOf = (table: string, row: string): (string | null)[] => {
  const header = within(screen.getByRole('table', { name: table })).getByRole('rowheader', { name: row });
  return [...(header.closest('tr')?.querySelectorAll('td:not([aria-hidden])') ?? [])].map((each) => each.textContent);
};
const yearOf = (table: string, row: string) => cellsOf(table, row).at(-1);

/** What was copied last. */
let copied = '';
const seen = () => {
  const { activeElement } = document;
  if (activeElement instanceof HTMLTextAreaElement) copied = activeElement.value;
};
beforeEach(() => document.addEventListener('copy', seen));
afterEach(() => document.removeEventListener('copy', seen));

describe('figures', () => {
  it('count the cases of a financial year by month, with the small numbers withheld until they are asked for', async () => {
    const unit = await demoUnit();
    const id = unit.idOf('PA-000060');
    await unit.recordHere('Asha Venn', id, commands.categories(id, ['systems', 'drugs']));
    const { user, vault } = await openFigures({ unit });
    expect(document.activeElement?.textContent).toBe('Figures');
    const { counts } = await vault.call('counts.read', { year: null });
    const of = (category: string) => {
      const months = counts.categories.find((each) => each.id === category)?.months ?? [];
      return months.reduce((sum, each) => sum + each, 0);
    };
    expect(of('drugs')).toBeGreaterThan(0);
    expect(screen.queryByRole('table', { name: 'Primary category' })).toBeNull();
    for (const table of screen.getAllByRole('table')) {
      const numbers = within(table)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent);
      expect(numbers.filter((each) => /^[1-4]$/.test(each ?? ''))).toEqual([]);
    }

    await user.click(screen.getByRole('checkbox', { name: 'Withhold small numbers' }));
    expect(yearOf('Corruption-intelligence categories', 'Controlled drug use and supply')).toBe(String(of('drugs')));
    expect(cellsOf('All cases', 'Cases received').slice(0, -1)).toEqual(counts.all.months.map(String));
    expect(screen.getByRole('table', { name: 'Primary category' })).toBeTruthy();
    expect(screen.getByText(/Not for release/)).toBeTruthy();
  });

  it('of another year are those of that year', async () => {
    // The 60 referrals came in during the last days of the year before, and on its last.
    vi.useFakeTimers({ now: Date.parse('2026-04-02T12:00:00Z'), toFake: ['Date'] });
    const { user, vault } = await openFigures();
    const { current, counts } = await vault.call('counts.read', { year: null });
    await user.click(screen.getByRole('checkbox', { name: 'Withhold small numbers' }));
    const before = await vault.call('counts.read', { year: current - 1 });
    expect(before.counts.all.months).not.toEqual(counts.all.months);
    const label = `${current - 1}/${String(current % 100).padStart(2, '0')}`;
    await user.selectOptions(screen.getByLabelText('Financial year'), label);
    await waitFor(() =>
      expect(cellsOf('All cases', 'Cases received').slice(0, -1)).toEqual(before.counts.all.months.map(String)),
    );
  });

  it('are copied as CSV that says what it is, who made it and what is withheld, and no more than the screen shows', async () => {
    const { user, vault } = await openFigures();
    const button = screen.getByRole('button', { name: 'Copy as CSV' });
    // By the browser itself: it copies for nobody but a person.
    await userEvent.click(button);
    await screen.findByText(/^Copied as CSV/);
    expect(document.activeElement).toBe(button);
    const { current, counts } = await vault.call('counts.read', { year: null });
    const [first = '', head, all, ...others] = copied.split('\n');
    const year = `${current}/${String((current + 1) % 100).padStart(2, '0')}`;
    expect(first).toMatch(/^"OFFICIAL-SENSITIVE\. /);
    expect(first).toContain(`financial year ${year}, 1 April to 31 March. Counted on `);
    expect(first).toMatch(/ by Asha Venn, .+ \[c\] is withheld: fewer than 5, /);
    expect(head).toBe(
      `"Counted by","Of",${monthsOf(current)
        .map((month) => `"${month}"`)
        .join(',')},"Year"`,
    );
    const total = counts.all.months.reduce((sum, each) => sum + each, 0);
    expect(all).toMatch(new RegExp(`^"All cases","Cases received",.+,"${total}"$`));
    expect(others.join('\n')).not.toMatch(/,"[1-4]"(,|$)/m);

    await user.click(screen.getByRole('checkbox', { name: 'Withhold small numbers' }));
    await userEvent.click(button);
    expect(copied).toContain('Small numbers are shown and may point to a person. Not for release.');
    expect(copied).not.toContain('[c]');
  });
});

it.each([
  ['=1+1', `"'=1+1"`],
  ['+44', `"'+44"`],
  ['-1', `"'-1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t=1"`],
  ['  =1', `"'  =1"`],
  ['\r=1', `"'\r=1"`],
  ['＝1', `"'＝1"`],
  ['a "b", c', '"a ""b"", c"'],
  ['Theft and fraud', '"Theft and fraud"'],
])('no spreadsheet takes the cell %j for a formula', (text, cell) => expect(csvCell(text)).toBe(cell));
