import type { AuthorKey, Digest, Position } from '#shared/kernel/ids.ts';
import { type AuthorTip, type Entry, followsItsAuthor, verifyEntry } from '#shared/log/entry.ts';
import { type Seen, seenNothing } from '#shared/log/seen.ts';

/**
 * Why an entry counts for nothing at its place in the log, whatever it says. It follows from the log alone, so it is
 * kept with the entry: a case can then be folded again without the rest of the log.
 */
export type VoidCode = 'entry-signature' | 'entry-parts' | 'author-chain' | 'entry-seen' | 'seen-unproved';

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
  /** Of a stored entry, what was found when it came: what it proves is not verified again. */
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

/** Each author's next entry says to know what the one before knew, or more, and nothing that comes after it. */
function claimsToKnow(before: AuthorTip | undefined, { entry, position }: Unjudged): boolean {
  const { size } = entry.header.seen;
  return size < position && size >= knownBefore(before).size;
}

/**
 * Signature, parts, chain and claimed knowledge of each entry, in the order of the log. Of a stored entry the one code that
 * is kept is enough to find the same again: what is void for any reason says nothing of what its author knew.
 * @param tips the last entry of each author before them; brought up to date
 * @param endpointAt the endpoint's key at a position. Its own order is the tree's: what a database said that it had written before
 * proves nothing
 * @param unproved positions of those that claim to have seen what the endpoint did not sign
 */
export async function judgeEntries<Each extends Unjudged>(
  entries: readonly Each[],
  tips: Map<AuthorKey, AuthorTip>,
  endpointAt: (position: Position) => AuthorKey,
  unproved: ReadonlySet<Position> = new Set(),
): Promise<readonly (Each & JudgedEntry)[]> {
  const forged = await Promise.all(entries.map(verified));
  return entries.map((each, index) => {
    const { entry, position, hash } = each;
    const { author } = entry.header;
    const broken = forged[index] ?? null;
    const isNext = author === endpointAt(position) || followsItsAuthor(tips, entry);
    const chain = isNext ? null : ('author-chain' as const);
    const isUnproved = each.voidCode === 'seen-unproved' || unproved.has(position);
    const before = tips.get(author);
    const seen = claimsToKnow(before, each) ? null : ('entry-seen' as const);
    const voidCode = broken ?? chain ?? seen ?? (isUnproved ? ('seen-unproved' as const) : null);
    // An entry that its author did not sign says nothing of what that author wrote last.
    if (broken !== 'entry-signature') {
      tips.set(author, { hash, seen: voidCode ? knownBefore(before) : entry.header.seen });
    }
    return { ...each, voidCode };
  });
}

/** A claim that does not hold binds nobody: what its author knew stays as it was. */
const knownBefore = (tip: AuthorTip | undefined): Seen => tip?.seen ?? seenNothing;
