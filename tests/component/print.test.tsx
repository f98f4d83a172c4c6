import { screen, within } from '@testing-library/dom';
import { createPortal } from 'react-dom';
import { expect, it, vi } from 'vitest';
import { PrintPage, styleString } from '#renderer/ui/print-page.tsx';
import { executeAll } from '#tests/support/memory-unit.ts';
import { openTaken } from './assessment-fixture.ts';
import { inNode } from './in-node.ts';
import { act, render } from './render.tsx';

/** The page as it stands, with the rules that scripts put into its style sheets. */
function snapshot(): string {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map(({ cssText }) => cssText));
  const body = document.body.cloneNode(true) as HTMLElement;
  for (const each of body.querySelectorAll('script, style')) each.remove();
  return `<!doctype html><meta charset="utf-8"><style>${rules.join('\n')}</style><body>${body.innerHTML}</body>`;
}

it('every sheet of a policy log has the marking, the unit, who printed it, when, and its number', async () => {
  const { user, vault, unit } = await openTaken();
  const id = unit.idOf('PA-000060');
  for (let nth = 1; nth <= 12; nth += 1) {
    const rationale = `Reason ${nth}. ${'The report says so, and nothing speaks against it. '.repeat(8)}`;
    const data = { atRiskNow: 'no' as const, people: [], rationale };
    await executeAll(vault, [{ type: 'risk.assessed', case: id, data }]);
  }
  screen.getByRole('heading', { level: 1 }).focus();
  await user.keyboard('l');
  const panel = await screen.findByRole('dialog', { name: 'Policy log of PA-000060' });
  await within(panel).findByText(/Reason 12\./);
  vi.spyOn(Date, 'now').mockReturnValue(Date.parse('2031-02-03T04:05:06Z'));
  act(() => window.dispatchEvent(new Event('beforeprint')));
  const pages = await inNode.printedPages(snapshot());
  expect(pages.length).toBeGreaterThan(1);
  for (const [index, text] of pages.entries()) {
    expect(text.match(/OFFICIAL-SENSITIVE/g)).toHaveLength(2);
    expect(text).toContain(`Page ${index + 1} of ${pages.length}`);
    expect(text).toContain('Norbeck');
    expect(text).toContain('Policy log of PA-000060');
    expect(text).toContain('Mon 3 Feb 2031, 04:05, Asha Venn');
    // Nothing of the screen itself.
    expect(text).not.toContain('Verified to');
  }
  for (let nth = 1; nth <= 12; nth += 1) expect(pages.join(' ')).toContain(`Reason ${nth}.`);
  expect(pages[0]).toContain('Printed by Asha Venn, Mon 3 Feb 2031, 04:05.');
});

it.each([
  'A "unit"; } body { display: none',
  'back\\slash',
  '\u202Eslanted',
  'Uned Gwrth-lygredd Môn',
  'x'.repeat(200),
])('a unit called %s names itself, and styles nothing', async (unit) => {
  const page = (
    <PrintPage title="Policy log" unit={unit} by="Asha Venn">
      <p>Decided.</p>
    </PrintPage>
  );
  render(createPortal(page, document.body));
  const pages = await inNode.printedPages(snapshot());
  expect(pages).toHaveLength(1);
  const [text] = pages;
  expect(text).toContain('Decided.');
  expect(text).toContain('Page 1 of 1');
  expect(text).toContain(unit.includes('\u202E') ? 'slanted' : unit.slice(0, 40));
  expect(styleString(unit).slice(1, -1)).not.toMatch(/"|\n/);
});
