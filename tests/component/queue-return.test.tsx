import { screen, waitFor, within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { aimAtRows, setQuery, useQueue } from '#renderer/state/queue-store.ts';
import { openCase } from '#renderer/state/screen-store.ts';
import type { QueuePage } from '#renderer/vault/queue-api.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { executeAll, type MemoryUnit } from '#tests/support/memory-unit.ts';
import { inForm, write } from './assessment-fixture.ts';
import { commands, why } from './commands.ts';
import { demoUnit, openCaseOf, openQueue } from './harness.tsx';
import { act } from './render.tsx';

const byReference = { ...everyCase, sort: { by: 'reference', descending: false } } as const;
const heading = (name: string) => screen.findByRole('heading', { name, level: 1 });
const rows = () => screen.getAllByRole('row').slice(1);
const cells = (row: HTMLElement) => within(row).getAllByRole('gridcell');
const activeReference = () => cells(screen.getByRole('row', { selected: true }))[2]?.textContent;

const take = (unit: MemoryUnit, id: StreamId) =>
  unit.workAs('Asha Venn', (vault) => executeAll(vault, [{ type: 'case.taken', case: id, data: {} }]));

describe('back from a case', () => {
  it('that was opened from far away, its row is selected and in sight though its page was never read', async () => {
    const { user, unit } = await openQueue('Asha Venn', { referrals: 130 });
    act(() => setQuery(byReference));
    await waitFor(() => expect(activeReference()).toBe('PA-000001'));
    await act(() => openCase(unit.idOf('PA-000127')));
    await heading('PA-000127');
    // Rows that come in meanwhile are answered without that page, and do not lose it.
    await unit.receive(1, 11);
    await waitFor(() => expect(useQueue.getState().total).toBe(131));
    await user.keyboard('{Escape}');
    await screen.findByRole('grid', { name: 'Queue' });
    await waitFor(() => expect(activeReference()).toBe('PA-000127'));
    const row = screen.getByRole('row', { selected: true }).getBoundingClientRect();
    const grid = screen.getByRole('grid').getBoundingClientRect();
    expect([row.top >= grid.top, row.bottom <= grid.bottom + 1]).toEqual([true, true]);
  });

  it('no row moves for it under somebody who aims already', async () => {
    const { user, unit, station } = await openQueue('Asha Venn', { referrals: 130 });
    act(() => setQuery(byReference));
    await waitFor(() => expect(activeReference()).toBe('PA-000001'));
    await act(() => openCase(unit.idOf('PA-000127')));
    await heading('PA-000127');
    const gate = Promise.withResolvers<void>();
    station.answer('queue.neighbours', async (input, carryOn) => {
      await gate.promise;
      return carryOn(input);
    });
    await user.keyboard('{Escape}');
    const grid = await screen.findByRole('grid', { name: 'Queue' });
    act(() => aimAtRows(true));
    gate.resolve();
    await waitFor(() => expect(activeReference()).toBe('PA-000001'));
    expect(grid.scrollTop).toBe(0);
  });

  it('one goes where it was opened from: the log, or the case before', async () => {
    const unit = await demoUnit();
    const owing = unit.idOf('PA-000012');
    await unit.recordElsewhere('Ben Okafor', owing, commands.mandatory(owing, new Date().toISOString()));
    await unit.syncHere();
    const { user } = await openCaseOf('PA-000060', 'Asha Venn', { unit });
    await screen.findByRole('button', { name: /^IOPC: PA-000012/ });
    screen.getByRole('heading', { level: 1 }).focus();
    await user.keyboard('gi');
    await heading('PA-000012');
    expect(screen.getByRole('button', { name: 'Back to PA-000060' }).title).toBe('Back to PA-000060 (Esc)');
    await user.keyboard('{Escape}');
    await heading('PA-000060');
    await user.keyboard('{Escape}');
    await screen.findByRole('grid', { name: 'Queue' });
    await user.keyboard('gl');
    await screen.findByRole('heading', { name: 'Log', level: 1 });
    await act(() => openCase(owing));
    await heading('PA-000012');
    screen.getByRole('button', { name: 'Back to the log' });
    await user.keyboard('{Escape}');
    await screen.findByRole('heading', { name: 'Log', level: 1 });
  });

  it('save and next goes to the next that is to be decided, and to the queue after the last', async () => {
    const unit = await demoUnit(4);
    const decided = unit.idOf('PA-000003');
    await unit.recordHere(
      'Asha Venn',
      decided,
      ...commands.record(decided, unit.referralOf('PA-000003'), '2099-01-31'),
    );
    const first = unit.idOf('PA-000002');
    await take(unit, first);
    const opened = await openQueue('Asha Venn', { unit });
    const { user } = opened;
    act(() => setQuery(byReference));
    await waitFor(() => expect(activeReference()).toBe('PA-000001'));
    await user.keyboard('j{Enter}');
    await heading('PA-000002');
    await user.click(await screen.findByRole('radio', { name: 'No' }));
    await write(opened, inForm('Is anyone at risk now').getByLabelText('Reasons'), why);
    await user.keyboard('{Alt>}n{/Alt}');
    await heading('PA-000004');
    await user.keyboard('{Alt>}n{/Alt}');
    await screen.findByRole('grid', { name: 'Queue' });
    await screen.findByText('No referral after this one in this view is still to be decided.');
  });
});

describe('a key that is faster than the answer', () => {
  it('Enter, and Enter again, opens the first row of what was typed, never one of the rows before', async () => {
    const { user, station } = await openQueue();
    const before = activeReference();
    const gate = Promise.withResolvers<void>();
    station.answer('queue.page', async (input, carryOn): Promise<QueuePage> => {
      await gate.promise;
      return carryOn(input);
    });
    await user.keyboard('/PA-000037{Enter}{Enter}');
    expect(before).not.toBe('PA-000037');
    await new Promise((resolve) => setTimeout(resolve));
    screen.getByRole('grid', { name: 'Queue' });
    gate.resolve();
    await heading('PA-000037');
  });

  it('opens nothing when nothing matches, or when something else is asked meanwhile', async () => {
    const { user, station } = await openQueue();
    const gates: PromiseWithResolvers<void>[] = [];
    station.answer('queue.page', async (input, carryOn): Promise<QueuePage> => {
      const gate = Promise.withResolvers<void>();
      gates.push(gate);
      await gate.promise;
      return carryOn(input);
    });
    await user.keyboard('/zzzz{Enter}{Enter}');
    for (const gate of gates) gate.resolve();
    await screen.findByText('No case matches');
    await user.keyboard('c');
    for (const gate of gates) gate.resolve();
    await screen.findByRole('grid');
    await user.keyboard('/PA-000037{Enter}{Enter}c');
    for (const gate of gates) gate.resolve();
    await waitFor(() => expect(useQueue.getState().matching).toBe(60));
    screen.getByRole('grid', { name: 'Queue' });
  });
});

describe('views and marks', () => {
  it('has the built-in views on the first number keys, and in the list of views', async () => {
    const unit = await demoUnit();
    const [mine, owing] = [unit.idOf('PA-000005'), unit.idOf('PA-000012')];
    await take(unit, mine);
    await unit.recordElsewhere('Ben Okafor', owing, commands.mandatory(owing, new Date().toISOString()));
    await unit.syncHere();
    const { user } = await openQueue('Asha Venn', { unit });
    const shown = () => rows().map((row) => cells(row)[2]?.textContent);
    await user.keyboard('1');
    await waitFor(() => expect(shown()).toEqual(['PA-000005']));
    await user.keyboard('4');
    await waitFor(() => expect(shown()).toEqual(['PA-000012']));
    expect(screen.getByRole('button', { name: 'Due: IOPC owed' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'View: IOPC owed' }));
    const list = await screen.findByRole('list', { name: 'Built in' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ).toEqual([...['My cases1', 'Nobody’s2', 'Due today or overdue3', 'IOPC owed4', 'For review5']]);
    await user.click(within(list).getByRole('button', { name: 'Nobody’s' }));
    await waitFor(() => expect(screen.getByText(/ of 60$/)).toBeTruthy());
    expect(shown()).not.toContain('PA-000005');
  });

  it('marks a subject of other referrals and attachments, in words for who cannot see them', async () => {
    const unit = await demoUnit(20);
    const who = { kind: 'officer', rankOrRole: 'Police Constable', station: null, description: null } as const;
    const told = [
      { ...who, name: 'Zeb Quillfeather', collarNumber: '99171' },
      { ...who, name: 'QUILLFEATHER, Zeb', collarNumber: null },
      { ...who, name: 'Somebody Else', collarNumber: '99171' },
    ];
    const arrived = [];
    for (const subject of told) arrived.push(await unit.receiveLike({ subjects: [subject] }));
    const [one, other, third] = arrived.map(({ referral }) => referral.reference) as [string, string, string];
    await unit.syncHere();
    const { vault } = await openQueue('Asha Venn', { unit });
    const marksOf = async (reference: string) =>
      cells((await screen.findByText(reference)).closest<HTMLElement>('[role=row]') as HTMLElement)[5]?.textContent;
    const words = (others: string) => new RegExp(`Same name or collar number, or linked: ${others}\\.`);
    await waitFor(async () => expect(await marksOf(one)).toMatch(words('2 other referrals')), { timeout: 4000 });
    expect(await marksOf(other)).toMatch(words('1 other referral'));
    expect(await marksOf(third)).toMatch(words('1 other referral'));
    const all = await vault.call('queue.page', { query: everyCase, offset: 0, limit: 99 });
    for (const { reference, attachments } of all.rows.slice(0, 8)) {
      expect(await marksOf(reference)).toMatch(attachments > 0 ? /\d attachments?\.$/ : /^(?!.*attachment)/);
      expect(attachments).toBe(
        unit.arrived.find((each) => each.referral.reference === reference)?.referral.attachments.length,
      );
    }
  });
});
