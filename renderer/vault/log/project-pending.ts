import type { CaseState } from '#shared/domain/case/case-state.ts';
import { applyToRoster, type RosterStep } from '#shared/domain/membership/apply-to-roster.ts';
import type { MaybeRoster } from '#shared/domain/unit/roster.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { addProjected, clearProjected } from '../cases/case-index.ts';
import { confirmedCase } from '../cases/current-case.ts';
import type { OpenVault } from '../open-vault.ts';
import { foldEvent } from './fold.ts';
import { foldContext, startFolding } from './fold-confirmed.ts';
import { groundOf } from './fold-roster.ts';
import type { PendingEntry } from './log-copy.ts';

/** The screen's truth: confirmed events, then own pending ones on top, replayed on each new base. */
export async function projectPending(vault: OpenVault): Promise<void> {
  const base = new Map<StreamId, CaseState>();
  for (const stream of new Set(vault.log.outbox.map(({ entry }) => entry.header.stream))) {
    const state = await confirmedCase(vault, stream);
    if (state) base.set(stream, state);
  }
  clearProjected(vault.cases);
  vault.log.roster = vault.log.ledger.roster;
  vault.log.names = vault.log.view.names;
  applyPending(vault, vault.log.outbox, base);
}

/** Adds entries just written to what is projected already. */
export function applyPending(
  vault: OpenVault,
  pending: readonly PendingEntry[],
  base: ReadonlyMap<StreamId, CaseState>,
): void {
  const { cases, log } = vault;
  const folding = { ...startFolding(log.roster, log.view), names: log.names };
  const at = foldContext(vault, (id) => cases.projected.get(id) ?? base.get(id) ?? null);
  for (const { entry, opened } of pending) {
    if (opened.step) folding.roster = rosterAfter(vault, folding.roster, opened.step);
    else foldEvent(folding, { ...opened, entry, position: null, arrivedAt: null }, at);
  }
  log.roster = folding.roster;
  log.names = folding.names;
  addProjected(cases, folding.cases);
}

/** What is refused here is refused again, and named, when the log has it. */
function rosterAfter(vault: OpenVault, roster: MaybeRoster, step: RosterStep): MaybeRoster {
  const next = applyToRoster(roster, step, groundOf(vault));
  return next.ok ? next.value : roster;
}
