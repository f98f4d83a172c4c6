import { useEffect } from 'react';
import { offerActions } from '#renderer/state/action-store.ts';
import { whyNotRelease, whyNotTake } from '#renderer/state/case-rules.ts';
import { releaseCase, takeCase, useCase } from '#renderer/state/case-store.ts';
import { goTo, openNeighbour } from '#renderer/state/screen-store.ts';
import { useSession } from '#renderer/state/session-store.ts';

/** What the keys do while a case is on screen; the decision adds its own. */
export function useCaseActions(): void {
  const row = useCase((state) => state.view?.summary ?? null);
  const member = useSession((state) => state.session?.member);
  useEffect(
    () =>
      offerActions({
        back: { run: () => void goTo('queue') },
        nextCase: { run: () => void openNeighbour('next') },
        previousCase: { run: () => void openNeighbour('previous') },
      }),
    [],
  );
  useEffect(() => {
    if (!row || !member) return;
    return offerActions({
      take: { run: () => void takeCase(row.id, row.reference), blocked: whyNotTake(row, member) },
      release: { run: () => void releaseCase(row.id, row.reference), blocked: whyNotRelease(row, member) },
    });
  }, [row, member]);
}
