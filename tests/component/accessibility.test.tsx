import { act, screen } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { createMemoryHost } from '#tests/support/memory-host.ts';
import { MemoryUnit } from '#tests/support/memory-vault.ts';
import { commands, openTaken, record, toStep } from './assessment-fixture.ts';
import { demoUnit, openApp, openCaseOf, openQueue, setMedia } from './harness.tsx';

/** jsdom paints nothing: contrast is computed in theme.test.tsx from the palette, and seen by the tests in a browser. */
/** A menu stands outside the landmarks, as MUI puts every layer: no fault while it has the focus. */
const rulesOf = (name: string) => ({
  'color-contrast': { enabled: false },
  region: { enabled: name !== 'queue filter' },
});

async function findings(name: string): Promise<readonly string[]> {
  const { violations } = await axe.run(document.documentElement, {
    rules: rulesOf(name),
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/** A case with a test that was met and two items, on its third step. */
async function withItems() {
  const opened = await openTaken();
  const { unit } = opened;
  const id = unit.idOf('PA-000060');
  act(() => {
    unit.recordElsewhere(id, 'Asha Venn', commands.mandatory(id, new Date().toISOString()));
    unit.recordElsewhere(id, 'Asha Venn', commands.item(id, unit, 0, 20));
    unit.recordElsewhere(id, 'Asha Venn', commands.item(id, unit, 30, 60));
  });
  await toStep(opened, 3);
  return opened;
}

const screens: Readonly<Record<string, () => Promise<unknown>>> = {
  'first run': async () => {
    openApp({ unit: new MemoryUnit(), host: createMemoryHost() });
    await screen.findByRole('heading', { name: 'Set up this workstation' });
  },
  'founding the unit': async () => {
    openApp({ unit: new MemoryUnit(), host: createMemoryHost({ demo: false, enrolled: true }) });
    await screen.findByRole('heading', { name: 'Found the unit' });
  },
  unlock: async () => {
    openApp();
    await screen.findByRole('heading', { name: 'Unlock Probity' });
  },
  queue: () => openQueue(),
  'queue without a match': async () => {
    const { user } = await openQueue();
    await user.keyboard('/zzzz');
    await screen.findByText('No case matches');
  },
  'queue filter': async () => {
    const { user, unit } = await openQueue();
    const id = unit.idOf('PA-000060');
    act(() => unit.recordElsewhere(id, 'Ben Okafor', commands.mandatory(id, '2026-11-01T09:00:00.000Z')));
    await screen.findByText(/^IOPC: PA-000060/);
    await user.keyboard('f');
    await screen.findByRole('menuitemradio', { name: 'nobody 60' });
  },
  'saved views': async () => {
    const { user } = await openQueue();
    await user.keyboard('v');
    await screen.findByRole('dialog', { name: 'Saved views' });
  },
  'case in two columns': () => openCaseOf('PA-000060'),
  'case in three columns, in conflict': async () => {
    setMedia({ wide: true });
    const unit = demoUnit();
    const id = unit.idOf('PA-000060');
    unit.recordElsewhere(id, 'Ben Okafor', commands.risk(id, 'yes'));
    unit.recordElsewhere(id, 'Morgan Hale', commands.risk(id, 'no'));
    await openCaseOf('PA-000060', 'Asha Venn', { unit });
    await screen.findAllByRole('article', { name: /in conflict$/ });
  },
  'step 1, at risk': async () => {
    const opened = await openTaken();
    await opened.user.click(screen.getByRole('button', { name: 'Add a person at risk' }));
    await record(opened);
    await screen.findAllByText('Choose one.');
  },
  'step 2, mandatory referral': async () => {
    const opened = await openTaken();
    await toStep(opened, 2);
    await opened.user.click(screen.getByRole('checkbox', { name: 'Serious corruption' }));
    await opened.user.click(screen.getByRole('button', { name: 'Record a referral: Referral to the IOPC' }));
    await opened.user.click(screen.getByRole('button', { name: 'Record the severity: Severity' }));
  },
  'step 3, items': async () => {
    const { unit } = await withItems();
    await screen.findByRole('article', { name: 'Item 2' });
    expect(unit.states.size).toBeGreaterThan(0);
  },
  'step 4, grading': async () => {
    const opened = await withItems();
    await toStep(opened, 4);
    await opened.user.click(await screen.findByRole('radio', { name: 'E Suspected to be false' }));
  },
  'step 5, categories': async () => {
    const opened = await openTaken();
    await toStep(opened, 5);
    await opened.user.click(screen.getByRole('checkbox', { name: 'Infiltration' }));
    await opened.user.click(screen.getByRole('checkbox', { name: 'Other' }));
  },
  'step 6, harm and sanitising': async () => {
    const opened = await openTaken();
    await toStep(opened, 6);
    await opened.user.click(screen.getByRole('button', { name: 'Sanitise: Sanitised text of the referral' }));
    await opened.user.click(screen.getByRole('button', { name: 'Set another priority: Priority' }));
  },
  'step 7, disposition': async () => {
    const opened = await openTaken();
    await toStep(opened, 7);
    await opened.user.click(screen.getByRole('radio', { name: 'To another force' }));
    await opened.user.click(screen.getByRole('button', { name: 'Add an option considered' }));
  },
  'policy log': async () => {
    const { user } = await withItems();
    screen.getByRole('heading', { level: 1 }).focus();
    await user.keyboard('l');
    await screen.findByRole('dialog', { name: /^Policy log/ });
  },
  'clocks and matches': async () => {
    const { user } = await withItems();
    await user.click(screen.getByRole('tab', { name: 'What is known' }));
    await screen.findByRole('region', { name: 'Clocks' });
  },
  attachment: async () => {
    const { user } = await openCaseOf('PA-000060');
    await user.click(screen.getByRole('button', { name: 'Open note from the office.txt' }));
    await screen.findByText(/bags would not be missed/);
  },
  members: async () => {
    const { user } = await openQueue('Morgan Hale');
    await user.keyboard('gm');
    await screen.findByRole('heading', { name: 'Members' });
    await screen.findByRole('table');
  },
  'log with a warning': async () => {
    const { user, unit } = await openQueue();
    act(() =>
      unit.warn({ code: 'seal-broken', position: 12, case: unit.idOf('PA-000012'), detail: 'Entry 12 does not open.' }),
    );
    act(() => unit.change({ ingest: { done: 1, of: 4 } }));
    await user.keyboard('gl');
    await screen.findByRole('alert');
  },
  'case whose subject appears again': async () => {
    const unit = demoUnit();
    const [id, later] = [unit.idOf('PA-000060'), unit.idOf('PA-000059')];
    const receivedAt = new Date().toISOString();
    unit.appearances.set(id, [{ case: later, reference: 'PA-000059', receivedAt, because: ['Same station'] }]);
    const { user } = await openCaseOf('PA-000060', 'Asha Venn', { unit });
    await user.click(screen.getByRole('tab', { name: 'What is known' }));
    screen.getByRole('region', { name: 'Subject appears again' });
  },
  shortcuts: async () => {
    const { user } = await openQueue();
    await user.keyboard('?');
    await screen.findByRole('dialog', { name: 'Shortcuts' });
  },
  palette: async () => {
    const { user } = await openQueue();
    await user.keyboard('{Control>}k{/Control}PA');
    await screen.findAllByRole('option');
  },
};

// In one scheme: what differs between them is contrast, which only the end-to-end run, in a browser, can judge.
describe('axe', () => {
  it.each(Object.keys(screens))('%s', async (name) => {
    document.documentElement.lang = 'en-GB';
    document.title = 'Probity';
    await screens[name]?.();
    expect(await findings(name)).toEqual([]);
  });
});
