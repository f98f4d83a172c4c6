import { screen, waitFor, within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { assessmentIn, description, form, inForm, openTaken, record, toStep, write } from './assessment-fixture.ts';
import { commands, why } from './commands.ts';

const test = 'Mandatory-referral test';
const box = (name: string) => inForm(test).getByRole<HTMLInputElement>('checkbox', { name });

describe('the mandatory-referral test', () => {
  it('is not recorded before a criterion is ticked, or none of them', async () => {
    const opened = await openTaken();
    await toStep(opened, 2);
    await write(opened, inForm(test).getByLabelText('Reasons'), why);
    await record(opened);
    const group = inForm(test).getByRole('group', { name: 'Which criteria would the conduct alleged meet?' });
    await waitFor(() => expect(description(group)).toBe('Tick what applies, or “None of these”.'));
    expect((await assessmentIn(opened)).mandatory).toEqual([]);
    await opened.user.click(box('None of these'));
    await record(opened);
    await screen.findByText('Mandatory-referral test recorded. Saved here.');
    expect((await assessmentIn(opened)).mandatory[0]?.criteria).toEqual([]);
  });

  it('takes none of them back for who ticks one, and the other way round', async () => {
    const opened = await openTaken();
    await toStep(opened, 2);
    await opened.user.click(box('None of these'));
    await opened.user.click(box('Serious assault'));
    expect([box('None of these').checked, box('Serious assault').checked]).toEqual([false, true]);
    await opened.user.click(box('None of these'));
    expect([box('None of these').checked, box('Serious assault').checked]).toEqual([true, false]);
  });
});

describe('what a disposition needs first', () => {
  const needed = () => within(screen.getByRole('group', { name: 'Needed first' })).getAllByRole('listitem');
  const told = () => needed().map(({ textContent }) => textContent);

  it('stands beside it before anything is typed, and leads to its step', async () => {
    const opened = await openTaken((id) => [commands.notMandatory(id)]);
    await toStep(opened, 7);
    expect(told()).toEqual(['MissingWhether anyone is at risk now', 'RecordedThe mandatory-referral test']);
    await opened.user.click(screen.getByRole('radio', { name: 'Record for intelligence' }));
    expect(told()).toContain('MissingAt least one item of information');
    await opened.user.click(screen.getByRole('button', { name: 'Whether anyone is at risk now' }));
    expect(form('Is anyone at risk now').contains(document.activeElement)).toBe(true);
  });

  it('names a referral that is owed to the IOPC for what would close the case, and for nothing else', async () => {
    const opened = await openTaken((id) => [commands.risk(id), commands.mandatory(id, new Date().toISOString())]);
    await toStep(opened, 7);
    await opened.user.click(screen.getByRole('radio', { name: 'No further action' }));
    expect(told()).toContain('MissingThe referral that is owed to the IOPC');
    await opened.user.click(screen.getByRole('radio', { name: 'Investigate' }));
    expect(screen.queryByRole('group', { name: 'Needed first' })).toBeNull();
  });

  it('says who may find a report malicious to who may not', async () => {
    const opened = await openTaken((id) => [commands.risk(id), commands.notMandatory(id)]);
    await toStep(opened, 7);
    await opened.user.click(screen.getByRole('radio', { name: 'Suspected malicious' }));
    expect(screen.getByRole('group', { name: 'Needed first' }).textContent).toMatch(
      /Only .*supervisor.* can record that a report is suspected malicious\.$/,
    );
  });
});

it('what records a long form is in sight while any of the form is', async () => {
  const opened = await openTaken();
  await toStep(opened, 2);
  const column = screen.getByRole('group', { name: 'Assessment' });
  const button = inForm(test).getByRole('button', { name: /^Record the test/ });
  for (const top of [0, 200, 400]) {
    column.scrollTop = top;
    const { bottom } = button.getBoundingClientRect();
    expect(bottom).toBeLessThanOrEqual(column.getBoundingClientRect().bottom);
  }
});

it('recorded risk stands at the top, below what the contact centre said', async () => {
  await openTaken((id) => [commands.risk(id, 'yes')]);
  const people = within(await screen.findByRole('region', { name: 'People at risk' }));
  const assessed = people.getByRole('group', { name: 'As assessed' });
  expect(assessed.textContent).toMatch(/^As assessed by Asha Venn, .*Someone is at risk nowHigh.*A woman: reduce$/);
});

it('asks why where risk is assessed as lower than it stood, and records what was said', async () => {
  const opened = await openTaken((id) => [commands.risk(id, 'yes')]);
  await toStep(opened, 1);
  await opened.user.click(await screen.findByRole('button', { name: 'Record again: Is anyone at risk now' }));
  const risk = 'Is anyone at risk now';
  expect(inForm(risk).queryByLabelText('Why the risk is lower')).toBeNull();
  await opened.user.click(inForm(risk).getByRole('radio', { name: 'No' }));
  await write(opened, inForm(risk).getByLabelText('Reasons'), why);
  await record(opened);
  const field = inForm(risk).getByLabelText('Why the risk is lower');
  await waitFor(() => expect(description(field)).toMatch(/at least 10 characters/));
  await write(opened, field, 'She has moved, and he does not know where.');
  await record(opened);
  await screen.findByText('Risk recorded. Saved here.');
  expect((await assessmentIn(opened)).risk.at(-1)?.whyLower).toBe('She has moved, and he does not know where.');
});
