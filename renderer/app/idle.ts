/** Without a sign of the member for this long, the workbench locks (ms). Local policy. */
export const idleLimit = 10 * 60_000;
/** How often it is looked at. By the clock and not by one long timer, which a sleeping machine would hold back. */
const lookEvery = 5_000;

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Calls back once nobody has touched the workbench for `idleLimit`. Returns what ends the watch. */
export function watchIdle(onIdle: () => void): () => void {
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
