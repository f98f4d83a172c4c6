import { screen, waitFor } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { newUnit } from '#tests/support/memory-unit.ts';
import { write } from './assessment-fixture.ts';
import { demoUnit, openApp } from './harness.tsx';

const strong = 'seven copper lanterns drift';

describe('first run', () => {
  it('sets up the invented unit and shows its members', async () => {
    const { user, unit, stations } = await openApp({ unit: await newUnit({ enrolled: false }) });
    await user.click(await screen.findByRole('button', { name: 'Try with invented data' }));
    await screen.findByRole('heading', { name: 'Unlock Probity' });
    expect(screen.getAllByRole('radio').map((radio) => radio.closest('label')?.textContent)).toEqual([
      'Asha VennAnalyst',
      'Ben OkaforAnalyst',
      'Morgan HaleSupervisor',
    ]);
    expect(unit.host.calls).toContain('device.enrol');
    // The vault in which the unit was founded was open: it must not stay so.
    await expect(stations.at(-1)?.vault.call('preferences.load', {})).rejects.toThrow('locked');
    expect(stations.slice(0, -1).every(({ stopped }) => stopped)).toBe(true);
  });

  it('offers no invented data outside a demo profile', async () => {
    await openApp({ unit: await newUnit({ demo: false, enrolled: false }) });
    await screen.findByRole('form', { name: 'Enrol this workstation' });
    expect(screen.queryByText(/invented/)).toBeNull();
  });

  it('says why a code is refused, and keeps what was typed', async () => {
    const { user } = await openApp({ unit: await newUnit({ demo: false, enrolled: false, refusal: 'code-refused' }) });
    await user.type(await screen.findByLabelText('Address of the central endpoint'), 'https://referrals.example');
    await user.type(screen.getByLabelText('One-time code'), 'abcd-1234');
    await user.click(screen.getByRole('button', { name: 'Enrol' }));
    expect((await screen.findByRole('alert')).textContent).toContain(
      'The endpoint does not accept this code. It may have been used or have expired.',
    );
    expect(screen.getByLabelText<HTMLInputElement>('One-time code').value).toBe('abcd-1234');
  });

  it('enrols, then founds the unit with a strong passphrase that was typed twice', async () => {
    const address = 'https://referrals.example';
    const opened = await openApp({ unit: await newUnit({ demo: false, enrolled: false, address }) });
    const { user } = opened;
    const members = async () => (await opened.stations.at(-1)?.vault.call('slots.list', {}))?.slots;
    await user.type(await screen.findByLabelText('One-time code'), 'abcd-1234{Enter}');
    await user.type(await screen.findByLabelText('Your name'), 'Rowan Vale');
    const submit = () => user.click(screen.getByRole('button', { name: 'Found the unit' }));
    await submit();
    expect(screen.getByRole('alert').textContent).toContain('your rank or equal grade');
    await user.click(screen.getByRole('radio', { name: 'Police staff' }));
    await user.selectOptions(screen.getByLabelText('Grade equal to the rank of'), 'Inspector');

    await user.type(screen.getByLabelText('Passphrase'), 'short');
    await screen.findByText(/^Strength: .+, not enough\./);
    await submit();
    expect(screen.getByRole('alert').textContent).toContain('too easy to guess');

    await user.clear(screen.getByLabelText('Passphrase'));
    await write(opened, screen.getByLabelText('Passphrase'), strong);
    await write(opened, screen.getByLabelText('Repeat passphrase'), `${strong} x`);
    await screen.findByText(/^Strength: (good|strong)\./);
    await submit();
    expect(screen.getByRole('alert').textContent).toContain('differ');
    expect(await members()).toEqual([]);

    await user.clear(screen.getByLabelText('Repeat passphrase'));
    await write(opened, screen.getByLabelText('Repeat passphrase'), strong);
    await submit();
    await screen.findByRole('heading', { name: 'Unlock Probity' });
    expect(await members()).toMatchObject([{ name: 'Rowan Vale', role: 'supervisor' }]);
    expect(screen.queryByRole('button', { name: 'Use the demo passphrase' })).toBeNull();
  });

  it('says that it could not start, and tries again', async () => {
    const unit = await demoUnit();
    const failure = { code: 'device-damaged', params: {}, retry: true };
    unit.host.instead = async () => ({ ok: false, failure });
    const { user } = await openApp({ unit });
    await screen.findByText(/The file device.json of this workstation is damaged/);
    unit.host.instead = null;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => screen.getByRole('heading', { name: 'Unlock Probity' }));
  });
});
