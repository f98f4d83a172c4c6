import { screen, waitFor, within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { setQuery, useQueue } from '#renderer/state/queue-store.ts';
import { openCase } from '#renderer/state/screen-store.ts';
import type { CallInput } from '#renderer/vault/calls/call-list.ts';
import type { QueuePage } from '#renderer/vault/queue-api.ts';
import type { Preferences } from '#renderer/vault/vault-api.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { MemoryUnit } from '#tests/support/memory-unit.ts';
import { commands } from './commands.ts';
import { demoUnit, openDesk, openQueue, resizeTo } from './harness.tsx';
import { act } from './render.tsx';

const rows = () => screen.getAllByRole('row').slice(1);
const activeRow = () => screen.getByRole('row', { selected: true });
const cell = (row: HTMLElement, column: number) => within(row).getAllByRole('gridcell')[column]?.textContent;
const referenceOf = (row: HTMLElement) => cell(row, 2);

/** As if there were 50,000 cases: the real rows, over and over. */
async function pageOfMany(
  { query, offset, limit }: CallInput<'queue.page'>,
  carryOn: (input: CallInput<'queue.page'>) => Promise<QueuePage>,
): Promise<QueuePage> {
  const { rows } = await carryOn({ query, offset: 0, limit });
  const many = Array.from({ length: Math.min(limit, 50_000 - offset) }, (_, index) => {
    const row = rows[(offset + index) % rows.length];
    if (!row) throw new Error('no row');
    return { ...row, id: `${row.id} ${offset + index}` as StreamId };
  });
  return { offset, rows: many, matching: 50_000, total: 50_000 };
}

/** Sixty referrals, two of them with corruption categories. */
async function categorisedUnit(): Promise<MemoryUnit> {
  const unit = await demoUnit();
  const [first, second] = [unit.idOf('PA-000060'), unit.idOf('PA-000059')];
  await unit.recordHere('Ben Okafor', first, commands.categories(first, ['disclosure', 'association']));
  await unit.recordHere('Ben Okafor', second, commands.categories(second, ['disclosure']));
  return unit;
}

describe('queue', () => {
  it('keeps 50,000 rows out of the document, and reaches the last by one key', async () => {
    const { user, station } = await openQueue();
    station.answer('queue.page', pageOfMany);
    act(() => setQuery({}));
    const grid = screen.getByRole('grid');
    await waitFor(() => expect(grid.getAttribute('aria-rowcount')).toBe('50001'));
    expect(rows().length).toBeLessThan(60);
    await user.keyboard('{End}');
    await waitFor(() => expect(activeRow().getAttribute('aria-rowindex')).toBe('50001'));
    await waitFor(() => expect(referenceOf(activeRow())).toMatch(/^PA-/));
    expect(rows().length).toBeLessThan(60);
    expect(grid.getAttribute('aria-activedescendant')).toBe(activeRow().id);
    for (const { limit } of station.asked('queue.page')) expect(limit).toBeLessThanOrEqual(200);
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

  it('comes back to the case that was opened, from wherever', async () => {
    const { user, unit } = await openQueue();
    await waitFor(() => activeRow());
    const first = referenceOf(activeRow()) as string;
    const other = referenceOf(rows()[5] as HTMLElement) as string;
    expect(other).not.toBe(first);
    await act(() => openCase(unit.idOf(other)));
    // At once: the rows need not be read anew for it.
    expect(useQueue.getState().activeIndex).toBe(5);
    await screen.findByRole('heading', { name: other, level: 1 });
    await user.keyboard('{Escape}');
    await screen.findByRole('grid', { name: 'Queue' });
    expect(referenceOf(activeRow())).toBe(other);
  });

  it('begins at the top again with a new query, wherever the mouse had scrolled', async () => {
    await openQueue();
    const grid = screen.getByRole('grid');
    grid.scrollTop = 400;
    await waitFor(() => expect(grid.getAttribute('aria-activedescendant')).toBeNull());
    act(() => setQuery({ sort: { by: 'reference', descending: false } }));
    await waitFor(() => expect(grid.scrollTop).toBe(0));
    await waitFor(() => expect(referenceOf(activeRow())).toBe('PA-000001'));
  });

  it('filters by who has it and by priority', async () => {
    const { user } = await openQueue();
    await user.keyboard('t');
    await screen.findByText(/^You have PA-/);
    await user.keyboard('f');
    await user.click(await screen.findByRole('menuitemradio', { name: /^me/ }));
    await waitFor(() => screen.getByText('1 of 60'));
    expect(screen.getByRole('button', { name: 'Owner: me' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Clear' }));
    await user.click(screen.getByRole('button', { name: 'Priority: any' }));
    await user.click(await screen.findByRole('menuitemcheckbox', { name: /^Standard/ }));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(rows().every((row) => cell(row, 1) === 'Standard')).toBe(true));
  });

  it('counts each choice under the search and the other filters, when a filter is opened', async () => {
    const { user, station } = await openQueue('Asha Venn', { unit: await categorisedUnit() });
    expect(station.asked('queue.counts')).toEqual([]);
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
    await user.click(screen.getByRole('button', { name: 'Owner: anyone' }));
    await screen.findByRole('menuitemradio', { name: 'nobody 1' });
  });

  it('counts again when a case changes while a filter is open', async () => {
    const { user, unit } = await openQueue('Asha Venn', { unit: await categorisedUnit() });
    await user.click(screen.getByRole('button', { name: 'Corruption category: any' }));
    await screen.findByRole('menuitemcheckbox', { name: 'Disclosure 2' });
    const id = unit.idOf('PA-000042');
    await unit.recordElsewhere('Ben Okafor', id, commands.categories(id, ['disclosure']));
    await screen.findByRole('menuitemcheckbox', { name: 'Disclosure 3' });
  });

  it('finds cases by the name of a category, and shows the primary one beside what was reported', async () => {
    const { user } = await openQueue('Asha Venn', { unit: await categorisedUnit() });
    await user.keyboard('/inappropriate association');
    await waitFor(() => screen.getByText('1 of 60'));
    const [row] = rows();
    if (!row) throw new Error('no row');
    expect(referenceOf(row)).toBe('PA-000060');
    expect(cell(row, 6)).toMatch(/ · Disclosure$/);
    expect(within(row).getAllByRole('gridcell')[6]?.title).toMatch(
      /^Public categories: .+\nRecorded as: Disclosure of information \(primary\); Inappropriate association$/,
    );
  });

  it('filters by what stands as disposition', async () => {
    const unit = await categorisedUnit();
    const id = unit.idOf('PA-000059');
    await unit.recordHere('Ben Okafor', id, commands.risk(id, 'yes'), commands.safeguard(id));
    const { user } = await openQueue('Asha Venn', { unit });
    await user.click(screen.getByRole('button', { name: 'Disposition: any' }));
    await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Safeguard 1' }));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(rows().map(referenceOf)).toEqual(['PA-000059']));
  });

  it('opens a view that was saved before there were these filters', async () => {
    const unit = await demoUnit();
    const query = {
      text: 'PA-00003',
      status: [],
      priority: [],
      category: [],
      holder: 'anyone',
      sort: { by: 'urgency', descending: false },
    };
    const old = { savedViews: [{ name: 'Thirties', query }] } as unknown as Preferences;
    await unit.workAs('Asha Venn', (vault) => vault.call('preferences.save', old));
    const { user } = await openQueue('Asha Venn', { unit });
    await user.keyboard('6');
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
    await waitFor(() => expect(cell(activeRow(), 9)).toBe('Asha Venn'));
    await user.keyboard('t');
    expect((await screen.findByRole('alert')).textContent).toContain('You have this case already.');
    await user.keyboard('r');
    await waitFor(() => expect(cell(activeRow(), 9)).toBe('Nobody'));
    await unit.recordElsewhere('Ben Okafor', id);
    await waitFor(() => expect(cell(activeRow(), 9)).toBe('Ben Okafor'));
    await user.keyboard('r');
    expect((await screen.findByRole('alert')).textContent).toContain(
      'Only Ben Okafor, or a supervisor, can release this case.',
    );
  });

  it('marks what waits to sync, until the endpoint has it', async () => {
    const { user, unit } = await openQueue();
    await screen.findByText('Nothing waiting to sync');
    act(() => unit.host.goOffline());
    await user.keyboard('t');
    await waitFor(() => expect(cell(activeRow(), 8)).toMatch(/ · waiting/));
    expect(screen.getByText('1 waiting to sync')).toBeTruthy();
    expect(await screen.findByText(/^Offline: The endpoint cannot be reached/)).toBeTruthy();
    act(() => unit.host.goOnline());
    await waitFor(() => expect(cell(activeRow(), 8)).not.toMatch(/waiting/));
    expect(await screen.findByText('Nothing waiting to sync')).toBeTruthy();
  });

  it('saves a view, applies it by number, and deletes it', async () => {
    const { user, vault } = await openQueue();
    await user.keyboard('/PA-00003');
    await waitFor(() => screen.getByText('10 of 60'));
    await user.keyboard('{Escape}v');
    await user.type(await screen.findByLabelText('Name of this view'), 'Thirties{Enter}');
    await screen.findByText('View "Thirties" saved.');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.keyboard('c');
    await waitFor(() => screen.getByText('60 cases'));
    await user.keyboard('6');
    await waitFor(() => screen.getByText('10 of 60'));
    await user.click(screen.getByRole('button', { name: 'View: Thirties' }));
    await user.click(await screen.findByRole('button', { name: 'Delete the view Thirties' }));
    await waitFor(async () => expect((await vault.call('preferences.load', {})).savedViews).toEqual([]));
  });

  it('follows the case that is active when others come in above it', async () => {
    const { user, unit } = await openQueue();
    await user.click(within(screen.getByRole('columnheader', { name: 'Received' })).getByRole('button'));
    await waitFor(() => expect(rows().map(referenceOf)[0]).toBe('PA-000060'));
    await user.keyboard('j');
    expect(referenceOf(activeRow())).toBe('PA-000059');
    await unit.receive(1, 11);
    await user.unhover(screen.getByRole('grid'));
    await waitFor(() => screen.getByText('61 cases'));
    expect(referenceOf(activeRow())).toBe('PA-000059');
    expect(activeRow().getAttribute('aria-rowindex')).toBe('4');
  });

  it('says so when nothing has come in, and more when offline', async () => {
    const { unit } = await openDesk('Asha Venn', { referrals: 0 });
    await screen.findByText('No referral has come in yet');
    act(() => unit.host.goOffline());
    await screen.findByText(/This workstation is offline/);
  });
});

const headers = () => screen.getAllByRole('columnheader').map((header) => header.textContent);
const all = [
  'Clock',
  'Priority',
  'Reference',
  'Received',
  'Subject',
  'Marks',
  'Categories',
  'At risk',
  'Status',
  'Owner',
];
/** What reaches out of the queue, or is wider than its column though its column could be. */
const cutOff = () => {
  const grid = screen.getByRole('grid');
  const edge = grid.getBoundingClientRect().left + grid.clientWidth;
  return [...screen.getAllByRole('columnheader'), ...screen.getAllByRole('gridcell')]
    .filter((cell) => cell.getBoundingClientRect().right > edge + 1)
    .map((cell) => cell.textContent);
};
const isWhole = (cell: HTMLElement | undefined) => cell && cell.scrollWidth <= cell.clientWidth;

describe('the width of the queue', () => {
  // 640 is 1280 enlarged twofold.
  it.each<[width: number, shown: readonly string[]]>([
    [1920, all],
    [1280, all],
    [1024, all.filter((name) => !['Received', 'Owner'].includes(name))],
    [640, ['Clock', 'Priority', 'Reference', 'Subject', 'Marks', 'Status']],
  ])('%i px cuts nothing off, and the page does not scroll sideways', async (width, shown) => {
    const { user } = await openQueue();
    await user.keyboard('t');
    await screen.findByText(/^You have PA-/);
    await resizeTo(width, 700);
    await waitFor(() => expect(headers()).toEqual(shown));
    await waitFor(() => expect(cutOff()).toEqual([]));
    expect(document.documentElement.scrollWidth).toBe(width);
    const [, priority, reference] = within(activeRow()).getAllByRole('gridcell');
    expect([isWhole(priority), isWhole(reference)]).toEqual([true, true]);
    if (width < 1280) return;
    // Subjects and owners are cut only once the categories have given all the room that they can.
    const cut = rows().flatMap((row) => {
      const [subject, categories, owner] = [4, 6, 9].map((column) => within(row).getAllByRole('gridcell')[column]);
      const isEmpty = (categories?.clientWidth ?? 0) > 81;
      return isEmpty && !(isWhole(subject) && isWhole(owner)) ? [row.textContent] : [];
    });
    expect(cut).toEqual([]);
  });

  it('says who has a case in another cell, where their column is folded away', async () => {
    const { user } = await openQueue();
    await user.keyboard('t');
    await waitFor(() => expect(cell(activeRow(), 9)).toBe('Asha Venn'));
    const status = () => within(activeRow()).getByText(/^Assessing/);
    expect(status().innerText).toBe('Assessing');
    await resizeTo(1024, 700);
    await waitFor(() => expect(status().innerText).toMatch(/^Assessing · Asha Venn/));
    expect(status().title).toBe('Assessing, owner Asha Venn');
  });
});

describe('what would point to the reporter', () => {
  it('stands in no row: no hour, no channel, no language, in words, on hover or in the page', async () => {
    await openQueue();
    const rows = await screen.findAllByRole('row');
    const [first] = rows.filter((row) => row.textContent?.includes('PA-0'));
    const cell = first && [...first.querySelectorAll<HTMLElement>('[role=gridcell]')][3];
    expect(cell?.textContent).toMatch(/^(Today|\w{3}|\d+ \w{3}), (night|morning|afternoon|evening)$/);
    expect(cell?.outerHTML).not.toMatch(/\d\d:\d\d|dateTime|datetime/);
    for (const row of rows) expect(row.outerHTML).not.toMatch(/online form|phone|english|welsh/i);
  });
});
