import { useEffect } from 'react';
import type { Probity } from '#shared/bridge/contract.ts';
import { watchIdle } from './idle.ts';
import type { Workbench } from './workbench.ts';

/** What locks an open workbench unasked: nobody there, or the system going to sleep. */
export function useLocking(workbench: Workbench, probity: Probity, open: boolean): void {
  useEffect(() => {
    if (!open) return;
    const endWatch = watchIdle(
      () => void workbench.lock('Locked because nobody used it for 10 minutes. What you typed is kept.'),
    );
    const endSubscription = probity.subscribe((event) => {
      if (event.type === 'lock') void workbench.lock('Locked with the system. What you typed is kept.');
    });
    return () => {
      endWatch();
      endSubscription();
    };
  }, [workbench, probity, open]);
}
