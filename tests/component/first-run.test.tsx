import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createMemoryHost } from '#tests/support/memory-host.ts';
import { MemoryUnit } from '#tests/support/memory-vault.ts';
import { openApp } from './harness.tsx';

const strong = 'seven copper lanterns drift';

describe('first run', () => {
  it('sets up the invented unit and shows its members', async () => {
    const { user, unit, host, vaults } = openApp({ unit: new MemoryUnit(), host: createMemoryHost() });
    await user.click(await screen.findByRole('button', { name: 'Try with invented data' }));
    await screen.findByRole('heading', { name: 'Unlock Probity' });
    expect(screen.getAllByRole('radio').map((radio) => radio.closest('label')?.textContent)).toEqual([
      'Morgan HaleSupervisor',
      'Asha VennAnalyst',
      'Ben OkaforAnalyst',
    ]);
    expect(host.calls).toContain('device.enrol');
    expect(unit.members).toHaveLength(3);
    // The vault in which the unit was founded was open: it must not stay so.
    await expect(vaults.at(-1)?.preferences()).rejects.toThrow('locked');
  });

  it('offers no invented data outside a demo profile', async () => {
    openApp({ unit: new MemoryUnit(), host: createMemoryHost({ demo: false }) });
    await screen.findByRole('form', { name: 'Enrol this workstation' });
    expect(screen.queryByText(/invented/)).toBeNull();
  });

  it('says why a code is refused, and keeps what was typed', async () => {
    const host = createMemoryHost({ demo: false, refusal: 'This code was used already. Ask for another.' });
    const { user } = openApp({ unit: new MemoryUnit(), host });
    await user.type(await screen.findByLabelText('Address of the central endpoint'), 'https://referrals.example');
    await user.type(screen.getByLabelText('One-time code'), 'abcd-1234');
    await user.click(screen.getByRole('button', { name: 'Enrol' }));
    expect((await screen.findByRole('alert')).textContent).toContain('This code was used already.');
    expect(screen.getByLabelText<HTMLInputElement>('One-time code').value).toBe('abcd-1234');
  });

  it('enrols, then founds the unit with a strong passphrase that was typed twice', async () => {
    const host = createMemoryHost({ demo: false, endpoint: 'https://referrals.example' });
    const { user, unit } = openApp({ unit: new MemoryUnit(), host });
    await user.type(await screen.findByLabelText('One-time code'), 'abcd-1234{Enter}');
    await user.type(await screen.findByLabelText('Your name'), 'Rowan Vale');
    const submit = () => user.click(screen.getByRole('button', { name: 'Found the unit' }));

    await user.type(screen.getByLabelText('Passphrase'), 'short');
    await submit();
    expect(screen.getByRole('alert').textContent).toContain('too easy to guess');

    await user.clear(screen.getByLabelText('Passphrase'));
    await user.type(screen.getByLabelText('Passphrase'), strong);
    await user.type(screen.getByLabelText('Repeat passphrase'), `${strong} x`);
    await submit();
    expect(screen.getByRole('alert').textContent).toContain('differ');
    expect(unit.members).toHaveLength(0);

    await user.clear(screen.getByLabelText('Repeat passphrase'));
    await user.type(screen.getByLabelText('Repeat passphrase'), strong);
    await submit();
    await screen.findByRole('heading', { name: 'Unlock Probity' });
    expect(unit.members).toMatchObject([{ name: 'Rowan Vale', role: 'supervisor' }]);
    expect(screen.queryByRole('button', { name: 'Use the demo passphrase' })).toBeNull();
  });

  it('says that it could not start, and tries again', async () => {
    const host = createMemoryHost({ enrolled: true });
    const call = host.call;
    let broken = true;
    const failure = { code: 'host', detail: 'The device secret cannot be read.', retry: true };
    host.call = (async (name: Parameters<typeof call>[0], request: never) =>
      broken ? { ok: false, failure } : call(name, request)) as typeof call;
    const { user } = openApp({ host });
    await screen.findByText(/The device secret cannot be read/);
    broken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => screen.getByRole('heading', { name: 'Unlock Probity' }));
  });
});
