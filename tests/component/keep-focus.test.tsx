import { screen, waitFor, within } from '@testing-library/dom';
import { expect, it } from 'vitest';
import { useSession } from '#renderer/state/session-store.ts';
import { form, inForm, newest, openTaken, toStep } from './assessment-fixture.ts';
import { commands } from './commands.ts';
import { openCaseOf } from './harness.tsx';
import { act } from './render.tsx';

const focused = () => document.activeElement as HTMLElement;

it('whoever takes a row off goes on in the rows, and never loses the focus to the page', async () => {
  const opened = await openTaken((id) => [commands.risk(id, 'unknown')]);
  await toStep(opened, 7);
  const add = inForm('Disposition').getByRole('button', { name: 'Add an option considered' });
  await opened.user.click(add);
  await opened.user.click(add);
  await opened.user.click(inForm('Disposition').getByRole('button', { name: 'Remove option 1' }));
  await waitFor(() => expect(focused()).not.toBe(document.body));
  const rows = within(form('Disposition')).getByRole('group', { name: 'Options considered' });
  expect(rows.contains(focused())).toBe(true);
  await opened.user.click(inForm('Disposition').getByRole('button', { name: 'Remove option 1' }));
  await waitFor(() => expect(focused().textContent).toBe('Add an option considered'));
});

it('whoever may only read gets what is recorded and no form', async () => {
  await openCaseOf(newest);
  await screen.findByRole('form', { name: 'Is anyone at risk now' });
  const session = useSession.getState().session ?? expect.fail('nobody is here');
  act(() => useSession.setState({ session: { ...session, member: { ...session.member, role: 'reviewer' } } }));
  expect(screen.queryByRole('form')).toBeNull();
  expect(screen.getByText('Nothing is recorded yet.')).toBeTruthy();
});
