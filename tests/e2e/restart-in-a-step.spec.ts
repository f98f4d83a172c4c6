import { expect, type Locator, test } from '@playwright/test';
import { drawn, patience, seed } from '#tests/support/effort.ts';
import { intakeWith } from '#tests/support/intake.ts';
import { Workstation } from './support/launch-workbench.ts';
import type { WorkbenchPage } from './support/workbench-page.ts';

const narrative = 'He looked up her address on the police computer. He told her so himself, in June.';

/** One step half written: what is filled in, and that it is all there again. */
interface HalfWritten {
  readonly title: string;
  readonly write: (part: Locator, workbench: WorkbenchPage) => Promise<void>;
  readonly expectWritten: (part: Locator) => Promise<void>;
  /** Words that the recorded step shows. */
  readonly shows: string;
}

const steps: readonly HalfWritten[] = [
  {
    title: 'Is anyone at risk now',
    write: async (part) => {
      await part.getByRole('radio', { name: 'Cannot be told' }).check();
      await part.getByLabel('Reasons').fill('Nobody says where she lives now.');
    },
    expectWritten: async (part) => {
      await expect(part.getByRole('radio', { name: 'Cannot be told' })).toBeChecked();
      await expect(part.getByLabel('Reasons')).toHaveValue('Nobody says where she lives now.');
    },
    shows: 'Nobody says where she lives now.',
  },
  {
    title: 'Mandatory-referral test',
    write: async (part) => {
      await part.getByRole('checkbox', { name: 'Relevant offence', exact: true }).check();
      await part.getByLabel('Reasons').fill('Misconduct in public office, as it is alleged.');
    },
    expectWritten: async (part) => {
      await expect(part.getByRole('checkbox', { name: 'Relevant offence', exact: true })).toBeChecked();
      await expect(part.getByLabel('Reasons')).toHaveValue('Misconduct in public office, as it is alleged.');
    },
    shows: 'Must be referred to the IOPC',
  },
  {
    title: 'New item',
    write: async (part, { page }) => {
      await page.keyboard.press('Alt+r');
      await expect(page.getByRole('textbox', { name: 'Narrative' })).toBeFocused();
      await page.keyboard.press('Shift+End');
      await page.keyboard.press('Enter');
      await part.getByLabel('Provenance').fill('Told by him.');
    },
    expectWritten: async (part) => {
      await expect(part).toContainText('He looked up her address');
      await expect(part.getByLabel('Provenance')).toHaveValue('Told by him.');
    },
    shows: 'He looked up her address',
  },
  {
    title: 'Grade of item 1',
    write: async (part) => {
      await part.getByRole('radio', { name: /^3/ }).check();
      await part.getByLabel('Who judged so').fill('DS Hale');
      await part.getByLabel('Why', { exact: true }).fill('Known to exaggerate.');
    },
    expectWritten: async (part) => {
      await expect(part.getByRole('radio', { name: /^3/ })).toBeChecked();
      await expect(part.getByLabel('Why', { exact: true })).toHaveValue('Known to exaggerate.');
    },
    shows: 'Judged by DS Hale',
  },
  {
    title: 'Corruption-intelligence categories',
    write: async (part) => {
      await part.getByRole('checkbox', { name: 'Misusing force systems' }).check();
      await part.getByLabel('Note').fill('The search is said to be logged.');
    },
    expectWritten: async (part) => {
      await expect(part.getByRole('checkbox', { name: 'Misusing force systems' })).toBeChecked();
      await expect(part.getByLabel('Note')).toHaveValue('The search is said to be logged.');
    },
    shows: 'Misusing force systems (primary)',
  },
  {
    title: 'Threat, harm and risk',
    write: async (part) => {
      for (const list of await part.getByRole('combobox').all()) await list.selectOption({ index: 2 });
      await part.getByLabel('Reasons').fill('He knows the way to her door.');
    },
    expectWritten: async (part) => {
      for (const list of await part.getByRole('combobox').all()) await expect(list).not.toHaveValue('');
      await expect(part.getByLabel('Reasons')).toHaveValue('He knows the way to her door.');
    },
    shows: 'He knows the way to her door.',
  },
  {
    title: 'Disposition',
    write: async (part) => {
      await part.getByRole('radio', { name: 'To complaints', exact: true }).check();
      await part.getByLabel('Complaints department').fill('Complaints and misconduct');
      await part.getByLabel('Reasons').fill('Nothing in it but rudeness.');
    },
    expectWritten: async (part) => {
      await expect(part.getByLabel('Complaints department')).toHaveValue('Complaints and misconduct');
      await expect(part.getByLabel('Reasons')).toHaveValue('Nothing in it but rudeness.');
    },
    shows: 'Nothing in it but rudeness.',
  },
];

/** Those that are killed in the middle; the others are only recorded, for the next to stand on. */
const killed = drawn(steps, 1);

test(`a kill in the middle of a step loses neither what is written nor what is recorded: ${killed.length} of ${steps.length} steps`, async () => {
  test.setTimeout(patience(300_000));
  test.info().annotations.push({ type: 'seed', description: String(seed) });
  const workstation = await Workstation.create();
  try {
    let workbench = await workstation.open();
    await workbench.setUpDemo();
    const reference = await workstation.report(intakeWith({ narrative }));

    const showStep = async (number: number, title: string): Promise<Locator> => {
      await workbench.page.keyboard.press(`Alt+${number}`);
      return workbench.page.getByRole('region', { name: title, exact: true });
    };
    const openStep = async (number: number, title: string): Promise<Locator> => {
      await workbench.unlock();
      await expect(workbench.row(reference)).toBeVisible();
      await workbench.openCase(reference);
      return showStep(number, title);
    };
    const restart = async (): Promise<void> => {
      await workstation.kill();
      workbench = await workstation.open();
    };
    const isRecorded = (number: number): Locator =>
      workbench.page.getByRole('button', { name: new RegExp(`^Step ${number} .*(Recorded|Owed)`, 'i') });

    const killInTheMiddle = async (step: HalfWritten, number: number): Promise<void> => {
      const { title, write, expectWritten } = step;
      await write(await showStep(number, title), workbench);
      await expect(workbench.page.getByText(/^Draft saved/)).toBeVisible();
      await restart();

      await expectWritten(await openStep(number, title));
      // Killed while it is being recorded: it stands, or it is still the draft that it was.
      await workbench.page.keyboard.press('Control+Enter');
      await new Promise((resolve) => setTimeout(resolve, number * 15));
      await restart();

      const part = await openStep(number, title);
      const form = workbench.page.getByRole('form', { name: title, exact: true });
      const rail = isRecorded(number);
      await expect(form.getByText('Discard the draft').or(rail)).toBeVisible();
      if (await rail.isVisible()) return;
      // Never both: recording it again would make two of it.
      const items = workbench.page.getByRole('region', { name: 'Items', exact: true });
      await expect((title === 'New item' ? items : part).getByRole('article')).toHaveCount(0);
      await expectWritten(part);
      await workbench.page.keyboard.press('Control+Enter');
    };

    await openStep(1, 'Is anyone at risk now');
    await workbench.page.keyboard.press('t');
    for (const [index, step] of steps.entries()) {
      const number = index + 1;
      await test.step(step.title, async () => {
        if (killed.includes(step)) await killInTheMiddle(step, number);
        else {
          await step.write(await showStep(number, step.title), workbench);
          await workbench.page.keyboard.press('Control+Enter');
        }
        await expect(isRecorded(number)).toBeVisible();
        await showStep(number, step.title);
        await expect(workbench.page.getByRole('main')).toContainText(step.shows);
      });
    }
    await restart();
    await openStep(7, 'Disposition');
    const done = workbench.page.getByRole('button', { name: /^Step \d .*(recorded|owed)/i });
    await expect(done).toHaveCount(steps.length);
    await workbench.backToQueue();
    await workbench.page.getByRole('button', { name: /^Log/ }).click();
    await workbench.page.getByRole('button', { name: /Check every entry now/ }).click();
    await expect(workbench.page.getByText('every entry verifies')).toBeVisible();
  } finally {
    await workstation.dispose();
  }
});
