import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { intakeWith, textAttachment } from '#tests/support/intake.ts';
import { Workstation } from './support/launch-workbench.ts';
import { supervisor, type WorkbenchPage } from './support/workbench-page.ts';

/** WCAG 2.2 AA in a real browser, contrast included. Returns what is wrong, in words. */
async function faultsOf(page: Page, within: string): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
  const { violations } = await new AxeBuilder({ page }).include(within).withTags(tags).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`);
}

const wide = { colorScheme: 'light', width: 1920 } as const;
const bothLooks: readonly { colorScheme: 'light' | 'dark'; width: number }[] = [
  wide,
  { colorScheme: 'dark', width: 1280 },
];

/**
 * Each theme and each width once. Light at 1280 px, and all contrasts in the dark, are the component tests' for each screen.
 * @param within what is behind a dialog is dimmed and out of reach: a dialog is judged by itself
 */
async function check(workbench: WorkbenchPage, screen: string, within = 'body', looks = bothLooks): Promise<void> {
  const { page } = workbench;
  for (const { colorScheme, width } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    // Half-way through a change of colours nothing has the contrast that it ends with.
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
    expect(await faultsOf(page, within), `${screen}, ${colorScheme}, ${width} px`).toEqual([]);
  }
}

test('every screen passes axe, light at 1920 px and dark at 1280 px', async () => {
  test.setTimeout(300_000);
  const workstation = await Workstation.create();
  try {
    const workbench = await workstation.open();
    const { page } = workbench;
    await expect(page.getByRole('button', { name: 'Try with invented data' })).toBeVisible();
    await check(workbench, 'first run');
    await workbench.setUpDemo();
    await check(workbench, 'unlock');
    await workbench.unlock(supervisor);
    const attachment = textAttachment('rota.txt', 'Nights: A team.');
    const risk = { who: 'A neighbour', risk: 'Threats', urgency: 'immediate' as const };
    const reference = await workstation.report(intakeWith({ peopleAtRisk: [risk] }, [attachment]));
    await workstation.report(intakeWith());
    await expect(workbench.row(reference)).toBeVisible();
    await check(workbench, 'queue');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    await check(workbench, 'keys', '[role=dialog]');
    await page.keyboard.press('Escape');
    await workbench.openCase(reference);
    await page.keyboard.press('t');
    await check(workbench, 'case');
    for (const step of [2, 3, 4, 5, 6, 7]) {
      await page.keyboard.press(`Alt+${step}`);
      await expect(page.getByRole('button', { name: new RegExp(`^Step ${step},`) })).toHaveAttribute(
        'aria-current',
        'step',
      );
      await check(workbench, `step ${step}`, 'body', [wide]);
    }
    await workbench.backToQueue();
    await page.getByRole('button', { name: /^Members/ }).click();
    await check(workbench, 'members');
    await page.getByRole('button', { name: /^Log/ }).click();
    await check(workbench, 'log');
  } finally {
    await workstation.dispose();
  }
});
