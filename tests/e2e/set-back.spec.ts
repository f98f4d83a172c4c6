import { cp, rm } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { testOf } from './support/disk-disasters.ts';
import { Workstation } from './support/launch-workbench.ts';
import { WorkbenchPage } from './support/workbench-page.ts';

/* Somebody restores the disk of a workstation from a copy, database and journal together: the log shows it. */

testOf('set back')(
  'a workstation that is set back to an older copy signs nothing until its member, who is alone, has new keys',
  async () => {
    test.setTimeout(180_000);
    const other = await Workstation.create();
    const workstation = await other.neighbour('kent', 'Kent Police', 'Professional Standards');
    const copy = `${workstation.folder}-copy`;
    try {
      await (await workstation.open()).found(workstation.code ?? '', 'Sal Penrose');
      // The founding is five entries; each unlock is one more, of the member's own audit.
      await expect(new WorkbenchPage(workstation.page).status('Verified to entry 6')).toBeVisible();
      await workstation.close();
      await cp(workstation.profileFolder, copy, { recursive: true });

      let workbench = await workstation.open();
      await workbench.unlockFounder();
      await expect(workbench.status('Verified to entry 7')).toBeVisible();
      await workstation.close();
      await rm(workstation.profileFolder, { recursive: true });
      await cp(copy, workstation.profileFolder, { recursive: true });

      workbench = await workstation.open();
      await workbench.unlockFounder();
      const { page } = workbench;
      await expect(page.getByRole('button', { name: /integrity warning/ })).toBeVisible();
      await page.getByRole('button', { name: /^Log/ }).click();
      await expect(page.getByText('This computer was set back to an older copy of its disk')).toBeVisible();
      await page.getByRole('textbox', { name: 'Your passphrase' }).fill('not the passphrase at all');
      await page.getByRole('button', { name: 'Make new keys' }).click();
      await expect(page.getByRole('form', { name: 'New keys' }).getByRole('alert')).toBeVisible();
      await page.getByRole('textbox', { name: 'Your passphrase' }).fill(WorkbenchPage.foundersPassphrase);
      await page.getByRole('button', { name: 'Make new keys' }).click();
      await workbench.unlockFounder();
      await expect(workbench.status('Nothing waiting to sync')).toBeVisible({ timeout: 30_000 });
      await page.getByRole('button', { name: /^Log/ }).click();
      await expect(page.getByText('were signed again')).toBeVisible();
      await expect(page.getByText('This computer was set back')).toBeHidden();
      await page.getByRole('button', { name: /Check every entry now/ }).click();
      await expect(page.getByText('every entry verifies')).toBeVisible();
    } finally {
      await workstation.dispose();
      await other.dispose();
      await rm(copy, { recursive: true, force: true });
    }
  },
);
