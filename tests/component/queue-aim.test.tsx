import { screen, waitFor } from '@testing-library/dom';
import { expect, it } from 'vitest';
import { setQuery } from '#renderer/state/queue-store.ts';
import { commands } from './commands.ts';
import { type Opened, openQueue } from './harness.tsx';
import { act } from './render.tsx';

const rows = () => screen.getAllByRole('row').slice(1);
const referenceOf = (row: HTMLElement) => /PA-\d{6}/.exec(row.textContent)?.[0];
/** The first of them lie on the screen. */
const shown = () => rows().slice(0, 20).map(referenceOf);

/** The newest on top. */
async function openNewest(): Promise<Opened> {
  const opened = await openQueue();
  act(() => setQuery({ sort: { by: 'receivedAt', descending: true } }));
  await waitFor(() => expect(shown()[0]).toBe('PA-000060'));
  return opened;
}

/** An urgent report comes in, which belongs at the top. */
async function urgentComesIn({ unit, vault }: Opened): Promise<string> {
  const { referral } = await unit.receiveLike({
    peopleAtRisk: [{ who: 'A woman', risk: 'He is at the door', urgency: 'immediate' }],
  });
  await vault.call('sync.now', {});
  return referral.reference;
}

it('rows do not move under a pointer that rests on one, and what came in is shown once it has left', async () => {
  const opened = await openNewest();
  const before = shown();
  const [, , third] = rows();
  await opened.user.hover(third as HTMLElement);
  const reference = await urgentComesIn(opened);
  await screen.findByText('1 new case, immediate');
  expect(shown()).toEqual(before);
  await opened.user.click(third as HTMLElement);
  expect(referenceOf(screen.getByRole('row', { selected: true }))).toBe(before[2]);
  await opened.user.unhover(screen.getByRole('grid'));
  await waitFor(() => expect(shown()[0]).toBe(reference));
  expect(screen.queryByText(/^1 new case/)).toBeNull();
  expect(referenceOf(screen.getByRole('row', { selected: true }))).toBe(before[2]);
});

it('rows do not move between two keys, and one key shows what came in', async () => {
  const opened = await openNewest();
  const before = shown();
  await opened.user.keyboard('{ArrowDown}');
  const reference = await urgentComesIn(opened);
  await screen.findByText('1 new case, immediate');
  expect(shown()).toEqual(before);
  await opened.user.keyboard('u');
  await waitFor(() => expect(shown()[0]).toBe(reference));
  expect(referenceOf(screen.getByRole('row', { selected: true }))).toBe(before[1]);
});

it('what changes in a row is shown at once, wherever the pointer is', async () => {
  const opened = await openQueue();
  const [first] = rows();
  await opened.user.hover(first as HTMLElement);
  await opened.user.click(first as HTMLElement);
  await opened.user.keyboard('t');
  await waitFor(() => expect(rows()[0]?.textContent).toContain('Asha Venn'));
});

it('a case that comes into a view is no new case', async () => {
  const opened = await openQueue();
  const clear = '2026-11-01T09:00:00.000Z';
  const [other, one] = shown().map((reference) => opened.unit.idOf(reference ?? ''));
  if (!(one && other)) throw new Error('no cases');
  await opened.unit.recordElsewhere('Ben Okafor', one, commands.mandatory(one, clear));
  await opened.vault.call('sync.now', {});
  act(() => setQuery({ status: ['assessing'] }));
  await waitFor(() => expect(rows()).toHaveLength(1));
  await opened.user.hover(rows()[0] as HTMLElement);
  await opened.unit.recordElsewhere('Ben Okafor', other, commands.mandatory(other, clear));
  await opened.vault.call('sync.now', {});
  await screen.findByText('The order has changed');
});
