import { screen, waitFor } from '@testing-library/dom';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { IopcClock } from '#renderer/features/status/iopc-clock.tsx';
import type { IopcOwed } from '#renderer/vault/queue-api.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { rail } from './assessment-fixture.ts';
import { commands } from './commands.ts';
import { demoUnit, openCaseOf, openQueue } from './harness.tsx';
import { act, render } from './render.tsx';

const clock = (name: RegExp) => screen.getByRole('button', { name });
const day = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * day).toISOString();

/** Two cases that owe a referral, one of them overdue. */
async function owingUnit() {
  const unit = await demoUnit();
  const [overdue, later] = [unit.idOf('PA-000012'), unit.idOf('PA-000044')];
  await unit.recordElsewhere('Ben Okafor', later, commands.mandatory(later, new Date().toISOString()));
  await unit.recordElsewhere('Ben Okafor', overdue, commands.mandatory(overdue, daysAgo(4)));
  await unit.syncHere();
  return { unit, overdue, later };
}

describe('the IOPC clock of the status bar', () => {
  it('names the case that is due first, and opens it', async () => {
    const { user } = await openQueue('Asha Venn', { unit: (await owingUnit()).unit });
    await user.click(await screen.findByRole('button', { name: /^IOPC: PA-000012 overdue by \d+ [dh]$/ }));
    await screen.findByRole('heading', { name: 'PA-000012', level: 1 });
  });

  it('is reached by key, and from the palette', async () => {
    const { user } = await openQueue('Asha Venn', { unit: (await owingUnit()).unit });
    await screen.findByRole('button', { name: /^IOPC: PA-000012/ });
    await user.keyboard('gi');
    await screen.findByRole('heading', { name: 'PA-000012', level: 1 });
    const form = await screen.findByRole('form', { name: 'Referral to the IOPC' });
    await waitFor(() => expect(form.contains(document.activeElement)).toBe(true));
    await user.keyboard('{Alt>}1{/Alt}');
    await waitFor(() => expect(rail(1).getAttribute('aria-current')).toBe('step'));
    screen.getByRole('heading', { level: 1 }).focus();
    await user.keyboard('gi');
    expect((await screen.findByRole('form', { name: 'Referral to the IOPC' })).contains(document.activeElement)).toBe(
      true,
    );
    screen.getByRole('heading', { level: 1 }).focus();
    await user.keyboard('gq');
    await screen.findByRole('grid', { name: 'Queue' });
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByRole('combobox'), 'IOPC');
    const action = await screen.findByRole('option', { name: /Send the next referral owed to the IOPC/ });
    await waitFor(() => expect(action.getAttribute('aria-selected')).toBe('true'));
    await user.keyboard('{Enter}');
    await screen.findByRole('heading', { name: 'PA-000012', level: 1 });
  });

  it('goes on to the next once the referral is recorded, and is calm when none is owed', async () => {
    const { unit, overdue, later } = await owingUnit();
    await openQueue('Asha Venn', { unit });
    await unit.recordElsewhere('Ben Okafor', overdue, commands.sentToIopc(overdue, 'It was found late.'));
    await waitFor(() => clock(/^IOPC: PA-000044 in \d+ h$/));
    await unit.recordElsewhere('Ben Okafor', later, commands.sentToIopc(later, null));
    await screen.findByText('No IOPC referral owed');
  });

  it('says that nothing is owed when its key is pressed', async () => {
    const { user } = await openCaseOf('PA-000060');
    await screen.findByText('No IOPC referral owed');
    screen.getByRole('heading', { level: 1 }).focus();
    await user.keyboard('gi');
    expect((await screen.findByRole('alert')).textContent).toContain('No referral to the IOPC is owed.');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('PA-000060');
  });
});

describe('in the case that owes it', () => {
  it('the rail says owed and how long there is, and the header shows every clock', async () => {
    const { unit, later } = await owingUnit();
    const { user } = await openCaseOf('PA-000044', 'Asha Venn', { unit });
    expect(rail(2).getAttribute('aria-label')).toMatch(/^Step 2 IOPC, Mandatory referral: owed, \d\d h$/);
    expect(rail(2).querySelector('.tone-amber')?.textContent).toMatch(/^Owed, \d\d h$/);
    const header = screen.getByRole('heading', { level: 1 }).parentElement as HTMLElement;
    expect(header.textContent).toMatch(/IOPC/);
    expect(header.textContent).toMatch(/Disposition/);
    await user.click(screen.getByRole('tab', { name: 'What is known' }));
    const terms = [...screen.getByRole('region', { name: 'Clocks' }).querySelectorAll('dt')].map(
      (dt) => dt.textContent,
    );
    expect(terms.sort()).toEqual(['Disposition due', 'IOPC referral']);
    await user.click(screen.getByRole('tab', { name: 'Assessment' }));
    await unit.recordElsewhere('Ben Okafor', later, commands.sentToIopc(later, null));
    await waitFor(() => expect(rail(2).getAttribute('aria-label')).toContain('recorded'));
    expect(header.textContent).not.toMatch(/IOPC/);
  });
});

describe('as time passes', () => {
  const noon = Date.parse('2026-11-20T12:00:00Z');
  const owed: readonly IopcOwed[] = [
    { dueAt: '2026-11-20T23:59:59.999Z', cases: 2, case: 'one' as StreamId, reference: 'PA-000123' },
    { dueAt: '2026-11-21T23:59:59.999Z', cases: 1, case: 'two' as StreamId, reference: 'PA-000200' },
  ];
  const go = (hours: number) => act(() => vi.advanceTimersByTime(hours * 3_600_000));
  const toneOf = () => screen.getByRole('button').querySelector('.tone-label')?.className;

  beforeEach(() => {
    vi.useFakeTimers({ now: noon - 13 * 3_600_000, toFake: ['Date', 'setInterval', 'clearInterval'] });
    render(<IopcClock owed={owed} />);
  });

  it('warns at once, turns red on the last day, and says when it is breached', () => {
    expect(clock(/^IOPC: PA-000123 in 24 h, 2 more$/)).toBeTruthy();
    expect(toneOf()).toBe('tone-label tone-amber strong');
    const owed = screen.getByRole('button').querySelector('svg')?.innerHTML;
    go(7);
    expect(clock(/^IOPC: PA-000123 in 17 h, 2 more$/)).toBeTruthy();
    expect(toneOf()).toBe('tone-label tone-red strong');
    expect(screen.getByRole('button').querySelector('svg')?.innerHTML).not.toBe(owed);
    go(18);
    expect(clock(/^IOPC: 2 overdue, PA-000123 first$/)).toBeTruthy();
    expect(toneOf()).toBe('tone-label tone-red strong');
    expect(screen.getByRole('button').title).toContain('3 referrals are owed to the IOPC, 2 overdue.');
    go(24);
    expect(clock(/^IOPC: 3 overdue, PA-000123 first$/)).toBeTruthy();
  });

  it('is read out when it turns, and not as it counts down', () => {
    const announced = screen.getByRole('status');
    const said: (string | null)[] = [];
    const note = () => {
      if (said.at(-1) !== announced.textContent) said.push(announced.textContent);
    };
    note();
    for (let hour = 0; hour < 26; hour += 1) {
      go(1);
      note();
    }
    expect(said).toEqual([
      '',
      'PA-000123 must be referred to the IOPC by Fri 20 Nov 2026, 23:59',
      '2 referrals to the IOPC overdue, PA-000123 first',
    ]);
    expect(screen.getByRole('button').closest('[aria-live], [role=status], [role=alert]')).toBeNull();
  });
});
