import { act, screen } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import { createMemoryHost } from '#tests/support/memory-host.ts';
import { MemoryUnit } from '#tests/support/memory-vault.ts';
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
    const { user } = await openQueue();
    await user.keyboard('f');
    await screen.findByRole('menu');
  },
  'saved views': async () => {
    const { user } = await openQueue();
    await user.keyboard('v');
    await screen.findByRole('dialog', { name: 'Saved views' });
  },
  'case in two columns': () => openCaseOf('PA-000060'),
  'case in three columns, in conflict': async () => {
    setMedia({ wide: true, dark: document.body.dataset.dark === 'yes' });
    const unit = demoUnit();
    const id = unit.idOf('PA-000060');
    unit.decideElsewhere(id, 'Ben Okafor', 'safeguard', 'She must be contacted today.');
    unit.decideElsewhere(id, 'Morgan Hale', 'record', 'Nothing can be done with it yet.');
    await openCaseOf('PA-000060', 'Asha Venn', { unit });
    await screen.findByRole('heading', { name: 'Decisions in conflict' });
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

describe.each(['light', 'dark'])('axe, in %s', (scheme) => {
  it.each(Object.keys(screens))('%s', async (name) => {
    document.documentElement.lang = 'en-GB';
    document.title = 'Probity';
    document.body.dataset.dark = scheme === 'dark' ? 'yes' : 'no';
    setMedia({ dark: scheme === 'dark' });
    await screens[name]?.();
    expect(await findings(name)).toEqual([]);
  });
});
