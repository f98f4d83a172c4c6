import type { KeysFrom } from '#shared/domain/unit/endpoint-keys.ts';
import type { AuthorKey, Position } from '#shared/kernel/ids.ts';
import { type AuthorTip, isInClear } from '#shared/log/entry.ts';
import type { ConfirmedEntry, PageSigner, UnprovedPage } from '#shared/sync/accept-page.ts';
import type { OpenVault } from '../open-vault.ts';
import { endpointAt, keysAfterEntries, leadsToPinned } from './endpoint-keys.ts';
import { type FoldedRoster, foldRoster } from './fold-roster.ts';
import { type JudgedEntry, judgeEntries } from './judge-entries.ts';
import { type JudgedSeen, judgeSeen } from './judge-seen.ts';
import type { Ledger } from './ledger.ts';

/** What entries are judged on: all that came before them. */
export type JudgingGround = Pick<Ledger, 'roster' | 'since' | 'endpointKeys' | 'tips'>;

export interface JudgedWithRoster<Each> {
  readonly entries: readonly (Each & JudgedEntry)[];
  /** Of the authors, with these entries. */
  readonly tips: ReadonlyMap<AuthorKey, AuthorTip>;
  readonly roster: FoldedRoster;
  readonly fork: JudgedSeen['fork'];
}

/** Entries that are stored were judged as they came: what their authors had seen is kept with them. */
const judgedBefore = async (): Promise<JudgedSeen> => ({ unproved: new Set<Position>(), fork: null });

/**
 * Which entries count, and the roster over them. Which key of the endpoint counts at an entry the roster says, and the roster
 * is made of entries: where they bring other keys, they are judged once more with those. An entry depends only on keys that
 * came before it, so each round settles them up to the next replacement.
 */
export async function judgeWithRoster<Each extends ConfirmedEntry>(
  vault: OpenVault,
  entries: readonly Each[],
  before: JudgingGround,
  seenBy: (named: readonly KeysFrom[]) => Promise<JudgedSeen> = judgedBefore,
): Promise<JudgedWithRoster<Each>> {
  for (let named = before.endpointKeys; ; ) {
    const keys = named;
    const tips = new Map(before.tips);
    const { unproved, fork } = await seenBy(keys);
    const judged = await judgeEntries(entries, tips, (position) => endpointAt(vault, keys, position), unproved);
    const roster = await foldRoster(vault, before, judged);
    if (isSame(roster.endpointKeys, keys)) return { entries: judged, tips, roster, fork };
    named = roster.endpointKeys;
  }
}

const isSame = (one: readonly KeysFrom[], other: readonly KeysFrom[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The same of a page that is not stored yet. */
export const judgePage = (vault: OpenVault, page: UnprovedPage): Promise<JudgedWithRoster<ConfirmedEntry>> =>
  judgeWithRoster(vault, page.entries, vault.log.ledger, (named) => judgeSeen(vault, page, named));

/** With which key the endpoint signs a page of the own log. */
export const pageSigner = (vault: OpenVault): PageSigner => ({
  unit: vault.member.slot.unit,
  async keyAfter(page, isLast) {
    const named = await endpointKeysWith(vault, page);
    if (isLast && !leadsToPinned(vault, named)) return null;
    return keysAfterEntries(vault, named, Number.POSITIVE_INFINITY).checkpointKey;
  },
});

/** Only an entry in the clear can bring others. */
const endpointKeysWith = async (vault: OpenVault, page: UnprovedPage): Promise<readonly KeysFrom[]> =>
  page.entries.some(({ entry }) => isInClear(entry))
    ? (await judgePage(vault, page)).roster.endpointKeys
    : vault.log.ledger.endpointKeys;
