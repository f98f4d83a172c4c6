import type { CaseState } from '#shared/domain/case/case-state.ts';
import { applyToRoster, type RosterStep } from '#shared/domain/membership/apply-to-roster.ts';
import { caseEventOf } from '#shared/domain/registry/registry.ts';
import type { MaybeRoster } from '#shared/domain/unit/roster.ts';
import { type Scope, scopeOfGeneration } from '#shared/domain/unit/scopes.ts';
import { closingsOf } from '#shared/domain/unit/withdrawals.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Entry } from '#shared/log/entry.ts';
import { addProjected, clearProjected } from '../cases/case-index.ts';
import { confirmedCase } from '../cases/current-case.ts';
import type { OpenVault } from '../open-vault.ts';
import { foldEvent } from './fold.ts';
import { foldContext, startFolding } from './fold-confirmed.ts';
import { groundOf } from './fold-roster.ts';
import type { LogCopy, OpenedEntry, PendingEntry } from './log-copy.ts';

/** The screen's truth: confirmed events, then own pending ones on top, replayed on each new base. */
export async function projectPending(vault: OpenVault): Promise<void> {
  const before = { ...vault.log };
  const base = new Map<StreamId, CaseState>();
  for (const stream of new Set(vault.log.outbox.flatMap((pending) => streamsOf(vault, pending)))) {
    const state = await confirmedCase(vault, stream);
    if (state) base.set(stream, state);
  }
  clearProjected(vault.cases);
  vault.log.roster = vault.log.ledger.roster;
  vault.log.record = vault.log.view.record;
  replay(vault, vault.log.outbox, base);
  tellOfUnit(vault, before);
}

function tellOfUnit({ log, io }: OpenVault, before: Pick<LogCopy, 'roster' | 'record'>): void {
  if (log.roster !== before.roster || log.record !== before.record) io.emit({ type: 'unitChanged' });
}

/** Adds entries just written to what is projected already. */
export function applyPending(
  vault: OpenVault,
  pending: readonly PendingEntry[],
  base: ReadonlyMap<StreamId, CaseState>,
): void {
  const before = { ...vault.log };
  replay(vault, pending, base);
  tellOfUnit(vault, before);
}

function replay(vault: OpenVault, pending: readonly PendingEntry[], base: ReadonlyMap<StreamId, CaseState>): void {
  const { cases, log } = vault;
  const folding = startFolding(log.roster, log.view, log.record);
  const at = foldContext(vault, {
    before: (id) => cases.projected.get(id) ?? base.get(id) ?? null,
    firstReaders: (id) => claimedFirst(folding.roster, id),
  });
  for (const { entry, opened } of pending) {
    if (opened.step) folding.roster = rosterAfter(vault, folding.roster, opened.step);
    else if (isShut(folding.roster, entry, opened)) continue;
    else foldEvent(folding, { ...opened, entry, position: null, arrivedAt: null }, at);
  }
  log.roster = folding.roster;
  log.record = folding.record;
  addProjected(cases, folding.cases);
}

/** For whom a stream was begun, by the last act on it: an own one that waits here, whose author knew it. */
function claimedFirst(roster: MaybeRoster, stream: StreamId): Scope | null {
  const acts = roster ? closingsOf(roster, stream) : [];
  let act = acts.at(-1);
  for (let before = act; before; before = acts.find(({ event }) => event === before?.after)) act = before;
  return act?.from ?? null;
}

/** The stream of an entry that waits, and the closed one that its case goes on from. */
function streamsOf({ program }: OpenVault, { entry, opened: { event } }: PendingEntry): readonly StreamId[] {
  const closed = caseEventOf(program.registry, event.type)?.continues?.(event.data);
  return closed ? [entry.header.stream, closed] : [entry.header.stream];
}

/** What waits for a stream that was closed changes nothing any more: it is shown once the log has it. */
function isShut(roster: MaybeRoster, { header: { stream } }: Entry, { key }: OpenedEntry): boolean {
  const readers = key?.shared ? scopeOfGeneration(roster, key.shared.generation) : null;
  return roster !== null && closingsOf(roster, stream).some(({ from, to }) => from === readers || to === readers);
}

/** What is refused here is refused again, and named, when the log has it. */
function rosterAfter(vault: OpenVault, roster: MaybeRoster, step: RosterStep): MaybeRoster {
  const next = applyToRoster(roster, step, groundOf(vault));
  return next.ok ? next.value : roster;
}

/** A roster with the acts among what waits. */
export const rosterWith = (vault: OpenVault, roster: MaybeRoster, pending: readonly PendingEntry[]): MaybeRoster =>
  pending.reduce((before, { opened }) => (opened.step ? rosterAfter(vault, before, opened.step) : before), roster);
