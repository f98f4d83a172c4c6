import { screen, waitFor, within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { useCase } from '#renderer/state/case-store.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import { viewOf } from '#tests/support/memory-unit.ts';
import { type Opened, openApp, openCaseOf, openQueue, unlockAs } from './harness.tsx';

const byHand = () => screen.findByRole('form', { name: 'Open a case by hand' });
const heading = () => screen.findByRole('heading', { level: 1, name: /^H-[0-9A-Z]{8}$/ });
const opened = () => {
  const { view } = useCase.getState();
  if (!view) throw new Error('no case is open');
  return view;
};

/** A form with the least that a case takes. */
async function fill({ user }: Opened, fields: Readonly<Record<string, string>> = {}): Promise<void> {
  await user.keyboard('h');
  const form = within(await byHand());
  await user.selectOptions(form.getByLabelText('How it reached us'), 'Secure e-mail');
  for (const [label, text] of Object.entries({ 'What was said': 'He has her address.', ...fields })) {
    await user.click(form.getByLabelText(label));
    await user.paste(text);
  }
}

describe('a call at two in the morning', () => {
  it('is a case that one can act on after ten keys, beside what is said', async () => {
    await openQueue();
    // The real keys of a real browser.
    let keys = 0;
    const press = async (combination: string) => {
      keys += combination.split('>').length;
      await userEvent.keyboard(combination);
    };
    const say = (text: string) => userEvent.keyboard(text);
    await press('h');
    const how = within(await byHand()).getByLabelText('How it reached us');
    await waitFor(() => expect(document.activeElement).toBe(how));
    // The first of its list, as the urgency below.
    await press('{ArrowDown}');
    await press('{Tab}');
    await say('He waits outside her house with a knife.');
    await press('{Tab}');
    await say('Former partner');
    await press('{Tab}');
    await say('Assault');
    await press('{Tab}');
    await press('{ArrowDown}');
    await press('{Control>}{Enter}{/Control}');
    await heading();
    expect(keys).toBeLessThanOrEqual(10);
    const { state, summary } = opened();
    expect(summary).toMatchObject({ status: 'assessing', holderName: 'Asha Venn', priority: 'immediate' });
    expect(state.origin).toMatchObject({ how: 'contactCentre', expects: null });
    expect(state.referral.report).toMatchObject({
      ...{ narrative: 'He waits outside her house with a knife.', force: 'norbeck' },
      peopleAtRisk: [{ who: 'Former partner', risk: 'Assault', urgency: 'immediate' }],
    });
    // Acted on at once: the first step is open, and records.
    expect(await screen.findByRole('button', { name: /^Step 1 /, current: 'step' })).toBeTruthy();
    expect(screen.getByRole('radio', { name: 'Yes' })).toBeTruthy();
  });
});

describe('a case that was opened by hand', () => {
  it('says so where others say that their origin is verified, and in the print of its policy log', async () => {
    const desk = await openQueue();
    const fields = { Name: 'Ellis Marlow', 'Collar number': '4471', 'Crimestoppers’ reference': 'pa 000061' };
    await fill(desk, fields);
    await desk.user.selectOptions(screen.getByLabelText('Language'), 'Welsh');
    await desk.user.keyboard('{Control>}{Enter}{/Control}');
    await heading();
    expect(screen.getByText('Entered by hand, origin not verified')).toBeTruthy();
    expect(screen.getByText('Secure e-mail. Entered by Asha Venn.')).toBeTruthy();
    expect(screen.queryByText(/Signed by the central endpoint/)).toBeNull();
    expect(within(screen.getByRole('list', { name: 'References' })).getByText('Expects PA-000061')).toBeTruthy();
    expect(opened().state.referral.report).toMatchObject({
      language: 'cy',
      subjects: [{ name: 'Ellis Marlow', collarNumber: '4471' }],
    });
    (await heading()).focus();
    await desk.user.keyboard('l');
    await screen.findByRole('dialog', { name: /^Policy log/ });
    expect(document.querySelector('.print-page')?.textContent).toContain('Entered by hand, origin not verified.');
    // Back is the queue, and not the form.
    await desk.user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await desk.user.click(screen.getByRole('button', { name: 'Back to the queue' }));
    await screen.findByRole('grid', { name: 'Queue' });
  });

  it('is refused beside the field that is at fault, and nothing is lost', async () => {
    const desk = await openQueue();
    await fill(desk, { 'Who is at risk': 'Former partner' });
    await desk.user.keyboard('{Control>}{Enter}{/Control}');
    const risk = screen.getByLabelText('At risk of what');
    await waitFor(() => expect(risk.getAttribute('aria-invalid')).toBe('true'));
    expect(document.activeElement).toBe(risk);
    await desk.user.type(risk, 'Assault');
    await desk.user.selectOptions(screen.getByLabelText('How urgent'), 'Concern');
    await desk.user.type(screen.getByLabelText('Crimestoppers’ reference'), '4211');
    await desk.user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByText('A reference of this kind is written as PA-004211.');
    await desk.user.clear(screen.getByLabelText('Crimestoppers’ reference'));
    const when = screen.getByLabelText('When it reached us');
    await desk.user.clear(when);
    await desk.user.type(when, '01/01/2099 10:00');
    await desk.user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByText('It cannot have reached the unit later than now.');
    await desk.user.clear(when);
    await desk.user.type(when, '01/03/2026 02:10');
    await desk.user.keyboard('{Control>}{Enter}{/Control}');
    await heading();
    expect(opened().state.referral).toMatchObject({
      receivedAt: '2026-03-01T02:10:00.000Z',
      report: { narrative: 'He has her address.' },
    });
  });

  it('is kept as it is written, over a lock and over Escape, until it is opened', async () => {
    const desk = await openApp();
    await unlockAs(desk, 'Asha Venn');
    await screen.findByRole('grid', { name: 'Queue' });
    await fill(desk, { Description: 'Tall' });
    await desk.user.keyboard('{Control>}l{/Control}');
    await screen.findByRole('heading', { name: 'Unlock Probity' });
    expect(document.body.textContent).not.toContain('He has her address.');
    await unlockAs(desk, 'Asha Venn');
    await screen.findByRole('grid', { name: 'Queue' });
    await desk.user.keyboard('h');
    await byHand();
    await desk.user.keyboard('{Escape}');
    await screen.findByRole('grid', { name: 'Queue' });
    await desk.user.keyboard('h');
    await byHand();
    expect(screen.getByLabelText<HTMLTextAreaElement>('What was said').value).toBe('He has her address.');
    expect(screen.getByLabelText<HTMLTextAreaElement>('Description').value).toBe('Tall');
    await desk.user.keyboard('{Control>}{Enter}{/Control}');
    await heading();
    (await heading()).focus();
    await desk.user.keyboard('h');
    await byHand();
    expect(screen.getByLabelText<HTMLTextAreaElement>('What was said').value).toBe('');
    // Thrown away on purpose.
    expect(screen.queryByRole('button', { name: 'Clear the form' })).toBeNull();
    await desk.user.type(screen.getByLabelText('Name'), 'Ellis');
    await desk.user.click(screen.getByRole('button', { name: 'Clear the form' }));
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe(''));
  });

  it('is not opened by who may assess nothing, who is told so', async () => {
    const { user, vault } = await openQueue('Morgan Hale');
    const why = 'The head of unit decided so.';
    const changes = { actions: { assess: ['analyst' as const] } };
    await vault.call('unit.record', { type: 'policy.changed', data: { changes, why } });
    await user.keyboard('h');
    expect(await screen.findByText('Only an analyst can open a case.')).toBeTruthy();
  });
});

describe('the referral that follows', () => {
  async function arrived() {
    const desk = await openQueue();
    await fill(desk, { 'Crimestoppers’ reference': 'PA-000061' });
    await desk.user.keyboard('{Control>}{Enter}{/Control}');
    await heading();
    const id = opened().state.id;
    const { referral } = await desk.unit.receiveLike({ narrative: 'The reporter saw him twice.' });
    expect(referral.reference).toBe('PA-000061');
    return { ...desk, id };
  }

  it('is offered while the case is open, and joined with a reason', async () => {
    const { user, vault, unit, id } = await arrived();
    const nobody = { atRiskNow: 'unknown' as const, people: [], rationale: 'Nothing is said of it.' };
    await vault.call('case.record', { command: { type: 'risk.assessed', case: id, data: nobody } });
    await screen.findByText(/has arrived\. Join it\?/);
    const why = screen.getByLabelText<HTMLInputElement>('Why they are one');
    expect(why.value).toBe('PA-000061 is the reference that was given here for it.');
    await user.click(screen.getByRole('button', { name: 'Join PA-000061' }));
    await waitFor(() => expect(opened().state.joined).toHaveLength(1));
    expect(opened().state.referral.report.narrative).toMatch(
      /^He has her address\.\s+\[PA-000061\]\s+The reporter saw/,
    );
    await waitFor(() => expect(screen.queryByText(/has arrived/)).toBeNull());
    expect(within(screen.getByRole('list', { name: 'References' })).getByText('Joined PA-000061')).toBeTruthy();
    expect(screen.getByText(/^Recorded before PA-000061 was joined, without its text: Risk\./)).toBeTruthy();
    // And the other says where it went.
    const other = await viewOf(vault, unit.idOf('PA-000061'));
    expect(other.state.joinedInto).toMatchObject([{ case: id }]);
  });

  it('says so itself, leads there, and afterwards says where it went', async () => {
    const { user } = await arrived();
    await screen.findByText(/has arrived\. Join it\?/);
    await user.click(screen.getByRole('button', { name: 'PA-000061' }));
    await screen.findByRole('heading', { level: 1, name: 'PA-000061' });
    await screen.findByText(/was opened by hand ahead of this referral/);
    await user.click(screen.getByRole('button', { name: /^Go to H-/ }));
    await heading();
    await user.click(await screen.findByRole('button', { name: 'Join PA-000061' }));
    await waitFor(() => expect(opened().state.joined).toHaveLength(1));
    await user.click(screen.getByRole('button', { name: /^Back/ }));
    await screen.findByRole('heading', { level: 1, name: 'PA-000061' });
    await screen.findByText(/^This referral was joined to/);
    expect(opened().summary.status).toBe('joined');
  });

  it('is joined by whoever has the case, and by no other', async () => {
    const { user } = await arrived();
    (await heading()).focus();
    await user.keyboard('r');
    const join = await screen.findByRole('button', { name: 'Join PA-000061' });
    await waitFor(() => expect(join.getAttribute('aria-disabled')).toBe('true'));
  });
});

describe('references of other systems', () => {
  it('are added, shown in the header, found, and withdrawn with a reason', async () => {
    const desk = await openCaseOf('PA-000060');
    const { user, vault, unit } = desk;
    await user.keyboard('t');
    await waitFor(() => expect(opened().summary.holder).not.toBeNull());
    await user.click(screen.getByRole('tab', { name: 'What is known' }));
    const form = within(screen.getByRole('form', { name: 'Add a reference' }));
    await user.click(form.getByRole('button', { name: 'Add' }));
    await form.findByText('Choose one.');
    await user.selectOptions(form.getByLabelText('Kind'), 'Crimestoppers');
    await user.type(form.getByLabelText('Reference'), '4711{Enter}');
    await form.findByText('A reference of this kind is written as PA-004211.');
    await user.selectOptions(form.getByLabelText('Kind'), 'Centurion');
    await user.clear(form.getByLabelText('Reference'));
    await user.type(form.getByLabelText('Reference'), 'CM/1234/26{Enter}');
    const header = within(await screen.findByRole('list', { name: 'References' }));
    expect(header.getByText('Centurion CM/1234/26')).toBeTruthy();
    expect(form.getByLabelText<HTMLInputElement>('Reference').value).toBe('');
    const find = async () =>
      (await vault.call('queue.page', { query: { ...everyCase, text: 'cm 1234-26' }, offset: 0, limit: 5 })).rows;
    expect((await find()).map(({ id }) => id)).toEqual([unit.idOf('PA-000060')]);
    await user.click(screen.getByRole('button', { name: 'Withdraw Centurion CM/1234/26' }));
    const withdraw = within(screen.getByRole('group', { name: 'Withdraw Centurion CM/1234/26' }));
    await user.type(withdraw.getByLabelText('Withdraw: why'), 'Of another matter{Enter}');
    await waitFor(() => expect(screen.queryByRole('list', { name: 'References' })).toBeNull());
    expect(await find()).toEqual([]);
  });
});

it('a reference that is half written is there again after the case was left', async () => {
  const desk = await openCaseOf('PA-000060');
  await desk.user.keyboard('t');
  const add = async () => within(await screen.findByRole('form', { name: 'Add a reference' }));
  await desk.user.click(screen.getByRole('tab', { name: 'What is known' }));
  await desk.user.type((await add()).getByLabelText('Reference'), 'CM/12');
  await desk.user.keyboard('{Escape}');
  await screen.findByRole('grid', { name: 'Queue' });
  await desk.user.keyboard('{Enter}');
  await desk.user.click(await screen.findByRole('tab', { name: 'What is known' }));
  await waitFor(async () => expect((await add()).getByLabelText<HTMLInputElement>('Reference').value).toBe('CM/12'));
});
