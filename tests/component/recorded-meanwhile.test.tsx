import { screen, waitFor, within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { selectCurrent } from '#shared/domain/event/history.ts';
import { executeAll, viewOf } from '#tests/support/memory-unit.ts';
import {
  assessmentIn,
  form,
  inForm,
  newest,
  openTaken,
  record,
  toStep,
  write,
  writeWhyLower,
} from './assessment-fixture.ts';
import { commands, why } from './commands.ts';
import { demoUnit, type Opened, openCaseOf } from './harness.tsx';

const step = 'Is anyone at risk now';
const inForce = async (opened: Opened) => selectCurrent((await assessmentIn(opened)).risk);
const noted = () => within(form(step)).findByText(/^Recorded meanwhile by Ben Okafor, /);

/** A draft of the first step, and whoever has the case. */
async function openWriting(): Promise<Opened> {
  const opened = await openTaken((id) => [commands.risk(id, 'unknown')]);
  await toStep(opened, 1);
  await opened.user.click(await screen.findByRole('button', { name: `Record again: ${step}` }));
  await opened.user.click(screen.getByRole('radio', { name: 'No' }));
  await write(opened, inForm(step).getByLabelText('Reasons'), why);
  await screen.findByText(/^Draft saved/);
  return opened;
}

const benRecords = ({ unit }: Opened, answer: 'yes' | 'unknown' = 'yes') =>
  unit.recordElsewhere('Ben Okafor', unit.idOf(newest), commands.risk(unit.idOf(newest), answer));

describe('what a colleague records while one writes', () => {
  it('is shown in the form, stops it once, and is replaced by what is recorded then', async () => {
    const opened = await openWriting();
    const [before] = await inForce(opened);
    const { risk: draft } = await opened.vault.call('draft.load', { id: opened.unit.idOf(newest) });
    expect(draft?.shown).toEqual([before?.entry]);
    await benRecords(opened);
    await noted();
    expect(form(step).textContent).toContain('Someone is at risk now');
    expect(form(step).textContent).toContain('You began to write before this. Read it first: yours takes its place.');
    expect(inForm(step).queryByText(/^Not recorded yet/)).toBeNull();
    await record(opened);
    const refusal = await inForm(step).findByText(
      'Not recorded yet. Read what was recorded meanwhile, then record again.',
    );
    await waitFor(() => expect(document.activeElement).toBe(refusal));
    expect((await assessmentIn(opened)).risk).toHaveLength(2);
    await writeWhyLower(opened, step);
    await record(opened);
    await screen.findByText('Risk recorded. Saved here.');
    const [own, ...others] = await inForce(opened);
    expect(others).toEqual([]);
    expect(own?.rationale).toBe(why);
    expect(own?.replaces).toHaveLength(2);
    expect(own?.replaces).toContain(before?.entry);
  });

  it('stands beside what is recorded where the screen had not shown it', async () => {
    const opened = await openWriting();
    const release = opened.station.hold('case.open');
    await benRecords(opened, 'unknown');
    await opened.vault.call('sync.now', {});
    expect(inForm(step).queryByText(/^Recorded meanwhile/)).toBeNull();
    await record(opened);
    release();
    await screen.findByText('Risk recorded. Saved here.');
    await toStep(opened, 1);
    expect(await screen.findAllByRole('article', { name: `${step}, in conflict` })).toHaveLength(2);
  });

  it('is shown too where the draft was left, and read again', async () => {
    const unit = await demoUnit();
    const id = unit.idOf(newest);
    await unit.workAs('Asha Venn', async (vault) => {
      await executeAll(vault, [{ type: 'case.taken', case: id, data: {} }, commands.risk(id, 'unknown')]);
      const shown = selectCurrent((await viewOf(vault, id)).state.risk).map(({ entry }) => entry);
      await vault.call('draft.save', {
        id,
        form: 'risk',
        value: { atRiskNow: 'no', people: [], rationale: why },
        shown,
      });
    });
    await unit.recordElsewhere('Ben Okafor', id, commands.risk(id, 'yes'));
    await unit.syncHere();
    await openCaseOf(newest, 'Asha Venn', { unit });
    await noted();
  });

  it('is nothing that one recorded before the draft', async () => {
    const opened = await openWriting();
    await record(opened);
    await screen.findByText('Risk recorded. Saved here.');
    expect(screen.queryByText(/Recorded meanwhile/)).toBeNull();
    expect(await inForce(opened)).toHaveLength(1);
  });
});
