import { screen, within } from '@testing-library/dom';
import { openCase, showPanel } from '#renderer/state/screen-store.ts';
import { useStatus } from '#renderer/state/status-store.ts';
import { newUnit } from '#tests/support/memory-unit.ts';
import { openTaken, record, toStep } from './assessment-fixture.ts';
import { commands } from './commands.ts';
import { demoUnit, openApp, openCaseOf, openQueue, resizeTo } from './harness.tsx';
import { anOfficer } from './one-officer.ts';
import { act } from './render.tsx';

/* Every screen, in a state that shows most of it. */

/** No colour and no layer is on its way to what it shall be. */
export async function settled(): Promise<void> {
  do await new Promise((resolve) => requestAnimationFrame(resolve));
  while (document.getAnimations().some((each) => each instanceof CSSTransition && each.playState === 'running'));
}

/** A case with a test that was met and two items, on its third step. */
async function withItems() {
  const opened = await openTaken((id, unit) => [
    commands.mandatory(id, new Date().toISOString()),
    commands.item(id, unit.referralOf('PA-000060'), 0, 20),
    commands.item(id, unit.referralOf('PA-000060'), 30, 60),
  ]);
  await toStep(opened, 3);
  return opened;
}

/** By name: what leads there. */
export const screens: Readonly<Record<string, () => Promise<unknown>>> = {
  'first run': async () => {
    await openApp({ unit: await newUnit({ enrolled: false }) });
    await screen.findByRole('heading', { name: 'Set up this workstation' });
  },
  'founding the unit': async () => {
    await openApp({ unit: await newUnit({ demo: false }) });
    await screen.findByRole('heading', { name: 'Found the unit' });
  },
  unlock: async () => {
    await openApp();
    await screen.findByRole('heading', { name: 'Unlock Probity' });
  },
  'unit policy': async () => {
    const { user, vault } = await openQueue('Morgan Hale');
    const changes = { periods: { 'review.high': 2 }, phrases: { add: ['Riverside Bowls'], remove: [] } };
    const why = 'The head of unit decided so.';
    await vault.call('unit.record', { type: 'policy.changed', data: { changes, why } });
    await user.keyboard('gp');
    const form = within(await screen.findByRole('form', { name: 'Change a setting' }));
    await user.selectOptions(form.getByLabelText('Setting'), 'Assess a case');
    await user.click(form.getByRole('button', { name: 'Change the policy' }));
    await form.findByText(/^Give your reasons/);
  },
  'unit policy, read only': async () => {
    const { user } = await openQueue();
    await user.keyboard('gp');
    await screen.findByText(/^You can read this/);
  },
  queue: () => openQueue(),
  'queue without a match': async () => {
    const { user } = await openQueue();
    await user.keyboard('/zzzz');
    await screen.findByText('No case matches');
  },
  'queue filter': async () => {
    const unit = await demoUnit();
    const id = unit.idOf('PA-000060');
    await unit.recordHere('Ben Okafor', id, commands.mandatory(id, '2026-11-01T09:00:00.000Z'));
    const { user } = await openQueue('Asha Venn', { unit });
    await screen.findByText(/^IOPC: PA-000060/);
    await user.keyboard('f');
    await screen.findByRole('menuitemradio', { name: 'nobody 60' });
  },
  'saved views': async () => {
    const { user } = await openQueue();
    await user.keyboard('v');
    await screen.findByRole('dialog', { name: 'Views' });
  },
  'a case being opened by hand': async () => {
    const { user } = await openQueue();
    await user.keyboard('h');
    const form = within(await screen.findByRole('form', { name: 'Open a case by hand' }));
    await user.click(form.getByRole('button', { name: /^Open the case/ }));
    await form.findByText('Choose one.');
  },
  'a referral to be joined': async () => {
    const { user, unit, vault } = await openQueue();
    const said = { language: 'en' as const, categories: [], subjects: [], peopleAtRisk: [], narrative: 'He waits.' };
    const reachedAt = '2026-03-01T02:10:00.000Z';
    const opening = { how: 'contactCentre' as const, reachedAt, expects: 'PA-000061', report: said };
    const opened = await vault.call('case.openByHand', opening);
    if (!opened.ok) throw new Error(opened.error.code);
    for (const kind of ['centurion', 'operation'] as const) {
      const data = { kind, text: 'CM/1234/26' };
      await vault.call('case.record', { command: { type: 'reference.recorded', case: opened.value, data } });
    }
    await unit.receiveLike({});
    await act(() => openCase(opened.value));
    await screen.findByRole('button', { name: 'Join PA-000061' });
    await user.click(screen.getByRole('tab', { name: 'What is known' }));
    await screen.findByRole('form', { name: 'Add a reference' });
  },
  'case in two columns': () => openCaseOf('PA-000060'),
  'case in three columns, in conflict': async () => {
    await resizeTo(1700, 900);
    const unit = await demoUnit();
    const id = unit.idOf('PA-000060');
    await unit.recordElsewhere('Ben Okafor', id, commands.risk(id, 'yes'));
    await unit.recordElsewhere('Morgan Hale', id, commands.risk(id, 'no'));
    await unit.syncHere();
    await openCaseOf('PA-000060', 'Asha Venn', { unit });
    await screen.findAllByRole('article', { name: /in conflict$/ });
  },
  'step 1, at risk': async () => {
    const opened = await openTaken();
    await opened.user.click(screen.getByRole('button', { name: 'Add a person at risk' }));
    await record(opened);
    await screen.findAllByText('Choose one.');
  },
  'step 2, mandatory referral': async () => {
    const opened = await openTaken();
    await toStep(opened, 2);
    await opened.user.click(screen.getByRole('checkbox', { name: 'Serious corruption' }));
    await opened.user.click(screen.getByRole('button', { name: 'Record a referral: Referral to the IOPC' }));
    await opened.user.click(screen.getByRole('button', { name: 'Record the severity: Severity' }));
  },
  'step 2, all that follows a test that is met': async () => {
    const opened = await openTaken((id) => [commands.risk(id), commands.mandatory(id, new Date().toISOString())]);
    await toStep(opened, 2);
    await screen.findByRole('form', { name: 'Notification of the subject' });
  },
  'step 3, items': async () => {
    await withItems();
    await screen.findByRole('article', { name: 'Item 2' });
  },
  'step 4, grading': async () => {
    const opened = await withItems();
    await toStep(opened, 4);
    await opened.user.click(await screen.findByRole('radio', { name: 'E Suspected to be false' }));
  },
  'step 5, categories': async () => {
    const opened = await openTaken();
    await toStep(opened, 5);
    await opened.user.click(screen.getByRole('checkbox', { name: 'Infiltration' }));
    await opened.user.click(screen.getByRole('checkbox', { name: 'Other' }));
  },
  'step 6, harm and sanitising': async () => {
    const opened = await openTaken();
    await toStep(opened, 6);
    await opened.user.click(screen.getByRole('button', { name: 'Sanitise: Sanitised text of the referral' }));
    await opened.user.click(screen.getByRole('button', { name: 'Set another priority: Priority' }));
  },
  'step 7, disposition': async () => {
    const opened = await openTaken();
    await toStep(opened, 7);
    await opened.user.click(screen.getByRole('radio', { name: 'To another force' }));
    await opened.user.click(screen.getByRole('button', { name: 'Add an option considered' }));
  },
  'another passphrase': async () => {
    const { user } = await openQueue();
    act(() => showPanel('passphrase'));
    const form = within(await screen.findByRole('dialog', { name: 'Change your passphrase' }));
    await user.click(form.getByRole('button', { name: 'Change the passphrase' }));
    await form.findByText('Type the passphrase that you have now.');
  },
  'policy log': async () => {
    const { user } = await withItems();
    screen.getByRole('heading', { level: 1 }).focus();
    await user.keyboard('l');
    await screen.findByRole('dialog', { name: /^Policy log/ });
  },
  'clocks and matches': async () => {
    const { user } = await withItems();
    await user.click(screen.getByRole('tab', { name: 'What is known' }));
    await screen.findByRole('region', { name: 'Clocks' });
  },
  attachment: async () => {
    const { user } = await openCaseOf('PA-000060');
    await user.click(screen.getByRole('button', { name: 'Open note from the office.txt' }));
    await screen.findByText(/bags would not be missed/);
  },
  figures: async () => {
    const { user } = await openQueue();
    await user.keyboard('gf');
    await screen.findByRole('table', { name: 'Outcomes' });
  },
  'figures with nothing withheld': async () => {
    const { user } = await openQueue();
    await user.keyboard('gf');
    await user.click(await screen.findByRole('checkbox', { name: 'Withhold small numbers' }));
    await screen.findByRole('table', { name: 'Primary category' });
  },
  members: async () => {
    const { user } = await openQueue('Morgan Hale');
    await user.keyboard('gm');
    await screen.findByRole('heading', { name: 'Members' });
    await screen.findByRole('table', { name: 'Members of the unit' });
  },
  'log with a warning': async () => {
    const { user, unit } = await openQueue();
    await unit.receiveDamaged('PA-000012');
    await screen.findByRole('button', { name: /1 integrity warning/ });
    act(() => useStatus.setState(({ status }) => ({ status: status && { ...status, ingest: { done: 1, of: 4 } } })));
    await screen.findByRole('progressbar');
    await user.keyboard('gl');
    await screen.findByRole('alert');
    await screen.findByRole('table', { name: 'Entries of the log' });
  },
  'case whose subject appears again': async () => {
    const unit = await demoUnit();
    const { officer, subjects } = anOfficer(unit);
    const id = unit.idOf(officer);
    await unit.recordHere('Asha Venn', id, ...commands.record(id, unit.referralOf(officer), '2099-01-31'));
    await unit.receiveLike({ subjects });
    const { user } = await openCaseOf(officer, 'Asha Venn', { unit });
    await user.click(screen.getByRole('tab', { name: 'What is known' }));
    await screen.findByRole('region', { name: 'Subject appears again' });
  },
  shortcuts: async () => {
    const { user } = await openQueue();
    await user.keyboard('?');
    await screen.findByRole('dialog', { name: 'Shortcuts' });
  },
  palette: async () => {
    const { user } = await openQueue();
    await user.keyboard('{Control>}k{/Control}PA');
    await screen.findAllByRole('option');
  },
};
