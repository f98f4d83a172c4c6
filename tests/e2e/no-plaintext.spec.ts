import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { demoMembers } from '#build/demo/members.ts';
import { intakeWith, textAttachment } from '#tests/support/intake.ts';
import { scanFolder } from '#tests/support/plaintext-scan.ts';
import { Workstation } from './support/launch-workbench.ts';
import { analyst } from './support/workbench-page.ts';

const canary = {
  narrative: 'Quillfeather-narrative-canary',
  subject: 'Zephyrine Quockerwodger',
  risk: 'Wimbrel-risk-canary',
  draft: 'Sarsaparilla-draft-canary',
  decision: 'Mollymauk-decision-canary',
  attachment: 'Thimblerig-attachment-canary',
  attachmentName: 'Gallimaufry-name-canary.txt',
  search: 'Snollygoster',
} as const;

/** Words that a profile folder holds of itself are no leak: only what was planted counts. */
const canaries = [...Object.values(canary), ...demoMembers.flatMap(({ name, passphrase }) => [name, passphrase])];

test('nothing readable reaches the disk of the workstation or of the endpoint', async () => {
  const workstation = await Workstation.create();
  try {
    const workbench = await workstation.open();
    const { page } = workbench;
    await workbench.setUpDemo();
    await workbench.unlock();
    const [subject] = intakeWith().report.subjects;
    const intake = intakeWith(
      {
        narrative: `It is said that ${canary.narrative} happened.`,
        subjects: [{ ...(subject as NonNullable<typeof subject>), name: canary.subject }],
        peopleAtRisk: [{ who: 'A neighbour', risk: canary.risk, urgency: 'high' }],
      },
      [textAttachment(canary.attachmentName, `Seen: ${canary.attachment}`)],
    );
    const reference = await workstation.report(intake);
    const other = await workstation.report(intakeWith());
    await workbench.openCase(reference);
    await expect(page.getByText(canary.narrative)).toBeVisible();
    await page.keyboard.press('t');
    await workbench.recordRisk(`Because ${canary.decision} is known.`);
    await expect(workbench.risk.getByRole('article', { name: /in force/ })).toContainText('confirmed');
    await page.getByRole('button', { name: `Open ${canary.attachmentName}` }).click();
    await expect(page.getByText(canary.attachment)).toBeVisible();
    await page.keyboard.press('Escape');
    await workbench.backToQueue();
    await workbench.openCase(other);
    await page.keyboard.press('t');
    await workbench.openRisk();
    await workbench.reasons.fill(`Half a thought: ${canary.draft}`);
    await expect(workbench.risk.getByText(/^Draft saved/)).toBeVisible();
    await workbench.backToQueue();
    await page.keyboard.press('/');
    await page.keyboard.type(canary.search);
    await expect(page.getByText(/0 of 2|No case|Nothing/).first()).toBeVisible();
    await workbench.lock();
    // Time for what a browser writes late, of its own accord.
    await page.waitForTimeout(3_000);
    await workstation.close();
    await workstation.stopEndpoint();
    expect(await scanFolder(workstation.folder, canaries)).toEqual([]);

    await test.step('and the scan would have found it', async () => {
      const planted = join(workstation.engineFolder, 'planted');
      await appendFile(planted, Buffer.from(`....${canary.draft}....`, 'utf16le'));
      await appendFile(join(workstation.endpointFolder, 'planted'), `{"name":"${analyst}"}`);
      const found = await scanFolder(workstation.folder, canaries);
      expect(found.map((each) => `${each.canary} ${each.encoding}`).sort()).toEqual(
        [`${analyst} utf8`, `${canary.draft} utf16le`].sort(),
      );
    });
  } finally {
    await workstation.dispose();
  }
});
