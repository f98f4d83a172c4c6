import type { StreamId } from '#shared/kernel/ids.ts';
import { allIndexed } from '../cases/case-index.ts';
import { keysInRow } from '../cases/keys-in-row.ts';
import { boxesOf } from '../keys/held-keys.ts';
import type { KeysByStream } from '../keys/keys-by-stream.ts';
import type { OpenVault } from '../open-vault.ts';
import type { StoredEntry } from './entry-rows.ts';
import { awaitAgain, type Folding } from './fold.ts';
import { type FoldedRoster, wholeRoster } from './fold-roster.ts';
import { foldStream } from './fold-stream.ts';
import type { StreamsBefore } from './streams-before.ts';
import { freshFaults } from './view.ts';

/**
 * Streams of which these entries brought a key that earlier ones are under: those are folded again from the first, as a
 * replica folds them that has that key from the beginning. So are streams that go on from one of them.
 * @param roster over the entries
 */
export async function foldLate(
  vault: OpenVault,
  { folding, keys, before }: { readonly folding: Folding; readonly keys: KeysByStream; readonly before: StreamsBefore },
  entries: readonly StoredEntry[],
  roster: FoldedRoster,
): Promise<void> {
  if (keys.late.size === 0) return;
  const whole = await wholeRoster(vault, roster);
  const atHand = async (id: StreamId) => (keys.of(id).length > 0 ? keys.of(id) : keysInRow(vault, id));
  const carriers = entries.filter(({ entry }) => boxesOf(entry).some(({ stream }) => keys.late.has(stream)));
  const going = allIndexed(vault.cases).filter(({ continues = [] }) => continues.some((each) => keys.late.has(each)));
  const { faults: known } = vault.log.view;
  // One that goes on from a stream that could not be read then began nowhere, and is no case yet.
  const unbegun = known.flatMap(({ code, case: id }) => (code === 'no-referral' && id ? [id] : []));
  const ids = new Set([
    ...keys.late,
    ...unbegun,
    ...carriers.map(({ entry }) => entry.header.stream),
    ...going.map(({ summary }) => summary.id),
  ]);
  await before.read(ids);
  for (const id of ids) {
    const again = await foldStream(vault, id, atHand, whole);
    awaitAgain(folding, id, again.awaited);
    if (!again.state) continue;
    folding.newerCount += again.state.newer.length - (before.state(id)?.newer.length ?? 0);
    folding.faults.push(...freshFaults([...known, ...folding.faults], again.faults));
    const ofStream = known.filter((fault) => fault.case === id);
    folding.mended.push(...freshFaults(again.faults, ofStream));
    folding.cases.set(id, again.state);
  }
}
