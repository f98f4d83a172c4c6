import type { AuthorKey, Digest, Position } from '#shared/kernel/ids.ts';
import { type Entry, followsItsAuthor, verifyEntry } from '#shared/log/entry.ts';

/**
 * Why an entry counts for nothing at its place in the log, whatever it says. It follows from the log alone, so it is
 * kept with the entry: a case can then be folded again without the rest of the log.
 */
export type VoidCode = 'entry-signature' | 'entry-parts' | 'author-chain' | 'entry-seen';

/** An entry, where it stands, and whether it counts there. */
export interface JudgedEntry {
  readonly entry: Entry;
  readonly position: Position;
  /** Null when it counts. */
  readonly voidCode: VoidCode | null;
}

interface Unjudged {
  readonly entry: Entry;
  readonly position: Position;
  readonly hash: Digest;
  /** Of a stored entry, what was found when it came: signature and parts are not verified again. */
  readonly voidCode?: VoidCode | null;
}

const isForged = (code: VoidCode | null | undefined): code is 'entry-signature' | 'entry-parts' =>
  code === 'entry-signature' || code === 'entry-parts';

/** Neither events nor boxes of an entry count whose signature or parts are wrong: also not when it is read again. */
export const isGenuine = ({ voidCode }: Pick<JudgedEntry, 'voidCode'>): boolean => !isForged(voidCode);

async function verified({ entry, voidCode }: Pick<Unjudged, 'entry' | 'voidCode'>): Promise<VoidCode | null> {
  if (voidCode !== undefined) return isForged(voidCode) ? voidCode : null;
  const genuine = await verifyEntry(entry);
  if (genuine.ok) return null;
  return genuine.error.code === 'entry-signature' ? 'entry-signature' : 'entry-parts';
}

/**
 * Signature, parts and chain of each entry, in the order of the log.
 * @param tips hash of the last entry of each author before them; brought up to date
 */
export async function judgeEntries<Each extends Unjudged>(
  entries: readonly Each[],
  tips: Map<AuthorKey, Digest>,
): Promise<readonly (Each & JudgedEntry)[]> {
  const forged = await Promise.all(entries.map(verified));
  return entries.map((each, index) => {
    const { entry, position, hash } = each;
    const broken = forged[index] ?? null;
    const chain = followsItsAuthor(tips, entry) ? null : ('author-chain' as const);
    const seen = entry.header.seen >= position ? ('entry-seen' as const) : null;
    // An entry that its author did not sign says nothing of what that author wrote last.
    if (broken !== 'entry-signature') tips.set(entry.header.author, hash);
    return { ...each, voidCode: broken ?? chain ?? seen };
  });
}
