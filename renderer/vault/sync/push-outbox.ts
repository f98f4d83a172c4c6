import type { Position } from '#shared/kernel/ids.ts';
import { formatPush, planPush } from '#shared/sync/wire.ts';
import { warning } from '../findings.ts';
import { ask, HostFailure } from '../host.ts';
import { entriesOfStream } from '../log/entry-rows.ts';
import type { PendingEntry } from '../log/log-copy.ts';
import { isConfirmedBy, removeFromOutbox } from '../log/outbox.ts';
import { projectPending } from '../log/project-pending.ts';
import { rejoin, requireRejoin, sendable } from '../log/rejoin.ts';
import type { OpenVault } from '../open-vault.ts';
import { BlobLost, sendBlobs } from './send-blobs.ts';

/**
 * Sends what waits, each author's for themselves: one whose entries the endpoint refuses does not hold up the others.
 * Only after the log was pulled to its end. Returns whether anything was sent. @throws HostFailure of the first refusal
 */
export async function pushOutbox(vault: OpenVault): Promise<boolean> {
  const { io, log, member } = vault;
  await io.writer.add(() => rejoin(vault));
  let sent = false;
  let refused: unknown = null;
  // A second signature must not arrive before what it signs, which another member wrote here: so nothing that is written
  // meanwhile is sent, nor anything behind what one push had no room for.
  const written = log.outbox;
  let end = Number.POSITIVE_INFINITY;
  for (const author of sendable(vault)) {
    const waiting = written.filter(({ entry, row }) => entry.header.author === author && row < end);
    const entries = planPush(waiting.map(({ entry }) => entry.wire));
    end = waiting[entries.length]?.row ?? end;
    if (entries.length === 0) continue;
    try {
      await sendBlobs(vault, waiting.slice(0, entries.length));
      const { accepted } = await ask(io.host, 'log.push', { push: formatPush({ entries: [...entries] }) });
      sent = true;
      const positions = new Map(accepted.map(({ id, position }) => [id, position]));
      await forgetConfirmed(vault, waiting, positions);
    } catch (error) {
      if (error instanceof BlobLost && author === member.signing.author) {
        await withdraw(vault, error.pending);
        return (await pushOutbox(vault)) || sent;
      }
      if (error instanceof HostFailure && error.failure.code === 'entry-id-reused') requireRejoin(vault);
      refused ??= error;
    }
  }
  if (refused) throw refused;
  return sent;
}

/** An entry that already stands in the part of the log that was read waits for nothing more. */
async function forgetConfirmed(
  vault: OpenVault,
  waiting: readonly PendingEntry[],
  positions: ReadonlyMap<string, Position>,
): Promise<void> {
  const { io, log } = vault;
  const known: PendingEntry[] = [];
  for (const pending of waiting) {
    const position = positions.get(pending.entry.header.id);
    if (position === undefined || position > log.ledger.log.size) continue;
    const stored = await entriesOfStream(vault, pending.entry.header.stream);
    const there = stored.find((each) => each.position === position);
    if (there && isConfirmedBy(pending, there)) known.push(pending);
  }
  if (known.length === 0) return;
  await io.writer.add(async () => {
    await removeFromOutbox(vault, known);
    await projectPending(vault);
  });
}

/** An own entry whose blobs are lost: what was written after it is signed again without it. */
async function withdraw(vault: OpenVault, lost: PendingEntry): Promise<void> {
  const { io } = vault;
  const { stream } = lost.entry.header;
  await io.writer.add(async () => {
    await removeFromOutbox(vault, [lost]);
    requireRejoin(vault);
    vault.findings.warnings.push(warning('file-lost', null, {}, stream));
    await rejoin(vault);
  });
  io.emit({ type: 'caseChanged', case: stream });
}
