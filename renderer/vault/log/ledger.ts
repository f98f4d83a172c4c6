import type { KeysFrom } from '#shared/domain/unit/endpoint-keys.ts';
import { deviceOf, type MaybeRoster } from '#shared/domain/unit/roster.ts';
import type { AuthorKey, Digest, GenerationId, Position, StreamId } from '#shared/kernel/ids.ts';
import type { AuthorTip, Entry } from '#shared/log/entry.ts';
import { emptyLog, type LogState } from '#shared/log/log-state.ts';
import type { Fork } from '#shared/log/seen.ts';
import { devicesIn } from '../keys/held-keys.ts';
import { sealRow } from '../store/sealed-rows.ts';
import type { Row } from '../store/store.ts';

/**
 * How far the log was read, and what is in the clear of it: the same for all members of this workstation. One sealed row,
 * written in the same commit as the entries that it covers. What a member can read of them is in a view (view.ts).
 */
export interface Ledger {
  readonly log: LogState;
  /** That the endpoint keeps two logs, once it was proved: from then on nothing is exchanged with it. */
  readonly fork: Fork | null;
  /** The last confirmed entry of each author. */
  readonly tips: readonly (readonly [AuthorKey, AuthorTip])[];
  readonly roster: MaybeRoster;
  readonly since: GenerationPositions;
  /** The endpoint's keys, from which position on which. */
  readonly endpointKeys: readonly KeysFrom[];
  readonly incomplete: readonly IncompleteEntry[];
  /** The entries by which parts were withdrawn that were destroyed here. */
  readonly destroyed: readonly Digest[];
  readonly lastSynced: string | null;
  /** Devices of this workstation's members whose profile was found to be set back (set-back.ts). */
  readonly setBack: readonly AuthorKey[];
  /** Devices of the roster that a content key was boxed to alone: what such a member reads, they share with nobody here. */
  readonly alone: readonly AuthorKey[];
  /** Version of the fold that made `roster`. */
  readonly fold: number;
}

/** An entry that came without a part of it that nobody is known to have withdrawn. It is asked for again. */
export interface IncompleteEntry {
  readonly position: Position;
  readonly stream: StreamId;
  /** It was asked for again, and came without it once more. */
  readonly missing: boolean;
}

/** At which position each generation of the roster was brought in. */
export type GenerationPositions = readonly (readonly [GenerationId, Position])[];

/** Hash of the last entry that each local author wrote, confirmed or not; shows when outbox rows were taken away. */
export type OwnTips = Record<AuthorKey, Digest>;

export const ledgerKey = 'ledger';

export const sealLedger = (storeKey: CryptoKey, ledger: Ledger): Promise<Row> =>
  sealRow(storeKey, 'meta', ledgerKey, ledger);

export const emptyLedger: Ledger = {
  log: emptyLog,
  fork: null,
  tips: [],
  roster: null,
  since: [],
  endpointKeys: [],
  incomplete: [],
  destroyed: [],
  alone: [],
  lastSynced: null,
  setBack: [],
  fold: 0,
};

/** With the devices that further entries bring a content key to alone: of the roster, since a label can name anything. */
export const aloneWith = (
  known: Ledger['alone'],
  entries: readonly { readonly entry: Entry }[],
  roster: MaybeRoster,
): Ledger['alone'] => {
  const named = devicesIn(entries.map(({ entry }) => entry));
  return [...new Set([...known, ...named.filter((device) => deviceOf(roster, device))])];
};
