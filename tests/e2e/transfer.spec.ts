import { expect, type Page, test } from '@playwright/test';
import { intakeWith, textAttachment } from '#tests/support/intake.ts';
import { Workstation } from './support/launch-workbench.ts';
import type { WorkbenchPage } from './support/workbench-page.ts';

const reasons = 'The officer has served with you since March.';
const back = 'She left us in October: please see Avon and Somerset again.';

async function recordTest(workbench: WorkbenchPage): Promise<void> {
  const part = workbench.page.getByRole('region', { name: 'Mandatory-referral test' });
  await workbench.page.keyboard.press('Alt+2');
  await part.getByRole('checkbox', { name: 'None of these', exact: true }).check();
  await part.getByLabel('Reasons').fill('No criterion is met.');
  await workbench.page.keyboard.press('Control+Enter');
}

/** Sends the open case to the unit, or back to it, with reasons. */
async function sendTo({ page }: WorkbenchPage, unit: RegExp, why: string): Promise<void> {
  const part = page.getByRole('region', { name: 'Disposition', exact: true });
  await page.keyboard.press('Alt+7');
  await part.getByRole('radio', { name: 'To another force', exact: true }).check();
  const list = part.getByLabel('Unit of the other force');
  const option = list.getByRole('option', { name: unit });
  await expect(option).toBeAttached();
  await list.selectOption(await option.innerText());
  await part.getByLabel('Reasons').fill(why);
  await page.keyboard.press('Control+Enter');
  const standing = part.getByRole('article').first();
  await standing.getByRole('button', { expanded: false }).click();
  await expect(standing).toContainText(why);
}

const progress = (page: Page) => page.getByRole('region', { name: 'Transfer between units' });

test('a referral goes to another force’s unit through the endpoint, is acknowledged, and is sent back', async () => {
  test.setTimeout(300_000);
  const ours = await Workstation.create();
  const theirs = await ours.neighbour('gloucestershire', 'Gloucestershire Constabulary', 'Gloucestershire ACU');
  try {
    const there = await theirs.open();
    await there.found(theirs.code ?? '', 'Rhys Tolland');
    const here = await ours.open();
    await here.setUpDemo();
    await here.unlock();
    const reference = await ours.report(intakeWith({}, [textAttachment('rota.txt', 'Nights: A team.')]));

    await test.step('sent, sealed again to the other unit', async () => {
      await expect(here.row(reference)).toBeVisible();
      await here.openCase(reference);
      await here.page.keyboard.press('t');
      await here.recordRisk('Nobody is named who could be.');
      await recordTest(here);
      await sendTo(here, /^Gloucestershire/, reasons);
    });

    await test.step('received there with its reasons and its attachment, and acknowledged as a person takes it', async () => {
      await expect(there.row(reference)).toBeVisible({ timeout: 30_000 });
      await there.openCase(reference);
      await there.page.keyboard.press('t');
      await there.page.getByRole('button', { name: 'Open rota.txt' }).click();
      await expect(there.page.getByRole('dialog')).toContainText('Nights: A team.');
      await there.page.getByRole('button', { name: 'Close the attachment' }).click();
      await there.page.keyboard.press('Alt+7');
      await expect(progress(there.page)).toContainText(/^.*Came from Avon and Somerset.*: The officer has served/s);
      await expect(progress(here.page)).toContainText('Acknowledged by the other unit', { timeout: 30_000 });
    });

    await test.step('sent back with reasons, and ours to decide again', async () => {
      await there.recordRisk('Nobody is named who could be.');
      await recordTest(there);
      await sendTo(there, /^Avon and Somerset/, back);
      await expect(progress(here.page)).toContainText('Sent back: it is ours again', { timeout: 30_000 });
      await expect(progress(here.page)).toContainText(back);
      await here.backToQueue();
      await expect(here.row(reference)).toContainText('Assessing');
    });
  } finally {
    await theirs.dispose();
    await ours.dispose();
  }
});
