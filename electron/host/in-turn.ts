/** Runs tasks one after the other: each begins where the one before ended, well or not. */
export function inTurn(): <Value>(task: () => Promise<Value>) => Promise<Value> {
  let running: Promise<unknown> = Promise.resolve();
  return (task) => {
    const done = running.then(task);
    running = done.catch(() => undefined);
    return done;
  };
}
