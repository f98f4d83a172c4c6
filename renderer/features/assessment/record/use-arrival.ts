import { useLayoutEffect, useRef, useState } from 'react';
import { useStep } from '#renderer/state/step-store.ts';

const controls = 'input, textarea, select';

/** The first control of a form; of radio buttons the chosen one, so that an arrow does not choose unasked. */
export function firstControl(frame: HTMLElement | null): HTMLElement | null {
  const first = frame?.querySelector<HTMLInputElement>(`form :is(${controls})`) ?? null;
  const chosen = first?.type === 'radio' && first.closest('fieldset')?.querySelector<HTMLElement>('input:checked');
  return chosen || first;
}

/**
 * Focus follows the member: into the form, or to what stands where there is nothing to fill in. It moves in the task of
 * the key that asked for the step, never later: the next key may have sent the member elsewhere by then.
 * @returns the frame of the part, and which arrival was the last at it; nought: none yet
 */
export function useArrival(key: string, first: boolean, setOpened: (opened: boolean) => void) {
  const frame = useRef<HTMLDivElement>(null);
  const arrival = useStep((state) => state.arrival);
  const wanted = useStep((state) => (state.form === null ? first : state.form === key));
  const named = useStep((state) => state.form === key);
  const [arrived, setArrived] = useState(0);
  useLayoutEffect(() => {
    if (arrival === 0 || !wanted) return;
    if (named) setOpened(true);
    setArrived(arrival);
  }, [arrival, wanted, named, setOpened]);
  // Once the form that was opened is there.
  useLayoutEffect(() => {
    if (arrived === 0) return;
    const control = firstControl(frame.current);
    (control ?? frame.current?.querySelector<HTMLElement>('button') ?? frame.current)?.focus();
  }, [arrived]);
  return { frame, arrived };
}
