import { selectMember } from '#shared/domain/unit/unit-state.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import { warning } from '../findings.ts';
import { boxesOf } from '../keys/held-keys.ts';
import type { OpenVault } from '../open-vault.ts';
import type { PendingEntry } from './log-copy.ts';
import { signEvents, type Unsigned } from './outbox.ts';
import { prepareGrant } from './prepare-grant.ts';
import { projectPending } from './project-pending.ts';

/** Whether the author's waiting entries follow what the log has of them, each the one before. */
function fits(vault: OpenVault, author: AuthorKey): boolean {
  let prev = new Map(vault.log.ledger.tips).get(author) ?? null;
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

/**
 * A grant made anew, for the same device: after a restart its author cannot open the one that waits. None for somebody
 * whose admission was lost, or for what is no grant.
 */
function grantAgain({ io, log, member }: OpenVault, { entry }: PendingEntry): Unsigned | null {
  const [box] = boxesOf(entry);
  const device = box && 'device' in box.to ? box.to.device : null;
  const to = device && selectMember(log.unit, device);
  const secrets = member.keyring.grantable();
  return to && secrets ? prepareGrant(entry.header.stream, to, secrets, new Date(io.clock.now()).toISOString()) : null;
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
  const ownTips = tip ? { ...otherTips, [author]: tip } : otherTips;
  // Keys that stand nowhere but in what is taken back are not written under.
  const base = { ...vault, log: { ...log, ownTips, outbox: others } };
  // They still know only what they knew: else a referral that came in between would count as weighed in them.
  const events = own.flatMap((pending) => {
    const again = grantAgain(vault, pending) ?? pending.opened;
    const { stream, seen } = pending.entry.header;
    return again ? [{ stream, ...again, seen: Math.min(seen, log.ledger.log.position) }] : [];
  });
  const { pending, tips, changes } = await signEvents(base, events);
  await io.store.commit([{ table: 'outbox', remove: own.map(({ row }) => row) }, ...changes]);
  log.outbox = [...others, ...pending];
  log.outboxEnd = pending.at(-1)?.row ?? log.outboxEnd;
  log.ownTips = tips;
  log.mustRejoin = false;
  vault.findings.warnings.push(warning('outbox-rejoined', null));
  await projectPending(vault);
}
