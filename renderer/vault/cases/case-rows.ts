import { v4 as uuid } from 'uuid';
import { SealBroken } from '#shared/crypto/aead.ts';
import { toBytes } from '#shared/crypto/encoding.ts';
import { selectTrace, type Trace } from '#shared/domain/assessment/resurfacing.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { type CaseSummary, summarise } from '#shared/domain/case/case-summary.ts';
import { pack, packedLines } from '../store/pack.ts';
import { openBytes, sealBytes } from '../store/sealed-rows.ts';
import type { Row, Store } from '../store/store.ts';
import { type MatchKeys, selectMatchKeys } from './match-keys.ts';

/** Where a case's state is kept: a row of `cases`, and the line in it. */
export interface CasePlace {
  readonly key: string;
  readonly line: number;
}

/** What is kept of each case for the queue, and where the rest is. */
export interface IndexedCase {
  readonly summary: CaseSummary;
  readonly place: CasePlace;
  /** What matching needs of the referral. Stays in the vault. */
  readonly keys: MatchKeys;
  /** What tells whether a case comes back. Absent in what an earlier version stored: see `completeTraces`. */
  readonly trace?: Trace;
  /** Entries applied to the case: a state with another number is not the one that belongs to this summary. */
  readonly entries: number;
}

export const toIndexed = (state: CaseState, places: ReadonlyMap<string, CasePlace>): IndexedCase => ({
  summary: summarise(state),
  place: places.get(state.id) ?? { key: state.id, line: 0 },
  keys: selectMatchKeys(state.referral),
  trace: selectTrace(state),
  entries: state.activity.length,
});

/** @throws SealBroken when the row is missing, damaged, or older than the summary says */
export async function readCase(store: Store, storeKey: CryptoKey, indexed: IndexedCase): Promise<CaseState> {
  const row = await store.get('cases', indexed.place.key);
  if (!row) throw new SealBroken('A stored case is missing.');
  const line = packedLines(await openBytes(storeKey, 'cases', row))[indexed.place.line];
  if (line === undefined) throw new SealBroken('A stored case is missing from its row.');
  const state = JSON.parse(line) as CaseState;
  if (state.id !== indexed.summary.id || state.activity.length !== indexed.entries) {
    throw new SealBroken('A stored case is not the one that belongs here.');
  }
  return state;
}

/** A row is opened for one case: small enough to be quick, large enough to spare rows when thousands come. */
const mostInRow = 8;
const mostRowBytes = 24 * 1024;

export interface SealedCases {
  readonly rows: readonly Row[];
  readonly places: ReadonlyMap<string, CasePlace>;
}

/** New cases share rows; a case that changes later gets a row of its own, which then stands for it. */
export async function sealCases(
  storeKey: CryptoKey,
  fresh: readonly CaseState[],
  changed: readonly CaseState[],
): Promise<SealedCases> {
  const places = new Map<string, CasePlace>();
  const packed = pack(fresh, mostInRow, mostRowBytes).map(({ items, bytes }) => {
    const key = uuid();
    for (const [line, state] of items.entries()) places.set(state.id, { key, line });
    return sealBytes(storeKey, 'cases', key, bytes);
  });
  const own = changed.map((state) => {
    places.set(state.id, { key: state.id, line: 0 });
    return sealBytes(storeKey, 'cases', state.id, toBytes(state));
  });
  return { rows: await Promise.all([...packed, ...own]), places };
}
