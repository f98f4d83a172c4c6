import { expect, test } from '@playwright/test';
import { demoReports } from '#build/demo/demo-report.ts';
import { demoMembers } from '#build/demo/members.ts';
import type { DispositionKind } from '#shared/domain/disposition/dispositions.ts';
import { drawn, isLong } from '#tests/support/effort.ts';
import { type AssessmentPlan, planAssessment } from './support/assessment-plan.ts';
import { Assessor } from './support/assessor.ts';
import { Workstation } from './support/launch-workbench.ts';
import { analyst, supervisor, type WorkbenchPage } from './support/workbench-page.ts';

const invented = 11;
const referrals = 50;
const all = Array.from({ length: referrals }, (_, index) => index);
/** All in a long run, in two parts, each on a workstation of its own, so that both can be at work at once; else one. */
const parts = isLong ? [all.slice(0, referrals / 2), all.slice(referrals / 2)] : [drawn(all, 1)];

/** Milliseconds: a person works faster than this disk. */
const savingTakes = 300;

test.describe.configure({ mode: 'parallel' });

/** Unlocks without a mouse: the member by the arrows, then the passphrase as it is typed. */
async function unlockFromKeyboard(workbench: WorkbenchPage, { keys }: Assessor, name: string): Promise<void> {
  const { page } = workbench;
  const member = demoMembers.find((each) => each.name === name);
  await keys.choose(page.getByRole('radiogroup'), new RegExp(`^${name}`));
  await keys.fill(page.getByLabel('Passphrase', { exact: true }), member?.passphrase ?? '');
  await keys.press('Enter');
  await expect(workbench.status(new RegExp(`^${name}.*unlocked`))).toBeVisible({ timeout: 30_000 });
}

const statusOf: Readonly<Record<DispositionKind, string>> = {
  investigate: 'Awaiting approval',
  safeguard: 'Safeguarding',
  record: 'Recorded',
  complaints: 'Not ours',
  localPolicingBody: 'Not ours',
  otherForce: 'Not ours',
  otherAgency: 'Not ours',
  notPolicing: 'Not ours',
  noFurtherAction: 'Closed',
  suspectedMalicious: 'Closed',
};

/** The median, and the most, of the keys that a referral took. */
const median = (counts: readonly number[]): number =>
  [...counts].sort((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;

for (const [part, indexes] of parts.entries()) {
  test(`${indexes.length} of ${referrals} varied referrals are assessed from the keyboard alone, part ${part + 1}`, () =>
    assessFromKeyboard(indexes));
}

/** Those of the fifty invented referrals. */
async function assessFromKeyboard(indexes: readonly number[]): Promise<void> {
  test.setTimeout(1_800_000);
  const workstation = await Workstation.create();
  const other = await workstation.neighbour('gloucestershire', 'Gloucestershire Constabulary', 'Gloucestershire ACU');
  try {
    await test.step('another unit is there to be sent what is its own', async () => {
      const elsewhere = await other.open();
      await elsewhere.found(other.code ?? '', 'Rhys Tolland');
      await other.close();
    });
    const workbench = await workstation.open({ savingTakes });
    const { page } = workbench;
    await workbench.setUpDemo();
    const plans = new Map<string, AssessmentPlan>();
    const reports = [...demoReports({ seed: invented, count: referrals, until: new Date().toISOString() })];
    for (const index of indexes) {
      const intake = reports[index] as (typeof reports)[number];
      plans.set(await workstation.report(intake), planAssessment(index, intake.report));
    }
    const dispositions = new Set([...plans.values()].map(({ disposition }) => disposition));
    // None of the invented subjects is the chief officer, of whom alone the local policing body is the authority.
    const possible = Object.keys(statusOf).filter((kind) => kind !== 'localPolicingBody');
    if (isLong) expect([...dispositions].sort()).toEqual(possible.sort());
    const assessor = new Assessor(page, 'Gloucestershire Constabulary: Gloucestershire ACU');
    const { keys } = assessor;
    await keys.watchPointer();
    const counts: { pressed: number; typed: number }[] = [];

    /** Works through what nobody holds, the most urgent first, as far as it is this member's to decide. */
    const workThrough = async (isMine: (plan: AssessmentPlan) => boolean, mine: number): Promise<void> => {
      await expect(workbench.queue).toBeVisible();
      await keys.press('f');
      await keys.press('ArrowDown');
      await keys.press('Enter');
      await expect(page.getByRole('button', { name: 'Owner: nobody' })).toBeVisible();
      await keys.reach(workbench.queue);
      await keys.press('Enter');
      for (let done = 0; done < mine; done += 1) {
        const before = { pressed: keys.pressed, typed: keys.typed };
        let reference = await workbench.openedReference();
        while (!isMine(plans.get(reference) as AssessmentPlan)) {
          await keys.press('n');
          reference = await workbench.openedReference(reference);
        }
        await keys.press('t');
        await expect(page.getByRole('button', { name: /^Release/ })).toBeVisible();
        await assessor.assess(plans.get(reference) as AssessmentPlan, 'Alt+n');
        counts.push({ pressed: keys.pressed - before.pressed, typed: keys.typed - before.typed });
        if (done + 1 < mine) await workbench.openedReference(reference);
      }
    };
    const isMalicious = ({ disposition }: AssessmentPlan): boolean => disposition === 'suspectedMalicious';
    const malicious = [...plans.values()].filter(isMalicious).length;
    const others = plans.size - malicious;

    // Where one referral is drawn, only one of these has anything to do.
    if (others > 0)
      await test.step('an analyst decides all but what only a supervisor may', async () => {
        await unlockFromKeyboard(workbench, assessor, analyst);
        await expect(
          page.getByText(plans.size === 1 ? '1 case' : `${plans.size} cases`, { exact: true }),
        ).toBeVisible();
        await workThrough((plan) => !isMalicious(plan), others);
      });
    if (malicious > 0)
      await test.step('a supervisor decides the rest', async () => {
        if (others > 0) {
          await keys.press('Control+l');
          await workbench.expectLocked();
        }
        await unlockFromKeyboard(workbench, assessor, supervisor);
        await workThrough(() => true, malicious);
      });
    await keys.expectNoPointer();

    await test.step('each disposition stands, and every entry verifies', async () => {
      await expect(page.getByText(`0 of ${plans.size}`)).toBeVisible();
      await keys.press('c');
      for (const [reference, { disposition }] of plans) {
        await page.getByLabel('Search the queue').fill(reference);
        await expect(workbench.row(reference)).toContainText(statusOf[disposition]);
      }
      await expect(workbench.status('Nothing waiting to sync')).toBeVisible({ timeout: 60_000 });
    });
    const pressed = counts.map((count) => count.pressed);
    const typed = counts.map((count) => count.typed);
    console.log(
      `referrals ${indexes.map((index) => index + 1).join(', ')}, no mouse: ${median(pressed)} keys (median; ${Math.min(...pressed)} to ${Math.max(...pressed)}) and ${median(typed)} characters of words (${Math.min(...typed)} to ${Math.max(...typed)}) a referral; ${keys.pressed} keys and ${keys.typed} characters in all`,
    );
  } finally {
    await other.dispose();
    await workstation.dispose();
  }
}
