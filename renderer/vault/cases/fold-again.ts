import type { StreamId } from '#shared/kernel/ids.ts';
import type { FoldedRoster } from '../log/fold-roster.ts';
import { type FoldedStream, foldStream } from '../log/fold-stream.ts';
import { countFaults, freshFaults, type View } from '../log/view.ts';
import { sealView } from '../log/view-row.ts';
import type { OpenVault } from '../open-vault.ts';
import type { IntegrityWarning } from '../vault-api.ts';
import { entriesWith, indexCases } from './case-index.ts';
import { sealCases, toIndexed } from './case-rows.ts';
import { learn } from './matches.ts';
import { sealPacked } from './summary-rows.ts';

/** Only within the writer. Cases from their entries, in place of what is stored of them, in one commit. */
export async function foldAgain(
  vault: OpenVault,
  ids: readonly StreamId[],
  roster: FoldedRoster,
): Promise<ReadonlyMap<StreamId, FoldedStream>> {
  const { cases, io, log, program } = vault;
  const folded = new Map<StreamId, FoldedStream>();
  for (const id of ids) folded.set(id, await foldStream(vault, id, undefined, roster));
  const all = [...folded.values()];
  const states = all.flatMap(({ state, ...rest }) => (state ? [{ state, ...rest }] : []));
  const sealed = await sealCases(log.readership, states, []);
  const underived: IntegrityWarning[] = [];
  const indexed = states.map((each) => toIndexed(program, each, sealed.addresses, underived));
  const found = [...all.flatMap(({ faults }) => faults), ...underived];
  const view: View = {
    ...log.view,
    caseEntries: entriesWith(cases, indexed),
    ...countFaults(log.view, freshFaults(log.view.faults, found)),
    awaited: [
      ...log.view.awaited.filter(({ stream }) => !folded.has(stream)),
      ...all.flatMap(({ awaited }) => awaited),
    ],
  };
  await io.store.commit([
    { table: 'cases', put: sealed.rows },
    { table: 'summaries', put: await sealPacked(log.readership, indexed) },
    { table: 'meta', put: [await sealView(log.readership, view)] },
  ]);
  log.view = view;
  indexCases(cases, indexed, log.ledger.roster);
  for (const item of indexed) learn(vault, item);
  return folded;
}
