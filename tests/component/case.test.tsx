import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { demoUnit, type Opened, openCaseOf, openQueue, referenceWhere } from './harness.tsx';

const newest = 'PA-000060';
const reasons = 'Two earlier referrals name the same collar number.';
const button = (name: RegExp) => screen.getByRole('button', { name });
/** Pasted: typing is slow in jsdom, and tested with the drafts. */
async function write(user: Opened['user'], text: string): Promise<void> {
  await user.click(screen.getByLabelText('Reasons'));
  await user.paste(text);
}
const heading = (name: string) => screen.findByRole('heading', { name, level: 1 });

describe('a case', () => {
  it('shows the referral as received, with its proof of origin and nothing that identifies the reporter', async () => {
    const { unit } = await openCaseOf(newest);
    const { report } = unit.states.get(unit.idOf(newest))?.referral ?? {};
    const referral = screen.getByRole('region', { name: 'Referral' });
    expect(within(referral).getByText('Signed by the central endpoint, verified')).toBeTruthy();
    expect(referral.textContent).toContain(report?.narrative.split('\n')[0]);
    expect(referral.textContent).toMatch(/Anonymous|Crimestoppers/);
    expect(document.activeElement?.textContent).toBe(newest);
    expect(document.title).not.toContain('PA-');
  });

  it('warns plainly when the origin does not verify', async () => {
    const unit = demoUnit();
    const [arrival] = unit.entries.get(unit.idOf(newest)) ?? [];
    if (arrival) unit.broken.add(arrival.entry);
    await openCaseOf(newest, 'Asha Venn', { unit });
    expect((await screen.findByRole('alert')).textContent).toContain('The signature of this referral does not verify.');
    expect(screen.queryByText('Signed by the central endpoint, verified')).toBeNull();
  });

  it('shows people at risk first, the nearest harm on top', async () => {
    const unit = demoUnit(200);
    const reference = referenceWhere(unit, ({ referral }) => referral.report.peopleAtRisk.length > 1);
    await openCaseOf(reference, 'Asha Venn', { unit });
    const assessment = screen.getByRole('tabpanel', { name: 'Assessment' });
    const people = within(within(assessment).getByRole('region', { name: 'People at risk' })).getAllByRole('listitem');
    expect(people[0]?.textContent).toContain('Immediate risk');
    expect(within(assessment).getAllByRole('heading')[0]?.textContent).toBe('People at risk');
  });

  it('leads to related referrals, with the reason', async () => {
    const unit = demoUnit(200);
    const collars = [...unit.states.values()].flatMap(({ referral }) =>
      referral.report.subjects.flatMap((s) => s.collarNumber ?? []),
    );
    const shared = collars.find((collar, index) => collars.indexOf(collar) !== index);
    const reference = referenceWhere(unit, ({ referral }) =>
      referral.report.subjects.some((s) => s.collarNumber === shared),
    );
    const { user } = await openCaseOf(reference, 'Asha Venn', { unit });
    await user.click(screen.getByRole('tab', { name: 'What is known' }));
    const [item] = within(screen.getByRole('region', { name: 'Related referrals' })).getAllByRole('listitem');
    expect(item?.textContent).toContain(`Same collar number ${shared}`);
    const link = within(item as HTMLElement).getByRole('button');
    const other = link.textContent ?? '';
    await user.click(link);
    await heading(other);
  });

  it('says why it cannot be opened, and that the others can', async () => {
    const { unit, user } = await openQueue();
    unit.states.clear();
    await user.keyboard('{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain(
      'This case is not on this workstation. The other cases are not affected.',
    );
  });
});

describe('a decision', () => {
  it('says why it cannot be recorded yet, step by step', async () => {
    const { user } = await openCaseOf(newest);
    const reason = () =>
      document.getElementById(button(/Record decision/).getAttribute('aria-describedby') ?? '')?.textContent;
    expect(reason()).toBe('Take the case before you record a decision.');
    await user.keyboard('t');
    await waitFor(() => expect(reason()).toBe('Choose one of the four decisions.'));
    await user.click(screen.getByRole('radio', { name: /Record for intelligence/ }));
    expect(reason()).toBe('Give your reasons in at least 10 characters.');
    await write(user, reasons);
    expect(button(/Record decision/).getAttribute('aria-disabled')).toBeNull();
  });

  it('is recorded by key, shown as waiting while offline, and as confirmed afterwards', async () => {
    const { user, unit } = await openCaseOf(newest);
    act(() => unit.goOffline());
    await user.keyboard('td');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('radio', { name: /Investigate/ })));
    await user.keyboard(' ');
    await write(user, reasons);
    await user.keyboard('{Control>}{Enter}{/Control}');
    const standing = await screen.findByRole('article', { name: 'Decision: Investigate' });
    expect(standing.textContent).toContain('Saved here, waiting to sync');
    expect(screen.getByText('2 waiting to sync')).toBeTruthy();
    expect(unit.drafts.size).toBe(0);
    expect(screen.getByLabelText<HTMLTextAreaElement>('Reasons').value).toBe('');
    act(() => unit.goOnline());
    await waitFor(() => expect(screen.getByRole('article').textContent).toContain('Confirmed'));
    await user.click(screen.getByRole('tab', { name: 'Activity' }));
    expect(screen.getByText('Decision recorded: Investigate')).toBeTruthy();
    expect(screen.getAllByText(/^Verified, entry/).length).toBe(3);
  });

  it('saves and goes to the next referral, with the focus on it', async () => {
    const { user, unit } = await openQueue();
    await user.keyboard('t');
    await screen.findByText(/^You have PA-/);
    const [first, second] = screen
      .getAllByRole('row')
      .slice(1)
      .map((row) => within(row).getAllByRole('gridcell')[2]?.textContent ?? '');
    await user.keyboard('{Enter}');
    await heading(first ?? '');
    await user.click(screen.getByRole('radio', { name: /Not ours/ }));
    await write(user, reasons);
    await user.keyboard('{Alt>}n{/Alt}');
    await heading(second ?? '');
    await waitFor(() => expect(document.activeElement?.textContent).toBe(second));
    expect(unit.states.get(unit.idOf(first ?? ''))?.decisions).toHaveLength(1);
    expect(screen.getByLabelText<HTMLTextAreaElement>('Reasons').value).toBe('');
  });

  it('shows two that did not know of each other side by side', async () => {
    const { user, unit } = await openCaseOf(newest);
    const id = unit.idOf(newest);
    const seen = unit.status.verifiedTo;
    await user.keyboard('t');
    await user.click(screen.getByRole('radio', { name: /Record for intelligence/ }));
    await write(user, reasons);
    await user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByRole('article');
    act(() => unit.decideElsewhere(id, 'Ben Okafor', 'safeguard', 'She must be contacted today.', seen));
    await screen.findByRole('heading', { name: 'Decisions in conflict' });
    expect(screen.getAllByRole('article').map((article) => article.getAttribute('aria-label'))).toEqual([
      'Decision: Record for intelligence',
      'Decision: Safeguard',
    ]);
    await user.click(screen.getByRole('radio', { name: /Safeguard/ }));
    await write(user, 'Both were read. She comes first.');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByRole('heading', { name: 'Decision in force' });
  });
});

describe('a draft', () => {
  it('is saved within a second of typing, and only then said to be saved', async () => {
    const { user, unit } = await openCaseOf(newest);
    await user.type(screen.getByLabelText('Reasons'), 'He');
    expect(screen.getByText('Not saved yet')).toBeTruthy();
    expect(unit.drafts.size).toBe(0);
    await screen.findByText(/^Draft saved \d\d:\d\d$/, {}, { timeout: 1000 });
    expect([...unit.drafts.values()][0]?.rationale).toBe('He');
  });

  it('is kept by Escape and there again on return', async () => {
    const { user } = await openCaseOf(newest);
    await user.click(screen.getByRole('radio', { name: /Safeguard/ }));
    await user.type(screen.getByLabelText('Reasons'), 'Half a thou{Escape}');
    await screen.findByRole('grid');
    await user.keyboard('{Enter}');
    await heading(newest);
    await waitFor(() => expect(screen.getByLabelText<HTMLTextAreaElement>('Reasons').value).toBe('Half a thou'));
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Safeguard/ }).checked).toBe(true);
  });

  it('keeps the case open when it cannot be saved, says why, and tries again', async () => {
    const { user, unit } = await openCaseOf(newest);
    unit.draftTrouble = 'The disk is full.';
    await user.type(screen.getByLabelText('Reasons'), 'Not to be lost{Escape}');
    expect((await screen.findByRole('alert')).textContent).toContain(
      'Your text is not saved, so this case stays open. The disk is full.',
    );
    expect(screen.getByLabelText<HTMLTextAreaElement>('Reasons').value).toBe('Not to be lost');
    unit.draftTrouble = null;
    await screen.findByText(/^Draft saved/, {}, { timeout: 4000 });
    await user.keyboard('{Escape}');
    await screen.findByRole('grid');
  });
});

describe('attachments', () => {
  const open = async (name: RegExp) => {
    const opened = await openCaseOf(newest);
    await opened.user.click(button(name));
    return { ...opened, panel: await screen.findByRole('dialog', { name: /^Attachment/ }) };
  };

  it('shows text as text', async () => {
    const { panel } = await open(/Open note from the office/);
    await waitFor(() => expect(panel.textContent).toContain('<script>alert(1)</script>'));
    expect(panel.querySelector('script')).toBeNull();
  });

  it('shows a picture from an address that ends with the panel', async () => {
    const revoke = vi.fn();
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:test', revokeObjectURL: revoke }));
    const { user } = await open(/Open photograph/);
    expect(
      (await screen.findByRole('img', { name: 'Attachment photograph of the car park.png' })).getAttribute('src'),
    ).toBe('blob:test');
    await user.click(button(/Close the attachment/));
    await waitFor(() => expect(revoke).toHaveBeenCalledWith('blob:test'));
  });

  it('shows no PDF, and nothing that is not what it says', async () => {
    const { user } = await open(/Open rota/);
    expect(await screen.findByText(/A PDF can carry scripts/)).toBeTruthy();
    expect(screen.queryByRole('link')).toBeNull();
    await user.click(button(/Close the attachment/));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.click(button(/Open not really a picture/));
    expect(await screen.findByText(/not what its type says/)).toBeTruthy();
  });

  it('writes out what could disguise a name', async () => {
    await openCaseOf(newest);
    expect(screen.getByText('rota [U+202E]fdp.exe')).toBeTruthy();
  });
});
