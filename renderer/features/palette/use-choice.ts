import { useEffect, useState } from 'react';
import type { Findings, Found } from './use-findings.ts';

interface Choice {
  /** Which is active; 0 where there are none. */
  readonly at: number;
  /** Whether Enter was pressed and its answer has not come. */
  readonly isWaiting: boolean;
  readonly move: (by: 1 | -1) => void;
  readonly enter: () => void;
  /** Something else is asked for: what was chosen, or waited for, is not meant any more. */
  readonly typed: () => void;
}

/**
 * Which of the findings is chosen: the first, until another was gone to with the arrows. Enter that is pressed before the
 * answer to what is typed has come waits for it, and takes the chosen one of that answer, or none.
 */
export function useChoice(
  found: readonly Found[],
  answer: Findings['answer'],
  choose: (found: Found | undefined) => void,
): Choice {
  const [gone, setGone] = useState<string | null>(null);
  const [isWaiting, setWaiting] = useState(false);
  const place = found.findIndex(({ id }) => id === gone);
  const chosen = gone === null ? found[0] : found[place];
  useEffect(() => {
    if (!isWaiting || answer === 'waiting') return;
    setWaiting(false);
    if (answer === 'come') choose(chosen);
  });
  const at = Math.max(0, place);
  return {
    at,
    isWaiting,
    move: (by) => {
      setWaiting(false);
      setGone(found[(at + by + found.length) % Math.max(1, found.length)]?.id ?? null);
    },
    enter: () => (answer === 'waiting' ? setWaiting(true) : choose(found[at])),
    typed: () => {
      setGone(null);
      setWaiting(false);
    },
  };
}
