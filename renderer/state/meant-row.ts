import { activeRow, isAnswered, type QueueRow, useQueue } from './queue-store.ts';
import { stillOpen, vaultNow } from './vault-port.ts';

/**
 * The row that a key means: of the answer to what was asked last, for which it waits. Null where there is none, or when
 * something else was asked or gone to meanwhile.
 */
export async function meantRow(): Promise<QueueRow | null> {
  const { query, activeIndex } = useQueue.getState();
  const vault = vaultNow();
  const isMeant = () =>
    stillOpen(vault) && useQueue.getState().query === query && useQueue.getState().activeIndex === activeIndex;
  const isThere = () => isAnswered() && (activeRow() !== null || useQueue.getState().matching === 0);
  if (isMeant() && !isThere()) {
    await new Promise<void>((resolve) => {
      const stop = useQueue.subscribe(({ trouble }) => {
        if (isMeant() && !isThere() && !trouble) return;
        stop();
        resolve();
      });
    });
  }
  return isMeant() && isThere() ? activeRow() : null;
}
