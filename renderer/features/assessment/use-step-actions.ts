import { useLayoutEffect, useMemo, useRef } from 'react';
import { type Actions, offerActions } from '#renderer/state/action-store.ts';
import { useCase } from '#renderer/state/case-store.ts';
import { notify } from '#renderer/state/notice-store.ts';
import { neighboursOf, openNextOpen, whileHere } from '#renderer/state/screen-store.ts';
import { goToStep, stepIds } from '#renderer/state/step-store.ts';
import { troubleOf } from '#renderer/state/vault-port.ts';
import { chosenForm, type FormRegistry, type RegisteredForm } from './form/form-registry.ts';

type Forms = ReadonlySet<RegisteredForm>;

async function record(forms: Forms): Promise<boolean> {
  const form = chosenForm([...forms]);
  if (!form) {
    notify('Nothing is open here to record. Go to another step, or open a part of this one.', 'refusal');
    return false;
  }
  if (form.blocked) {
    notify(form.blocked, 'refusal');
    return false;
  }
  return form.record();
}

/** Records what is being written; then the next referral that is to be decided. Asks for it first: recording moves this one in the queue. */
async function saveAndNext(forms: Forms): Promise<void> {
  const { id } = useCase.getState();
  if (!id) return;
  const isHere = whileHere();
  const neighbours = neighboursOf(id);
  // As it stands at the key, not when the answer has come.
  const recorded = chosenForm([...forms])?.hasDraft ? record(forms) : true;
  const found = await neighbours.catch((error: unknown) => {
    if (isHere()) notify(`The next referral could not be found. ${troubleOf(error)}`, 'refusal');
    return null;
  });
  if ((await recorded) && found && isHere()) await openNextOpen(found.nextOpen);
}

/** The assessment's part of the keys, and where its forms say that they are there. */
export function useStepActions(): FormRegistry {
  const forms = useRef(new Set<RegisteredForm>());
  useLayoutEffect(() => {
    const toStep = stepIds.map((step, index) => [`step${index + 1}`, { run: () => goToStep(step) }] as const);
    return offerActions({
      ...(Object.fromEntries(toStep) as Actions),
      record: { run: () => void record(forms.current) },
      saveNext: { run: () => void saveAndNext(forms.current) },
    });
  }, []);
  return useMemo(
    () => ({
      add: (form) => {
        forms.current.add(form);
        return () => forms.current.delete(form);
      },
    }),
    [],
  );
}
