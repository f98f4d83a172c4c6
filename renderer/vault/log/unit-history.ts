import type { UnitState } from '#shared/domain/unit/unit-state.ts';
import type { Position } from '#shared/kernel/ids.ts';
import type { OpenVault } from '../open-vault.ts';
import { openEntries } from './entry-rows.ts';
import { foldContext, foldReading, startFolding } from './fold-confirmed.ts';
import { emptyLedger } from './ledger.ts';
import { readEntry } from './read-entry.ts';

/** Who belonged to the unit when the entry at a position was judged. */
export type UnitHistory = (position: Position) => UnitState | null;

/** From the unit's own stream, which is short. */
export async function loadUnitHistory(vault: OpenVault): Promise<UnitHistory> {
  const { unitStream } = vault.log.ledger;
  const folding = startFolding(await emptyLedger(vault.member.slot.unit));
  const steps: { readonly from: Position; readonly unit: UnitState }[] = [];
  const rows = unitStream ? await vault.io.store.ofStream(unitStream) : [];
  for (const row of rows) {
    const stored = await openEntries(vault.member.storeKey, row).catch(() => []);
    for (const { entry, position, voidCode } of stored) {
      if (voidCode || entry.header.stream !== unitStream) continue;
      foldReading(
        folding,
        entry,
        position,
        await readEntry(entry, vault, true),
        foldContext(vault, () => null),
      );
      if (folding.unit && folding.unit !== steps.at(-1)?.unit) steps.push({ from: position, unit: folding.unit });
    }
  }
  return (position) => steps.findLast(({ from }) => from <= position)?.unit ?? null;
}

/** Who belongs to the unit, by this version of the fold. Needs the unit's keys. The next commit of the ledger keeps it. */
export async function renewUnit(vault: OpenVault): Promise<void> {
  const { ledger } = vault.log;
  const { foldVersion } = vault.program;
  if (ledger.fold === foldVersion) return;
  const unitAt = await loadUnitHistory(vault);
  vault.log.ledger = { ...ledger, unit: unitAt(ledger.log.position) ?? ledger.unit, fold: foldVersion };
}
