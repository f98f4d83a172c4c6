import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { drawn, seed } from '#tests/support/effort.ts';
import { intakeWith } from '#tests/support/intake.ts';
import { Workstation } from './support/launch-workbench.ts';

/* A browser engine may lose its database, or throw it away because it found it damaged. Nothing that was saved goes with it. */

/** Where Chromium keeps the database, under the port of its page. */
const databaseFolder = ({ profileFolder }: Workstation): string =>
  join(profileFolder, 'browser', 'Default', 'IndexedDB');

async function filesOf(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.map((name) => join(folder, name));
}

/** 4 KiB of nonsense in the middle of each such file, as a failing disk leaves them. */
async function damage(folder: string, which: RegExp): Promise<void> {
  for (const path of (await filesOf(folder)).filter((each) => which.test(each))) {
    const { size } = await stat(path);
    const file = await open(path, 'r+');
    await file.write(Buffer.alloc(Math.min(4096, size), 0xa5), 0, undefined, Math.floor(size / 3));
    await file.close();
  }
}

const losses: readonly (readonly [string, (station: Workstation) => Promise<void>])[] = [
  ['is gone', (station) => rm(databaseFolder(station), { recursive: true })],
  ['has a damaged manifest', (station) => damage(databaseFolder(station), /MANIFEST-\d+$/)],
  ['has a damaged log', (station) => damage(databaseFolder(station), /leveldb[/\\]\d+\.log$/)],
];

const tried = drawn(losses, 1);
// Each process draws for itself where no seed is given: the title must not say what.
test(`a database that is lost is made again, with what waited, what was half written and the keys: ${tried.length} of ${losses.length} ways`, async () => {
  test.setTimeout(300_000);
  test.info().annotations.push({ type: 'seed', description: String(seed) });
  for (const [what, lose] of tried) await test.step(`that ${what}`, () => expectMadeAgain(lose));
});

async function expectMadeAgain(lose: (station: Workstation) => Promise<void>): Promise<void> {
  const workstation = await Workstation.create();
  try {
    const workbench = await workstation.open();
    await workbench.setUpDemo();
    const decided = await workstation.report(intakeWith());
    const written = await workstation.report(intakeWith());
    await workbench.unlock();
    await expect(workbench.row(written)).toBeVisible();
    await expect(workbench.status('Nothing waiting to sync')).toBeVisible();
    await workstation.stopEndpoint();

    await workbench.openCase(decided);
    await workbench.page.keyboard.press('t');
    await workbench.recordRisk('She is at her mother’s until Friday.');
    await workbench.backToQueue();
    await workbench.openCase(written);
    await workbench.page.keyboard.press('t');
    await workbench.openRisk();
    await workbench.reasons.fill('Nobody says where she lives now.');
    await expect(workbench.risk.getByText(/^Draft saved/)).toBeVisible();
    await workstation.kill();

    await lose(workstation);
    await workstation.startEndpoint();
    const again = await workstation.open();
    await expect(again.page.getByText('was missing or empty')).toBeVisible();
    await again.unlock();
    await expect(again.row(written)).toBeVisible({ timeout: 60_000 });
    await expect(again.status('Nothing waiting to sync')).toBeVisible({ timeout: 60_000 });
    await again.openCase(decided);
    await expect(again.page.getByText('She is at her mother’s until Friday.').first()).toBeVisible();
    await again.backToQueue();
    await again.openCase(written);
    await again.page.keyboard.press('Alt+1');
    await expect(again.reasons).toHaveValue('Nobody says where she lives now.');
    await again.backToQueue();
    await again.page.getByRole('button', { name: /^Log/ }).click();
    await again.page.getByRole('button', { name: /Check every entry now/ }).click();
    await expect(again.page.getByText('every entry verifies')).toBeVisible();
  } finally {
    await workstation.dispose();
  }
}

test('a database that is deleted while it is open stops work at once, and loses nothing that was typed', async () => {
  const workstation = await Workstation.create();
  try {
    const workbench = await workstation.open();
    const { page } = workbench;
    await workbench.setUpDemo();
    const reference = await workstation.report(intakeWith());
    await workbench.unlock();
    await workbench.openCase(reference);
    await page.keyboard.press('t');
    await workbench.recordRisk('She is at her mother’s until Friday.');
    await workbench.backToQueue();
    await workbench.openCase(reference);
    await workbench.openRisk();
    await workbench.reasons.fill('He knows where she is now.');
    await expect(workbench.risk.getByText(/^Draft saved/)).toBeVisible();
    await workbench.reasons.fill('He knows where she is now. She must be told.');
    const session = await page.context().newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', {
      origin: new URL(page.url()).origin,
      storageTypes: 'indexeddb',
    });
    await expect(page.getByText('the database of Probity was closed or deleted under it')).toBeVisible();
    await expect(page.getByText('was missing or empty')).toBeVisible();
    await workbench.unlock();
    await expect(workbench.row(reference)).toBeVisible({ timeout: 60_000 });
    await workbench.openCase(reference);
    await expect(page.getByText('She is at her mother’s until Friday.').first()).toBeVisible();
    await page.keyboard.press('Alt+1');
    await expect(workbench.reasons).toHaveValue('He knows where she is now. She must be told.');
    await workbench.backToQueue();
    await expect(workbench.status('Nothing waiting to sync')).toBeVisible({ timeout: 60_000 });
  } finally {
    await workstation.dispose();
  }
});
