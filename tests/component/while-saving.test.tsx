import { screen, waitFor } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { goTo, openCase } from '#renderer/state/screen-store.ts';
import { selectLatest } from '#shared/domain/event/history.ts';
import { executeAll, type RunningStation, viewOf } from '#tests/support/memory-unit.ts';
import { assessmentIn, form, inForm, newest, openTaken, record, toStep, write } from './assessment-fixture.ts';
import { why } from './commands.ts';
import { demoUnit, type Opened, openApp, openCaseOf, unlockAs } from './harness.tsx';

const atRisk = 'Is anyone at risk now';
const test = 'Mandatory-referral test';

/** The first step is given to be recorded, and the disk takes its time until what comes back is called. */
async function giveRisk(opened: Opened): Promise<() => void> {
  await toStep(opened, 1);
  await opened.user.click(screen.getByRole('radio', { name: 'No' }));
  await write(opened, inForm(atRisk).getByLabelText('Reasons'), why);
  const release = opened.stations.at(-1)?.hold('case.record') ?? expect.fail('no vault');
  await record(opened);
  return release;
}

async function openSaving(isFull = false): Promise<Opened & { readonly release: () => void }> {
  const opened = await openTaken();
  opened.unit.store.full = isFull;
  return { ...opened, release: await giveRisk(opened) };
}

const keyboard = ({ user }: Opened, keys: string) => user.keyboard(keys);
const settled = () => waitFor(() => expect(screen.queryByText('Saving.')).toBeNull());

describe('while a form is being recorded', () => {
  it('the next form takes the keys, and is recorded after it', async () => {
    const opened = await openSaving();
    expect(document.activeElement?.textContent).toMatch(/^Next: 2 Mandatory referral/);
    await keyboard(opened, '{Enter}');
    expect(form(test).contains(document.activeElement)).toBe(true);
    await opened.user.click(inForm(test).getByRole('checkbox', { name: 'None of these' }));
    await write(opened, inForm(test).getByLabelText('Reasons'), why);
    await record(opened);
    opened.release();
    await screen.findByText('Mandatory-referral test recorded. Saved here.');
    const { risk, mandatory, activity } = await assessmentIn(opened);
    expect([risk.length, mandatory.length]).toEqual([1, 1]);
    expect(activity.slice(-2).map(({ type }) => type)).toEqual(['risk.assessed', 'mandatoryReferral.assessed']);
  });

  it('keeps what is typed in it since as a draft of its own, which replaces what was recorded', async () => {
    const opened = await openSaving();
    await toStep(opened, 1);
    await write(opened, inForm(atRisk).getByLabelText('Reasons'), ' Typed since.');
    opened.release();
    await screen.findByText('Risk recorded. Saved here.');
    expect(selectLatest((await assessmentIn(opened)).risk)?.rationale).toBe(why);
    expect(inForm(atRisk).getByLabelText<HTMLTextAreaElement>('Reasons').value).toBe(`${why} Typed since.`);
    expect(inForm(atRisk).queryByText(/Recorded meanwhile/)).toBeNull();
    await record(opened);
    await waitFor(async () => expect((await assessmentIn(opened)).risk).toHaveLength(2));
    const [first, second] = (await assessmentIn(opened)).risk;
    expect(second?.rationale).toBe(`${why} Typed since.`);
    expect(second?.replaces).toEqual([first?.entry]);
  });

  it('what is changed and recorded again before it is saved replaces it', async () => {
    const opened = await openSaving();
    await toStep(opened, 1);
    await write(opened, inForm(atRisk).getByLabelText('Reasons'), ' Again.');
    await record(opened);
    opened.release();
    await waitFor(async () => expect((await assessmentIn(opened)).risk).toHaveLength(2));
    const [first, second] = (await assessmentIn(opened)).risk;
    expect([first?.rationale, second?.rationale]).toEqual([why, `${why} Again.`]);
    expect(second?.replaces).toEqual([first?.entry]);
    await settled();
    expect(await opened.vault.call('draft.load', { id: opened.unit.idOf(newest) })).toEqual({});
  });

  it('is recorded once, however often the key is pressed', async () => {
    const opened = await openSaving();
    await toStep(opened, 1);
    await record(opened);
    await record(opened);
    opened.release();
    await screen.findByText('Risk recorded. Saved here.');
    await settled();
    expect((await assessmentIn(opened)).risk).toHaveLength(1);
  });

  it('is left only once it is recorded', async () => {
    const opened = await openSaving();
    await keyboard(opened, '{Escape}');
    expect(screen.queryByRole('grid', { name: 'Queue' })).toBeNull();
    opened.release();
    await screen.findByRole('grid', { name: 'Queue' });
    expect((await assessmentIn(opened)).risk).toHaveLength(1);
  });

  it('fetches back whoever waited when it is refused', async () => {
    const opened = await openSaving(true);
    opened.release();
    await waitFor(() => expect(form(atRisk).contains(document.activeElement)).toBe(true));
    expect(inForm(atRisk).getByRole('alert').textContent).toMatch(/^The disk of this computer is full/);
    expect(inForm(atRisk).getByLabelText<HTMLTextAreaElement>('Reasons').value).toBe(why);
  });

  it('tells whoever has gone on when it is refused, and keeps what it was', async () => {
    const opened = await openSaving(true);
    await toStep(opened, 5);
    opened.release();
    await screen.findByText(/^Not recorded: Is anyone at risk now\. The disk of this computer is full/);
    await toStep(opened, 1);
    expect(inForm(atRisk).getByRole('alert').textContent).toMatch(/^The disk of this computer is full/);
    expect(inForm(atRisk).getByLabelText<HTMLTextAreaElement>('Reasons').value).toBe(why);
  });

  it('is waited for by a lock, which takes nobody anywhere afterwards', async () => {
    const unit = await demoUnit();
    const id = unit.idOf(newest);
    await unit.workAs('Asha Venn', (vault) => executeAll(vault, [{ type: 'case.taken', case: id, data: {} }]));
    const opened = await openApp({ unit });
    await unlockAs(opened, 'Asha Venn');
    await screen.findByRole('grid', { name: 'Queue' });
    await openCase(id);
    const release = await giveRisk(opened);
    await keyboard(opened, '{Alt>}n{/Alt}');
    await keyboard(opened, '{Control>}l{/Control}');
    await screen.findByText('Locking');
    release();
    await unlockAs(opened, 'Asha Venn');
    await screen.findByRole('grid', { name: 'Queue' });
    expect(screen.queryByRole('alert')).toBeNull();
    const { vault } = opened.stations.at(-1) as RunningStation;
    expect((await viewOf(vault, id)).state.risk).toHaveLength(1);
  });

  it('keeps the focus where it was when it is put away', async () => {
    const opened = await openSaving();
    await toStep(opened, 1);
    expect(form(atRisk).contains(document.activeElement)).toBe(true);
    opened.release();
    await screen.findByText('Risk recorded. Saved here.');
    await waitFor(() => expect(screen.queryByRole('form', { name: atRisk })).toBeNull());
    expect(document.activeElement).not.toBe(document.body);
    expect(screen.getByRole('region', { name: atRisk }).contains(document.activeElement)).toBe(true);
  });
});

it('a case that is being taken can be assessed at once', async () => {
  const opened = await openCaseOf(newest);
  const release = opened.station.hold('case.record');
  await keyboard(opened, 't');
  await toStep(opened, 1);
  await opened.user.click(screen.getByRole('radio', { name: 'No' }));
  await write(opened, inForm(atRisk).getByLabelText('Reasons'), why);
  await record(opened);
  release();
  await screen.findByText('Risk recorded. Saved here.');
  expect((await assessmentIn(opened)).risk).toHaveLength(1);
});

it('what is typed while a case is being left is kept with the rest', async () => {
  const opened = await openTaken();
  const { id } = await assessmentIn(opened);
  await toStep(opened, 1);
  const reasons = () => inForm(atRisk).getByLabelText<HTMLTextAreaElement>('Reasons');
  await write(opened, reasons(), 'One');
  const release = opened.stations.at(-1)?.hold('draft.save') ?? expect.fail('no vault');
  const leaving = goTo('queue');
  await opened.user.keyboard(' and two');
  release();
  await leaving;
  await screen.findByRole('grid', { name: 'Queue' });
  await openCase(id);
  await toStep(opened, 1);
  await waitFor(() => expect(reasons().value).toBe('One and two'));
});
