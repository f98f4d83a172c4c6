import { screen, waitFor, within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { useCase } from '#renderer/state/case-store.ts';
import { openCaseOf, openQueue } from './harness.tsx';

const palette = () => screen.findByRole('dialog', { name: 'Find or do' });
const isClosed = () => waitFor(() => expect(screen.queryByRole('dialog', { name: 'Find or do' })).toBeNull());

describe('Enter in the palette', () => {
  it('locks nothing and records nothing unasked: Lock comes last, unless it is typed for', async () => {
    const { user, station } = await openCaseOf('PA-000060');
    await user.keyboard('{Control>}k{/Control}');
    const options = within(await palette()).getAllByRole('option');
    expect(options.at(-1)?.textContent).toContain('Lock');
    expect(options[0]?.getAttribute('aria-selected')).toBe('true');
    expect(options[0]?.textContent).toContain('Show the shortcuts');
    await user.keyboard('{Enter}');
    await screen.findByRole('dialog', { name: 'Shortcuts' });
    expect(station.stopped).toBe(false);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.keyboard('{Control>}k{/Control}l');
    await waitFor(async () =>
      expect(
        within(await palette())
          .getAllByRole('option')
          .at(-1)?.textContent,
      ).toContain('Lock'),
    );
    expect(within(await palette()).getAllByRole('option')[0]?.textContent).not.toContain('Lock');
    await user.keyboard('ock{Enter}');
    await waitFor(() => expect(station.stopped).toBe(true));
  });

  it('is reached by an arrow upwards, too', async () => {
    const { user, station } = await openQueue();
    await user.keyboard('{Control>}k{/Control}');
    await palette();
    await user.keyboard('{ArrowUp}{Enter}');
    await waitFor(() => expect(station.stopped).toBe(true));
  });

  it('before the answer has come waits for it, and opens what was typed', async () => {
    const { user, station, unit } = await openQueue();
    await user.keyboard('{Control>}k{/Control}PA-00004');
    await within(await palette()).findByRole('option', { name: /PA-000040/ });
    const release = station.hold('queue.page');
    await user.keyboard('2{Enter}');
    // The cases of before are still there, and nothing was opened.
    expect(screen.getByRole('option', { name: /PA-000040/ })).toBeTruthy();
    expect(within(await palette()).getByRole('status').textContent).toBe('Looking …');
    release();
    await screen.findByRole('heading', { name: 'PA-000042', level: 1 });
    expect(new Set(station.asked('case.open').map(({ id }) => id))).toEqual(new Set([unit.idOf('PA-000042')]));
  });

  it('at full speed opens the right case each time', async () => {
    const { user, unit } = await openQueue();
    for (const number of [11, 57, 3, 42, 29, 60, 8, 35]) {
      const reference = `PA-0000${String(number).padStart(2, '0')}`;
      await user.keyboard(`{Control>}k{/Control}${reference}{Enter}`);
      await waitFor(() => expect(useCase.getState().view?.state.id).toBe(unit.idOf(reference)));
    }
  });

  it('is taken back by typing on, by an arrow and by Escape', async () => {
    const { user, station } = await openQueue();
    for (const after of ['3', '{ArrowDown}', '{Escape}']) {
      await user.keyboard('{Control>}k{/Control}');
      await palette();
      const release = station.hold('queue.page');
      await user.keyboard(`PA-00004{Enter}${after}`);
      release();
      if (after === '{Escape}') await isClosed();
      else {
        await within(await palette()).findByRole('option', { name: after === '3' ? /PA-000043/ : /PA-000040/ });
        expect(within(await palette()).queryByText('Looking …')).toBeNull();
        await user.keyboard('{Escape}');
        await isClosed();
      }
    }
    expect(station.asked('case.open')).toEqual([]);
  });

  it('does nothing where the answer fails, or has nothing', async () => {
    const { user, station } = await openQueue();
    station.answer('queue.page', () => Promise.reject(new Error('gone')));
    await user.keyboard('{Control>}k{/Control}lock{Enter}');
    await waitFor(() => expect(screen.queryByText('Looking …')).toBeNull());
    expect(station.stopped).toBe(false);
  });
});
