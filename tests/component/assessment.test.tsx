import { screen, waitFor, within } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';
import { useCase } from '#renderer/state/case-store.ts';
import { useDrafts } from '#renderer/state/draft-store.ts';
import { openCase } from '#renderer/state/screen-store.ts';
import { selectInNarrative } from '#renderer/state/step-store.ts';
import { useUnits } from '#renderer/state/units-store.ts';
import type { MemberId } from '#shared/kernel/ids.ts';
import { executeAll } from '#tests/support/memory-unit.ts';
import {
  assessmentIn,
  description,
  form,
  inForm,
  newest,
  openTaken,
  rail,
  record,
  toStep,
  unfold,
  write,
  writeWhyLower,
} from './assessment-fixture.ts';
import { commands, why } from './commands.ts';
import { demoUnit, openCaseOf, openQueue } from './harness.tsx';
import { twoOfOneOfficer } from './one-officer.ts';
import { act } from './render.tsx';

const focusIn = (name: string | RegExp) =>
  waitFor(() => expect(form(name).contains(document.activeElement)).toBe(true));
describe('an assessment', () => {
  it('leaves the focus where the next key sent it, however quickly that came after the step was asked for', async () => {
    await openTaken();
    const press = async (key: string) => {
      document.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, altKey: true, bubbles: true }));
      // What the browser does between two keys: promises go on, timers need not.
      await Promise.resolve();
    };
    await act(async () => {
      await press('2');
      await press('r');
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(rail(2).getAttribute('aria-current')).toBe('step');
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Narrative' }));
  });

  it('is done from the keyboard alone, from the first step to the last', async () => {
    const opened = await openTaken();
    const { user, unit, vault } = opened;
    const { keyboard } = user;
    const type = (text: string) => user.paste(text);
    const onwards = async () => {
      expect(document.activeElement?.textContent).toMatch(/^Next: /);
      await keyboard('{Enter}');
    };

    await toStep(opened, 1);
    await focusIn('Is anyone at risk now');
    // "No", by arrow; then past the reasons' predecessors by Tab.
    await keyboard(' {ArrowDown}');
    await user.tab();
    await type(why);
    await record(opened);
    await onwards();

    await focusIn('Mandatory-referral test');
    await keyboard('{Tab} ');
    expect(
      screen.getByRole<HTMLInputElement>('checkbox', { name: 'Death or serious injury: conduct matter' }).checked,
    ).toBe(true);
    while (document.activeElement !== inForm('Mandatory-referral test').getByLabelText('Reasons')) await user.tab();
    await type(why);
    await record(opened);
    await screen.findByText(/^IOPC \d+ h left$/);
    await focusIn('Referral to the IOPC');

    const { narrative } = unit.referralOf(newest).report;
    await keyboard('{Alt>}r{/Alt}');
    const text = screen.getByRole('textbox', { name: 'Narrative' });
    expect(document.activeElement).toBe(text);
    // Keys of a test move no caret in text that cannot be changed: the selection is made as the browser would.
    const run = text.querySelector('[data-start]')?.firstChild as Text;
    document.getSelection()?.setBaseAndExtent(run, 0, run, 20);
    await keyboard('{Enter}');
    await focusIn('New item');
    await record(opened);
    await screen.findByRole('article', { name: 'Item 1' });
    expect((await assessmentIn(opened)).items[0]?.text).toBe(narrative.slice(0, 20).trim());
    await waitFor(() => expect(document.activeElement).toBe(text));

    await toStep(opened, 4);
    await focusIn('Grade of item 1');
    await record(opened);
    await onwards();

    await focusIn('Corruption-intelligence categories');
    await keyboard(' ');
    await record(opened);
    await focusIn('Standards of professional behaviour');
    await keyboard(' ');
    await record(opened);
    await onwards();

    await focusIn('Threat, harm and risk');
    for (const label of ['Threat', 'Harm', 'Risk', 'Investigation', 'Vulnerability', 'Engagement']) {
      // A platform list takes letters; keys of a test do not reach it.
      await user.selectOptions(inForm('Threat, harm and risk').getByRole('combobox', { name: label }), 'unknown');
    }
    inForm('Threat, harm and risk').getByLabelText('Reasons').focus();
    await type(why);
    await record(opened);
    await focusIn('Sanitised text of the referral');

    await toStep(opened, 7);
    await focusIn('Disposition');
    await keyboard(' {ArrowDown}{ArrowDown}');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Record for intelligence' }).checked).toBe(true);
    await user.tab();
    expect(document.activeElement).toBe(inForm('Disposition').getByLabelText('Review on'));
    await type('31/01/2099');
    inForm('Disposition').getByLabelText('Reasons').focus();
    await type(why);
    await record(opened);
    await screen.findByRole('article', { name: 'Disposition, in force' });
    for (const number of [1, 3, 4, 5, 6, 7]) expect(rail(number).getAttribute('aria-label')).toContain('recorded');
    expect(rail(2).getAttribute('aria-label')).toContain('owed');
    expect(await vault.call('draft.load', { id: unit.idOf(newest) })).toEqual({});
  });

  it('says beside each field what is missing, and goes to the first', async () => {
    const opened = await openTaken();
    await toStep(opened, 1);
    await focusIn('Is anyone at risk now');
    await record(opened);
    const group = await screen.findByRole('radiogroup', { name: 'Is anyone at risk now?' });
    await waitFor(() => expect(description(group)).toBe('Choose one.'));
    expect(description(inForm('Is anyone at risk now').getByLabelText('Reasons'))).toMatch(/at least 10 characters/);
    await waitFor(() => expect(group.contains(document.activeElement)).toBe(true));
    await opened.user.click(screen.getByRole('radio', { name: 'Yes' }));
    await write(opened, inForm('Is anyone at risk now').getByLabelText('Reasons'), why);
    await record(opened);
    expect((await screen.findByRole('alert')).textContent).toContain('Say who is at risk');
    expect((await assessmentIn(opened)).risk).toEqual([]);
  });

  it('says who must take the case first', async () => {
    await openCaseOf(newest);
    expect(description(screen.getByRole('button', { name: /Record the risk/ }))).toBe(
      'Take the case before you record anything in it.',
    );
  });

  it('is said to be saved only once it is', async () => {
    const opened = await openTaken();
    const release = opened.station.hold('case.record');
    await toStep(opened, 1);
    await opened.user.click(screen.getByRole('radio', { name: 'No' }));
    await write(opened, inForm('Is anyone at risk now').getByLabelText('Reasons'), why);
    await record(opened);
    expect(screen.queryByText(/Risk recorded/)).toBeNull();
    release();
    await screen.findByText('Risk recorded. Saved here.');
  });

  it('keeps and shows what the vault refuses', async () => {
    const opened = await openTaken();
    opened.unit.store.full = true;
    await toStep(opened, 1);
    await opened.user.click(screen.getByRole('radio', { name: 'No' }));
    await write(opened, inForm('Is anyone at risk now').getByLabelText('Reasons'), why);
    await record(opened);
    expect((await inForm('Is anyone at risk now').findByRole('alert')).textContent).toMatch(
      /^The disk of this computer is full\. This was not saved;/,
    );
    expect(inForm('Is anyone at risk now').getByLabelText<HTMLTextAreaElement>('Reasons').value).toBe(why);
  });

  it('supersedes and keeps the history', async () => {
    const opened = await openTaken((id) => [commands.risk(id, 'unknown')]);
    const { user } = opened;
    await toStep(opened, 1);
    await user.click(await screen.findByRole('button', { name: 'Record again: Is anyone at risk now' }));
    await user.click(screen.getByRole('radio', { name: 'No' }));
    await write(opened, inForm('Is anyone at risk now').getByLabelText('Reasons'), why);
    await record(opened);
    await toStep(opened, 1);
    await user.click(await screen.findByText('History: 1 superseded'));
    const old = screen.getByRole('article', { name: 'Is anyone at risk now, superseded' });
    expect(old.textContent).toContain('cannot be told');
    expect(old.textContent).toContain('Asha Venn');
    expect((await assessmentIn(opened)).risk).toHaveLength(2);
  });

  it('shows two that did not know of each other side by side', async () => {
    const opened = await openTaken();
    const { unit } = opened;
    const id = unit.idOf(newest);
    await unit.recordElsewhere('Ben Okafor', id, commands.risk(id, 'yes'));
    await unit.recordElsewhere('Morgan Hale', id, commands.risk(id, 'no'));
    await toStep(opened, 1);
    expect(await screen.findAllByRole('article', { name: 'Is anyone at risk now, in conflict' })).toHaveLength(2);
    expect(rail(1).getAttribute('aria-label')).toContain('conflict');
    await opened.user.click(screen.getByRole('radio', { name: 'No' }));
    await write(opened, inForm('Is anyone at risk now').getByLabelText('Reasons'), why);
    await writeWhyLower(opened, 'Is anyone at risk now');
    await record(opened);
    await waitFor(() => expect(rail(1).getAttribute('aria-label')).toContain('recorded'));
  });
});

describe('a draft of a step', () => {
  it('is saved within a second of typing, and only then said to be saved', async () => {
    const opened = await openTaken();
    await opened.user.type(inForm('Is anyone at risk now').getByLabelText('Reasons'), 'He');
    expect(screen.getByText('Not saved yet')).toBeTruthy();
    expect(opened.unit.store.rows.drafts.size).toBe(0);
    await screen.findByText(/^Draft saved \d\d:\d\d$/, {}, { timeout: 1000 });
    expect(await opened.vault.call('draft.load', { id: opened.unit.idOf(newest) })).toMatchObject({
      risk: { value: { rationale: 'He' } },
    });
    expect(rail(1).getAttribute('aria-label')).toContain('draft');
  });

  it('is there again after Escape, one for each form', async () => {
    const opened = await openTaken();
    const { user } = opened;
    await user.type(inForm('Is anyone at risk now').getByLabelText('Reasons'), 'Half a thou');
    await toStep(opened, 2);
    await user.click(screen.getByRole('checkbox', { name: 'Serious assault' }));
    await user.keyboard('{Escape}');
    await screen.findByRole('grid');
    await user.keyboard('{Enter}');
    await screen.findByRole('heading', { name: newest, level: 1 });
    await waitFor(() =>
      expect(inForm('Is anyone at risk now').getByLabelText<HTMLTextAreaElement>('Reasons').value).toBe('Half a thou'),
    );
    await toStep(opened, 2);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Serious assault' }).checked).toBe(true);
  });

  it('is restored after a crash', async () => {
    const unit = await demoUnit();
    const draft = { atRiskNow: 'unknown', rationale: 'Written before the crash', people: [{ who: 7 }], old: 1 };
    await unit.workAs('Asha Venn', (vault) =>
      vault.call('draft.save', { id: unit.idOf(newest), form: 'risk', value: draft }),
    );
    await openCaseOf(newest, 'Asha Venn', { unit });
    await screen.findByRole('form', { name: 'Is anyone at risk now' });
    const restored = inForm('Is anyone at risk now');
    expect(restored.getByLabelText<HTMLTextAreaElement>('Reasons').value).toBe('Written before the crash');
    expect(restored.getByRole<HTMLInputElement>('radio', { name: 'Cannot be told' }).checked).toBe(true);
    expect(restored.getByLabelText<HTMLInputElement>('Who').value).toBe('');
  });

  it('keeps the case open when it cannot be saved, says why, and tries again', async () => {
    const opened = await openTaken();
    const { user, unit } = opened;
    unit.store.full = true;
    unit.host.instead = (name, request, carryOn) =>
      name === 'draft.hold'
        ? Promise.resolve({ ok: false, failure: { code: 'no-more-held', params: {}, retry: false } })
        : carryOn(name, request);
    await user.type(inForm('Is anyone at risk now').getByLabelText('Reasons'), 'Not to be lost{Escape}');
    expect((await screen.findByRole('alert')).textContent).toContain(
      'Your text is not saved, so this case stays open. The disk of this computer is full.',
    );
    unit.store.full = false;
    await screen.findByText(/^Draft saved/, {}, { timeout: 4000 });
    await user.keyboard('{Escape}');
    await screen.findByRole('grid');
  });

  it('is kept by the host on a full disk, says so, and is there when the case is opened again', async () => {
    const opened = await openTaken();
    const { user, unit } = opened;
    unit.store.full = true;
    await user.type(inForm('Is anyone at risk now').getByLabelText('Reasons'), 'Not to be lost');
    await screen.findByText(/^Not on the disk yet, which is full/, {}, { timeout: 4000 });
    await user.keyboard('{Escape}');
    await screen.findByRole('grid');
    await user.keyboard('{Enter}');
    const restored = await screen.findByDisplayValue('Not to be lost');
    expect(restored).toBeTruthy();
    unit.store.full = false;
    await vi.waitFor(() => expect(unit.store.rows.drafts.size).toBe(1), { timeout: 4000 });
  });

  it('is recorded by "save and next", which goes on with the focus on the next referral', async () => {
    const opened = await openQueue();
    const { user } = opened;
    await user.keyboard('t');
    await screen.findByText(/^You have PA-/);
    const [first, second] = screen
      .getAllByRole('row')
      .slice(1)
      .map((row) => within(row).getAllByRole('gridcell')[2]?.textContent ?? '');
    await user.keyboard('{Enter}');
    await screen.findByRole('heading', { name: first ?? '', level: 1 });
    await user.click(await screen.findByRole('radio', { name: 'No' }));
    await write(opened, inForm('Is anyone at risk now').getByLabelText('Reasons'), why);
    await writeWhyLower(opened, 'Is anyone at risk now');
    await user.keyboard('{Alt>}n{/Alt}');
    await screen.findByRole('heading', { name: second ?? '', level: 1 });
    await waitFor(() => expect(document.activeElement?.textContent).toBe(second));
    expect((await assessmentIn(opened, first)).risk).toHaveLength(1);
  });
});

describe('the mandatory-referral test', () => {
  const yesterday = () => new Date(Date.now() - 72 * 3_600_000).toISOString();

  it('asks why a referral is late, and shows the breach in words', async () => {
    const opened = await openTaken((id) => [commands.mandatory(id, yesterday())]);
    const { user } = opened;
    await screen.findByText(/^IOPC was due .* over\)$/);
    await toStep(opened, 2);
    await write(opened, inForm('Referral to the IOPC').getByLabelText('What was sent, and how'), 'Form and letter');
    await record(opened);
    const late = await inForm('Referral to the IOPC').findByLabelText('Why it is late');
    expect(description(late)).toBe('It was sent after the deadline. Say why.');
    await write(opened, late, 'Nobody was on duty');
    await record(opened);
    await screen.findByText('Referral to the IOPC recorded. Saved here.');
    expect((await assessmentIn(opened)).iopc[0]?.lateReason).toBe('Nobody was on duty');
    await toStep(opened, 2);
    await user.click(await screen.findByRole('button', { name: /^Record the answer/ }));
    await user.click(screen.getByRole('radio', { name: 'Local investigation' }));
    await record(opened);
    await waitFor(async () => expect((await assessmentIn(opened)).iopc[0]?.answers[0]?.mode).toBe('local'));
  });

  it('records that the IOPC called the matter in, and then owes nothing', async () => {
    const opened = await openTaken((id) => [commands.mandatory(id, yesterday())]);
    const { user } = opened;
    await screen.findByText(/^IOPC was due .* over\)$/);
    await toStep(opened, 2);
    await user.click(inForm('Referral to the IOPC').getByRole('radio', { name: 'Called in' }));
    expect(inForm('Referral to the IOPC').queryByLabelText('Why it is late')).toBeNull();
    await write(opened, inForm('Referral to the IOPC').getByLabelText('What the notice says'), 'Treated as referred');
    await record(opened);
    await screen.findByText('Referral to the IOPC recorded. Saved here.');
    await screen.findByText(/^Called in .*: none is owed$/);
    expect(screen.queryByText(/^IOPC was due/)).toBeNull();
    expect((await assessmentIn(opened)).iopc[0]).toMatchObject({ kind: 'calledIn', why: null, lateReason: null });
  });

  it('shows the clock in the queue, red and in words once it is breached', async () => {
    const unit = await demoUnit();
    const id = unit.idOf(newest);
    await unit.recordHere('Asha Venn', id, commands.mandatory(id, yesterday()));
    await openQueue('Asha Venn', { unit });
    const mark = await screen.findByText(/^IOPC \d+ . over$/);
    expect(mark.parentElement?.className).toContain('tone-red');
  });
});

describe('a case that another force sent', () => {
  it('shows the time of that force beside the own one', async () => {
    const opened = await openTaken();
    await toStep(opened, 2);
    const { view } = useCase.getState();
    if (!view) throw new Error('no case is open');
    const test = {
      ...{ force: 'kent', criteria: ['seriousAssault' as const], becameClearAt: '2026-11-01T09:00:00.000Z' },
      ...{ rationale: 'As they saw it.', at: '2026-11-01T09:30:00.000Z' },
    };
    const state = { ...view.state, sentWith: { force: 'kent', tests: [test] } };
    act(() => useCase.setState({ view: { ...view, state } }));
    const section = await screen.findByRole('region', { name: 'Mandatory-referral test of the force that sent it' });
    expect(section.textContent).toContain('Serious assault');
    expect(section.textContent).toContain('Became clear there Sun 1 Nov 2026, 09:00');
    expect(section.textContent).toContain('By that time, refer by Mon 2 Nov 2026, 23:59');
    expect(section.textContent).toContain('The earlier of its time and ours drives the clock.');
    screen.getByRole('form', { name: 'Mandatory-referral test' });
    screen.getByRole('button', { name: 'Set our own time: Time of this force’s duty to refer' });
  });
});

describe('a force under another law', () => {
  it('is asked for the reference of its own body, and for no test of the IOPC', async () => {
    const opened = await openTaken((id) => [commands.risk(id)]);
    await toStep(opened, 2);
    await waitFor(() => expect(useUnits.getState().own?.jurisdiction).toBe('englandAndWales'));
    screen.getByRole('form', { name: 'Mandatory-referral test' });
    act(() => {
      const { own } = useUnits.getState();
      useUnits.setState({ own: own && { ...own, jurisdiction: 'scotland' } });
    });
    expect(screen.queryByText('Mandatory-referral test')).toBeNull();
    expect(screen.queryByText('Referral to the IOPC')).toBeNull();
    const name = 'Referral under the law of this force: Scotland';
    await screen.findByText(
      /^The duty to refer to the IOPC is the law of England and Wales\. This force is not under it/,
    );
    await write(opened, inForm(name).getByLabelText('The body’s own reference'), 'PIRC/2026/1');
    await write(opened, inForm(name).getByLabelText('Reasons'), why);
    await record(opened);
    const when = inForm(name).getByLabelText('Referred');
    expect(description(when)).toContain('Say when it was referred');
    await write(opened, when, '01/11/2026 09:00');
    await record(opened);
    await waitFor(async () =>
      expect((await assessmentIn(opened)).oversight).toMatchObject([
        { jurisdiction: 'scotland', reference: 'PIRC/2026/1', sentAt: '2026-11-01T09:00:00.000Z' },
      ]),
    );
    await screen.findByText('Law of Scotland: no clock here');
    expect(rail(2).getAttribute('aria-label')).toContain('recorded');
  });
});

describe('matter type and severity', () => {
  it('are provisional where an analyst records them, and say so on screen and in the policy log', async () => {
    const opened = await openTaken();
    const { user } = opened;
    await toStep(opened, 2);
    await user.click(await screen.findByRole('button', { name: 'Record the type: Matter type' }));
    const part = inForm('Matter type');
    expect(part.getByRole<HTMLInputElement>('radio', { name: 'Provisional' }).checked).toBe(true);
    await user.click(part.getByRole('radio', { name: 'Conduct matter' }));
    await user.click(part.getByRole('radio', { name: 'For the appropriate authority' }));
    await write(opened, part.getByLabelText('Reasons'), why);
    await record(opened);
    const refused = await part.findByText(/^That decision is for an inspector or above, or police staff of similar/);
    expect(part.getByRole('radiogroup', { name: 'Recorded' }).contains(refused)).toBe(true);
    await user.click(part.getByRole('radio', { name: 'Provisional' }));
    await record(opened);
    const card = await screen.findByRole('article', { name: 'Matter type, in force' });
    expect(card.textContent).toContain('Provisional: Conduct matter');
    screen.getByRole('heading', { name: newest, level: 1 }).focus();
    await user.keyboard('l');
    const log = await screen.findByRole('dialog', { name: `Policy log of ${newest}` });
    expect(log.textContent).toContain('Provisional: Conduct matter');
  });

  it('are decided by an inspector', async () => {
    const unit = await demoUnit();
    await unit.workAs('Morgan Hale', async (vault) => {
      const { members } = (await vault.call('unit.read', {})).record.names;
      const [asha] = Object.entries(members).find(([, name]) => name === 'Asha Venn') ?? [];
      const rank = { member: asha as MemberId, employment: 'officer', rank: 'inspector' } as const;
      expect((await vault.call('unit.record', { type: 'member.ranked', data: rank })).ok).toBe(true);
    });
    const opened = await openTaken(undefined, unit);
    const { user } = opened;
    await toStep(opened, 2);
    await user.click(await screen.findByRole('button', { name: 'Record the type: Matter type' }));
    const part = inForm('Matter type');
    expect(part.getByRole<HTMLInputElement>('radio', { name: 'For the appropriate authority' }).checked).toBe(true);
  });
});

describe('suspension', () => {
  it('is put to the appropriate authority, with its regime and clock, and what was decided follows', async () => {
    const opened = await openTaken();
    const { user } = opened;
    await toStep(opened, 2);
    await user.click(await screen.findByRole('button', { name: 'Put to the appropriate authority: Suspension' }));
    const part = inForm('Suspension');
    await user.selectOptions(part.getByLabelText('The subject serves as'), 'Police staff');
    await part.findByText('These Regulations set no clock for such a subject.');
    expect(part.queryByLabelText('First day of the behaviour')).toBeNull();
    await user.selectOptions(part.getByLabelText('The subject serves as'), 'Police officer or special constable');
    await write(opened, part.getByLabelText('First day of the behaviour'), '12/07/2026');
    await write(opened, part.getByLabelText('Day of the allegation'), '13/07/2026');
    await part.findByText(/^To 12 July 2026: the authority may suspend/);
    expect(part.queryByLabelText('Criminal investigation, assessed as gross misconduct, since')).toBeNull();
    await user.clear(part.getByLabelText('First day of the behaviour'));
    await write(opened, part.getByLabelText('First day of the behaviour'), '13/07/2026');
    await part.findByText(/^From 13 July 2026: the authority must suspend/);
    expect(part.getByRole('status').textContent).toContain('Read in a summary, not in the text: check before relying');
    const listed = part.getByLabelText('Criminal investigation, assessed as gross misconduct, since');
    await write(opened, listed, '15/07/26 09:00');
    await write(opened, part.getByLabelText('To whom'), 'DCC Marsh');
    await write(opened, part.getByLabelText('Reasons'), why);
    await record(opened);
    // Half a date is not taken for none, with which no clock would run.
    await part.findByText(/^Write the year in full, with four digits/);
    expect((await assessmentIn(opened)).suspension).toEqual([]);
    await user.clear(listed);
    await write(opened, listed, '15/07/2026 09:00');
    await record(opened);
    const card = await unfold(opened, await screen.findByRole('article', { name: 'Suspension, in force' }));
    expect(card.textContent).toContain('The authority has not decided yet.');
    await screen.findByText(/^For the authority to decide by .*20 Jul/);
    await user.click(await screen.findByRole('button', { name: 'Record what was decided: Suspension' }));
    await user.selectOptions(inForm('Suspension').getByLabelText('What the authority decided'), 'Redeployed');
    await write(opened, inForm('Suspension').getByLabelText('Who decided'), 'DCC Marsh');
    await write(opened, inForm('Suspension').getByLabelText('Their reasons'), why);
    await record(opened);
    await waitFor(async () =>
      expect((await assessmentIn(opened)).suspension.at(-1)?.decision?.outcome).toBe('redeployed'),
    );
    expect((await assessmentIn(opened)).suspension.at(-1)).toMatchObject({ listedAt: '2026-07-15T08:00:00.000Z' });
  });
});

describe('items and grades', () => {
  const withItem = () => openTaken((id, unit) => [commands.item(id, unit.referralOf(newest), 3, 30)]);

  it('are marked in place, and the text cannot be changed', async () => {
    const { user, unit } = await withItem();
    const text = screen.getByRole('textbox', { name: 'Narrative' });
    const { narrative } = unit.referralOf(newest).report;
    await waitFor(() => expect(text.querySelector('mark')?.textContent).toBe(narrative.slice(3, 30)));
    await user.click(text);
    await user.keyboard('altered');
    await user.paste('altered');
    expect(text.textContent).toBe(narrative);
  });

  it('are made of a long narrative that is drawn passage by passage, from within one to within another', async () => {
    const unit = await demoUnit();
    const narrative = `${'She was told\u200b nothing. '.repeat(100)}\n`.repeat(20).trim();
    const { referral } = await unit.receiveLike({ narrative });
    await unit.workAs('Asha Venn', (vault) => vault.call('sync.now', {}));
    const opened = await openTaken(() => [], unit, referral.reference);
    await toStep(opened, 3);
    const text = screen.getByRole('textbox', { name: 'Narrative' });
    const runs = [...text.querySelectorAll<HTMLElement>('[data-start]')];
    expect(runs.map(({ textContent }) => textContent).join('')).toBe(narrative.replaceAll('\u200b', '[U+200B]'));
    const [from, to] = [runs[3], runs[5]];
    const startOf = (run: HTMLElement | undefined) => Number(run?.dataset.start);
    // After the first code that is shown in one, and before that in the other.
    const before = from?.textContent?.indexOf(']') ?? 0;
    const until = to?.textContent?.indexOf('[') ?? 0;
    act(() => {
      text.focus();
      document.getSelection()?.setBaseAndExtent(from?.firstChild as Node, before + 1, to?.firstChild as Node, until);
    });
    await opened.user.keyboard('{Enter}');
    await focusIn('New item');
    await record(opened);
    await screen.findByRole('article', { name: 'Item 1' });
    const start = narrative.indexOf('\u200b', startOf(from)) + 1;
    const end = narrative.indexOf('\u200b', startOf(to));
    expect((await assessmentIn(opened, referral.reference)).items[0]?.text).toBe(narrative.slice(start, end).trim());
  });

  it('says that text must be selected first', async () => {
    const { user } = await openTaken();
    act(() => selectInNarrative(null));
    document.getSelection()?.removeAllRanges();
    await user.keyboard('{Alt>}i{/Alt}');
    expect((await screen.findByRole('alert')).textContent).toContain('Select text in the narrative first');
  });

  it('asks who judged a 3 or an E, what corroborates a B, and why it is graded again', async () => {
    const opened = await withItem();
    const { user, unit, vault } = opened;
    await toStep(opened, 4);
    await user.click(await screen.findByRole('radio', { name: '1 Reliable' }));
    expect(screen.getByText(/Source 1 says that this reporter has proved reliable/)).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: 'E Suspected to be false' }));
    await record(opened);
    expect(description(await screen.findByLabelText('Who judged so'))).toContain('Assessment E needs who judged so');
    await user.click(screen.getByRole('radio', { name: 'B Known indirectly but corroborated' }));
    await record(opened);
    await screen.findByText('Assessment B needs a link to what corroborates it.');
    const [item] = (await assessmentIn(opened)).items;
    if (item) await executeAll(vault, [commands.grade(unit.idOf(newest), item.entry)]);
    await user.click(screen.getByRole('radio', { name: 'D Not known' }));
    await record(opened);
    expect(description(await screen.findByLabelText('Why it is graded again'))).toBe('Regrading needs a reason.');
  });
});

describe('a grade of an anonymous source', () => {
  it('of 1 or A asks why before it is recorded', async () => {
    const unit = await demoUnit();
    const reference = unit.referenceWhere(({ report }) => report.reporter === 'anonymous');
    const opened = await openTaken((id) => [commands.item(id, unit.referralOf(reference), 3, 30)], unit, reference);
    await toStep(opened, 4);
    expect(screen.queryByLabelText('Why')).toBeNull();
    await opened.user.click(await screen.findByRole('radio', { name: 'A Known directly to the source' }));
    await record(opened);
    const reason = await screen.findByLabelText('Why');
    expect(description(reason)).toContain('Assessment A, of a reporter who is anonymous: say what');
    expect((await assessmentIn(opened, reference)).items[0]?.grades).toEqual([]);
    await write(opened, reason, 'They describe the room');
    await record(opened);
    await waitFor(async () =>
      expect((await assessmentIn(opened, reference)).items[0]?.grades[0]).toMatchObject({ assessment: 'A' }),
    );
  });
});

describe('sanitising', () => {
  const title = 'Sanitised text of the referral';
  const toSanitise = async () => {
    const unit = await demoUnit();
    const reference = unit.referenceWhere(({ report }) => /caller|reporter|She|colleague/.test(report.narrative));
    const opened = await openTaken(undefined, unit, reference);
    await toStep(opened, 6);
    await opened.user.click(await screen.findByRole('button', { name: `Sanitise: ${title}` }));
    return { ...opened, reference, part: inForm(title) };
  };

  it('stays at the marks where what was put in place of the last one is a mark itself', async () => {
    const unit = await demoUnit();
    const { referral } = await unit.receiveLike({ narrative: 'The officer sells files. My sister told the reporter.' });
    await unit.syncHere();
    const opened = await openTaken(undefined, unit, referral.reference);
    await toStep(opened, 6);
    await opened.user.click(await screen.findByRole('button', { name: `Sanitise: ${title}` }));
    const part = inForm(title);
    const open = () => Number(/^(\d+) marks?/.exec(part.getByRole('status').textContent ?? '')?.[1]);
    await opened.user.keyboard('{Alt>}m{/Alt}');
    for (let turn = 0; open() > 1 && turn < 9; turn += 1) await opened.user.keyboard('{Enter}');
    expect(open()).toBe(1);
    await opened.user.keyboard('my mother{Enter}');
    expect(open()).toBe(1);
    expect(document.activeElement).toBe(part.getByLabelText('Replace with'));
    await opened.user.keyboard('somebody{Enter}');
    await waitFor(() => expect(open()).toBe(0));
    expect(document.activeElement).toBe(part.getByLabelText('Who else could know this?'));
  });

  it('offers Welsh in place of the marks of a narrative in Welsh', async () => {
    const unit = await demoUnit();
    const narrative = 'Mae fy chwaer yn gwerthu ffeiliau.';
    const { referral } = await unit.receiveLike({ narrative, language: 'cy' });
    await unit.syncHere();
    const opened = await openTaken(undefined, unit, referral.reference);
    await toStep(opened, 6);
    await opened.user.click(await screen.findByRole('button', { name: `Sanitise: ${title}` }));
    await opened.user.keyboard('{Alt>}m{/Alt}');
    expect(inForm(title).getByLabelText<HTMLInputElement>('Replace with').value).toBe('mae perthynas');
    await opened.user.keyboard('{Enter}');
    expect(inForm(title).getByLabelText<HTMLTextAreaElement>('Sanitised').value).toBe(
      'Mae perthynas yn gwerthu ffeiliau.',
    );
  });

  it('goes from mark to mark by the keyboard: replaces one, keeps one with a reason, and asks what no pattern answers', async () => {
    const opened = await toSanitise();
    const { user, part, reference } = opened;
    const { keyboard } = user;
    expect(part.getByText(/This check helps and does not decide/)).toBeTruthy();
    expect(part.getByText(/^The check looked for where the victim/)).toBeTruthy();
    expect(part.getByText(/it finds 5 of 5 telephone numbers/)).toBeTruthy();
    const status = () => part.getByRole('status').textContent ?? '';
    const open = () => Number(/^(\d+) marks?/.exec(status())?.[1]);
    const current = () => part.getByRole('group', { name: 'Original' }).querySelector('[aria-current]')?.textContent;
    // With the room of the referral: the original stands there once. Its key brings the referral back.
    const narrative = () => screen.queryByRole('textbox', { name: 'Narrative' });
    await user.click(part.getByRole('button', { name: 'Use the whole width' }));
    expect(narrative()).toBeNull();
    await keyboard('{Alt>}r{/Alt}');
    expect(document.activeElement).toBe(narrative());
    const before = open();
    await user.click(part.getByLabelText('Sanitised'));
    await record(opened);
    await waitFor(() => expect(description(part.getByLabelText('Who else could know this?'))).toMatch(/at least 10/));
    await write(opened, part.getByLabelText('Who else could know this?'), 'All who were on the shift.');
    await write(opened, part.getByLabelText(/What would the subject do/), 'He would look at the rota.');
    await write(opened, part.getByLabelText(/closest friend/), 'As what they all say.');
    await record(opened);
    await part.findByText(/neither replaced nor kept with a reason/);
    // In another order than that of the text, and back.
    await keyboard('{Alt>}m{/Alt}');
    const replace = part.getByLabelText<HTMLInputElement>('Replace with');
    expect(document.activeElement).toBe(replace);
    const first = current();
    await keyboard('{Alt>}m{/Alt}');
    if (before > 1) expect(current()).not.toBe(first);
    // What stands there is selected: typing takes its place.
    await keyboard('somebody unnamed{Enter}');
    await waitFor(() => expect(open()).toBeLessThan(before));
    expect(part.getByLabelText<HTMLTextAreaElement>('Sanitised').value).toMatch(/somebody unnamed/i);
    if (open() > 0) {
      await keyboard('{Alt>}k{/Alt}');
      expect(document.activeElement).toBe(part.getByLabelText('Why these words may stay'));
      await keyboard('Known to everyone there{Enter}');
    }
    for (let turn = 0; open() > 0 && turn < 40; turn += 1) await keyboard('{Enter}');
    expect(open()).toBe(0);
    expect(document.activeElement).toBe(part.getByLabelText('Who else could know this?'));
    await record(opened);
    await screen.findByText(`${title} recorded. Saved here.`);
    const [recorded] = (await assessmentIn(opened, reference)).sanitised;
    expect(recorded?.text).toMatch(/somebody unnamed/i);
    expect(recorded?.text).not.toContain('[removed]');
    expect(recorded?.answers).toEqual({
      ...{ whoElse: 'All who were on the shift.', findOut: 'He would look at the rota.' },
      closestFriend: 'As what they all say.',
    });
  });
});

describe('a disposition', () => {
  it('comes after risk and the mandatory test, and asks for the options considered', async () => {
    const opened = await openTaken();
    const { user, unit, vault } = opened;
    const id = unit.idOf(newest);
    await toStep(opened, 7);
    await user.click(screen.getByRole('radio', { name: 'Investigate' }));
    await write(opened, inForm('Disposition').getByLabelText('Reasons'), why);
    await record(opened);
    await waitFor(() =>
      expect(description(screen.getByRole('radiogroup', { name: 'What becomes of this referral' }))).toBe(
        'Record first whether anyone is at risk now.',
      ),
    );
    await executeAll(vault, [commands.risk(id), commands.mandatory(id, new Date().toISOString())]);
    await record(opened);
    await screen.findByText('Say which other option you considered, and why not.');
    await user.click(screen.getByRole('button', { name: 'Add an option considered' }));
    await write(opened, screen.getByLabelText('Option considered'), 'Record for intelligence');
    await write(opened, screen.getByLabelText('Why not'), 'Evidence would be lost');
    await record(opened);
    const standing = await unfold(opened, await screen.findByRole('article', { name: 'Disposition, in force' }));
    expect(standing.textContent).toContain('Considered: Record for intelligence');
  });

  it('offers the founded units of other forces', async () => {
    const opened = await openTaken();
    await toStep(opened, 7);
    await opened.user.click(screen.getByRole('radio', { name: 'To another force' }));
    const units = await screen.findByRole('combobox', { name: 'Unit of the other force' });
    await within(units).findByText(/Eastmere/);
    expect(within(units).queryByText(/Westholt|Norbeck/)).toBeNull();
  });

  it('shows how far a transfer has come, and takes the answer of the other force', async () => {
    const opened = await openTaken((id) => [commands.risk(id), commands.mandatory(id, new Date().toISOString())]);
    const { user } = opened;
    await toStep(opened, 7);
    await user.click(screen.getByRole('radio', { name: 'To another force' }));
    const units = await screen.findByRole('combobox', { name: 'Unit of the other force' });
    await user.selectOptions(units, await within(units).findByText(/Eastmere/));
    await write(opened, inForm('Disposition').getByLabelText('Reasons'), why);
    await record(opened);
    await screen.findByText(/^Sent, not acknowledged yet/);
    await user.click(await screen.findByRole('button', { name: /^Record the answer/ }));
    await user.click(screen.getByRole('radio', { name: 'Sent back' }));
    await record(opened);
    const reason = inForm('Answer of the other force').getByLabelText('Why');
    await waitFor(() => expect(description(reason)).toBe('Say why it was sent back.'));
    await write(opened, reason, 'He left that force in spring');
    await record(opened);
    await screen.findByText(/^Sent back: it is ours again/);
  });

  it('stands in the policy log, which prints', async () => {
    const opened = await openTaken((id) => [commands.mandatory(id, new Date().toISOString())]);
    const { user } = opened;
    const print = vi.fn();
    vi.stubGlobal('print', print);
    screen.getByRole('heading', { name: newest, level: 1 }).focus();
    await user.keyboard('l');
    const log = await screen.findByRole('dialog', { name: `Policy log of ${newest}` });
    expect(log.textContent).toContain('Must be referred to the IOPC');
    await user.click(within(log).getByRole('button', { name: 'Print' }));
    await waitFor(() => expect(print).toHaveBeenCalled());
    expect(document.querySelector('.print-page')?.textContent).toContain('Must be referred to the IOPC');
  });
});

describe('possible repeats and duplicates', () => {
  it('keep a reason that is half written when the case is left, and throw it away only when asked', async () => {
    const unit = await demoUnit();
    const { earlier } = await twoOfOneOfficer(unit);
    const opened = await openTaken(undefined, unit, earlier);
    const { user } = opened;
    const known = () => user.click(screen.getByRole('tab', { name: 'What is known' }));
    await known();
    const [link] = await screen.findAllByRole('button', { name: /^Link as duplicate: / });
    await user.click(link as HTMLElement);
    await user.paste('Word for word');
    await user.keyboard('{Escape}');
    await screen.findByRole('grid', { name: 'Queue' });
    await openCase(unit.idOf(earlier));
    await screen.findByRole('tab', { name: 'What is known' });
    await known();
    const why = await screen.findByLabelText<HTMLInputElement>('Link as duplicate: why');
    expect(why.value).toBe('Word for word');
    await user.click(screen.getByRole('button', { name: 'Not now' }));
    await waitFor(() => expect(screen.queryByLabelText('Link as duplicate: why')).toBeNull());
    expect(useDrafts.getState().drafts).toEqual({});
  });

  it('are linked, rejected and taken back, each with a reason', async () => {
    const unit = await demoUnit();
    const { collar, earlier } = await twoOfOneOfficer(unit);
    const opened = await openTaken(undefined, unit, earlier);
    const { user } = opened;
    await user.click(screen.getByRole('tab', { name: 'What is known' }));
    expect((await screen.findAllByText(`Same collar number ${collar}`)).length).toBeGreaterThan(0);
    const [link] = screen.getAllByRole('button', { name: /^Link as duplicate: / });
    await user.click(link as HTMLElement);
    await user.keyboard('{Enter}');
    await screen.findByText('Fill this in.');
    await user.paste('Word for word the same');
    await user.keyboard('{Enter}');
    const linked = await screen.findByRole('region', { name: 'Linked referrals' });
    expect(linked.textContent).toContain('Duplicate: Word for word the same');
    expect(linked.textContent).toContain('Asha Venn');
    await user.click(within(linked).getByRole('button', { name: /^Withdraw the link/ }));
    await user.paste('It was another officer.');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Linked referrals' })).toBeNull());
    expect((await assessmentIn(opened, earlier)).links).toHaveLength(1);
  });
});
