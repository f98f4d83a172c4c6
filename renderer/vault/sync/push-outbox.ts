import type { Position } from '#shared/kernel/ids.ts';
import { hashEntry } from '#shared/log/entry.ts';
import { planPush } from '#shared/sync/plan-push.ts';
import type { Held, PendingEntry } from '../held.ts';
import { ask } from '../host.ts';
import { openEntries } from '../log/entry-rows.ts';
import { fault } from '../log/ledger.ts';
import { projectPending } from '../log/project-pending.ts';
import { rejoin, sendable } from '../log/rejoin.ts';
import { ChunkLost, sendChunks } from './send-chunks.ts';

/**
 * Sends what waits, each author's for themselves: one whose entries the endpoint refuses does not hold up the others.
 * Only after the log was pulled to its end. Returns whether anything was sent. @throws HostFailure of the first refusal
 */
export async function pushOutbox(held: Held): Promise<boolean> {
  await held.writer.add(() => rejoin(held));
  let sent = false;
  let refused: unknown = null;
  for (const author of sendable(held)) {
    const waiting = held.outbox.filter(({ entry }) => entry.header.author === author);
    const entries = planPush(waiting.map(({ entry }) => entry.wire));
    try {
      await sendChunks(held, waiting.slice(0, entries.length));
      const { accepted } = await ask(held.host, 'log.push', { entries: [...entries] });
      sent = true;
      const positions = new Map(accepted.map(({ id, position }) => [id, position]));
      await forgetConfirmed(held, waiting, positions);
    } catch (error) {
      if (error instanceof ChunkLost && author === held.signing.author) {
        await withdraw(held, error.pending);
        return (await pushOutbox(held)) || sent;
      }
      if ((error as { failure?: { code?: string } }).failure?.code === 'entry-id-reused') held.mustRejoin = true;
      refused ??= error;
    }
  }
  if (refused) throw refused;
  return sent;
}

/** An entry that already stands in the part of the log that was read, byte for byte, waits for nothing more. */
async function forgetConfirmed(
  held: Held,
  waiting: readonly PendingEntry[],
  positions: ReadonlyMap<string, Position>,
): Promise<void> {
  const known: PendingEntry[] = [];
  for (const pending of waiting) {
    const position = positions.get(pending.entry.header.id);
    if (position === undefined || position > held.ledger.log.position) continue;
    const rows = await held.store.ofStream(pending.entry.header.stream);
    const stored = (await Promise.all(rows.map((row) => openEntries(held.storeKey, row).catch(() => [])))).flat();
    const there = stored.find((each) => each.position === position);
    if (there && (await hashEntry(there.entry)) === pending.hash) known.push(pending);
  }
  if (known.length === 0) return;
  await held.writer.add(async () => {
    await held.store.commit([{ table: 'outbox', remove: known.map(({ row }) => row) }]);
    held.outbox = held.outbox.filter((pending) => !known.includes(pending));
    await projectPending(held);
  });
}

/** An own entry whose chunks are lost: what was written after it is signed again without it. */
async function withdraw(held: Held, lost: PendingEntry): Promise<void> {
  const { id, stream } = lost.entry.header;
  await held.writer.add(async () => {
    await held.store.commit([{ table: 'outbox', remove: [lost.row] }]);
    held.outbox = held.outbox.filter(({ entry }) => entry.header.id !== id);
    held.mustRejoin = true;
    const detail =
      'A sanitised copy that was made here was damaged before it was sent. Make it again; the original is not affected.';
    held.warnings.push(fault('copy-lost', null, detail, stream));
    await rejoin(held);
  });
  held.emit({ type: 'caseChanged', case: stream });
}
