import { screen, waitFor, within } from '@testing-library/dom';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { executeAll, type MemoryUnit, viewOf } from '#tests/support/memory-unit.ts';
import { demoUnit, type Opened, openCaseOf } from './harness.tsx';

export const newest = 'PA-000060';

/** The assessment as the open vault has it. */
export const assessmentIn = async ({ unit, vault }: Opened, reference = newest): Promise<CaseState> =>
  (await viewOf(vault, unit.idOf(reference))).state;

/** A case that the member has, so that it can be assessed, and what they recorded in it so far. */
export async function openTaken(
  recorded: (id: StreamId, unit: MemoryUnit) => readonly CaseCommand[] = () => [],
  unit?: MemoryUnit,
  reference = newest,
): Promise<Opened> {
  const taken = unit ?? (await demoUnit());
  const id = taken.idOf(reference);
  await taken.workAs('Asha Venn', (vault) =>
    executeAll(vault, [{ type: 'case.taken', case: id, data: {} }, ...recorded(id, taken)]),
  );
  return openCaseOf(reference, 'Asha Venn', { unit: taken });
}

export const form = (name: string | RegExp): HTMLElement => screen.getByRole('form', { name });
export const inForm = (name: string | RegExp) => within(form(name));

/** The button of a step, which says where it stands. */
export const rail = (number: number): HTMLElement =>
  screen.getByRole('button', { name: new RegExp(`^Step ${number} `) });

/** Goes to a step by its key, and waits until its form has the focus. */
export async function toStep({ user }: Opened, number: number): Promise<void> {
  await user.keyboard(`{Alt>}${number}{/Alt}`);
  await waitFor(() => screen.getByRole('button', { name: new RegExp(`^Step ${number} `), current: 'step' }));
}

/** Pasted: typing key by key is tested with the drafts. */
export async function write({ user }: Opened, field: HTMLElement, text: string): Promise<void> {
  await user.click(field);
  await user.paste(text);
}

/** A record that is folded to its line, read in full. */
export async function unfold({ user }: Opened, card: HTMLElement): Promise<HTMLElement> {
  const line = within(card).queryByRole('button', { expanded: false });
  if (line) await user.click(line);
  return card;
}

/** Where the form asks for it. */
export async function writeWhyLower(opened: Opened, name: string): Promise<void> {
  const field = inForm(name).queryByLabelText('Why the risk is lower');
  if (field) await write(opened, field, 'Known to be safe.');
}

export const record = ({ user }: Opened) => user.keyboard('{Control>}{Enter}{/Control}');

/** What describes a field to whoever cannot see it: help, and what is missing. */
export const description = (element: HTMLElement): string =>
  (element.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ');
