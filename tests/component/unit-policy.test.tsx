import { screen, waitFor, within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { openCaseOf, openQueue } from './harness.tsx';

const why = 'The head of unit decided so.';

async function openPolicy(name = 'Morgan Hale') {
  const opened = await openQueue(name);
  await opened.user.keyboard('gp');
  await screen.findByRole('heading', { name: 'Unit policy', level: 1 });
  return opened;
}
const theForm = () => within(screen.getByRole('form', { name: 'Change a setting' }));
const rowOf = (setting: string) => screen.getByRole('rowheader', { name: setting }).closest('tr')?.textContent;

describe('the unit’s policy', () => {
  it('shows each setting with its default, where that comes from, and since when it is so', async () => {
    await openPolicy();
    expect(document.activeElement?.textContent).toBe('Unit policy');
    expect(rowOf('Disposition due, high priority')).toMatch(
      /4 hours4 hoursLocal policy: .+ \(not verified\)From the start$/,
    );
    expect(rowOf('Find a referral malicious')).toContain('SupervisorSupervisorA finding against the reporter');
    expect(screen.getByText('None. Every setting is as Probity brings it.')).toBeTruthy();
  });

  it('is changed by a supervisor, with a reason that all can read', async () => {
    const { user, vault } = await openPolicy();
    const form = theForm();
    expect(form.getByRole('button', { name: 'Change the policy' }).getAttribute('aria-disabled')).toBe('true');
    await user.selectOptions(form.getByLabelText('Setting'), 'Disposition due, high priority');
    const value = form.getByLabelText<HTMLInputElement>('New value in hours');
    expect(value.value).toBe('4');
    await user.clear(value);
    await user.type(value, '500');
    await user.type(form.getByLabelText('Why'), why);
    await user.click(form.getByRole('button', { name: 'Change the policy' }));
    await form.findByText('Choose 1 to 72 hours, in whole numbers.');
    await user.clear(value);
    await user.type(value, '2.5');
    await user.click(form.getByRole('button', { name: 'Change the policy' }));
    await form.findByText('Give a whole number.');
    await user.clear(value);
    await user.type(value, '8{Enter}');
    await screen.findByText(`Why: ${why}`);
    expect(rowOf('Disposition due, high priority')).toMatch(/8 hours4 hours.+Morgan Hale/);
    expect(screen.getByText(/^Disposition due, high priority: from 4 hours to/).textContent).toContain('8 hours');
    const { record } = await vault.call('unit.read', {});
    expect(record.policyChanges).toMatchObject([{ changes: { periods: { 'firstDecision.high': 8 } }, why }]);
    await vault.call('sync.now', {});
    await screen.findByText(/, entry \d+$/);
    expect(rowOf('Disposition due, high priority')).toMatch(/Morgan Hale$/);
  });

  it('says beside the field why a set of roles is refused', async () => {
    const { user } = await openPolicy();
    const form = theForm();
    await user.selectOptions(form.getByLabelText('Setting'), 'Change this policy');
    await user.click(form.getByRole('checkbox', { name: 'Supervisor' }));
    await user.type(form.getByLabelText('Why'), why);
    await user.click(form.getByRole('button', { name: 'Change the policy' }));
    await form.findByText(/^This cannot be taken from a supervisor/);
  });

  it('is for others to read, who are told who could change it', async () => {
    await openPolicy('Asha Venn');
    expect(screen.queryByRole('form', { name: 'Change a setting' })).toBeNull();
    expect(screen.getByText('You can read this. Only a supervisor can change it.')).toBeTruthy();
  });
});

describe('what is in force', () => {
  it('keeps the forms from whoever may not use them any more, and says who may', async () => {
    const { user, unit } = await openCaseOf('PA-000060');
    await user.keyboard('t');
    const button = await screen.findByRole('button', { name: /^Record/ });
    await waitFor(() => expect(button.getAttribute('aria-disabled')).toBeNull());
    await unit.changePolicyElsewhere('Morgan Hale', { actions: { assess: ['supervisor'] } });
    expect((await screen.findAllByText('Only a supervisor can assess a referral.')).length).toBeGreaterThan(0);
    expect(screen.queryByRole('form')).toBeNull();
  });

  it('adds the unit’s own words to the reporter-exposure check', async () => {
    const { user, vault } = await openPolicy();
    const form = theForm();
    await user.selectOptions(form.getByLabelText('Setting'), 'Words that the unit adds');
    await user.type(form.getByLabelText('Words, one entry a line'), 'Riverside Bowls{Enter}the blue van');
    await user.type(form.getByLabelText('Why'), why);
    await user.click(form.getByRole('button', { name: 'Change the policy' }));
    await screen.findByText(`Why: ${why}`);
    expect(rowOf('Words that the unit adds')).toContain('“Riverside Bowls”, “the blue van”');
    await user.selectOptions(form.getByLabelText('Setting'), 'Words that the unit adds');
    const lines = form.getByLabelText<HTMLTextAreaElement>('Words, one entry a line');
    await user.clear(lines);
    await user.type(lines, 'the blue van');
    await user.type(form.getByLabelText('Why'), why);
    await user.click(form.getByRole('button', { name: 'Change the policy' }));
    await waitFor(() => expect(screen.getAllByText(`Why: ${why}`)).toHaveLength(2));
    const { record } = await vault.call('unit.read', {});
    expect(record.policyChanges.at(-1)?.changes).toEqual({ phrases: { add: [], remove: ['Riverside Bowls'] } });
  });
});
