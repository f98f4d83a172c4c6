import { expect, type Locator, type Page } from '@playwright/test';

export const analyst = 'Megan Pritchard';
export const otherAnalyst = 'Daniel Okafor';
export const supervisor = 'Helen Ashworth';

/** What a person does at the workbench, by role and label. */
export class WorkbenchPage {
  static readonly foundersPassphrase = 'copper lantern orbit meadow';
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get queue(): Locator {
    return this.page.getByRole('grid', { name: 'Queue' });
  }

  /** The first step of the assessment, which every test that writes something uses. */
  get risk(): Locator {
    return this.page.getByRole('region', { name: 'Is anyone at risk now' });
  }

  get reasons(): Locator {
    return this.risk.getByLabel('Reasons');
  }

  /** The risk step, open to be written. */
  async openRisk(): Promise<void> {
    await this.page.keyboard.press('Alt+1');
    const again = this.risk.getByRole('button', { name: /^Record again/ });
    await expect(again.or(this.reasons)).toBeVisible();
    if (await again.isVisible()) await again.click();
    await expect(this.reasons).toBeVisible();
    const person = this.risk.getByRole('button', { name: /^Remove person/ });
    while ((await person.count()) > 0) await person.first().click();
    await this.risk.getByRole('radio', { name: 'No', exact: true }).check();
  }

  /** Resolves when the screen shows the record as standing. */
  async recordRisk(reasons: string): Promise<void> {
    await this.openRisk();
    await this.reasons.fill(reasons);
    const lower = this.risk.getByLabel('Why the risk is lower');
    if (await lower.isVisible()) await lower.fill('Known to be safe.');
    await this.risk.getByRole('button', { name: 'Record the risk' }).click();
    const standing = this.risk.getByRole('article', { name: /in force/ });
    await standing.getByRole('button', { expanded: false }).click();
    await expect(standing).toContainText(reasons);
  }

  async setUpDemo(): Promise<void> {
    await this.page.getByRole('button', { name: 'Try with invented data' }).click();
    await this.expectLocked();
  }

  /** Enrols this workstation, founds its unit as a supervisor, and unlocks it. */
  async found(code: string, name: string): Promise<void> {
    const { page } = this;
    await page.getByLabel('One-time code').fill(code);
    await page.getByRole('button', { name: 'Enrol', exact: true }).click();
    await page.getByLabel('Your name').fill(name);
    await page.getByRole('radio', { name: 'Police officer' }).check();
    await page.getByLabel('Rank').selectOption('Inspector');
    await page.getByLabel('Passphrase', { exact: true }).fill(WorkbenchPage.foundersPassphrase);
    await page.getByLabel('Repeat passphrase', { exact: true }).fill(WorkbenchPage.foundersPassphrase);
    await expect(page.getByText(/^Strength: (?!.*not enough)/)).toBeVisible();
    await page.getByRole('button', { name: 'Found the unit' }).click();
    await this.unlockFounder();
    await expect(this.status(new RegExp(`^${name}.*unlocked`))).toBeVisible();
  }

  /** The only member of a unit that was founded here. */
  async unlockFounder(): Promise<void> {
    await this.expectLocked();
    await this.page.getByLabel('Passphrase', { exact: true }).fill(WorkbenchPage.foundersPassphrase);
    await this.page.getByRole('button', { name: 'Unlock', exact: true }).click();
    await expect(this.status(/unlocked$/)).toBeVisible({ timeout: 30_000 });
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

  /** @param other resolves once another case than this is open */
  async openedReference(other?: string): Promise<string> {
    const heading = this.page.getByRole('heading', { name: /^PA-\d+$/, level: 1 });
    await heading.filter(other ? { hasNotText: other } : {}).waitFor();
    await this.page.getByRole('region', { name: 'Narrative' }).waitFor();
    return heading.innerText();
  }

  async backToQueue(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.queue).toBeVisible();
  }

  status(text: string | RegExp): Locator {
    return this.page.getByRole('contentinfo').getByText(text);
  }
}
