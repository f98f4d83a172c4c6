import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { usePlace } from '#renderer/state/place-store.ts';
import { openQueue } from './harness.tsx';

const strong = 'seven copper lanterns drift';

describe('members', () => {
  it('lets a supervisor admit a member, who chooses their passphrase', async () => {
    const { user, unit } = await openQueue('Morgan Hale');
    await user.keyboard('gm');
    await screen.findByRole('heading', { name: 'Members' });
    const form = within(screen.getByRole('form', { name: 'Admit a member' }));
    await user.type(form.getByLabelText('Name'), 'Rowan Vale');
    await user.click(form.getByRole('radio', { name: /Reviewer/ }));
    await user.type(form.getByLabelText('Passphrase'), strong);
    await user.type(form.getByLabelText('Repeat passphrase'), strong);
    await user.click(form.getByRole('button', { name: 'Admit' }));
    await screen.findByRole('cell', { name: 'Rowan Vale' });
    expect(unit.members.at(-1)).toMatchObject({ name: 'Rowan Vale', role: 'reviewer' });
    expect(form.getByLabelText<HTMLInputElement>('Passphrase').value).toBe('');
  });

  it('shows why a member of the same name is refused', async () => {
    const { user } = await openQueue('Morgan Hale');
    await user.keyboard('gm');
    const form = within(await screen.findByRole('form', { name: 'Admit a member' }));
    await user.type(form.getByLabelText('Name'), 'Asha Venn');
    await user.type(form.getByLabelText('Passphrase'), strong);
    await user.type(form.getByLabelText('Repeat passphrase'), strong);
    await user.click(form.getByRole('button', { name: 'Admit' }));
    await form.findByText('A member of this name has a key here already.');
  });

  it('is no place for an analyst, who is told who could', async () => {
    const { user } = await openQueue('Asha Venn');
    expect(screen.queryByRole('button', { name: 'Members' })).toBeNull();
    await user.keyboard('gm');
    expect((await screen.findByRole('alert')).textContent).toContain('Only a supervisor can admit members.');
    act(() => usePlace.setState({ place: 'members' }));
    await screen.findByText('You cannot admit members');
  });
});

describe('log', () => {
  it('tells what is verified and checks every entry on demand', async () => {
    const { user } = await openQueue();
    await user.keyboard('gl');
    await screen.findByRole('heading', { name: 'Log' });
    expect(screen.getByText('None. Everything that was read verifies.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Check every entry now' }));
    await screen.findByText('every entry verifies');
  });

  it('shows a warning in plain words, from the status bar to the case', async () => {
    const { user, unit } = await openQueue();
    const id = unit.idOf('PA-000012');
    act(() =>
      unit.warn({ code: 'seal-broken', position: 12, case: id, detail: 'Entry 12 does not open. All others do.' }),
    );
    await user.click(screen.getByRole('button', { name: /1 integrity warning/ }));
    expect((await screen.findByRole('alert')).textContent).toContain('Entry 12 does not open. All others do.');
    await user.click(screen.getByRole('button', { name: 'Open the case' }));
    await screen.findByRole('heading', { name: 'PA-000012', level: 1 });
  });
});

describe('status bar', () => {
  it('shows an ingest, pauses it and resumes it', async () => {
    const { user, unit } = await openQueue();
    act(() => unit.change({ ingest: { done: 12_000, of: 50_000 } }));
    expect(screen.getByRole('progressbar', { name: 'Receiving entries' }).getAttribute('aria-valuenow')).toBe('24');
    await user.click(screen.getByRole('button', { name: 'Pause' }));
    await screen.findByText('Receiving is paused at 12,000 of 50,000 entries');
    await user.click(screen.getByRole('button', { name: 'Resume' }));
    await screen.findByText('Receiving 12,000 of 50,000 entries');
  });

  it('says why nothing was exchanged', async () => {
    const { user, unit } = await openQueue();
    act(() => unit.goOffline());
    await user.keyboard('gl');
    await user.click(await screen.findByRole('button', { name: 'Sync now' }));
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('Your work is safe on this machine.'));
  });
});
