/** `npm run pictures`: the pictures in docs, from the real screens on invented data. Not part of any test. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Workstation } from '#tests/e2e/support/launch-workbench.ts';
import { analyst, type WorkbenchPage } from '#tests/e2e/support/workbench-page.ts';
import { buildRenderer } from '../bundles.ts';
import { postDemoReports } from '../demo/post-demo-reports.ts';
import { assessForPictures } from './assess-for-pictures.ts';
import { earlierReport, richReport } from './rich-referral.ts';

const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));

async function takeBoth(workbench: WorkbenchPage, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await workbench.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await workbench.page.waitForTimeout(500);
    await workbench.page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
  }
}

/** Of each step in light; the whole walk is in docs/assessment.md. */
async function takeLight({ page }: WorkbenchPage, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(folder, `assessment-${name}.png`) });
}

async function assessRichReferral(workbench: WorkbenchPage): Promise<void> {
  await workstation.report(earlierReport());
  const reference = await workstation.report(richReport());
  const { page } = workbench;
  await page.getByLabel('Search the queue').fill(reference);
  await workbench.openCase(reference);
  await page.keyboard.press('t');
  await assessForPictures(workbench, (name) => takeLight(workbench, name));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+1');
  await takeBoth(workbench, 'assessment');
}

await mkdir(folder, { recursive: true });
await buildRenderer();
const workstation = await Workstation.create();
try {
  const workbench = await workstation.open({ viewport: { width: 1920, height: 1080 } });
  await workbench.setUpDemo();
  await postDemoReports({ endpoint: workstation.endpointUrl, seed: 7, referrals: 200 });
  await workbench.unlock(analyst);
  await workbench.queue.waitFor();
  await workbench.page.waitForTimeout(3_000);
  await takeBoth(workbench, 'queue');
  await workbench.queue.focus();
  await workbench.page.keyboard.press('t');
  await workbench.page.keyboard.press('Enter');
  await workbench.page.waitForTimeout(1_000);
  await takeBoth(workbench, 'case');
  await workbench.backToQueue();
  await assessRichReferral(workbench);
} finally {
  await workstation.dispose();
}
process.exit(0);
