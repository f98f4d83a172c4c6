import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { Position, StreamId } from '#shared/kernel/ids.ts';
import { keysInRow } from '../cases/keys-in-row.ts';
import type { StreamKeys } from '../keys/held-keys.ts';
import type { OpenVault } from '../open-vault.ts';
import type { IntegrityWarning } from '../vault-api.ts';
import { entriesOfStream } from './entry-rows.ts';
import type { AwaitedRoster } from './fold.ts';
import { foldContext, foldReading, startFolding } from './fold-confirmed.ts';
import { type FoldedRoster, storedRoster } from './fold-roster.ts';
import { gatherKeys, type KnownKeys } from './gather-keys.ts';
import { keysInLog } from './keys-in-log.ts';
import { continuedIn, readEntries } from './read-entries.ts';
import { firstReadersIn } from './stream-readers.ts';
import { emptyView } from './view.ts';

export interface FoldedStream {
  /** Null when its referral cannot be read, or when it is no case. */
  readonly state: CaseState | null;
  readonly keys: StreamKeys;
  readonly begunFor: Scope | null;
  readonly faults: readonly IntegrityWarning[];
  readonly newer: number;
  readonly awaited: readonly AwaitedRoster[];
}

/**
 * A case from its entries alone, exactly as it was folded when they came: with the members of each position, and without
 * what was void. For a case whose stored state is damaged, or was made by another version of the fold.
 * @param known content keys of a stream that are at hand, beyond those in the boxes beside its entries; null when the
 *   row that had them is damaged: then they are looked for in the whole log. Asked of this one and of those that it goes on from
 * @param to position of the last entry that counts: what the view was folded to where it is not given. Beyond that, there may
 *   be entries that members with other keys brought in
 */
export async function foldStream(
  vault: OpenVault,
  stream: StreamId,
  known: KnownKeys = (each) => keysInRow(vault, each),
  roster?: FoldedRoster,
  to: Position = vault.log.view.to,
): Promise<FoldedStream> {
  const { view } = vault.log;
  const folded = roster ?? (await storedRoster(vault));
  const whole: KnownKeys = async (each) =>
    (await known(each)) ?? (each === stream ? keysInLog(vault, stream, folded) : null);
  const keys = await gatherKeys(vault, [stream], whole);
  const entries = (await entriesOfStream(vault, stream)).filter(({ position }) => position <= to);
  const read = await readEntries(vault, entries, keys, folded);
  const before = new Map<StreamId, CaseState>();
  const folding = startFolding(null, emptyView, view.record);
  // Only the first can be where a case goes on: its stream has begun then. As it was before it, so that this ends.
  const [going] = continuedIn(read, vault.program.registry);
  if (going) {
    const closed = await foldStream(vault, going.stream, known, folded, going.position - 1);
    keys.addAll(closed.keys);
    folding.awaited.push(...closed.awaited);
    if (closed.state) before.set(going.stream, closed.state);
  }
  const at = foldContext(vault, {
    before: (id) => before.get(id) ?? null,
    firstReaders: (id) => firstReadersIn(folded.last, id, keys),
  });
  for (const each of read) {
    folding.roster = folded.at(each.position);
    foldReading(folding, each, each.reading, at);
  }
  const state = folding.cases.get(stream) ?? null;
  const begunFor = firstReadersIn(folded.last, stream, keys);
  return {
    state,
    keys: keys.of(stream),
    begunFor,
    faults: folding.faults,
    newer: folding.newerCount,
    awaited: folding.awaited.filter((each) => each.stream === stream),
  };
}
