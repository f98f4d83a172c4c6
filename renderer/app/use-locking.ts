import { useEffect } from 'react';
import type { Probity } from '#shared/bridge/contract.ts';
import { idleLimit } from '#shared/bridge/idle-limit.ts';
import { createIdleTime } from '#shared/bridge/idle-time.ts';
import type { Workbench } from './workbench.ts';

/** How often it is looked at. By the clocks and not by one long timer, which a sleeping machine would hold back. */
const lookEvery = 5_000;

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Calls back once nobody has touched the workbench for `idleLimit`. Returns what ends the watch. */
function watchIdle(onIdle: () => void): () => void {
  const time = createIdleTime(idleLimit, { monotonic: () => performance.now(), wall: () => Date.now() });
  const seen = (event: Event) => {
    if (time.sign()) return;
    // It wakes the computer, and is not to do anything in what is being locked.
    event.stopImmediatePropagation();
    end();
    onIdle();
  };
  for (const sign of signs) window.addEventListener(sign, seen, { capture: true, passive: true });
  const timer = setInterval(() => {
    if (!time.isOver()) return;
    end();
    onIdle();
  }, lookEvery);
  const end = () => {
    clearInterval(timer);
    for (const sign of signs) window.removeEventListener(sign, seen, { capture: true });
  };
  return end;
}

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
