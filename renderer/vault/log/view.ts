import { emptyRecord, type UnitRecord } from '#shared/domain/unit/unit-record.ts';
import type { Position, StreamId } from '#shared/kernel/ids.ts';
import { warning } from '../findings.ts';
import { fromStoredKeys, type LackedKey, type StoredKey, type StreamKeys, toStoredKeys } from '../keys/held-keys.ts';
import type { KeysByStream } from '../keys/keys-by-stream.ts';
import type { IntegrityWarning } from '../vault-api.ts';
import type { AwaitedRoster, Folding } from './fold.ts';

/**
 * What was read of the log with certain keys, besides the cases. Members who hold the same keys share a view, and nobody
 * else on this workstation opens it (keys/readership.ts). One sealed row, written in the same commit as the cases that it covers.
 */
export interface View {
  /** How far it was folded: less than the log, where members who hold other keys brought in the rest. */
  readonly to: Position;
  /** Keys came that open what was passed over: all of it is to be folded anew. */
  readonly stale: boolean;
  /** Content keys that were met, and that these readers cannot open: what is under them is read once their key comes. */
  readonly lacked: readonly LackedKey[];
  /** Of the policy stream: names, policy, ranks. */
  readonly record: UnitRecord;
  /** Content keys of the streams that are no cases; a case's stand with it. */
  readonly keys: readonly (readonly [StreamId, readonly StoredKey[]])[];
  /** Entries that belong to cases. The summaries on disk must account for all: fewer, and some were taken or set back. */
  readonly caseEntries: number;
  /** What did not verify when it was read: the latest in full, and how many of each kind there were in all. */
  readonly faults: readonly IntegrityWarning[];
  readonly faultCounts: Readonly<Record<string, number>>;
  /** Version of the fold that made `record` and `faults`. */
  readonly fold: number;
  readonly newer: NewerEntries;
  /** Statements of other units that wait for that unit's roster. */
  readonly awaited: readonly AwaitedRoster[];
}

/** Entries of a newer Probity. They are kept, and take effect after the update. */
export interface NewerEntries {
  readonly count: number;
  /** Where they stand, in streams that are no case yet: after the update they may be. */
  readonly streams: readonly StreamId[];
}

export const emptyView: View = {
  to: 0,
  stale: false,
  lacked: [],
  record: emptyRecord,
  keys: [],
  caseEntries: 0,
  faults: [],
  faultCounts: {},
  fold: 0,
  newer: { count: 0, streams: [] },
  awaited: [],
};

/** Of a stream that is no case; none where it is one. */
export const streamKeysIn = ({ keys }: View, stream: StreamId): StreamKeys =>
  fromStoredKeys(stream, keys.find(([each]) => each === stream)?.[1] ?? []);

/**
 * The keys of streams that are no cases, with those that were gathered since. A stream that boxes only name is left out:
 * else anybody could make this grow with each page, for ever.
 */
function otherKeys({ keys }: View, gathered: KeysByStream, isCase: (stream: StreamId) => boolean): View['keys'] {
  const all = new Map(keys);
  for (const stream of gathered.streams) all.set(stream, toStoredKeys(gathered.of(stream)));
  return [...all].filter(([stream, held]) => held.length > 0 && !isCase(stream));
}

/** Of one kind, the latest in full: junk of one kind cannot push out what matters. The rest is counted. */
const mostOfOneKind = 20;

export function countFaults(
  before: Pick<View, 'faults' | 'faultCounts'>,
  fresh: readonly IntegrityWarning[],
): Pick<View, 'faults' | 'faultCounts'> {
  const faultCounts = { ...before.faultCounts };
  for (const { code } of fresh) faultCounts[code] = (faultCounts[code] ?? 0) + 1;
  const kept = new Map<string, IntegrityWarning[]>();
  for (const each of [...before.faults, ...fresh]) {
    kept.set(each.code, [...(kept.get(each.code) ?? []), each].slice(-mostOfOneKind));
  }
  return { faults: [...kept.values()].flat(), faultCounts };
}

/** Without faults that were found to be none. */
function withoutMended(
  { faults, faultCounts }: Pick<View, 'faults' | 'faultCounts'>,
  mended: readonly IntegrityWarning[],
): Pick<View, 'faults' | 'faultCounts'> {
  const left = { ...faultCounts };
  for (const { code } of mended) left[code] = Math.max(0, (left[code] ?? 0) - 1);
  return { faults: faults.filter((each) => !mended.includes(each)), faultCounts: left };
}

/** Of those found, the ones that the view does not have yet: a case that is folded again meets the same once more. */
export function freshFaults(
  before: readonly IntegrityWarning[],
  found: readonly IntegrityWarning[],
): readonly IntegrityWarning[] {
  const name = ({ code, position }: IntegrityWarning): string => `${code} ${position}`;
  const known = new Set(before.map(name));
  return found.filter((each) => !known.has(name(each)));
}

/**
 * The view once a stretch of the log was folded onto it.
 * @param isCase whether a stream is one: its keys stand with it
 */
export const nextView = (
  before: View,
  folding: Folding,
  keys: KeysByStream,
  isCase: (stream: StreamId) => boolean,
  rest: Pick<View, 'to' | 'stale' | 'caseEntries' | 'fold'>,
): View => ({
  ...rest,
  lacked: keys.lacked,
  record: folding.record,
  keys: otherKeys(before, keys, isCase),
  ...countFaults(withoutMended(before, folding.mended), folding.faults),
  newer: { count: folding.newerCount, streams: [...folding.newerStreams] },
  awaited: folding.awaited,
});

/** The faults for a person to read, with a line for those of a kind that are only counted. */
export function selectWarnings({ faults, faultCounts, newer }: View): IntegrityWarning[] {
  const more = Object.entries(faultCounts).flatMap(([code, count]) => {
    const shown = faults.filter((each) => each.code === code).length;
    return count > shown ? [warning('more-of-kind', null, { of: code, count: count - shown })] : [];
  });
  const ofNewer = newer.count > 0 ? [warning('entries-newer', null, { count: newer.count })] : [];
  return [...faults, ...more, ...ofNewer];
}
