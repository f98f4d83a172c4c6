import { expect, type Locator, type Page } from '@playwright/test';
import { intelligenceCategories } from '#shared/domain/classification/intelligence-categories.ts';
import { standards } from '#shared/domain/classification/standards.ts';
import { type DispositionKind, dispositions } from '#shared/domain/disposition/dispositions.ts';
import { thrive, thriveElementIds } from '#shared/domain/harm/thrive.ts';
import { mandatoryCriteria } from '#shared/domain/iopc/mandatory-criteria.ts';
import type { AssessmentPlan, PlannedGrade } from './assessment-plan.ts';
import { Keyboard } from './keyboard.ts';

/** Takes an opened referral through the seven steps of its assessment, from the keyboard alone. */
export class Assessor {
  readonly page: Page;
  readonly keys: Keyboard;
  /** Unit of another force, as the directory lists it. */
  readonly otherUnit: string | null;

  constructor(page: Page, otherUnit: string | null = null) {
    this.page = page;
    this.keys = new Keyboard(page);
    this.otherUnit = otherUnit;
  }

  part(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** Records the part with Ctrl+Enter, and goes on at once: what is refused fetches the member back. */
  async record(title: string, key = 'Control+Enter'): Promise<void> {
    await this.form(title).waitFor();
    await this.keys.press(key);
  }

  form(title: string): Locator {
    return this.page.getByRole('form', { name: title, exact: true });
  }

  /** @param key that records the disposition: Alt+N also opens the next referral */
  async assess(plan: AssessmentPlan, key?: string): Promise<void> {
    await this.risk(plan);
    await this.mandatoryReferral(plan);
    for (const words of plan.items) await this.item(words);
    if (plan.items.length > 0) await this.keys.press('Alt+4');
    for (const [index, grade] of plan.grades.entries()) await this.grade(index + 1, grade);
    await this.categories(plan);
    if (plan.thrive) await this.harm(plan.thrive);
    if (plan.overridden) await this.priority();
    if (plan.sanitised) await this.sanitise();
    await this.disposition(plan.disposition, key);
  }

  async risk({ atRisk }: Pick<AssessmentPlan, 'atRisk'>): Promise<void> {
    const { keys } = this;
    await keys.press('Alt+1');
    const part = this.part('Is anyone at risk now');
    await keys.choose(part.getByRole('radiogroup', { name: 'Is anyone at risk now?' }), atRisk);
    if (atRisk !== 'No') {
      for (const person of await part.getByRole('group', { name: /^Person \d+$/ }).all()) {
        await keys.select(person.getByLabel('Risk level'), 'High');
        await keys.select(person.getByLabel('Response (RARA)'), 'Reduce');
        await keys.fill(person.getByLabel('What exactly, by whom'), 'Safe contact.');
      }
    }
    await keys.fill(part.getByLabel('Reasons'), 'As reported.');
    const lower = part.getByLabel('Why the risk is lower');
    if (await lower.isVisible()) await keys.fill(lower, 'Known to be safe.');
    await this.record('Is anyone at risk now');
  }

  async mandatoryReferral({ criteria, refers }: Pick<AssessmentPlan, 'criteria' | 'refers'>): Promise<void> {
    const { keys } = this;
    await keys.press('Enter');
    const part = this.part('Mandatory-referral test');
    for (const id of criteria) {
      await keys.tick(part.getByRole('checkbox', { name: mandatoryCriteria[id].label, exact: true }));
    }
    if (criteria.length === 0) await keys.tick(part.getByRole('checkbox', { name: 'None of these', exact: true }));
    await keys.fill(part.getByLabel('Reasons'), criteria.length > 0 ? 'It is alleged.' : 'None is met.');
    await this.record('Mandatory-referral test');
    if (!refers) return;
    const referral = this.part('Referral to the IOPC');
    await keys.fill(referral.getByLabel('What was sent, and how'), 'The referral.');
    await this.record('Referral to the IOPC');
  }

  /** Selects the words that follow the last item, with Shift and the arrows. */
  async item(words: number): Promise<void> {
    const { keys } = this;
    const narrative = this.page.getByRole('textbox', { name: 'Narrative' });
    await keys.press('Alt+r');
    await expect(narrative).toBeFocused();
    await keys.press('Control+Shift+ArrowRight', words);
    await keys.press('Enter');
    await expect(this.part('New item').getByLabel('Provenance')).toBeFocused();
    await this.record('New item');
    await expect(narrative).toBeFocused();
  }

  async grade(number: number, grade: PlannedGrade): Promise<void> {
    const { keys } = this;
    const part = this.part(`Grade of item ${number}`);
    const scale = (name: string) => part.getByRole('radiogroup', { name, exact: true });
    if (grade === 'suspectedFalse') await keys.choose(scale('Information'), 'E Suspected to be false');
    if (grade === 'corroborated') await keys.choose(scale('Information'), 'B Known indirectly but corroborated');
    if (grade === 'unreliable') await keys.choose(scale('Source'), '3 Not reliable');
    if (grade === 'shareable') await keys.choose(scale('Handling'), 'P Lawful sharing permitted');
    if (grade === 'corroborated') {
      await keys.fill(part.getByLabel('A record that corroborates it'), 'Duty record.');
    }
    if (grade === 'suspectedFalse' || grade === 'unreliable') {
      await keys.fill(part.getByLabel('Who judged so'), 'DS Hale');
      await keys.fill(part.getByLabel('Why', { exact: true }), 'Logs say otherwise.');
    }
    await this.record(`Grade of item ${number}`);
  }

  async categories(plan: Pick<AssessmentPlan, 'categories' | 'standards'>): Promise<void> {
    const { keys } = this;
    await keys.press('Alt+5');
    const part = this.part('Corruption-intelligence categories');
    const labels = plan.categories.map((id) => intelligenceCategories[id].label);
    for (const label of labels) await keys.tick(part.getByRole('checkbox', { name: label, exact: true }));
    if (labels.length > 1) await keys.select(part.getByLabel('Primary category'), labels[0] as string);
    await this.record('Corruption-intelligence categories');
    if (plan.standards.length === 0) return;
    const breached = this.part('Standards of professional behaviour');
    for (const id of plan.standards) {
      await keys.tick(breached.getByRole('checkbox', { name: standards[id].label, exact: true }));
    }
    await this.record('Standards of professional behaviour');
  }

  async harm(answers: NonNullable<AssessmentPlan['thrive']>): Promise<void> {
    const { keys } = this;
    await keys.press('Alt+6');
    const part = this.part('Threat, harm and risk');
    for (const id of thriveElementIds) {
      await keys.select(part.getByRole('combobox', { name: thrive[id].label, exact: true }), answers[id]);
    }
    await keys.fill(part.getByLabel('Reasons'), 'As answered.');
    await this.record('Threat, harm and risk');
  }

  async priority(): Promise<void> {
    const { keys } = this;
    await keys.press('Alt+6');
    const part = this.part('Priority');
    await keys.push(part.getByRole('button', { name: /^Set another priority/ }));
    await keys.select(part.getByRole('combobox', { name: 'Priority' }), 'High');
    await keys.fill(part.getByLabel('Reasons'), 'A second report.');
    await this.record('Priority');
  }

  /** Each mark of the check is replaced by what is offered. */
  async sanitise(): Promise<void> {
    const { keys } = this;
    await keys.press('Alt+6');
    const part = this.part('Sanitised text of the referral');
    const opener = part.getByRole('button', { name: /^Sanitise: / });
    if (await opener.isVisible()) await keys.push(opener);
    await expect(part.getByLabel('Sanitised', { exact: true })).toBeVisible();
    const marks = part.getByRole('status').filter({ hasText: /^\d+ marks?\b/ });
    const left = async () => Number((await marks.textContent())?.match(/^(\d+) marks?/)?.[1] ?? 0);
    if ((await left()) > 0) await keys.press('Alt+m');
    const text = () => part.getByLabel('Sanitised', { exact: true }).inputValue();
    while ((await left()) > 0) {
      const before = await text();
      await keys.press('Enter');
      await expect.poll(text, { intervals: [20] }).not.toBe(before);
    }
    await keys.fill(part.getByLabel('Who else could know this?'), 'Whoever was there.');
    await keys.fill(part.getByLabel('What would the subject do to find out who told?'), 'Ask the others.');
    await keys.fill(part.getByLabel('How does it read to the subject’s closest friend?'), 'As talk of the town.');
    await this.record('Sanitised text of the referral');
  }

  async disposition(kind: DispositionKind, key = 'Control+Enter'): Promise<void> {
    const { keys } = this;
    await keys.press('Alt+7');
    const part = this.part('Disposition');
    const chosen = dispositions[kind];
    await keys.choose(part.getByRole('radiogroup', { name: 'What becomes of this referral' }), chosen.label);
    if (kind === 'record') await keys.fill(part.getByLabel('Review on'), '21/11/2027');
    if (kind === 'complaints') await keys.fill(part.getByLabel('Complaints department'), 'Complaints');
    if (kind === 'otherAgency') await keys.fill(part.getByRole('textbox', { name: 'Agency' }), 'Trading Standards');
    if (kind === 'otherForce') await keys.select(part.getByLabel('Unit of the other force'), this.otherUnit ?? '');
    if (kind === 'suspectedMalicious') await keys.tick(part.getByRole('checkbox', { name: /^Item 1/ }));
    if (chosen.weighsOptions) {
      await keys.push(part.getByRole('button', { name: 'Add an option considered' }));
      await keys.fill(part.getByLabel('Option considered'), 'Record for intelligence');
      await keys.fill(part.getByLabel('Why not'), 'Nothing new in it.');
    }
    await keys.fill(part.getByLabel('Reasons'), 'As recorded above.');
    await this.record('Disposition', key);
  }
}
