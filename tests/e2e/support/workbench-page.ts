import { expect, type Locator, type Page } from '@playwright/test';

export const analyst = 'Megan Pritchard';
export const otherAnalyst = 'Daniel Okafor';
export const supervisor = 'Helen Ashworth';

/** What a person does at the workbench, by role and label. */
export class WorkbenchPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get queue(): Locator {
    return this.page.getByRole('grid', { name: 'Queue' });
  }

  get reasons(): Locator {
    return this.page.getByLabel('Reasons');
  }

  async setUpDemo(): Promise<void> {
    await this.page.getByRole('button', { name: 'Try with invented data' }).click();
    await this.expectLocked();
  }

  async expectLocked(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: 'Unlock Probity' })).toBeVisible({ timeout: 30_000 });
  }

  async unlock(member = analyst): Promise<void> {
    await this.expectLocked();
    await this.page.getByRole('radio', { name: new RegExp(member) }).check();
    await this.page.getByRole('button', { name: 'Use the demo passphrase' }).click();
    await this.page.getByRole('button', { name: 'Unlock', exact: true }).click();
    await expect(this.status(new RegExp(`^${member}.*unlocked`))).toBeVisible({ timeout: 30_000 });
  }

  async lock(): Promise<void> {
    await this.page.keyboard.press('Control+l');
    await this.expectLocked();
  }

  row(reference: string): Locator {
    return this.queue.getByRole('row').filter({ hasText: reference });
  }

  async openCase(reference: string): Promise<void> {
    await this.row(reference).dblclick();
    await expect(this.page.getByRole('heading', { name: reference, level: 1 })).toBeVisible();
  }

  async backToQueue(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.queue).toBeVisible();
  }

  status(text: string | RegExp): Locator {
    return this.page.getByRole('contentinfo').getByText(text);
  }
}
