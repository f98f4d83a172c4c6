/*
 * Given to the window as they are: they may use nothing of this file but what is theirs.
 */

declare global {
  interface Window {
    /** Milliseconds of each key or click that took 16 or more until it was painted. */
    noted: number[];
    noting?: PerformanceObserver;
    /** Milliseconds. */
    painted: Promise<number>;
  }
}

/** Begins anew to note the durations of events, where they are 16 ms or more: of one key, the longest of its events. */
export function noteEvents(): void {
  window.noting?.disconnect();
  window.noted = [];
  const longest = new Map<number, number>();
  window.noting = new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries() as PerformanceEventTiming[]) {
      if (interactionId > 0) longest.set(interactionId, Math.max(longest.get(interactionId) ?? 0, duration));
    }
    window.noted = [...longest.values()];
  });
  window.noting.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
}

/**
 * From the next input until the frame is painted in which the window shows what `xpath` says. Asked once a frame, before it is
 * painted; the message after it comes when the main thread is done with that frame.
 */
export function notePainted(xpath: string): void {
  const shown = () => document.evaluate(`boolean(${xpath})`, document, null, XPathResult.BOOLEAN_TYPE).booleanValue;
  window.painted = new Promise<number>((resolve) => {
    const start = ({ timeStamp }: Event): void => {
      for (const name of ['keydown', 'mouseup']) removeEventListener(name, start, true);
      const look = () => {
        if (!shown()) {
          requestAnimationFrame(look);
          return;
        }
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - timeStamp);
        port2.postMessage(null);
      };
      requestAnimationFrame(look);
    };
    for (const name of ['keydown', 'mouseup']) addEventListener(name, start, true);
  });
}
