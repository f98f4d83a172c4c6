import { expect, test } from '@playwright/test';
import { kills, patience, seed } from '#tests/support/effort.ts';
import { randomOf } from '#tests/support/endpoint-random.ts';
import { intakeWith } from '#tests/support/intake.ts';
import { Workstation } from './support/launch-workbench.ts';
import type { WorkbenchPage } from './support/workbench-page.ts';

const rounds = kills(2);
const cases = 6;

/** What the screen acknowledged, to be found again. */
interface Acknowledged {
  readonly decisions: string[];
  drafts: Map<string, string>;
  /** How often it acknowledged anything. */
  times: number;
}

/** Decides and drafts without end, noting what the screen says is saved, until the browser is gone. */
async function workUntilKilled(workbench: WorkbenchPage, references: string[], round: number, noted: Acknowledged) {
  const { page } = workbench;
  for (let step = 0; ; step += 1) {
    const reference = references[(round + step) % references.length] as string;
    await workbench.openCase(reference);
    const take = page.getByRole('button', { name: /^Take/ });
    if (await take.isEnabled()) await page.keyboard.press('t');
    const text = `Reasons of round ${round}, step ${step}.`;
    if (step % 2 === 0) {
      await workbench.recordRisk(text);
      noted.decisions.push(text);
      noted.drafts.delete(reference);
    } else {
      await workbench.openRisk();
      await workbench.reasons.fill(text);
      await expect(workbench.risk.getByText(/^Draft saved/)).toBeVisible();
      noted.drafts.set(reference, text);
    }
    noted.times += 1;
    await workbench.backToQueue();
  }
}

/** Texts are written in order: 1 000 for a round, 1 for a step. -1 for anything else. */
const orderOf = (text: string): number => {
  const [, round, step] = /^Reasons of round (\d+), step (\d+)\.$/.exec(text) ?? [];
  return round === undefined ? -1 : Number(round) * 1_000 + Number(step);
};

/**
 * Every acknowledged decision stands in its case's activity. An acknowledged draft is there, or something written
 * after it: a later draft, or the decision that it became just before a kill.
 */
async function findAll(workbench: WorkbenchPage, references: string[], noted: Acknowledged): Promise<void> {
  const { page } = workbench;
  const found: string[] = [];
  for (const reference of references) {
    await workbench.openCase(reference);
    await page.keyboard.press('Alt+1');
    await expect(workbench.risk).toBeVisible();
    const draft = (await workbench.reasons.isVisible()) ? await workbench.reasons.inputValue() : '';
    const history = workbench.risk.getByText(/^History: /);
    if (await history.isVisible()) await history.click();
    const lines = (await workbench.risk.innerText()).split('\n');
    found.push(...lines);
    const latest = Math.max(orderOf(draft), ...lines.map(orderOf));
    expect(latest).toBeGreaterThanOrEqual(orderOf(noted.drafts.get(reference) ?? ''));
    await workbench.backToQueue();
  }
  expect(noted.decisions.filter((text) => !found.includes(text))).toEqual([]);
}

test(`what the screen acknowledged survives ${rounds} kills at random moments`, async () => {
  test.setTimeout(patience(420_000));
  test.info().annotations.push({ type: 'seed', description: String(seed) });
  const random = randomOf(seed);
  const workstation = await Workstation.create();
  const noted: Acknowledged = { decisions: [], drafts: new Map(), times: 0 };
  try {
    const first = await workstation.open();
    await first.setUpDemo();
    const references: string[] = [];
    for (let count = 0; count < cases; count += 1) references.push(await workstation.report(intakeWith()));
    for (let round = 0; round < rounds; round += 1) {
      const workbench = round === 0 ? first : await workstation.open();
      await workbench.unlock();
      await expect(workbench.row(references[cases - 1] as string)).toBeVisible();
      // So many are acknowledged first, then a moment of the next is drawn: on a slow machine as on a fast one.
      // One at least in the first round, so that there is something to find after few kills.
      const enough = noted.times + Math.max(round === 0 ? 1 : 0, Math.floor(random() * 3));
      let killed = false;
      const work = workUntilKilled(workbench, references, round, noted).catch((error: unknown) => {
        if (!killed) throw error;
      });
      await Promise.race([work, expect.poll(() => noted.times, { timeout: 60_000 }).toBeGreaterThanOrEqual(enough)]);
      await new Promise((resolve) => setTimeout(resolve, random() * 1_500));
      killed = true;
      await workstation.kill();
      await work;
    }
    const workbench = await workstation.open();
    await workbench.unlock();
    await expect(workbench.status('Nothing waiting to sync')).toBeVisible({ timeout: 60_000 });
    await findAll(workbench, references, noted);
    await workbench.page.getByRole('button', { name: /^Log/ }).click();
    await workbench.page.getByRole('button', { name: /Check every entry now/ }).click();
    await expect(workbench.page.getByText('every entry verifies')).toBeVisible();
    expect(noted.decisions.length).toBeGreaterThan(rounds / 4);
    console.log(`seed ${seed}: ${noted.decisions.length} acknowledged decisions, all found after ${rounds} kills`);
  } finally {
    await workstation.dispose();
  }
});
