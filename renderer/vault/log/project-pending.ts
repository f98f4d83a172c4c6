import type { CaseState } from '#shared/domain/case/case-state.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { addProjected, clearProjected } from '../cases/case-index.ts';
import { confirmedCase } from '../cases/current-case.ts';
import type { OpenVault } from '../open-vault.ts';
import { foldEvent } from './fold.ts';
import { foldContext, startFolding } from './fold-confirmed.ts';
import type { PendingEntry } from './log-copy.ts';

/** The screen's truth: confirmed events, then own pending ones on top, replayed on each new base. */
export async function projectPending(vault: OpenVault): Promise<void> {
  const base = new Map<StreamId, CaseState>();
  for (const stream of new Set(vault.log.outbox.map(({ entry }) => entry.header.stream))) {
    const state = await confirmedCase(vault, stream);
    if (state) base.set(stream, state);
  }
  clearProjected(vault.cases);
  vault.log.unit = vault.log.ledger.unit;
  applyPending(vault, vault.log.outbox, base);
}

/** Adds entries just written to what is projected already. */
export function applyPending(
  vault: OpenVault,
  pending: readonly PendingEntry[],
  base: ReadonlyMap<StreamId, CaseState>,
): void {
  const { cases, log } = vault;
  const folding = { ...startFolding(log.ledger), unit: log.unit };
  const at = foldContext(vault, (id) => cases.projected.get(id) ?? base.get(id) ?? null);
  for (const { entry, opened } of pending) if (opened) foldEvent(folding, { ...opened, entry, position: null }, at);
  log.unit = folding.unit;
  addProjected(cases, folding.cases);
}
