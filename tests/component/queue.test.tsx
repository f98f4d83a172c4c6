import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Preferences } from '#renderer/vault/vault-api.ts';
import type { IntelligenceCategory } from '#shared/domain/assessment/tables/intelligence-categories.ts';
import { demoMembers } from '#tests/support/memory-host.ts';
import { MemoryUnit } from '#tests/support/memory-vault.ts';
import { why } from './assessment-fixture.ts';
import { demoUnit, openApp, openQueue, unlockAs } from './harness.tsx';

const rows = () => screen.getAllByRole('row').slice(1);
const activeRow = () => screen.getByRole('row', { selected: true });
const cell = (row: HTMLElement, column: number) => within(row).getAllByRole('gridcell')[column]?.textContent;
const referenceOf = (row: HTMLElement) => cell(row, 2);

const categorise = (unit: MemoryUnit, reference: string, categories: readonly IntelligenceCategory[]): void => {
  const id = unit.idOf(reference);
  const [primary = 'other'] = categories;
  unit.recordElsewhere(id, 'Ben Okafor', {
    type: 'recordCategories',
    case: id,
    data: { categories: [...categories], primary, why: null },
  });
};

/** Sixty referrals, two of them with corruption categories. */
function categorisedUnit(): MemoryUnit {
  const unit = demoUnit();
  categorise(unit, 'PA-000060', ['disclosure', 'association']);
  categorise(unit, 'PA-000059', ['disclosure']);
  return unit;
}

describe('queue', () => {
  it('keeps 50,000 rows out of the document, and reaches the last by one key', async () => {
    const { user, unit } = await openQueue('Asha Venn', { referrals: 50_000 });
    const grid = screen.getByRole('grid');
    expect(grid.getAttribute('aria-rowcount')).toBe('50001');
    expect(rows().length).toBeLessThan(60);
    await user.keyboard('{End}');
    await waitFor(() => expect(activeRow().getAttribute('aria-rowindex')).toBe('50001'));
    await waitFor(() => expect(referenceOf(activeRow())).toMatch(/^PA-/));
    expect(rows().length).toBeLessThan(60);
    expect(grid.getAttribute('aria-activedescendant')).toBe(activeRow().id);
    expect(unit.asked.mostRows).toBeLessThanOrEqual(200);
    await user.keyboard('{Home}');
    await waitFor(() => expect(activeRow().getAttribute('aria-rowindex')).toBe('2'));
    expect(screen.getByText('50,000 cases')).toBeTruthy();
  });

  it('moves with letters, arrows and pages', async () => {
    const { user } = await openQueue();
    const at = () => Number(activeRow().getAttribute('aria-rowindex')) - 2;
    await user.keyboard('jj');
    expect(at()).toBe(2);
    await user.keyboard('k{ArrowDown}{ArrowDown}');
    expect(at()).toBe(3);
    await user.keyboard('{PageDown}');
    expect(at()).toBeGreaterThan(15);
    await user.keyboard('{PageUp}');
    expect(at()).toBe(3);
  });

  it('searches with every keystroke and goes back to the rows', async () => {
    const { user } = await openQueue();
    await user.keyboard('/PA-00003');
    await waitFor(() => screen.getByText('10 of 60'));
    await user.keyboard('{Enter}');
    expect(document.activeElement).toBe(screen.getByRole('grid'));
    await user.keyboard('c');
    await waitFor(() => screen.getByText('60 cases'));
  });

  it('says when nothing matches, and offers all cases again', async () => {
    const { user } = await openQueue();
    await user.keyboard('/zzzz');
    await screen.findByText('No case matches');
    await user.click(screen.getByRole('button', { name: 'Clear search and filters' }));
    await screen.findByRole('grid');
  });

  it('filters by who has it and by priority', async () => {
    const { user } = await openQueue();
    await user.keyboard('t');
    await screen.findByText(/^You have PA-/);
    await user.keyboard('f');
    await user.click(await screen.findByRole('menuitemradio', { name: /^me/ }));
    await waitFor(() => screen.getByText('1 of 60'));
    expect(screen.getByRole('button', { name: 'Held by: me' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Clear' }));
    await user.click(screen.getByRole('button', { name: 'Priority: any' }));
    await user.click(await screen.findByRole('menuitemcheckbox', { name: /^Standard/ }));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(rows().every((row) => cell(row, 1) === 'Standard')).toBe(true));
  });

  it('counts each choice under the search and the other filters, when a filter is opened', async () => {
    const { user, unit } = await openQueue('Asha Venn', { unit: categorisedUnit() });
    expect(unit.asked.counts).toBe(0);
    await user.click(screen.getByRole('button', { name: 'Corruption category: any' }));
    await screen.findByRole('menuitemcheckbox', { name: 'Disclosure 2' });
    expect(screen.getByRole('menuitemcheckbox', { name: 'Association 1' })).toBeTruthy();
    expect(screen.getByRole('menuitemcheckbox', { name: 'Drugs 0' })).toBeTruthy();
    await user.click(screen.getByRole('menuitemcheckbox', { name: 'Association 1' }));
    await waitFor(() => screen.getByText('1 of 60'));
    // Its own choices are counted as if none were made: any of them may be added.
    expect(screen.getByRole('menuitemcheckbox', { name: 'Disclosure 2' })).toBeTruthy();
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', { name: 'Status: any' }));
    await screen.findByRole('menuitemcheckbox', { name: 'New 1' });
    expect(screen.getByRole('menuitemcheckbox', { name: 'Assessing 0' })).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(screen.getByRole('button', { name: 'Corruption category: Association' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Clear' }));
    await waitFor(() => screen.getByText('60 cases'));
    await user.keyboard('/PA-000060');
    await waitFor(() => screen.getByText('1 of 60'));
    await user.click(screen.getByRole('button', { name: 'Held by: anyone' }));
    await screen.findByRole('menuitemradio', { name: 'nobody 1' });
  });

  it('counts again when a case changes while a filter is open', async () => {
    const { user, unit } = await openQueue('Asha Venn', { unit: categorisedUnit() });
    await user.click(screen.getByRole('button', { name: 'Corruption category: any' }));
    await screen.findByRole('menuitemcheckbox', { name: 'Disclosure 2' });
    act(() => categorise(unit, 'PA-000042', ['disclosure']));
    await screen.findByRole('menuitemcheckbox', { name: 'Disclosure 3' });
  });

  it('finds cases by the name of a category, and shows the primary one beside what was reported', async () => {
    const { user } = await openQueue('Asha Venn', { unit: categorisedUnit() });
    await user.keyboard('/inappropriate association');
    await waitFor(() => screen.getByText('1 of 60'));
    const [row] = rows();
    if (!row) throw new Error('no row');
    expect(referenceOf(row)).toBe('PA-000060');
    expect(cell(row, 4)).toMatch(/ · Disclosure$/);
    expect(within(row).getAllByRole('gridcell')[4]?.title).toMatch(
      /^Reported as: .+\nRecorded as: Disclosure of information \(primary\); Inappropriate association$/,
    );
  });

  it('filters by what stands as disposition', async () => {
    const unit = categorisedUnit();
    const id = unit.idOf('PA-000059');
    unit.recordElsewhere(id, 'Ben Okafor', {
      type: 'recordDisposition',
      case: id,
      data: { outcome: { kind: 'safeguard', ended: false }, options: [], rationale: why },
    });
    const { user } = await openQueue('Asha Venn', { unit });
    await user.click(screen.getByRole('button', { name: 'Disposition: any' }));
    await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Safeguard 1' }));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(rows().map(referenceOf)).toEqual(['PA-000059']));
  });

  it('opens a view that was saved before there were these filters', async () => {
    const unit = demoUnit();
    const query = {
      text: 'PA-00003',
      status: [],
      priority: [],
      category: [],
      holder: 'anyone',
      sort: { by: 'urgency', descending: false },
    };
    unit.preferences.set('slot-2', { savedViews: [{ name: 'Thirties', query }] } as unknown as Preferences);
    const { user } = await openQueue('Asha Venn', { unit });
    await user.keyboard('1');
    await waitFor(() => screen.getByText('10 of 60'));
    expect(screen.getByRole('button', { name: 'View: Thirties' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Corruption category: any' })).toBeTruthy();
  });

  it('sorts by a header, and the other way round the second time', async () => {
    const { user } = await openQueue();
    const header = screen.getByRole('columnheader', { name: 'Reference' });
    await user.click(within(header).getByRole('button'));
    await waitFor(() => expect(rows().map(referenceOf)[0]).toBe('PA-000001'));
    expect(header.getAttribute('aria-sort')).toBe('ascending');
    within(header).getByRole('button').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(rows().map(referenceOf)[0]).toBe('PA-000060'));
    expect(header.getAttribute('aria-sort')).toBe('descending');
  });

  it('takes and releases by key, and says who could when it is refused', async () => {
    const { user, unit } = await openQueue();
    const id = unit.idOf(referenceOf(activeRow()) ?? '');
    await user.keyboard('t');
    await waitFor(() => expect(cell(activeRow(), 8)).toBe('Asha Venn'));
    await user.keyboard('t');
    expect((await screen.findByRole('alert')).textContent).toContain('You have this case already.');
    await user.keyboard('r');
    await waitFor(() => expect(cell(activeRow(), 8)).toBe('Nobody'));
    const [, , ben] = unit.members;
    act(() => {
      unit.append(id, { type: 'case.taken', at: new Date().toISOString(), data: {} }, ben ?? null);
      unit.tell({ type: 'queueChanged' });
    });
    await waitFor(() => expect(cell(activeRow(), 8)).toBe('Ben Okafor'));
    await user.keyboard('r');
    expect((await screen.findByRole('alert')).textContent).toContain(
      'Only Ben Okafor, or a supervisor, can release this case.',
    );
  });

  it('marks what waits to sync, until the endpoint has it', async () => {
    const { user, unit } = await openQueue();
    act(() => unit.goOffline());
    await user.keyboard('t');
    await waitFor(() => expect(cell(activeRow(), 9)).toBe('Waiting'));
    expect(screen.getByText('1 waiting to sync')).toBeTruthy();
    expect(screen.getByText(/^Offline: The central endpoint cannot be reached/)).toBeTruthy();
    act(() => unit.goOnline());
    await waitFor(() => expect(cell(activeRow(), 9)).toBe(''));
    expect(screen.getByText('Nothing waiting to sync')).toBeTruthy();
  });

  it('saves a view, applies it by number, and deletes it', async () => {
    const { user, unit } = await openQueue();
    await user.keyboard('/PA-00003');
    await waitFor(() => screen.getByText('10 of 60'));
    await user.keyboard('{Escape}v');
    await user.type(await screen.findByLabelText('Name of this view'), 'Thirties{Enter}');
    await screen.findByText('View "Thirties" saved.');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.keyboard('c');
    await waitFor(() => screen.getByText('60 cases'));
    await user.keyboard('1');
    await waitFor(() => screen.getByText('10 of 60'));
    await user.click(screen.getByRole('button', { name: 'View: Thirties' }));
    await user.click(await screen.findByRole('button', { name: 'Delete the view Thirties' }));
    await waitFor(() => expect(unit.preferences.get('slot-2')?.savedViews).toEqual([]));
  });

  it('follows the case that is active when others come in above it', async () => {
    const { user, unit } = await openQueue();
    await user.click(within(screen.getByRole('columnheader', { name: 'Received' })).getByRole('button'));
    await waitFor(() => expect(rows().map(referenceOf)[0]).toBe('PA-000060'));
    await user.keyboard('j');
    expect(referenceOf(activeRow())).toBe('PA-000059');
    act(() => unit.receive(1, 11));
    await waitFor(() => screen.getByText('61 cases'));
    expect(referenceOf(activeRow())).toBe('PA-000059');
    expect(activeRow().getAttribute('aria-rowindex')).toBe('4');
  });

  it('says so when nothing has come in, and more when offline', async () => {
    const unit = new MemoryUnit();
    for (const member of demoMembers) unit.admit(member);
    await unlockAs(openApp({ unit }), 'Asha Venn');
    await screen.findByText('No referral has come in yet');
    act(() => unit.goOffline());
    await screen.findByText(/This workstation is offline/);
  });
});
