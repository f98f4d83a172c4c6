import { screen } from '@testing-library/dom';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useNotice } from '#renderer/state/notice-store.ts';
import type { StepId } from '#renderer/state/step-store.ts';
import { viewOf } from '#tests/support/memory-unit.ts';
import { oddStrings } from '#tests/support/odd-strings.ts';
import { newest, openTaken, toStep } from './assessment-fixture.ts';
import { commands } from './commands.ts';
import { endTest, type Opened } from './harness.tsx';

/*
 * Every form of the assessment, filled in as chance has it: what is recorded is what stands on the screen, and no text stops the
 * workbench.
 */

const steps: readonly StepId[] = ['risk', 'mandatory', 'items', 'grading', 'categories', 'harm', 'disposition'];

/** A case with something in each step, so that forms of what is recorded are there too. */
const openFull = (): Promise<Opened> =>
  openTaken((id, unit) => [
    commands.risk(id),
    commands.mandatory(id, new Date(Date.parse(unit.referralOf(newest).receivedAt) + 60_000).toISOString()),
    commands.item(id, unit.referralOf(newest), 0, 20),
  ]);

type Draw = (below: number) => number;
const fields = (form: Element) => [
  ...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input[type=text], input:not([type]), textarea'),
];

/** As a person pastes it, whatever was there. */
function put(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Chooses and ticks something, here and there. */
async function choose(form: Element, draw: Draw): Promise<void> {
  for (const radio of form.querySelectorAll<HTMLInputElement>('input[type=radio]')) if (draw(3) === 0) radio.click();
  for (const box of form.querySelectorAll<HTMLInputElement>('input[type=checkbox]')) if (draw(4) === 0) box.click();
  for (const select of form.querySelectorAll('select')) {
    select.selectedIndex = draw(select.options.length);
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }
  await pause();
}

const pause = () => new Promise((resolve) => setTimeout(resolve));

/** Opens what is closed, and answers with the forms that are there. */
async function openForms(): Promise<readonly Element[]> {
  const panel = document.querySelectorAll<HTMLElement>(
    '[data-part] > section > button, [data-part] button[aria-label]',
  );
  for (const button of panel)
    if (/^(Record|Sanitise|Set|Regrade|Withdraw)/.test(button.getAttribute('aria-label') ?? '')) button.click();
  await pause();
  return [...document.querySelectorAll('[data-part] form')];
}

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

/** The button that records a form. */
const recorder = (form: Element) => form.querySelector<HTMLButtonElement>('button.MuiButton-contained');

const isDate = (field: HTMLInputElement | HTMLTextAreaElement): boolean =>
  /\d\d\/\d\d/.test(field.value) ||
  /^(When|Sent|Answered|Review|Date|Day|Arose|Since|Told)/i.test(field.labels?.[0]?.textContent ?? '');

/** Each text another, so that it is known again. @returns all that was ever written */
async function fillIn(form: Element, draw: Draw): Promise<ReadonlySet<string>> {
  const given = new Set<string>();
  for (let round = 0; round < 3; round += 1) {
    await choose(form, draw);
    for (const field of fields(form).filter((each) => !isDate(each))) {
      const token = `Token ${draw(1_000_000)} of a test`;
      given.add(token);
      put(field, token);
    }
    await pause();
  }
  return given;
}

const inEveryForm = (
  step: StepId,
  numRuns: number,
  task: (opened: Opened, form: Element, draw: Draw) => Promise<void>,
) =>
  fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat(1_000_000)), async (stream) => {
      const draw: Draw = (below) => (stream.next().value as number) % Math.max(1, below);
      const opened = await openFull();
      await toStep(opened, steps.indexOf(step) + 1);
      for (const form of await openForms()) await task(opened, form, draw);
      // What was taken is what a replica takes, and the case opens.
      await opened.vault.call('sync.now', {});
      const { state } = await viewOf(opened.vault, opened.unit.idOf(newest));
      expect(state.activity.filter(({ refused }) => refused)).toEqual([]);
      expect(screen.getByRole('heading', { name: newest, level: 1 })).toBeTruthy();
      expect(useNotice.getState().notice?.text ?? '').not.toMatch(/went wrong/);
      await endTest();
    }),
    { numRuns },
  );

describe.each(steps)('the forms of the step %s', (step) => {
  it('record what is shown and nothing else', () =>
    inEveryForm(step, 3, async ({ station }, form, draw) => {
      const given = await fillIn(form, draw);
      const shown = new Set(fields(form).map(({ value }) => value));
      const before = station.asked('case.record').length;
      recorder(form)?.click();
      await pause();
      const commands = station.asked('case.record').slice(before);
      const told = commands.flatMap(({ command }) => textsIn(command.data)).filter((text) => given.has(text));
      expect(told.filter((text) => !shown.has(text))).toEqual([]);
    }));

  it('take any text, and go on', () =>
    inEveryForm(step, 2, async (_, form, draw) => {
      await choose(form, draw);
      for (const field of fields(form)) put(field, oddStrings[draw(oddStrings.length)] as string);
      await pause();
      recorder(form)?.click();
      await pause();
    }));
});
