import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { MaybeRoster } from '#shared/domain/unit/roster.ts';
import { disposalsOf, streamsOf } from '#shared/domain/unit/withdrawals.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { allIndexed } from '../cases/case-index.ts';
import type { KeysByStream } from '../keys/keys-by-stream.ts';
import type { OpenVault } from '../open-vault.ts';
import { firstReadersIn, isForUs } from './stream-readers.ts';

/** What a stretch of the roster withdrew, or brought back. */
export interface WithdrawnCases {
  /** Streams that its acts are about. */
  readonly streams: ReadonlySet<StreamId>;
  /** A withdrawal was stopped: what was gone is to be made anew. */
  readonly reopened: boolean;
}

export function withdrawnBetween(before: MaybeRoster, after: MaybeRoster): WithdrawnCases {
  const known = new Map(before?.withdrawals.map((each) => [each.entry, each]));
  const changed = after?.withdrawals.filter((each) => known.get(each.entry)?.stopped !== each.stopped) ?? [];
  return { streams: new Set(changed.flatMap(streamsOf)), reopened: changed.some(({ stopped }) => stopped) };
}

/** Those of the streams that are not for this member any more. @param keys that were met of them */
export const goneAmong = (
  vault: OpenVault,
  roster: MaybeRoster,
  streams: Iterable<StreamId>,
  keys: KeysByStream,
): ReadonlySet<StreamId> =>
  new Set(
    [...streams].filter((stream) => {
      const first = firstReadersIn(roster, stream, keys);
      return roster !== null && first !== null && !isForUs(vault, roster, stream, first, keys);
    }),
  );

/**
 * Cases that go on from one of the streams, where that was disposed of: who reads the log later could not make them any more, so
 * they are gone for everybody until that is stopped.
 * @param cases folded just now
 */
export function disposedWith(
  vault: OpenVault,
  roster: MaybeRoster,
  streams: Iterable<StreamId>,
  keys: KeysByStream,
  cases: ReadonlyMap<StreamId, CaseState>,
): ReadonlySet<StreamId> {
  const disposed = new Set([...streams].filter((stream) => isDisposedOf(roster, stream, keys)));
  if (disposed.size === 0) return disposed;
  const known = allIndexed(vault.cases).map(({ summary, continues = [] }) => ({ id: summary.id, continues }));
  const folded = [...cases.values()].map(({ id, continues }) => ({
    id,
    continues: continues.map((each) => each.stream),
  }));
  const going = [...known, ...folded].filter(({ continues }) => continues.some((each) => disposed.has(each)));
  return new Set(going.map(({ id }) => id));
}

/** @param keys that were met of it */
export function isDisposedOf(roster: MaybeRoster, stream: StreamId, keys: KeysByStream): boolean {
  const first = firstReadersIn(roster, stream, keys);
  return roster !== null && first !== null && disposalsOf(roster, stream, first).length > 0;
}
