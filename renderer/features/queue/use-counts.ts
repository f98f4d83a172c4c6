import { useEffect, useState } from 'react';
import { countCases } from '#renderer/state/count-cases.ts';
import { useQueue } from '#renderer/state/queue-store.ts';

type Counts = Awaited<ReturnType<typeof countCases>>;

/** While a filter is open: counted then, and again when the queue on screen changed. Null until they are there. */
export function useCounts(wanted: boolean): Counts | null {
  const [counts, setCounts] = useState<Counts | null>(null);
  const pages = useQueue((state) => state.pages);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other pages mean another query, or that cases changed
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    const show = (next: Counts | null) => {
      if (current) setCounts(next);
    };
    // Without counts a filter is as good as it was: the queue itself says what is wrong with the vault.
    countCases().then(show, () => show(null));
    return () => {
      current = false;
    };
  }, [wanted, pages]);
  return wanted ? counts : null;
}
