import { screen, waitFor, within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { useScreen } from '#renderer/state/screen-store.ts';
import { fingerprintOfFounder, fingerprintOfOperator } from '#shared/crypto/fingerprint.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { spellOut } from '#shared/kernel/spoken-code.ts';
import { type MemoryUnit, passphraseOf } from '#tests/support/memory-unit.ts';
import { grade } from '#tests/support/workstation.ts';
import { write } from './assessment-fixture.ts';
import { commands } from './commands.ts';
import { demoUnit, openQueue } from './harness.tsx';
import { act } from './render.tsx';

const strong = 'seven copper lanterns drift';

type Form = ReturnType<typeof within>;

async function chooseRank(
  user: Awaited<ReturnType<typeof openQueue>>['user'],
  form: Form,
  rank: string,
): Promise<void> {
  await user.click(form.getByRole('radio', { name: 'Police officer' }));
  await user.selectOptions(form.getByLabelText('Rank'), rank);
}

/** The endpoint gives so many entries at a time, and a page only when it is told to. */
function pageSlowly({ host }: MemoryUnit, limit: number) {
  const waiting: (() => void)[] = [];
  host.instead = async (name, request, carryOn) => {
    if (name !== 'log.pull') return carryOn(name, request);
    await new Promise<void>((resolve) => waiting.push(resolve));
    return carryOn(name, { ...(request as object), limit });
  };
  return {
    async give() {
      await waitFor(() => expect(waiting.length).toBeGreaterThan(0));
      waiting.shift()?.();
    },
    giveAll() {
      host.instead = null;
      for (const give of waiting.splice(0)) give();
    },
  };
}

describe('the passphrase', () => {
  const words = passphraseOf('Asha Venn');
  const openForm = async () => {
    const opened = await openQueue('Asha Venn');
    const { user } = opened;
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByRole('combobox'), 'passphrase');
    await user.click(await screen.findByRole('option', { name: /Change your passphrase/ }));
    return { ...opened, form: within(await screen.findByRole('dialog', { name: 'Change your passphrase' })) };
  };

  it('is changed by whoever has it, and says what a backup still opens with', async () => {
    const opened = await openForm();
    const { user, form, vault } = opened;
    expect(document.activeElement).toBe(form.getByLabelText('Passphrase now'));
    form.getByText(/^Only on this workstation\. A backup of it/);
    await write(opened, form.getByLabelText('Passphrase now'), words);
    await write(opened, form.getByLabelText('New passphrase'), strong);
    await write(opened, form.getByLabelText('Repeat new passphrase'), strong);
    await form.findByText(/^Strength: (good|strong)\./);
    await user.keyboard('{Enter}');
    await screen.findByText(/^Your passphrase on this workstation is changed\./);
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Change your passphrase' })).toBeNull());
    const again = { current: words, next: 'thimble orchard granite whistle' };
    expect(await vault.call('passphrase.change', again)).toMatchObject({
      ok: false,
      error: { code: 'wrong-passphrase' },
    });
  });

  it('stays as it is where the one of now is wrong, and the form says so', async () => {
    const opened = await openForm();
    const { user, form } = opened;
    await user.click(form.getByRole('button', { name: 'Change the passphrase' }));
    await form.findByText('Type the passphrase that you have now.');
    await write(opened, form.getByLabelText('Passphrase now'), 'not at all this one');
    await write(opened, form.getByLabelText('New passphrase'), strong);
    await write(opened, form.getByLabelText('Repeat new passphrase'), strong);
    await form.findByText(/^Strength: (good|strong)\./);
    await user.click(form.getByRole('button', { name: 'Change the passphrase' }));
    await form.findByText('That is not this member’s passphrase.');
    expect(form.getByLabelText<HTMLInputElement>('Passphrase now').value).toBe('');
  });
});

describe('members', () => {
  it('lets a supervisor admit a member, who chooses their passphrase', async () => {
    const opened = await openQueue('Morgan Hale');
    const { user, vault } = opened;
    await user.keyboard('gm');
    await screen.findByRole('heading', { name: 'Members' });
    const form = within(screen.getByRole('form', { name: 'Admit a member' }));
    await user.type(form.getByLabelText('Name'), 'Rowan Vale');
    await chooseRank(user, form, 'Sergeant');
    await user.click(form.getByRole('radio', { name: /Reviewer/ }));
    await write(opened, form.getByLabelText('Passphrase'), strong);
    await write(opened, form.getByLabelText('Repeat passphrase'), strong);
    await form.findByText(/^Strength: (good|strong)\./);
    await user.click(form.getByRole('button', { name: 'Admit' }));
    const slots = await screen.findByRole('table', { name: 'Members with a key on this workstation' });
    await within(slots).findByRole('cell', { name: 'Rowan Vale' });
    const row = await screen.findByRole('row', { name: 'Rowan Vale Reviewer Sergeant In force Morgan Hale Not yet' });
    expect(row.closest('table')?.getAttribute('aria-label')).toBe('Members of the unit');
    screen.getByRole('row', { name: /^Morgan Hale \(you\) Supervisor .* Founded the unit \d\d:\d\d$/ });
    expect((await vault.call('slots.list', {})).slots.find(({ name }) => name === 'Rowan Vale')?.role).toBe('reviewer');
    expect(form.getByLabelText<HTMLInputElement>('Passphrase').value).toBe('');
    expect(form.getByRole<HTMLInputElement>('radio', { name: /Analyst/ }).checked).toBe(true);
  });

  it('shows what is to be compared with the operator, as the operator has it', async () => {
    const { user, unit } = await openQueue('Morgan Hale');
    await user.keyboard('gm');
    const part = within(await screen.findByRole('region', { name: 'To compare with the operator' }));
    const { endpoint } = unit;
    const founder = endpoint.log[0]?.entry.header.author as AuthorKey;
    const shown = [
      await fingerprintOfFounder(endpoint.unit, founder),
      await fingerprintOfOperator(endpoint.network.operator.author),
    ];
    for (const fingerprint of shown) {
      part.getByText(fingerprint);
      part.getByText(spellOut(fingerprint));
    }
    expect(part.getAllByRole('definition')).toHaveLength(2);
  });

  it('asks for a second supervisor once the unit has had two', async () => {
    const opened = await openQueue('Morgan Hale');
    const { user, vault, unit } = opened;
    const kim = { name: 'Kim Osei', role: 'supervisor' as const, passphrase: strong, grade };
    expect((await vault.call('member.admit', kim)).ok).toBe(true);
    await user.keyboard('gm');
    const form = within(await screen.findByRole('form', { name: 'Admit a member' }));
    await user.type(form.getByLabelText('Name'), 'Rowan Vale');
    await chooseRank(user, form, 'Sergeant');
    await write(opened, form.getByLabelText('Passphrase'), strong);
    await write(opened, form.getByLabelText('Repeat passphrase'), strong);
    await form.findByText(/^Strength: (good|strong)\./);
    const second = within(form.getByRole('group', { name: 'Second supervisor, who signs too' }));
    expect(second.getByRole<HTMLInputElement>('radio', { name: 'Kim Osei' }).checked).toBe(true);
    await user.click(form.getByRole('button', { name: 'Admit' }));
    await form.findByText('The second supervisor enters their passphrase.');
    await write(opened, form.getByLabelText('Passphrase of the second supervisor'), 'not hers');
    await user.click(form.getByRole('button', { name: 'Admit' }));
    await form.findByText('That is not this member’s passphrase.');
    await write(opened, form.getByLabelText('Passphrase of the second supervisor'), strong);
    await user.click(form.getByRole('button', { name: 'Admit' }));
    await screen.findByRole('row', { name: 'Rowan Vale Analyst Sergeant In force Morgan Hale and Kim Osei Not yet' });
    await vault.call('sync.now', {});
    expect(unit.endpoint.roster()?.members).toHaveLength(5);
    expect(form.getByLabelText<HTMLInputElement>('Passphrase of the second supervisor').value).toBe('');
  });

  it('asks for the rank or equal grade, and lets a supervisor record another later', async () => {
    const { user, vault } = await openQueue('Morgan Hale');
    await user.keyboard('gm');
    const form = within(await screen.findByRole('form', { name: 'Admit a member' }));
    await user.type(form.getByLabelText('Name'), 'Rowan Vale');
    await user.click(form.getByRole('button', { name: 'Admit' }));
    await form.findByText('Choose officer or staff, and the rank or equal grade.');

    const rank = within(screen.getByRole('form', { name: 'Record a rank' }));
    await user.click(rank.getByRole('button', { name: 'Record the rank' }));
    await rank.findByText('Choose the member, officer or staff, and the rank or equal grade.');
    const names = within(rank.getByLabelText('Member'))
      .getAllByRole('option')
      .map(({ textContent }) => textContent);
    expect(names).toEqual(['Choose', 'Asha Venn', 'Ben Okafor']);
    await user.selectOptions(rank.getByLabelText('Member'), 'Asha Venn');
    await user.click(rank.getByRole('radio', { name: 'Police staff' }));
    await user.selectOptions(rank.getByLabelText('Grade equal to the rank of'), 'Inspector');
    await user.click(rank.getByRole('button', { name: 'Record the rank' }));
    await screen.findByRole('row', { name: /^Asha Venn Analyst Police staff, grade equal to Inspector In force/ });
    expect((await vault.call('unit.read', {})).record.ranks.at(-1)).toMatchObject({ employment: 'staff' });
  });

  it('shows why a member is not admitted', async () => {
    const opened = await openQueue('Morgan Hale');
    const { user, unit } = opened;
    await user.keyboard('gm');
    const form = within(await screen.findByRole('form', { name: 'Admit a member' }));
    await user.type(form.getByLabelText('Name'), 'Rowan Vale');
    await chooseRank(user, form, 'Sergeant');
    unit.store.full = true;
    await write(opened, form.getByLabelText('Passphrase'), strong);
    await write(opened, form.getByLabelText('Repeat passphrase'), strong);
    await form.findByText(/^Strength: (good|strong)\./);
    await user.click(form.getByRole('button', { name: 'Admit' }));
    await form.findByText(/^The disk of this computer is full\. This was not saved;/);
  });

  it('is no place for an analyst, who is told who could', async () => {
    const { user } = await openQueue('Asha Venn');
    expect(screen.queryByRole('button', { name: 'Members' })).toBeNull();
    await user.keyboard('gm');
    expect((await screen.findByRole('alert')).textContent).toContain('Only a supervisor can admit members.');
    act(() => useScreen.setState({ screen: 'members' }));
    await screen.findByText('You cannot admit members');
  });
});

describe('log', () => {
  it('tells what is verified and checks every entry on demand', async () => {
    const { user } = await openQueue();
    await user.keyboard('gl');
    await screen.findByRole('heading', { name: 'Log' });
    expect(screen.getByText('None. Everything that was read verifies.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Check every entry now' }));
    await screen.findByText('every entry verifies');
  });

  it('shows a warning in plain words, from the status bar to the case', async () => {
    const { user, unit } = await openQueue();
    const position = await unit.receiveDamaged('PA-000012');
    await user.click(await screen.findByRole('button', { name: /1 integrity warning/ }));
    expect((await screen.findByRole('alert')).textContent).toMatch(
      new RegExp(`Entry ${position}: .+ It changes nothing\\.`),
    );
    await user.click(screen.getByRole('button', { name: 'Open the case' }));
    await screen.findByRole('heading', { name: 'PA-000012', level: 1 });
  });
});

describe('entries of the log', () => {
  const table = () => within(screen.getByRole('table', { name: 'Entries of the log' }));
  const rows = () =>
    table()
      .getAllByRole('row')
      .slice(1)
      .map(({ textContent }) => textContent ?? '');
  const openLog = async (name?: string) => {
    const unit = await demoUnit();
    const id = unit.idOf('PA-000060');
    await unit.recordHere('Ben Okafor', id, commands.risk(id));
    const opened = await openQueue(name, { unit });
    await opened.user.keyboard('gl');
    await screen.findByRole('table', { name: 'Entries of the log' });
    return { ...opened, id };
  };

  it('stand the newest first, with who, what and the case, which opens from there', async () => {
    const { user } = await openLog();
    const risk = rows().find((row) => row.includes('Risk assessed'));
    expect(risk).toMatch(
      /^\d+(Mon|Tue|Wed|Thu|Fri|Sat|Sun) .+, \d\d:\d\d( BST| GMT)?Ben OkaforRisk assessedPA-000060$/,
    );
    const numbers = rows()
      .flatMap((row) => /^(\d+)(?=[MTWFS])/.exec(row)?.[1] ?? [])
      .map(Number);
    expect(numbers).toEqual([...numbers].sort((one, other) => other - one));
    const [row] = table()
      .getAllByRole('row')
      .filter(({ textContent }) => textContent?.includes('Risk assessed'));
    await user.click(within(row as HTMLElement).getByRole('button', { name: 'Open PA-000060' }));
    await screen.findByRole('heading', { name: 'PA-000060', level: 1 });
  });

  it('of a referral says the part of the day: the hour points to the reporter', async () => {
    await openLog();
    const received = rows().filter((row) => row.includes('Referral received'));
    expect(received.length).toBeGreaterThan(5);
    for (const row of received) expect(row).toMatch(/, (night|morning|afternoon|evening)Central endpoint/);
  });

  it('are filtered by member, kind and case, with the keyboard alone', async () => {
    const { user } = await openLog();
    await user.selectOptions(screen.getByLabelText('Member'), 'Ben Okafor');
    await waitFor(() => expect(rows().every((row) => row.includes('Ben Okafor'))).toBe(true));
    await user.click(screen.getByRole('button', { name: 'Show everything' }));
    await user.selectOptions(screen.getByLabelText('What'), 'Risk assessed');
    await waitFor(() => expect(rows()).toHaveLength(1));
    await user.click(screen.getByRole('button', { name: 'Show everything' }));
    await user.type(screen.getByLabelText('Case reference'), 'pa-000060{Enter}');
    await waitFor(() => expect(rows().every((row) => row.endsWith('PA-000060'))).toBe(true));
    expect(rows().map((row) => /(Risk assessed|Case taken|Case released|Referral received)/.exec(row)?.[0])).toEqual([
      'Case released',
      'Risk assessed',
      'Case taken',
      'Referral received',
    ]);
    await user.selectOptions(screen.getByLabelText('Member'), 'Morgan Hale');
    await screen.findByText('No entry is as asked for.');
  });

  it('come by pages', async () => {
    const { user } = await openLog();
    const first = rows();
    expect(first).toHaveLength(50);
    await user.click(screen.getByRole('button', { name: 'Older' }));
    await waitFor(() => expect(rows()).not.toEqual(first));
    for (const row of rows()) expect(first).not.toContain(row);
    await user.click(screen.getByRole('button', { name: 'Newer' }));
    await waitFor(() => expect(rows()).toEqual(first));
  });

  it('never move by themselves: what came since waits until it is asked for', async () => {
    const { user, unit } = await openLog();
    const before = rows();
    await unit.receive(1);
    const show = await screen.findByRole('button', { name: 'Show what came since' });
    expect(rows()).toEqual(before);
    await user.click(show);
    await waitFor(() => expect(rows()[0]).toMatch(/Referral receivedPA-000061$/));
  });

  it('say so where they cannot be read', async () => {
    const { unit, user } = await openLog();
    const position = await unit.receiveDamaged('PA-000012');
    await user.click(await screen.findByRole('button', { name: 'Show what came since' }));
    await waitFor(() => expect(rows()[0]).toMatch(new RegExp(`^${position}.+Not told`)));
    expect(rows()[0]).toMatch(/(Does not verify: see the warnings\.|Counts for nothing, and was not opened\.)$/);
  });
});

describe('status bar', () => {
  it('shows an ingest, pauses it and resumes it', async () => {
    const { user, unit } = await openQueue();
    const pages = pageSlowly(unit, 20);
    await unit.receive(80);
    await pages.give();
    const bar = await screen.findByRole('progressbar', { name: 'Receiving entries' });
    expect(bar.getAttribute('aria-valuenow')).toBe('25');
    expect(screen.getByText('Receiving 20 of 80 entries')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Pause' }));
    await screen.findByText('Receiving is paused');
    pages.giveAll();
    await screen.findByText('80 cases');
    expect(screen.queryByRole('progressbar')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Resume' }));
    await screen.findByText('140 cases');
    expect(screen.queryByText(/^Receiving/)).toBeNull();
  });

  it('says why nothing was exchanged', async () => {
    const { user, unit } = await openQueue();
    act(() => unit.host.goOffline());
    await user.keyboard('gl');
    await user.click(await screen.findByRole('button', { name: 'Sync now' }));
    expect((await screen.findAllByText(/^Offline: The endpoint cannot be reached/)).length).toBeGreaterThan(0);
  });

  it('says that the work is safe when a vault does not exchange at all', async () => {
    const { user, station } = await openQueue();
    station.answer('sync.now', () => Promise.reject(new Error('The vault did not answer.')));
    await user.keyboard('gl');
    await user.click(await screen.findByRole('button', { name: 'Sync now' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Your work is safe on this machine.');
  });
});
