import type { AuthorKey, Position } from '#shared/kernel/ids.ts';
import { isInClear } from '#shared/log/entry.ts';
import { formatPush, planPush } from '#shared/sync/wire.ts';
import { warning } from '../findings.ts';
import { ask, HostFailure } from '../host.ts';
import { entriesOfStream } from '../log/entry-rows.ts';
import type { PendingEntry } from '../log/log-copy.ts';
import { isConfirmedBy, removeFromOutbox } from '../log/outbox.ts';
import { projectPending } from '../log/project-pending.ts';
import { rejoin, requireRejoin, sendable } from '../log/rejoin.ts';
import { withdrawnBy } from '../log/stream-readers.ts';
import type { OpenVault } from '../open-vault.ts';
import { BlobLost, sendBlobs } from './send-blobs.ts';

export interface Pushed {
  readonly sent: boolean;
  /** What the endpoint refused of some author; null when it took all that it was given. */
  readonly refused: HostFailure | null;
}

/**
 * Sends what waits, in the order in which it was written here, whoever wrote it: a second signature must not come before
 * what it signs, nor an entry before the key that it is under. One author's entries that the endpoint cannot take do not
 * hold up the others'. Only after the log was pulled to its end. @throws HostFailure when the endpoint takes nothing now
 */
export async function pushOutbox(vault: OpenVault): Promise<Pushed> {
  const { io, log, member } = vault;
  await io.writer.add(() => rejoin(vault));
  // What is written from here on waits for the next push.
  const written = log.outbox;
  const fitting = sendable(vault);
  const held = new Set(written.map(authorOf).filter((author) => !fitting.includes(author)));
  let apart = false;
  let refused: HostFailure | null = null;
  for (;;) {
    const all = inOrder(written, held);
    const batch = planPush((apart ? firstRun(all) : all).map(({ entry }) => entry.wire)).length;
    if (batch === 0) return { sent: false, refused };
    const waiting = all.slice(0, batch);
    const failure = await sendOrRefusal(vault, waiting);
    if (!failure) return { sent: true, refused };
    if (failure instanceof BlobLost && authorOf(failure.pending) === member.signing.author) {
      await withdraw(vault, failure.pending);
      return pushOutbox(vault);
    }
    const author = soleAuthor(waiting);
    if (author) {
      held.add(author);
      // Another member signs theirs again when they unlock: nobody else can.
      if (author === member.signing.author || !signedAgain.has(failure.failure.code)) refused ??= failure;
      if (signedAgain.has(failure.failure.code)) requireRejoin(vault);
    }
    // A refusal says of which entry only in words for people: each author's are sent by themselves.
    apart = true;
  }
}

/** What the endpoint refuses as it is, and takes once it is signed anew. */
const signedAgain: ReadonlySet<string> = new Set(['entry-id-reused', 'stream-closed']);

const authorOf = ({ entry }: PendingEntry): AuthorKey => entry.header.author;

/** Null when there are several. */
function soleAuthor(waiting: readonly PendingEntry[]): AuthorKey | null {
  const authors = new Set(waiting.map(authorOf));
  const [author] = authors;
  return authors.size === 1 && author ? author : null;
}

/** It is not about what was sent. */
const isForAll = (error: HostFailure): boolean => error.failure.retry && !(error instanceof BlobLost);

async function sendOrRefusal(vault: OpenVault, waiting: readonly PendingEntry[]): Promise<HostFailure | null> {
  try {
    await send(vault, waiting);
    return null;
  } catch (error) {
    if (!(error instanceof HostFailure) || isForAll(error)) throw error;
    return error;
  }
}

/**
 * What can be sent when some authors' entries are held back. Who is a member, and which keys there are, follows from the
 * acts on the roster before: what was written after one that is held back waits with it.
 */
function inOrder(written: readonly PendingEntry[], held: ReadonlySet<AuthorKey>): readonly PendingEntry[] {
  const end = written.findIndex((each) => held.has(authorOf(each)) && isInClear(each.entry));
  return written.slice(0, end < 0 ? undefined : end).filter((each) => !held.has(authorOf(each)));
}

/** Up to where another author wrote. */
function firstRun(waiting: readonly PendingEntry[]): readonly PendingEntry[] {
  const [first] = waiting;
  const end = waiting.findIndex((each) => first && authorOf(each) !== authorOf(first));
  return waiting.slice(0, end < 0 ? undefined : end);
}

async function send(vault: OpenVault, waiting: readonly PendingEntry[]): Promise<void> {
  await sendBlobs(vault, waiting);
  const push = formatPush({ entries: waiting.map(({ entry }) => entry.wire) });
  const { accepted } = await ask(vault.io.host, 'log.push', { push });
  await forgetConfirmed(vault, waiting, new Map(accepted.map(({ id, position }) => [id, position])));
}

/** An entry that already stands in the part of the log that was read waits for nothing more. */
async function forgetConfirmed(
  vault: OpenVault,
  waiting: readonly PendingEntry[],
  positions: ReadonlyMap<string, Position>,
): Promise<void> {
  const { io, log } = vault;
  const known: PendingEntry[] = [];
  const withdrawn = withdrawnBy(log.ledger.roster, () => null);
  for (const pending of waiting) {
    const position = positions.get(pending.entry.header.id);
    if (position === undefined || position > log.ledger.log.size) continue;
    const stored = await entriesOfStream(vault, pending.entry.header.stream);
    const there = stored.find((each) => each.position === position);
    if (there && isConfirmedBy(pending, there, withdrawn)) known.push(pending);
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
