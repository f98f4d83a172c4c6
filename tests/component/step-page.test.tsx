import { screen, waitFor, within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { settled } from './all-screens.ts';
import {
  assessmentIn,
  form,
  inForm,
  newest,
  openTaken,
  rail,
  record,
  toStep,
  unfold,
  write,
} from './assessment-fixture.ts';
import { commands, why } from './commands.ts';
import { resizeTo } from './harness.tsx';

const atRisk = 'Is anyone at risk now';
const column = () => screen.getByRole('group', { name: 'Assessment' });
const headings = () => within(column()).getAllByRole('heading', { level: 2 });
/** The line of a step that is not open. */
const line = (number: number) => within(headings()[number - 1] as HTMLElement).getByRole('button', { expanded: false });

/** A case in which something is recorded in four of the steps. */
const openRecorded = () =>
  openTaken((id, unit) => [
    commands.risk(id, 'yes'),
    commands.notMandatory(id),
    commands.item(id, unit.referralOf(newest), 0, 20),
    commands.categories(id, ['other']),
  ]);

describe('the seven steps on one page', () => {
  it('are one line each, with what was recorded, by whom and when, but for the one that is open', async () => {
    const opened = await openRecorded();
    await toStep(opened, 4);
    expect(headings().map(({ textContent }) => textContent?.slice(0, 2))).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((number) => `${number} `),
    );
    expect(line(1).textContent).toMatch(/^1 Is anyone at risk nowSomeone is at risk now\. A woman: high .*Asha Venn, /);
    expect(line(2).textContent).toMatch(/No mandatory criterion is met\.Asha Venn, \d\d:\d\d$/);
    expect(line(3).textContent).toMatch(/1 item: “.+”Asha Venn, /);
    expect(line(5).textContent).toMatch(/Category: Other\.Asha Venn, /);
    expect(line(7).textContent).toBe('7 DispositionNot started');
    expect(within(column()).getAllByRole('form')).toEqual([form('Grade of item 1')]);
  });

  it('open by Enter on their line: the step begins below the contents, what stands in it is read, and the other folds', async () => {
    await resizeTo(1280, 600);
    const opened = await openRecorded();
    // As where motion is reduced: what changes its look has it a moment later.
    const reduced = document.head.appendChild(document.createElement('style'));
    reduced.textContent = '* { transition-duration: 0.01ms !important; transition-property: all !important }';
    await toStep(opened, 2);
    line(1).focus();
    await opened.user.keyboard('{Enter}');
    expect(rail(1).getAttribute('aria-current')).toBe('step');
    expect(screen.getByRole('article', { name: `${atRisk}, in force` }).textContent).toContain('Safe contact today');
    expect(screen.getByRole('region', { name: atRisk }).contains(document.activeElement)).toBe(true);
    for (const number of [6, 7]) {
      await toStep(opened, number);
      await settled();
      const { bottom } = screen.getByRole('navigation', { name: 'Steps of the assessment' }).getBoundingClientRect();
      const { top } = (headings()[number - 1] as HTMLElement).getBoundingClientRect();
      expect(top, `${number}`).toBeGreaterThanOrEqual(bottom);
      expect(top, `${number}`).toBeLessThan(bottom + 30);
    }
    reduced.remove();
  });

  it('keep a draft in a step that is folded, and say so on its line', async () => {
    const opened = await openTaken();
    await toStep(opened, 1);
    await write(opened, inForm(atRisk).getByLabelText('Reasons'), 'Half a thought');
    await opened.user.click(line(7));
    expect(line(1).textContent).toBe('1 Is anyone at risk nowDraft');
    await opened.user.click(line(1));
    expect(inForm(atRisk).getByLabelText<HTMLTextAreaElement>('Reasons').value).toBe('Half a thought');
  });
});

describe('what is recorded in the open step', () => {
  it('folds to one line as it is recorded, which Enter opens and folds again', async () => {
    const opened = await openTaken();
    await toStep(opened, 1);
    await opened.user.click(screen.getByRole('radio', { name: 'No' }));
    await write(opened, inForm(atRisk).getByLabelText('Reasons'), why);
    await record(opened);
    const card = await screen.findByRole('article', { name: `${atRisk}, in force` });
    await waitFor(() => expect(screen.queryByRole('form', { name: atRisk })).toBeNull());
    expect(rail(1).getAttribute('aria-current')).toBe('step');
    expect(card.textContent).toMatch(/^Nobody is known to be at risk now\.Asha Venn, \d\d:\d\d, /);
    expect(card.textContent).not.toContain(why);
    expect(card.getBoundingClientRect().height).toBeLessThan(44);
    within(card).getByRole('button').focus();
    await opened.user.keyboard('{Enter}');
    expect(card.textContent).toContain(why);
    await opened.user.keyboard('{Enter}');
    expect(card.textContent).not.toContain(why);
  });

  it('is read in full beside the form that would replace it', async () => {
    const opened = await openTaken((id) => [commands.risk(id)]);
    const card = await screen.findByRole('article', { name: `${atRisk}, in force` });
    expect(card.textContent).not.toContain(why);
    await opened.user.click(screen.getByRole('button', { name: `Record again: ${atRisk}` }));
    expect(screen.getByRole('article', { name: `${atRisk}, in force` }).textContent).toContain(why);
  });

  it('of an item is its quotation and its grade; opened, its provenance and withdrawal', async () => {
    const opened = await openRecorded();
    await toStep(opened, 3);
    const item = screen.getByRole('article', { name: 'Item 1' });
    expect(item.textContent).toMatch(/^Item 1“.+”Not graded yetAsha Venn, /);
    expect(within(item).queryByRole('region')).toBeNull();
    await unfold(opened, item);
    within(item).getByRole('region', { name: 'Provenance of item 1' });
    within(item).getByRole('button', { name: 'Withdraw the item: Withdrawal of item 1' });
  });
});

describe('what follows in law once a test is met', () => {
  const parts = ['Referral to the IOPC', 'Matter type', 'Severity', 'Suspension', 'Notification of the subject'];
  const open = () => parts.filter((name) => screen.queryByRole('form', { name }));
  const focusIn = (name: string) => expect(form(name).contains(document.activeElement)).toBe(true);

  const meet = async () => {
    const opened = await openTaken();
    await toStep(opened, 2);
    expect(open()).toEqual([]);
    await opened.user.click(screen.getByRole('checkbox', { name: 'Serious assault' }));
    await write(opened, inForm('Mandatory-referral test').getByLabelText('Reasons'), why);
    await record(opened);
    return opened;
  };

  it('is open at once, all five parts, and recording one goes on to the next', async () => {
    const opened = await meet();
    const { user } = opened;
    expect(open()).toEqual(parts);
    focusIn('Referral to the IOPC');
    await write(opened, inForm('Referral to the IOPC').getByLabelText('What was sent, and how'), 'Form and report');
    await record(opened);
    focusIn('Matter type');
    await user.click(inForm('Matter type').getByRole('radio', { name: 'Conduct matter' }));
    await user.selectOptions(inForm('Matter type').getByLabelText('The subject is'), 'Senior officer');
    await write(opened, inForm('Matter type').getByLabelText('Reasons'), why);
    await record(opened);
    focusIn('Severity');
    // Whom it concerns was just said, and is not asked again.
    expect(inForm('Severity').getByLabelText<HTMLSelectElement>('The subject is').selectedOptions[0]?.label).toBe(
      'Senior officer',
    );
    await user.click(inForm('Severity').getByRole('radio', { name: 'Gross misconduct' }));
    await write(opened, inForm('Severity').getByLabelText('Reasons'), why);
    await record(opened);
    focusIn('Suspension');
    await user.click(inForm('Suspension').getByRole('button', { name: 'Not now' }));
    focusIn('Notification of the subject');
    await user.click(inForm('Notification of the subject').getByRole('radio', { name: /may be notified/ }));
    await write(opened, inForm('Notification of the subject').getByLabelText('Reasons'), why);
    await record(opened);
    expect(document.activeElement?.textContent).toMatch(/^Next: 3 /);
    await waitFor(() => expect(open()).toEqual([]));
    expect(rail(2).getAttribute('aria-current')).toBe('step');
    const { iopc, matter, severity, suspension, notification } = await assessmentIn(opened);
    expect([iopc, matter, severity, suspension, notification].map(({ length }) => length)).toEqual([1, 1, 1, 0, 1]);
  });

  it('keeps in sight what has the focus when the test above it folds', async () => {
    await resizeTo(1280, 600);
    const opened = await meet();
    const focused = document.activeElement as HTMLElement;
    await waitFor(() => expect(screen.queryByRole('form', { name: 'Mandatory-referral test' })).toBeNull());
    await settled();
    expect(document.activeElement).toBe(focused);
    const { top, bottom } = column().getBoundingClientRect();
    expect(focused.getBoundingClientRect().top).toBeGreaterThan(top + 50);
    expect(focused.getBoundingClientRect().bottom).toBeLessThan(bottom);
    expect((await assessmentIn(opened)).mandatory).toHaveLength(1);
  });

  it('is walked through with Tab, from each form into the next', async () => {
    const { user } = await meet();
    const seen = new Set<string>();
    for (let stop = 0; stop < 80 && !document.activeElement?.textContent?.startsWith('Next: '); stop += 1) {
      const name = document.activeElement?.closest('form')?.getAttribute('aria-label');
      if (name) seen.add(name);
      await user.tab();
    }
    expect([...seen]).toEqual(parts);
  });

  it('stays put off while the case is open, and can be opened', async () => {
    const opened = await meet();
    const { user } = opened;
    await user.click(inForm('Suspension').getByRole('button', { name: 'Not now' }));
    await toStep(opened, 3);
    await toStep(opened, 2);
    expect(open()).toEqual(parts.filter((name) => name !== 'Suspension'));
    await user.click(screen.getByRole('button', { name: 'Put to the appropriate authority: Suspension' }));
    focusIn('Suspension');
  });

  it('is not asked for where none of the criteria is met', async () => {
    const opened = await openTaken((id) => [commands.notMandatory(id)]);
    await toStep(opened, 2);
    expect(open()).toEqual([]);
    screen.getByRole('button', { name: 'Record the type: Matter type' });
  });
});
