import { expect, test } from '@playwright/test';
import { intakeWith } from '#tests/support/intake.ts';
import { Workstation } from './support/launch-workbench.ts';
import { analyst, otherAnalyst, supervisor } from './support/workbench-page.ts';

test('a referral travels from the endpoint to a signed decision that another member reads', async () => {
  const workstation = await Workstation.create();
  try {
    const workbench = await workstation.open();
    const { page } = workbench;
    await workbench.setUpDemo();
    await workbench.unlock(analyst);
    const reference = await workstation.report(
      intakeWith({
        peopleAtRisk: [{ who: 'A former partner', risk: 'He has said he will find her.', urgency: 'high' }],
      }),
    );
    await workstation.report(intakeWith());

    await test.step('it arrives by itself, above what is less urgent', async () => {
      await expect(workbench.queue.getByRole('row').nth(1)).toContainText(reference);
      await expect(workbench.row(reference)).toContainText('High');
    });

    await test.step('take, decide and save, from the keyboard alone', async () => {
      await workbench.queue.focus();
      await page.keyboard.press('t');
      await expect(workbench.row(reference)).toContainText(analyst);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: reference, level: 1 })).toBeFocused();
      await expect(page.getByText('Signed by the central endpoint, verified')).toBeVisible();
      await page.keyboard.press('Alt+1');
      await workbench.risk.getByLabel('Risk level').selectOption('High');
      await workbench.risk.getByLabel('Response (RARA)').selectOption('Reduce');
      await workbench.risk.getByLabel('What exactly, by whom').fill('Safe contact today, by the duty officer.');
      await workbench.risk.getByRole('radio', { name: 'Yes', exact: true }).check();
      await workbench.reasons.fill('She was threatened twice.');
      await page.keyboard.press('Control+Enter');
      await page.keyboard.press('Alt+7');
      const disposition = page.getByRole('region', { name: 'Disposition' });
      await disposition.getByRole('radio', { name: 'Safeguard', exact: true }).check();
      await disposition.getByLabel('Reasons').fill('She was threatened twice. Contact her safely today.');
      await page.keyboard.press('Control+Enter');
      await expect(disposition.getByRole('article').first()).toContainText('confirmed');
    });

    await test.step('another member, after a lock, reads who decided what, verified', async () => {
      await workbench.lock();
      await workbench.unlock(otherAnalyst);
      await expect(workbench.row(reference)).toContainText('Safeguarding');
      await workbench.openCase(reference);
      await page.keyboard.press('Alt+7');
      const standing = page.getByRole('region', { name: 'Disposition' }).getByRole('article').first();
      await expect(standing).toContainText(analyst);
      await expect(standing).toContainText('verified');
    });

    await test.step('a supervisor checks every entry', async () => {
      await workbench.lock();
      await workbench.unlock(supervisor);
      await page.getByRole('button', { name: /^Log/ }).click();
      await page.getByRole('button', { name: /Check every entry now/ }).click();
      await expect(page.getByText('every entry verifies')).toBeVisible();
    });
  } finally {
    await workstation.dispose();
  }
});

test('work goes on without the endpoint, and reaches it afterwards', async () => {
  const workstation = await Workstation.create();
  try {
    const workbench = await workstation.open();
    await workbench.setUpDemo();
    await workbench.unlock();
    const reference = await workstation.report(intakeWith());
    await expect(workbench.row(reference)).toBeVisible();
    // That the vault was opened is sent too.
    await expect(workbench.status('Nothing waiting to sync')).toBeVisible();
    await workstation.stopEndpoint();
    await expect(workbench.status(/Offline/)).toBeVisible();
    await workbench.queue.focus();
    await workbench.page.keyboard.press('t');
    await expect(workbench.row(reference)).toContainText('Assessing');
    await expect(workbench.status('1 waiting to sync')).toBeVisible();

    await test.step('also over a crash', async () => {
      await workstation.kill();
      const again = await workstation.open();
      await again.unlock();
      await expect(again.row(reference)).toContainText('Assessing');
      await expect(again.status(/waiting to sync/)).toBeVisible();
      await workstation.startEndpoint();
      await expect(again.status('Nothing waiting to sync')).toBeVisible({ timeout: 60_000 });
      await expect(again.row(reference)).toContainText(analyst);
    });
  } finally {
    await workstation.dispose();
  }
});
