import { goToStep, useStep } from '#renderer/state/step-store.ts';

/**
 * The focus goes on to the part of the step that is to be recorded next; where none is, to the button that leads to the next
 * step. Nobody is taken to another step unasked.
 * @param key of the form that was just given to be recorded, or put off
 */
export function goOn(key: string): void {
  const parts = [...document.querySelectorAll<HTMLElement>('[data-part]')];
  const at = parts.findIndex(({ dataset }) => dataset.part === key);
  const next = parts.slice(at + 1).find(({ dataset }) => dataset.wanted === 'true')?.dataset.part;
  if (next) goToStep(useStep.getState().step, next);
  else document.querySelector<HTMLElement>('[data-next-step]')?.focus();
}
