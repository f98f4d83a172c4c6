import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { MemoryUnit } from '#tests/support/memory-vault.ts';
import { commands, inForm, newest, openTaken, toStep, why } from './assessment-fixture.ts';
import { demoUnit, openCaseOf, openQueue } from './harness.tsx';

const day = 86_400_000;
const noon = Date.parse('2027-03-10T12:00:00Z');

/** Recorded for intelligence a while before now. */
function recordFor(unit: MemoryUnit, reference: string, reviewOn: string): StreamId {
  const id = unit.idOf(reference);
  unit.recordElsewhere(id, 'Asha Venn', commands.risk(id));
  unit.recordElsewhere(id, 'Asha Venn', {
    type: 'assessMandatoryReferral',
    case: id,
    data: { criteria: [], corruption: [], becameClearAt: null, rationale: why },
  });
  const outcome = { kind: 'record', reviewOn } as const;
  unit.recordElsewhere(id, 'Asha Venn', {
    type: 'recordDisposition',
    case: id,
    data: { outcome, options: [], rationale: why },
  });
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
    const unit = demoUnit(10);
    recordFor(unit, 'PA-000001', '2027-03-12');
    recordFor(unit, 'PA-000002', '2027-03-11');
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
    const unit = demoUnit(10);
    const id = recordFor(unit, 'PA-000001', '2027-03-11');
    vi.setSystemTime(noon + day);
    const receivedAt = '2027-03-10T15:12:00.000Z';
    const because = ['Same collar number 4471', 'Same station'];
    unit.appearances.set(id, [{ case: unit.idOf('PA-000010'), reference: 'PA-000010', receivedAt, because }]);
    await openQueue('Asha Venn', { unit });
    const cell = await clockOf('PA-000001');
    expect(cell.textContent).toBe('Subject appears again');
    expect(cell.querySelector('.tone-amber')?.getAttribute('title')).toBe(
      `Appears again in PA-000010, received Wed 10 Mar 2027, 15:12, because: Same collar number 4471; Same station`,
    );
  });

  it('leaves the law its clock first', async () => {
    const unit = demoUnit();
    const id = recordFor(unit, newest, '2099-01-31');
    unit.appearances.set(id, [{ case: id, reference: 'PA-000001', receivedAt: new Date().toISOString(), because: [] }]);
    unit.recordElsewhere(id, 'Asha Venn', commands.mandatory(id, new Date(Date.now() - 30 * day).toISOString()));
    await openQueue('Asha Venn', { unit });
    expect((await clockOf(newest)).textContent).toMatch(/^IOPC \d+ . over$/);
    expect(seenFirst()).toContain(newest);
  });
});

describe('a case recorded for intelligence', () => {
  it('says where its subject appears again and why, and leads there', async () => {
    const unit = demoUnit();
    const id = recordFor(unit, 'PA-000001', '2099-01-31');
    const receivedAt = unit.states.get(unit.idOf(newest))?.referral.receivedAt ?? '';
    const because = ['Linked as a repeat', 'Same collar number 4471'];
    unit.appearances.set(id, [{ case: unit.idOf(newest), reference: newest, receivedAt, because }]);
    const { user } = await openCaseOf('PA-000001', 'Asha Venn', { unit });
    await user.click(screen.getByRole('tab', { name: 'What is known' }));
    const section = screen.getByRole('region', { name: 'Subject appears again' });
    expect(section.textContent).toMatch(
      /Appears again in PA-000060, received .+, because: linked as a repeat; same collar number 4471/,
    );
    expect(section.textContent).toContain('Nothing is decided until you do.');
    await user.click(within(section).getByRole('button', { name: newest }));
    await screen.findByRole('heading', { name: newest, level: 1 });
    expect(screen.queryByRole('region', { name: 'Subject appears again' })).toBeNull();
  });

  it('has its review among the clocks, and says when it is due', async () => {
    startOn(noon);
    const unit = demoUnit();
    recordFor(unit, newest, '2027-03-11');
    const { user } = await openCaseOf(newest, 'Asha Venn', { unit });
    await user.click(screen.getByRole('tab', { name: 'What is known' }));
    const clocks = screen.getByRole('region', { name: 'Clocks' });
    expect(clocks.textContent).toContain('ReviewThu 11 Mar 2027');
    vi.setSystemTime(noon + day);
    act(() => unit.tell({ type: 'caseChanged', case: unit.idOf(newest) }));
    await user.keyboard('{Escape}');
    await openAgain(user);
    expect(screen.getByRole('region', { name: 'Clocks' }).textContent).toContain('Due: Thu 11 Mar 2027');
  });

  it('is said to be one where it is offered as a match', async () => {
    startOn(noon);
    const unit = demoUnit(200);
    const [one, other] = twoOfOneCollar(unit);
    recordFor(unit, one, '2027-09-10');
    const { user } = await openCaseOf(other, 'Asha Venn', { unit });
    await user.click(screen.getByRole('tab', { name: 'What is known' }));
    const offered = within(await screen.findByRole('region', { name: 'Possible repeats and duplicates' }));
    const matches = offered
      .getAllByRole('listitem')
      .filter((item) => within(item).queryByRole('button', { name: /^Reject: / }));
    const said = matches.filter((item) =>
      item.textContent?.includes('Was recorded for intelligence on Wed 10 Mar 2027'),
    );
    expect(said.map((item) => within(item).getAllByRole('button')[0]?.textContent)).toEqual([one]);
    expect(matches.filter((item) => item.textContent?.includes('Was recorded'))).toEqual(said);
  });
});

async function openAgain(user: Awaited<ReturnType<typeof openQueue>>['user']): Promise<void> {
  await screen.findByRole('grid', { name: 'Queue' });
  await user.keyboard('{Enter}');
  await screen.findByRole('heading', { name: newest, level: 1 });
  await user.click(screen.getByRole('tab', { name: 'What is known' }));
}

/** References of two referrals that name one collar number. */
function twoOfOneCollar(unit: MemoryUnit): readonly [string, string] {
  const byCollar = new Map<string, string>();
  for (const { referral } of unit.states.values()) {
    for (const { collarNumber } of referral.report.subjects) {
      if (!collarNumber) continue;
      const before = byCollar.get(collarNumber);
      if (before && before !== referral.reference) return [before, referral.reference];
      byCollar.set(collarNumber, referral.reference);
    }
  }
  throw new Error('no two have one collar number');
}

describe('the disposition form', () => {
  it('offers a review date by priority, and says where it comes from', async () => {
    startOn(noon);
    const unit = demoUnit();
    const id = unit.idOf(newest);
    unit.recordElsewhere(id, 'Asha Venn', { type: 'overridePriority', case: id, data: { priority: 'raised', why } });
    const opened = await openTaken(unit);
    await toStep(opened, 7);
    await opened.user.click(screen.getByRole('radio', { name: 'Record for intelligence' }));
    const review = inForm('Disposition').getByLabelText<HTMLInputElement>('Review on');
    expect(review.value).toBe('10/09/2027');
    expect(inForm('Disposition').getByText(/^Default: 6 months, local policy for raised priority\./)).toBeTruthy();
  });

  it('says that the reasons go to the other unit, and to no other reader', async () => {
    const opened = await openTaken();
    const { user } = opened;
    await toStep(opened, 7);
    const travels =
      /^The reasons below go to that unit with the referral: write nothing in them that it must not read\.$/;
    const described = () => {
      const ids = inForm('Disposition').getByLabelText('Reasons').getAttribute('aria-describedby') ?? '';
      return ids
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join(' ');
    };
    await user.click(screen.getByRole('radio', { name: 'To another force' }));
    await waitFor(() => expect(inForm('Disposition').getByText(travels)).toBeTruthy());
    expect(described()).toContain('Goes to the other unit with the referral.');
    await user.click(screen.getByRole('radio', { name: 'To another agency' }));
    expect(inForm('Disposition').queryByText(travels)).toBeNull();
    expect(described()).not.toContain('other unit');
  });
});
