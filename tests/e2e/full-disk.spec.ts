import { expect, test } from '@playwright/test';
import { testOf } from './support/disk-disasters.ts';
import { Workstation } from './support/launch-workbench.ts';
import { expectAllThere, type OfflineWork, workOffline } from './support/offline-work.ts';
import { mountSmallDisk } from './support/small-disk.ts';
import { WorkbenchPage } from './support/workbench-page.ts';

/* A disk without room. What was saved is there after any number of restarts; what was being typed is too, once there is room. */

const first = 'Nobody says where she lives now.';
/** Longer than what is left of the last block of any file. */
const then = 'Nobody says where she lives now, or with whom. '.repeat(200).trim();
const last = 'She lives with her sister.';

/** A killed workstation has all of it, and what was saved after a restart, after one more: also where the engine lost its database. */
async function expectThereAfterRestarts(workstation: Workstation, made: OfflineWork): Promise<void> {
  await workstation.kill();
  await workstation.startEndpoint();
  const workbench = await workstation.open();
  await workbench.unlock();
  await expect(workbench.row(made.written)).toBeVisible({ timeout: 60_000 });
  await workbench.openCase(made.written);
  await workbench.page.keyboard.press('Alt+1');
  await expect(workbench.reasons).toHaveValue(then);
  await workbench.reasons.fill(last);
  await expect(workbench.risk.getByText(/^Draft saved/)).toBeVisible();
  await workstation.kill();
  await expectAllThere(await workstation.open(), made, last);
}

/** The draft as it was typed, in its case, after a lock. */
async function expectTyped(workbench: WorkbenchPage, { written }: OfflineWork): Promise<void> {
  await workbench.unlock();
  await workbench.openCase(written);
  await workbench.page.keyboard.press('Alt+1');
  await expect(workbench.reasons).toHaveValue(then);
}

testOf('full')(
  'a disk that fills up, where one can be mounted, loses nothing that was saved or typed, and work goes on by itself once there is room',
  async () => {
    test.setTimeout(180_000);
    const workstation = await Workstation.create();
    const disk = await mountSmallDisk(workstation.profileFolder);
    test.info().annotations.push({ type: 'disk', description: disk ? 'mounted' : 'this user may mount none' });
    try {
      await (await workstation.open()).setUpDemo();
      const made = await workOffline(workstation, first);
      const workbench = new WorkbenchPage(workstation.page);
      await disk?.fill();
      await workbench.reasons.fill(then);
      // As the engine closes its database, or the journal finds no room first.
      const closed = workbench.page.getByText('The disk of this computer is full, so Probity cannot open');
      const held = workbench.risk.getByText(/^Not on the disk yet, which is full/);
      if (disk) await expect(closed.or(held)).toBeVisible();
      await disk?.free();
      const saved = workbench.risk.getByText(/^Draft saved/);
      const unlock = workbench.page.getByRole('heading', { name: 'Unlock Probity' });
      await expect(saved.or(unlock)).toBeVisible();
      if (await saved.isVisible()) await workbench.lock();
      await workbench.expectLocked();
      await expectTyped(workbench, made);
      await expectThereAfterRestarts(workstation, made);
    } finally {
      await workstation.close();
      disk?.unmount();
      await workstation.dispose();
    }
  },
);
