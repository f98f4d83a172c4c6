import { expect } from '@playwright/test';
import { intakeWith } from '#tests/support/intake.ts';
import type { Workstation } from './launch-workbench.ts';
import { WorkbenchPage } from './workbench-page.ts';

const decision = 'She is at her mother’s until Friday.';

/** Two new referrals are there and the endpoint is not; one is decided on, and the other half written. */
export async function workOffline(workstation: Workstation, words: string) {
  const workbench = new WorkbenchPage(workstation.page);
  const [decided, written] = [await workstation.report(intakeWith()), await workstation.report(intakeWith())];
  await workbench.unlock();
  await expect(workbench.row(written)).toBeVisible();
  await expect(workbench.status('Nothing waiting to sync')).toBeVisible();
  await workstation.stopEndpoint();
  await workbench.openCase(decided);
  await workbench.page.keyboard.press('t');
  await workbench.recordRisk(decision);
  await workbench.backToQueue();
  await workbench.openCase(written);
  await workbench.page.keyboard.press('t');
  await workbench.openRisk();
  await workbench.reasons.fill(words);
  await expect(workbench.risk.getByText(/^Draft saved/)).toBeVisible();
  return { decided, written };
}

export type OfflineWork = Awaited<ReturnType<typeof workOffline>>;

/** Unlocked again, all of it is there and in the log, which is whole. */
export async function expectAllThere(
  workbench: WorkbenchPage,
  { decided, written }: OfflineWork,
  words: string,
): Promise<void> {
  const { page } = workbench;
  await workbench.unlock();
  await expect(workbench.row(written)).toBeVisible({ timeout: 60_000 });
  await expect(workbench.status('Nothing waiting to sync')).toBeVisible({ timeout: 60_000 });
  await workbench.openCase(decided);
  await page.keyboard.press('Alt+1');
  await expect(page.getByText(decision).first()).toBeVisible();
  await workbench.backToQueue();
  await workbench.openCase(written);
  await page.keyboard.press('Alt+1');
  await expect(workbench.reasons).toHaveValue(words);
  await workbench.backToQueue();
  await page.getByRole('button', { name: /^Log/ }).click();
  await page.getByRole('button', { name: /Check every entry now/ }).click();
  await expect(page.getByText('every entry verifies')).toBeVisible();
}
