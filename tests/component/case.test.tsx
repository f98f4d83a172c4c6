import { screen, waitFor, within } from '@testing-library/dom';
import { describe, expect, it, vi } from 'vitest';
import { refuse } from '#shared/kernel/refusal.ts';
import { err } from '#shared/kernel/result.ts';
import { signedWrongly } from '#tests/support/damage.ts';
import { passphraseOf } from '#tests/support/memory-unit.ts';
import { openScope, stationOf, suspend, synced, take, writeAlone } from '#tests/support/rotating-unit.ts';
import { endMembership } from '#tests/support/slot-acts.ts';
import { slotSecretsOf } from '#tests/support/slot-secrets.ts';
import { newest } from './assessment-fixture.ts';
import { demoUnit, openCaseOf, openQueue } from './harness.tsx';
import { twoOfOneOfficer } from './one-officer.ts';

const button = (name: RegExp) => screen.getByRole('button', { name });
const heading = (name: string) => screen.findByRole('heading', { name, level: 1 });

describe('a case', () => {
  it('shows the referral as received, with its proof of origin and nothing that identifies the reporter', async () => {
    const { unit } = await openCaseOf(newest);
    const { report } = unit.referralOf(newest);
    const referral = screen.getByRole('region', { name: 'Referral' });
    expect(await within(referral).findByText('Signed by the central endpoint, verified')).toBeTruthy();
    expect(referral.textContent).toContain(report.narrative.split('\n')[0]);
    expect(referral.textContent).toMatch(/Anonymous|Crimestoppers/);
    expect(document.activeElement?.textContent).toBe(newest);
    expect(document.title).not.toContain('PA-');
  });

  it('is none where the endpoint did not sign the referral', async () => {
    const unit = await demoUnit();
    await unit.receiveLike({}, signedWrongly);
    const genuine = await unit.receiveLike({});
    await unit.syncHere();
    const { user } = await openQueue('Asha Venn', { unit });
    await user.keyboard(`/${genuine.referral.reference}`);
    // The sixty of the invented unit, and this one.
    await waitFor(() => screen.getByText('1 of 61'));
  });

  it('warns plainly when the origin does not verify any more', async () => {
    const unit = await demoUnit();
    const { referral } = await unit.receiveLike({});
    await unit.syncHere();
    // Somebody took what proves it off the disk.
    unit.store.rows.entries.clear();
    await openCaseOf(referral.reference, 'Asha Venn', { unit });
    expect((await screen.findByRole('alert')).textContent).toContain('The signature of this referral does not verify.');
    expect(screen.queryByText('Signed by the central endpoint, verified')).toBeNull();
  });

  it('says that it holds what this member has no key for', async () => {
    const unit = await demoUnit();
    const { own } = await slotSecretsOf(unit.store, unit.host, 'Ben Okafor', passphraseOf('Ben Okafor'));
    await endMembership({ ...unit, passphraseOf }, own.member.id, ['Morgan Hale', 'Asha Venn']);
    await unit.syncHere();
    await unit.recordHere('Morgan Hale', unit.idOf(newest));
    await openCaseOf(newest, 'Ben Okafor', { unit });
    const text = (await screen.findByRole('alert')).textContent;
    expect(text).toContain('2 entries of this case are under a key that you were not given.');
  });

  it('goes on for those to whom it was handed, with the reason, and with what came late', async () => {
    const unit = await demoUnit();
    const id = unit.idOf(newest);
    await openScope(unit, 'Morgan Hale', 'command', ['Morgan Hale']);
    const out = await stationOf(unit, 'Ben Okafor');
    await synced(out);
    out.host.goOffline();
    await take(out, id);
    await unit.syncHere();
    await unit.workAs('Morgan Hale', async (vault) => {
      const handed = await vault.call('case.handOn', { case: id, to: 'command', why: 'A friend of Ben is named.' });
      expect(handed.ok).toBe(true);
    });
    out.host.goOnline();
    await synced(out);
    await unit.syncHere();
    const { user } = await openCaseOf(newest, 'Morgan Hale', { unit });
    await user.click(screen.getByRole('tab', { name: 'Activity' }));
    const activity = screen.getByRole('group', { name: 'Activity' });
    const [latest, before] = within(activity).getAllByRole('listitem');
    expect(latest?.textContent).toContain('Case taken');
    expect(latest?.textContent).toContain('Ben Okafor');
    expect(latest?.textContent).toContain('Came in after the case was handed on, and changed nothing.');
    expect(before?.textContent).toContain('Handed to other readers');
    expect(before?.textContent).toContain('A friend of Ben is named.');
  });

  it('shows what a former member wrote last, and where it says that somebody is in danger', async () => {
    const unit = await demoUnit();
    const id = unit.idOf(newest);
    const out = await stationOf(unit, 'Ben Okafor');
    await synced(out);
    out.host.goOffline();
    await take(out, id);
    const rationale = 'She was told that he knows where she lives.';
    const person = { who: 'A woman', risk: 'He has her address', level: 'high', action: 'reduce', note: 'Call today' };
    const data = { atRiskNow: 'yes', people: [person], rationale } as never;
    const recorded = await out.vault.call('case.record', { command: { type: 'risk.assessed', case: id, data } });
    expect(recorded).toMatchObject({ ok: true });
    const { own } = await slotSecretsOf(unit.store, unit.host, 'Ben Okafor', passphraseOf('Ben Okafor'));
    await endMembership({ ...unit, passphraseOf }, own.member.id, ['Morgan Hale', 'Asha Venn']);
    out.host.goOnline();
    await synced(out);
    await unit.syncHere();
    const { user } = await openCaseOf(newest, 'Morgan Hale', { unit });
    await user.click(screen.getByRole('tab', { name: 'Activity' }));
    const [latest, before] = within(screen.getByRole('group', { name: 'Activity' })).getAllByRole('listitem');
    expect(latest?.textContent).toContain('Ben Okafor');
    expect(latest?.textContent).toContain('Says that someone is at risk now');
    expect(latest?.textContent).toContain(rationale);
    const words = 'Came in when its author was no member in force any more, and changed nothing.';
    for (const line of [latest, before]) expect(line?.textContent).toContain(words);
    expect(before?.textContent).toContain('Case taken');
    expect(before?.textContent).not.toContain('at risk');
  });

  it('says that what a former member alone could read keeps nobody waiting', async () => {
    const unit = await demoUnit();
    await unit.syncHere();
    await writeAlone(unit, 'Ben Okafor', unit.idOf(newest));
    await suspend(unit, 'Ben Okafor');
    await unit.syncHere();
    await openCaseOf(newest, 'Asha Venn', { unit });
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toBe(
      '1 entry of a member who is suspended or has left cannot be read here. What is recorded does not wait for it.',
    );
  });

  it('shows people at risk first, the nearest harm on top', async () => {
    const unit = await demoUnit(200);
    const reference = unit.referenceWhere(({ report }) => report.peopleAtRisk.length > 1);
    await openCaseOf(reference, 'Asha Venn', { unit });
    const referral = screen.getByRole('region', { name: 'Referral' });
    const people = within(within(referral).getByRole('region', { name: 'People at risk' })).getAllByRole('listitem');
    expect(people[0]?.textContent).toContain('Immediate risk');
    expect(within(referral).getAllByRole('heading')[0]?.textContent).toBe('People at risk');
    const [step] = screen.getAllByRole('button', { name: /^Step / });
    expect(step?.getAttribute('aria-label')).toBe('Step 1 At risk, Is anyone at risk now: not started');
    expect(step?.getAttribute('aria-current')).toBe('step');
  });

  it('leads to referrals that may match, with the reason', async () => {
    const unit = await demoUnit();
    const { collar, earlier, later } = await twoOfOneOfficer(unit);
    const { user } = await openCaseOf(earlier, 'Asha Venn', { unit });
    await user.click(screen.getByRole('tab', { name: 'What is known' }));
    const matches = within(screen.getByRole('region', { name: 'Possible repeats and duplicates' }));
    const [item] = await matches.findAllByRole('listitem');
    expect(item?.textContent).toContain(`Same collar number ${collar}`);
    const [link] = within(item as HTMLElement).getAllByRole('button') as [HTMLElement];
    expect(link.textContent).toBe(later);
    await user.click(link);
    await heading(later);
  });

  it('says why it cannot be opened, and that the others can', async () => {
    const { user, station } = await openQueue();
    station.answer('case.open', async () => err(refuse('case-unreadable')));
    await user.keyboard('{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain(
      'This case cannot be read on this computer. Its entries are safe in the log. The other cases are not affected.',
    );
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

  it('names what was left out, with type, size and reason', async () => {
    await openCaseOf(newest);
    const list = screen.getByRole('list', { name: /^Left out when the report was taken in/ });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map((each) => each.textContent),
    ).toEqual(['call log [U+202E]slx.exeapplication/x-msdownload, 51 KB, files of this type are not taken in']);
    expect(within(list).queryByRole('button')).toBeNull();
  });

  it('says nothing of what was left out where nothing was', async () => {
    const unit = await demoUnit();
    const without = unit.referenceWhere(({ leftOut }) => leftOut.length === 0);
    await openCaseOf(without, 'Asha Venn', { unit });
    expect(screen.queryByText(/^Left out when/)).toBeNull();
  });

  it('writes out what could disguise a name', async () => {
    await openCaseOf(newest);
    expect(screen.getByText('rota [U+202E]fdp.exe')).toBeTruthy();
  });
});
