import { screen, waitFor, within } from '@testing-library/dom';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openCase } from '#renderer/state/screen-store.ts';
import { dayAndPart } from '#renderer/ui/time.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { MemoryUnit } from '#tests/support/memory-unit.ts';
import { description, inForm, newest, openTaken, toStep } from './assessment-fixture.ts';
import { commands } from './commands.ts';
import { demoUnit, openCaseOf, openQueue } from './harness.tsx';
import { anOfficer, twoOfOneOfficer } from './one-officer.ts';

const day = 86_400_000;
const noon = Date.parse('2027-03-10T12:00:00Z');

/** Recorded for intelligence at this workstation, before the test. */
async function recordFor(unit: MemoryUnit, reference: string, reviewOn: string): Promise<StreamId> {
  const id = unit.idOf(reference);
  await unit.recordHere('Asha Venn', id, ...commands.record(id, unit.referralOf(reference), reviewOn));
  return id;
}

const startOn = (now: number) => vi.useFakeTimers({ now, toFake: ['Date'] });
const clockOf = async (reference: string) => {
  const row = (await screen.findByText(reference)).closest<HTMLElement>('[role=row]');
  return within(row as HTMLElement).getAllByRole('gridcell')[0] as HTMLElement;
};
const seenFirst = () => screen.getAllByRole('row')[1]?.textContent;

afterEach(() => vi.useRealTimers());

describe('the clock cell of what was recorded for intelligence', () => {
  it('names the day of the review, and says when it is due', async () => {
    startOn(noon);
    const unit = await demoUnit(10);
    await recordFor(unit, 'PA-000001', '2027-03-12');
    await recordFor(unit, 'PA-000002', '2027-03-11');
    vi.setSystemTime(noon + day);
    await openQueue('Asha Venn', { unit });
    const resting = await clockOf('PA-000001');
    expect(resting.textContent).toBe('Review 12 Mar 2027');
    expect(resting.querySelector('.tone-mark')).toBeNull();
    const due = await clockOf('PA-000002');
    expect(due.textContent).toBe('Review due');
    expect(due.querySelector('.tone-amber')?.getAttribute('title')).toContain('Thu 11 Mar 2027');
  });

  it('says that the subject appears again, in which referral and why, before any review', async () => {
    startOn(noon);
    const unit = await demoUnit(10);
    const { officer, collar, subjects } = anOfficer(unit);
    await recordFor(unit, officer, '2027-03-11');
    vi.setSystemTime(noon + day);
    const { referral } = await unit.receiveLike({ subjects });
    await openQueue('Asha Venn', { unit });
    await screen.findByText('Subject appears again');
    const cell = await clockOf(officer);
    expect(cell.textContent).toBe('Subject appears again');
    const title = cell.querySelector('.tone-amber')?.getAttribute('title') ?? '';
    const start = `Appears again in ${referral.reference}, received ${dayAndPart(Date.parse(referral.receivedAt))}, because: `;
    expect(title.slice(0, start.length)).toBe(start);
    expect(title.slice(start.length)).toMatch(
      new RegExp(`^Same collar number ${collar}; .+\\nReview due on Thu 11 Mar 2027$`),
    );
  });

  it('leaves the law its clock before a subject that appears again', async () => {
    const unit = await demoUnit();
    const { officer, subjects } = anOfficer(unit);
    const id = await recordFor(unit, officer, '2099-01-31');
    const clear = new Date(Date.now() - 30 * day).toISOString();
    await unit.recordHere('Asha Venn', id, commands.mandatory(id, clear));
    await unit.receiveLike({ subjects });
    const opened = await openCaseOf(officer, 'Asha Venn', { unit });
    await opened.user.click(screen.getByRole('tab', { name: 'What is known' }));
    await screen.findByRole('region', { name: 'Subject appears again' });
    await opened.user.keyboard('{Escape}');
    expect((await clockOf(officer)).textContent).toMatch(/^IOPC \d+ . over$/);
    expect(seenFirst()).toContain(officer);
  });
});

describe('a case recorded for intelligence', () => {
  it('says where its subject appears again and why, and leads there', async () => {
    const unit = await demoUnit();
    const { officer, collar, subjects } = anOfficer(unit);
    const id = await recordFor(unit, officer, '2099-01-31');
    const { referral, id: later } = await unit.receiveLike({ subjects });
    await unit.syncHere();
    await unit.recordHere('Asha Venn', later, commands.repeatOf(later, id, officer));
    const { user } = await openCaseOf(officer, 'Asha Venn', { unit });
    await user.click(screen.getByRole('tab', { name: 'What is known' }));
    const section = await screen.findByRole('region', { name: 'Subject appears again' });
    const words = `Appears again in ${referral.reference}, received .+, because: linked as a repeat; same collar number ${collar}`;
    await waitFor(() => expect(section.textContent).toMatch(new RegExp(words)));
    expect(section.textContent).toContain('Nothing is decided until you do.');
    await user.click(within(section).getByRole('button', { name: referral.reference }));
    await screen.findByRole('heading', { name: referral.reference, level: 1 });
    expect(screen.queryByRole('region', { name: 'Subject appears again' })).toBeNull();
  });

  it('has its review among the clocks, and says when it is due', async () => {
    startOn(noon);
    const unit = await demoUnit();
    await recordFor(unit, newest, '2027-03-11');
    const { user } = await openCaseOf(newest, 'Asha Venn', { unit });
    await user.click(screen.getByRole('tab', { name: 'What is known' }));
    const clocks = screen.getByRole('region', { name: 'Clocks' });
    expect(clocks.textContent).toContain('ReviewThu 11 Mar 2027');
    vi.setSystemTime(noon + day);
    await user.keyboard('{Escape}');
    await screen.findByRole('grid', { name: 'Queue' });
    void openCase(unit.idOf(newest));
    await user.click(await screen.findByRole('tab', { name: 'What is known' }));
    expect(screen.getByRole('region', { name: 'Clocks' }).textContent).toContain('Due: Thu 11 Mar 2027');
  });

  it('is said to be one where it is offered as a match', async () => {
    startOn(noon);
    const unit = await demoUnit();
    const { earlier, later } = await twoOfOneOfficer(unit);
    await recordFor(unit, earlier, '2027-09-10');
    const { user } = await openCaseOf(later, 'Asha Venn', { unit });
    await user.click(screen.getByRole('tab', { name: 'What is known' }));
    const offered = within(await screen.findByRole('region', { name: 'Possible repeats and duplicates' }));
    const matches = (await offered.findAllByRole('listitem')).filter((item) =>
      within(item).queryByRole('button', { name: /^Reject: / }),
    );
    const said = matches.filter((item) =>
      item.textContent?.includes('Was recorded for intelligence on Wed 10 Mar 2027'),
    );
    expect(said.map((item) => within(item).getAllByRole('button')[0]?.textContent)).toEqual([earlier]);
    expect(matches.filter((item) => item.textContent?.includes('Was recorded'))).toEqual(said);
  });
});

describe('the disposition form', () => {
  it('offers a review date by priority, and says where it comes from', async () => {
    startOn(noon);
    const unit = await demoUnit();
    const opened = await openTaken((id) => [commands.priority(id)], unit);
    await toStep(opened, 7);
    await opened.user.click(screen.getByRole('radio', { name: 'Record for intelligence' }));
    const review = inForm('Disposition').getByLabelText<HTMLInputElement>('Review on');
    expect(review.value).toBe('10/09/2027');
    expect(inForm('Disposition').getByText(/^Default: 6 months, the unit’s policy for raised priority\./)).toBeTruthy();
  });

  it('says that the reasons go to the other unit, and to no other reader', async () => {
    const opened = await openTaken();
    const { user } = opened;
    await toStep(opened, 7);
    const travels =
      /^The reasons below go to that unit with the referral: write nothing in them that it must not read\.$/;
    const described = () => description(inForm('Disposition').getByLabelText('Reasons'));
    await user.click(screen.getByRole('radio', { name: 'To another force' }));
    await waitFor(() => expect(inForm('Disposition').getByText(travels)).toBeTruthy());
    expect(described()).toContain('Goes to the other unit with the referral.');
    await user.click(screen.getByRole('radio', { name: 'To another agency' }));
    expect(inForm('Disposition').queryByText(travels)).toBeNull();
    expect(described()).not.toContain('other unit');
  });
});
