import { type MaybeRoster, noNames, type UnitNames } from '#shared/domain/unit/roster.ts';
import type { AuthorKey, Digest, GenerationId, Position, StreamId } from '#shared/kernel/ids.ts';
import type { AuthorTip } from '#shared/log/entry.ts';
import { emptyLog, type LogState } from '#shared/log/log-state.ts';
import type { Fork } from '#shared/log/seen.ts';
import { warning } from '../findings.ts';
import { fromStoredKeys, type LackedKey, type StoredKey, type StreamKeys, toStoredKeys } from '../keys/held-keys.ts';
import type { KeysByStream } from '../keys/keys-by-stream.ts';
import type { IntegrityWarning } from '../vault-api.ts';

/**
 * How far the log was read, and what follows from it besides the cases. One sealed row, written in the same commit as
 * the entries that it covers.
 */
export interface Ledger {
  readonly log: LogState;
  /** That the endpoint keeps two logs, once it was proved: from then on nothing is exchanged with it. */
  readonly fork: Fork | null;
  /** The last confirmed entry of each author. */
  readonly tips: readonly (readonly [AuthorKey, AuthorTip])[];
  readonly roster: MaybeRoster;
  readonly since: GenerationPositions;
  /** Content keys that were met, and that the member cannot open: what is under them is read once their key comes. */
  readonly lacked: readonly LackedKey[];
  /** The generations of whoever it was read for. */
  readonly held: readonly GenerationId[];
  readonly names: UnitNames;
  /** Content keys of the streams that are no cases; a case's stand with it. */
  readonly keys: readonly (readonly [StreamId, readonly StoredKey[]])[];
  /** Entries that belong to cases. The summaries on disk must account for all: fewer, and some were taken or set back. */
  readonly caseEntries: number;
  /** What did not verify when it was read: the latest in full, and how many of each kind there were in all. */
  readonly faults: readonly IntegrityWarning[];
  readonly faultCounts: Readonly<Record<string, number>>;
  readonly lastSynced: string | null;
  /** Version of the fold that made `roster`, `names` and `faults`. */
  readonly fold: number;
  readonly newer: NewerEntries;
}

/** At which position each generation of the roster was brought in. */
export type GenerationPositions = readonly (readonly [GenerationId, Position])[];

/** Entries of a newer Probity. They are kept, and take effect after the update. */
export interface NewerEntries {
  readonly count: number;
  /** Where they stand, in streams that are no case yet: after the update they may be. */
  readonly streams: readonly StreamId[];
}

/** Hash of the last entry that each local author wrote, confirmed or not; shows when outbox rows were taken away. */
export type OwnTips = Record<AuthorKey, Digest>;

export const ledgerKey = 'ledger';

export const emptyLedger: Ledger = {
  log: emptyLog,
  fork: null,
  tips: [],
  roster: null,
  since: [],
  lacked: [],
  held: [],
  names: noNames,
  keys: [],
  caseEntries: 0,
  faults: [],
  faultCounts: {},
  lastSynced: null,
  fold: 0,
  newer: { count: 0, streams: [] },
};

/** Of a stream that is no case; none where it is one. */
export const streamKeysIn = ({ keys }: Ledger, stream: StreamId): StreamKeys =>
  fromStoredKeys(stream, keys.find(([each]) => each === stream)?.[1] ?? []);

/**
 * The keys of streams that are no cases, with those that were gathered since. A stream that boxes only name is left out:
 * else anybody could make this grow with each page, for ever.
 */
export function otherKeys(
  { keys }: Ledger,
  gathered: KeysByStream,
  isCase: (stream: StreamId) => boolean,
): Ledger['keys'] {
  const all = new Map(keys);
  for (const stream of gathered.streams) all.set(stream, toStoredKeys(gathered.of(stream)));
  return [...all].filter(([stream, held]) => held.length > 0 && !isCase(stream));
}

/** Of one kind, the latest in full: junk of one kind cannot push out what matters. The rest is counted. */
const mostOfOneKind = 20;

export function countFaults(
  before: Pick<Ledger, 'faults' | 'faultCounts'>,
  fresh: readonly IntegrityWarning[],
): Pick<Ledger, 'faults' | 'faultCounts'> {
  const faultCounts = { ...before.faultCounts };
  for (const { code } of fresh) faultCounts[code] = (faultCounts[code] ?? 0) + 1;
  const kept = new Map<string, IntegrityWarning[]>();
  for (const each of [...before.faults, ...fresh]) {
    kept.set(each.code, [...(kept.get(each.code) ?? []), each].slice(-mostOfOneKind));
  }
  return { faults: [...kept.values()].flat(), faultCounts };
}

/** The faults for a person to read, with a line for those of a kind that are only counted. */
export function selectWarnings({ faults, faultCounts, newer }: Ledger): IntegrityWarning[] {
  const more = Object.entries(faultCounts).flatMap(([code, count]) => {
    const shown = faults.filter((each) => each.code === code).length;
    return count > shown ? [warning('more-of-kind', null, { of: code, count: count - shown })] : [];
  });
  const ofNewer = newer.count > 0 ? [warning('entries-newer', null, { count: newer.count })] : [];
  return [...faults, ...more, ...ofNewer];
}
