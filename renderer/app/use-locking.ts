import { useEffect } from 'react';
import type { Probity } from '#shared/bridge/contract.ts';
import { idleLimit } from '#shared/bridge/idle-limit.ts';
import type { Workbench } from './workbench.ts';

/** How often it is looked at. By the clock and not by one long timer, which a sleeping machine would hold back. */
const lookEvery = 5_000;

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Calls back once nobody has touched the workbench for `idleLimit`. Returns what ends the watch. */
function watchIdle(onIdle: () => void): () => void {
  let last = Date.now();
  const seen = () => {
    last = Date.now();
  };
  for (const sign of signs) window.addEventListener(sign, seen, { capture: true, passive: true });
  const timer = setInterval(() => {
    if (Date.now() - last < idleLimit) return;
    clearInterval(timer);
    onIdle();
  }, lookEvery);
  return () => {
    clearInterval(timer);
    for (const sign of signs) window.removeEventListener(sign, seen, { capture: true });
  };
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
