import type { AuthorKey } from '#shared/kernel/ids.ts';
import { type Seen, seenNothing } from '#shared/log/seen.ts';
import { warning } from '../findings.ts';
import type { OpenVault } from '../open-vault.ts';
import { outboxChange, signEvents, type Unsigned } from './outbox.ts';
import { projectPending } from './project-pending.ts';

/** Whether the author's waiting entries follow what the log has of them, each the one before. */
function fits(vault: OpenVault, author: AuthorKey): boolean {
  let prev = new Map(vault.log.ledger.tips).get(author)?.hash ?? null;
  for (const { entry, hash } of vault.log.outbox) {
    if (entry.header.author !== author) continue;
    if (entry.header.prev !== prev) return false;
    prev = hash;
  }
  return true;
}

/** The authors whose waiting entries the endpoint can take. Another member's are put right when they unlock. */
export const sendable = (vault: OpenVault): readonly AuthorKey[] =>
  [...new Set(vault.log.outbox.map(({ entry }) => entry.header.author))].filter((author) => fits(vault, author));

/** What waits no longer fits, whatever its hashes say: it is signed again at the next exchange. */
export function requireRejoin({ log }: OpenVault): void {
  log.mustRejoin = true;
}

/** What it was based on, as far as this log has it; never less than what its author had said to know before. */
function knownThen(seen: Seen, checkpoint: Seen, before: Seen): Seen {
  if (seen.size < before.size) return before;
  return seen.size > checkpoint.size ? checkpoint : seen;
}

/**
 * Own waiting entries that cannot follow the confirmed log any more (one between was damaged or taken away, the disk was
 * set back, or an id was taken) are signed again on it: the same events at the same times, under new ids. Only within
 * the writer, and only when the log was just pulled to its end.
 */
export async function rejoin(vault: OpenVault): Promise<void> {
  const { io, log, member } = vault;
  const { author } = member.signing;
  if (!log.mustRejoin && fits(vault, author)) return;
  const own = log.outbox.filter(({ entry }) => entry.header.author === author);
  const others = log.outbox.filter((pending) => !own.includes(pending));
  const tip = new Map(log.ledger.tips).get(author);
  const { [author]: _, ...otherTips } = log.ownTips;
  const ownTips = tip ? { ...otherTips, [author]: tip.hash } : otherTips;
  // Keys that stand nowhere but in what is taken back are not written under.
  const base = { ...vault, log: { ...log, ownTips, outbox: others } };
  // They still know only what they knew: else a referral that came in between would count as weighed in them.
  const events = own.map(({ entry: { header, wire }, opened: { event, eventId } }): Unsigned => {
    const seen = knownThen(header.seen, log.ledger.log.checkpoint, tip?.seen ?? seenNothing);
    const boxes = wire.boxes.filter((box) => box instanceof Uint8Array);
    return { stream: header.stream, event, eventId, seen, boxes };
  });
  const signed = await signEvents(base, events);
  const { pending, tips } = signed;
  await io.store.commit([{ table: 'outbox', remove: own.map(({ row }) => row) }, await outboxChange(vault, signed)]);
  log.outbox = [...others, ...pending];
  log.outboxEnd = pending.at(-1)?.row ?? log.outboxEnd;
  log.ownTips = tips;
  log.mustRejoin = false;
  vault.findings.warnings.push(warning('outbox-rejoined', null));
  await projectPending(vault);
}
