import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { demoUnit, openApp, openQueue, unlockAs } from './harness.tsx';

describe('unlock', () => {
  it('is done with the keyboard alone', async () => {
    const { user } = openApp();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Passphrase')));
    await user.tab({ shift: true });
    await user.keyboard('{ArrowDown}');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Asha Venn/ }).checked).toBe(true);
    await user.tab();
    await user.keyboard('quiet harbour seven maps{Enter}');
    await screen.findByRole('grid', { name: 'Queue' });
    expect(screen.getByText('Asha Venn, Analyst, unlocked')).toBeTruthy();
    expect(document.title).not.toMatch(/PA-|Venn/);
  });

  it('refuses a wrong passphrase in words, empties the field, and counts down before the next attempt', async () => {
    const { user, unit } = openApp();
    const field = await screen.findByLabelText<HTMLInputElement>('Passphrase');
    await user.type(field, 'wrong{Enter}');
    await screen.findByText('That is not the passphrase.');
    expect(field.value).toBe('');
    await user.type(field, 'wrong again{Enter}');
    expect((await screen.findByRole('timer')).textContent).toMatch(/Next attempt in \d s/);
    expect(screen.getByRole('button', { name: 'Unlock' }).getAttribute('aria-disabled')).toBe('true');
    await user.type(field, 'and again{Enter}');
    expect(unit.members[0]?.failed).toBe(2);
  });

  it('tells of failed attempts after the right passphrase', async () => {
    const unit = demoUnit();
    const asha = unit.members[1];
    if (asha) asha.failed = 3;
    await unlockAs(openApp({ unit }), 'Asha Venn');
    expect((await screen.findByRole('alert')).textContent).toContain('3 failed attempts');
  });

  it('shows and hides the passphrase, and says that Caps Lock is on', async () => {
    const { user } = openApp();
    const field = await screen.findByLabelText<HTMLInputElement>('Passphrase');
    expect(field.type).toBe('password');
    await user.click(screen.getByRole('button', { name: 'Show passphrase' }));
    expect(field.type).toBe('text');
    fireEvent.keyDown(field, { key: 'A', modifierCapsLock: true });
    expect(screen.getByText('Caps Lock is on.')).toBeTruthy();
  });

  it('says nothing of failed attempts when there were none', async () => {
    await openQueue();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
