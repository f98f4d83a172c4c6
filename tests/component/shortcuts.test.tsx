import { screen, waitFor, within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { actionIds, hintOf, keysOf, shortcuts } from '#renderer/state/shortcut-list.ts';
import { viewOf } from '#tests/support/memory-unit.ts';
import { openCaseOf, openQueue } from './harness.tsx';

describe('the list of shortcuts', () => {
  it('gives no key two meanings in one place', () => {
    for (const where of ['queue', 'case', 'byHand'] as const) {
      const here = actionIds.filter((id) =>
        shortcuts[id].where.some((scope) => scope === where || scope === 'everywhere'),
      );
      const keys = here.flatMap((id) => shortcuts[id].keys);
      expect(new Set(keys).size, where).toBe(keys.length);
    }
  });

  it('stands under ?, whole', async () => {
    const { user } = await openQueue();
    await user.keyboard('?');
    const sheet = await screen.findByRole('dialog', { name: 'Shortcuts' });
    for (const id of actionIds) {
      if (keysOf(id).length === 0 || /^view\d/.test(id)) continue;
      expect(sheet.textContent, id).toContain(shortcuts[id].label);
      expect(sheet.textContent, id).toContain(hintOf(id));
    }
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('switches single letters off and leaves the combinations', async () => {
    const { user } = await openQueue();
    await user.keyboard('?');
    await user.click(await screen.findByRole('switch', { name: 'Use single letters as shortcuts' }));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.keyboard('t');
    expect(screen.queryByText(/^You have PA-/)).toBeNull();
    await user.keyboard('{ArrowDown}');
    expect(screen.getByRole('row', { selected: true }).getAttribute('aria-rowindex')).toBe('3');
    await user.keyboard('{Control>}k{/Control}');
    await screen.findByRole('dialog', { name: 'Find or do' });
  });

  it('leaves letters to the field in which one types', async () => {
    const { user, unit, vault } = await openCaseOf('PA-000060');
    await user.type(await screen.findByLabelText('Reasons'), 'to train? g q');
    expect(screen.getByLabelText<HTMLTextAreaElement>('Reasons').value).toBe('to train? g q');
    expect((await viewOf(vault, unit.idOf('PA-000060'))).state.holder).toBeNull();
  });
});

describe('find or do', () => {
  it('finds a case by part of its reference, and opens it', async () => {
    const { user } = await openQueue();
    await user.keyboard('{Control>}k{/Control}PA-000042');
    const option = await screen.findByRole('option', { name: /PA-000042/ });
    await waitFor(() => expect(option.getAttribute('aria-selected')).toBe('true'));
    await user.keyboard('{Enter}');
    await screen.findByRole('heading', { name: 'PA-000042', level: 1 });
  });

  it('runs an action of the screen', async () => {
    const { user } = await openQueue();
    await user.keyboard('{Control>}k{/Control}');
    const palette = within(await screen.findByRole('dialog', { name: 'Find or do' }));
    await user.type(palette.getByRole('combobox'), 'go log');
    await waitFor(() => expect(palette.getAllByRole('option')).toHaveLength(1));
    await user.keyboard('{Enter}');
    await screen.findByRole('heading', { name: 'Log' });
  });
});
