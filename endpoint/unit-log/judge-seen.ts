import type { AuthorKey, UnitId } from '#shared/kernel/ids.ts';
import type { Entry } from '#shared/log/entry.ts';
import { parseHeader } from '#shared/log/header.ts';
import type { Seen } from '#shared/log/seen.ts';
import { Refusal } from '../http/problems.ts';
import type { Service } from '../http/service.ts';
import type { LockedUnit } from '../storage/storage.ts';
import { signerOfSeen } from './own-checkpoint.ts';
import { SetBackShown } from './set-back.ts';
import type { VerifiedLog } from './verified-log.ts';
import { whatIsSeen } from './what-is-seen.ts';

/** Of what entries claim to have seen, that which this endpoint signed, and with which key. */
export type SignedSeen = ReadonlyMap<string, AuthorKey>;

const nameOf = (seen: Seen): string => JSON.stringify(seen);

/**
 * Before the unit's row is locked, and each once: a push may claim as many checkpoints as it has entries, and while their
 * signatures were verified under the lock, everybody else would wait.
 */
export async function findSigned(
  endpoint: Pick<Service, 'keys'>,
  unit: UnitId,
  entries: readonly Entry[],
): Promise<SignedSeen> {
  const distinct = new Map(entries.map(({ header: { seen } }) => [nameOf(seen), seen]));
  const signed = await Promise.all(
    [...distinct].map(async ([name, seen]): Promise<[string, AuthorKey][]> => {
      const by = await signerOfSeen(endpoint, unit, seen);
      return by ? [[name, by]] : [];
    }),
  );
  return new Map(signed.flat());
}

/**
 * Refuses the first entry whose author cannot have seen what it claims: what each saw is a checkpoint of this log that
 * this endpoint signed, and no author knows less than before.
 * @param log before these entries
 * @param signed of these entries, as `findSigned` found it
 * @throws SetBackShown
 */
export async function judgeSeen(
  endpoint: Pick<Service, 'keys'>,
  locked: LockedUnit,
  log: VerifiedLog,
  entries: readonly Entry[],
  signed: SignedSeen,
): Promise<void> {
  const before = new Map<AuthorKey, number>();
  for (const { header } of entries) {
    const { id, author, seen } = header;
    const least = before.get(author) ?? (await sizeSeenBefore(locked, author));
    if (seen.size < least) throw new Refusal('entry-seen', `Entry ${id} has seen less than its author had before.`);
    before.set(author, seen.size);
    const by = signed.get(nameOf(seen));
    const what = by ? await whatIsSeen(endpoint, locked, log, seen, by) : 'nothing';
    if (what === 'other log') throw new SetBackShown(seen);
    if (what === 'nothing') {
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
