import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import type { Entry } from '#shared/log/entry.ts';
import { parseHeader } from '#shared/log/header.ts';
import { isSeenSigned } from '#shared/log/seen.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import type { LockedUnit } from '../storage/storage.ts';
import { isOfTree, SetBackShown } from './set-back.ts';
import type { VerifiedLog } from './verified-log.ts';

/**
 * Refuses the first entry whose author cannot have seen what it claims: what each saw is a checkpoint of this log that
 * this endpoint signed, and no author knows less than before.
 * @param log before these entries
 * @throws SetBackShown
 */
export async function judgeSeen(
  { checkpointKey }: Service,
  unit: UnitId,
  locked: LockedUnit,
  log: VerifiedLog,
  entries: readonly Entry[],
): Promise<void> {
  const before = new Map<AuthorKey, number>();
  for (const { header } of entries) {
    const { id, author, seen } = header;
    const least = before.get(author) ?? (await sizeSeenBefore(locked, author));
    if (seen.size < least) throw new Refusal('entry-seen', `Entry ${id} has seen less than its author had before.`);
    before.set(author, seen.size);
    const isSigned = await isSeenSigned(seen, { unit, key: checkpointKey.author });
    const isOurs = await isOfTree(seen, log.tree);
    if (isSigned && !isOurs) throw new SetBackShown(seen);
    if (!isSigned) {
      throw new Refusal(
        'entry-seen-unproved',
        `Entry ${id} claims to have seen a log that this endpoint never signed.`,
      );
    }
  }
}

async function sizeSeenBefore(locked: LockedUnit, author: AuthorKey): Promise<number> {
  const tip = await locked.tipOf(author);
  const header = tip && parseHeader(tip.header);
  if (header && !header.ok) throw new Error('A stored entry is malformed.');
  return header?.value.seen.size ?? 0;
}
