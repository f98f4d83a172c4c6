/** `npm run pictures`: the pictures in docs, from the real screens on invented data. Not part of any test. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Workstation } from '#tests/e2e/support/launch-workbench.ts';
import { analyst, type WorkbenchPage } from '#tests/e2e/support/workbench-page.ts';
import { buildRenderer } from './bundles.ts';
import { postDemoReports } from './demo/post-demo-reports.ts';

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));

async function takeBoth(workbench: WorkbenchPage, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await workbench.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await workbench.page.waitForTimeout(500);
    await workbench.page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
  }
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
  await workbench.recordRisk('Nobody is named, and nothing in the narrative points to anyone who is at risk now.');
  await workbench.page.keyboard.press('Alt+2');
  const test = workbench.page.getByRole('region', { name: 'Mandatory-referral test' });
  await test.getByRole('checkbox', { name: 'Aggravated by discrimination' }).check();
  await test
    .getByLabel('Reasons')
    .fill('As alleged, people are searched because of their race. It is tested as if it were true.');
  await takeBoth(workbench, 'assessment');
} finally {
  await workstation.dispose();
}
process.exit(0);
