const events = ['uncaughtException', 'unhandledRejection'] as const;

/** Takes off what was listened for since: the test runner's own listeners stay. Returns what does so. */
export function keepProcessListeners(): () => void {
  const before = new Map(events.map((event) => [event, new Set(process.rawListeners(event))]));
  return () => {
    for (const event of events) {
      for (const listener of process.rawListeners(event)) {
        if (!before.get(event)?.has(listener)) process.removeListener(event, listener as () => void);
      }
    }
  };
}
