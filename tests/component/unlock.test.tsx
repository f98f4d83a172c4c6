import { fireEvent, screen, waitFor } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { slotOf } from '#tests/support/memory-unit.ts';
import { startVaultOn } from '#tests/support/workstation.ts';
import { demoUnit, type Opened, openApp, unlockAs } from './harness.tsx';

describe('unlock', () => {
  it('is done with the keyboard alone', async () => {
    const { user } = await openApp();
    const first = await screen.findByRole<HTMLInputElement>('radio', { name: /Asha Venn/ });
    await waitFor(() => expect(document.activeElement).toBe(first));
    expect(first.checked).toBe(false);
    await user.keyboard('{ArrowDown}');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Ben Okafor/ }).checked).toBe(true);
    await user.tab();
    await user.keyboard('velvet orchard under rain{Enter}');
    await screen.findByRole('grid', { name: 'Queue' });
    expect(screen.getByText('Ben Okafor, Analyst, unlocked')).toBeTruthy();
    expect(document.title).not.toMatch(/PA-|Venn/);
  });

  it('refuses a wrong passphrase in words, empties the field, and counts down before the next attempt', async () => {
    const { user, station } = await openApp();
    await user.click(await screen.findByRole('radio', { name: /Asha Venn/ }));
    const field = await screen.findByLabelText<HTMLInputElement>('Passphrase');
    await user.type(field, 'wrong{Enter}');
    await screen.findByText('That is not this member’s passphrase.');
    expect(field.value).toBe('');
    await user.type(field, 'wrong again{Enter}');
    await waitFor(() => expect(field.value).toBe(''));
    await user.type(field, 'and again{Enter}');
    expect((await screen.findByRole('timer')).textContent).toMatch(/Next attempt in \d s/);
    expect(screen.getByRole('button', { name: 'Unlock' }).getAttribute('aria-disabled')).toBe('true');
    await user.type(field, 'too soon{Enter}');
    expect(station.asked('slot.unlock')).toHaveLength(3);
  });

  it('tells of failed attempts after the right passphrase', async () => {
    const unit = await demoUnit();
    const vault = startVaultOn(unit.store, unit.host);
    const { id } = await slotOf(vault, 'Asha Venn');
    // After two there is no wait yet.
    for (const attempt of ['one', 'two']) await vault.call('slot.unlock', { slot: id, passphrase: attempt });
    await unlockAs(await openApp({ unit }), 'Asha Venn');
    expect((await screen.findByRole('alert')).textContent).toContain('2 failed attempts');
  });

  it('shows and hides the passphrase, and says that Caps Lock is on', async () => {
    const { user } = await openApp();
    const field = await screen.findByLabelText<HTMLInputElement>('Passphrase');
    expect(field.type).toBe('password');
    await user.click(screen.getByRole('button', { name: 'Show passphrase' }));
    expect(field.type).toBe('text');
    fireEvent.keyDown(field, { key: 'A', modifierCapsLock: true });
    expect(await screen.findByText('Caps Lock is on.')).toBeTruthy();
  });

  it('names the unit once its log told it, and a demonstration says that all is invented', async () => {
    const { user } = await openApp();
    await unlockAs({ user } as Opened, 'Asha Venn');
    await screen.findByRole('grid', { name: 'Queue' });
    screen.getByText('Demonstration: all of it is invented');
    await user.keyboard('{Control>}l{/Control}');
    await screen.findByRole('heading', { name: 'Unlock Probity' });
    await screen.findByText('Norbeck Anti-Corruption Unit');
    expect(screen.queryByText('Demonstration: all of it is invented')).toBeNull();
  });

  it('says nothing of failed attempts when there were none', async () => {
    await unlockAs(await openApp(), 'Asha Venn');
    await screen.findByRole('grid', { name: 'Queue' });
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
