import type { UnitState } from '#shared/domain/unit/unit-state.ts';
import type { Position } from '#shared/kernel/ids.ts';
import { KeysByStream } from '../keys/held-keys.ts';
import type { OpenVault } from '../open-vault.ts';
import { entriesOfStream } from './entry-rows.ts';
import { foldContext, foldReading, startFolding } from './fold-confirmed.ts';
import { emptyLedger } from './ledger.ts';
import { readEntries } from './read-entries.ts';

/** Who belonged to the unit when the entry at a position was judged. */
export type UnitHistory = (position: Position) => UnitState | null;

/** From the unit's own stream, which is short. */
export async function loadUnitHistory(vault: OpenVault): Promise<UnitHistory> {
  const { unitStream } = vault.log.ledger;
  const folding = startFolding(await emptyLedger(vault.member.slot.unit));
  const steps: { readonly from: Position; readonly unit: UnitState }[] = [];
  const stored = unitStream ? await entriesOfStream(vault, unitStream) : [];
  const at = foldContext(vault, () => null);
  for (const { entry, position, voidCode, reading } of await readEntries(vault, stored, new KeysByStream())) {
    if (voidCode) continue;
    foldReading(folding, entry, position, reading, at);
    if (folding.unit && folding.unit !== steps.at(-1)?.unit) steps.push({ from: position, unit: folding.unit });
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
