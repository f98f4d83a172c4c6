import type { AuthorKey } from '#shared/kernel/ids.ts';
import type { Held, PendingEntry } from '../held.ts';
import { fault } from './ledger.ts';
import { signDrafts } from './outbox.ts';
import { projectPending } from './project-pending.ts';

/** Whether the author's waiting entries follow what the log has of them, each the one before. */
function fits(held: Held, author: AuthorKey): boolean {
  let prev = new Map(held.ledger.tips).get(author) ?? null;
  for (const { entry, hash } of held.outbox) {
    if (entry.header.author !== author) continue;
    if (entry.header.prev !== prev) return false;
    prev = hash;
  }
  return true;
}

/** The authors whose waiting entries the endpoint can take. Another member's are put right when they unlock. */
export const sendable = (held: Held): readonly AuthorKey[] =>
  [...new Set(held.outbox.map(({ entry }) => entry.header.author))].filter((author) => fits(held, author));

/**
 * Own waiting entries that cannot follow the confirmed log any more (one between was damaged or taken away, the disk was
 * set back, or an id was taken) are signed again on it: the same events at the same times, under new ids. Only within
 * the writer, and only when the log was just pulled to its end.
 */
export async function rejoin(held: Held): Promise<void> {
  const { author } = held.signing;
  if (!held.mustRejoin && fits(held, author)) return;
  const own = held.outbox.filter(({ entry, event }) => entry.header.author === author && event !== null);
  const others = held.outbox.filter((pending) => !own.includes(pending));
  const tip = new Map(held.ledger.tips).get(author);
  const { [author]: _, ...otherTips } = held.ownTips;
  const base: Held = { ...held, ownTips: tip ? { ...otherTips, [author]: tip } : otherTips };
  // They still know only what they knew: else a referral that came in between would count as weighed in them.
  const drafts = own.flatMap(({ entry: { header }, event }) =>
    event ? [{ stream: header.stream, event, seen: Math.min(header.seen, held.ledger.log.position) }] : [],
  );
  const { pending, tips, changes } = await signDrafts(base, drafts);
  await held.store.commit([{ table: 'outbox', remove: own.map(({ row }) => row) }, ...changes]);
  held.outbox = [...others, ...pending] satisfies PendingEntry[];
  held.outboxEnd = pending.at(-1)?.row ?? held.outboxEnd;
  held.ownTips = tips;
  held.mustRejoin = false;
  const detail =
    'Entries of yours that waited to be sent no longer fitted the log. They were signed again, and nothing readable was left out.';
  held.warnings.push(fault('outbox-rejoined', null, detail));
  await projectPending(held);
}
