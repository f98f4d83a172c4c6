import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { drawn, seed } from '#tests/support/effort.ts';
import { testOf } from './support/disk-disasters.ts';
import { Workstation } from './support/launch-workbench.ts';
import { expectAllThere, workOffline } from './support/offline-work.ts';
import { WorkbenchPage } from './support/workbench-page.ts';

/* A browser engine may lose its database, or throw it away because it found it damaged. Nothing that was saved goes with it. */

/** Where Chromium keeps the database, under the origin of its page. */
const databaseFolder = ({ engineFolder }: Workstation): string => join(engineFolder, 'IndexedDB');

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
testOf('lost database')(
  `a database that is lost is made again, with what waited, what was half written and the keys: ${tried.length} of ${losses.length} ways, and deleted while it is open`,
  async () => {
    test.setTimeout(300_000);
    test.info().annotations.push({ type: 'seed', description: String(seed) });
    const workstation = await Workstation.create();
    try {
      await (await workstation.open()).setUpDemo();
      for (const [what, lose] of tried) await test.step(`that ${what}`, () => expectMadeAgain(workstation, lose));
      await test.step('that is deleted while it is open', () => expectLockedAndMadeAgain(workstation));
    } finally {
      await workstation.dispose();
    }
  },
);

async function expectMadeAgain(workstation: Workstation, lose: (station: Workstation) => Promise<void>): Promise<void> {
  const words = 'Nobody says where she lives now.';
  const made = await workOffline(workstation, words);
  await workstation.kill();
  await lose(workstation);
  await workstation.startEndpoint();
  const again = await workstation.open();
  await expect(again.page.getByText('was missing or empty')).toBeVisible();
  await expectAllThere(again, made, words);
  await again.lock();
}

async function expectLockedAndMadeAgain(workstation: Workstation): Promise<void> {
  const made = await workOffline(workstation, 'He knows where she is now.');
  const workbench = new WorkbenchPage(workstation.page);
  const words = 'He knows where she is now. She must be told.';
  // Not saved yet as the database goes.
  await workbench.reasons.fill(words);
  const { page } = workbench;
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: new URL(page.url()).origin, storageTypes: 'indexeddb' });
  await expect(page.getByText('something else closed, changed or deleted them')).toBeVisible();
  await expect(page.getByText('was missing or empty')).toBeVisible();
  await workstation.startEndpoint();
  await expectAllThere(workbench, made, words);
}
