import type { CaseState } from '#shared/domain/case/case-state.ts';
import { applyToRoster, type RosterStep } from '#shared/domain/membership/apply-to-roster.ts';
import { caseEventOf } from '#shared/domain/registry/registry.ts';
import type { MaybeRoster } from '#shared/domain/unit/roster.ts';
import { type Scope, scopeOfGeneration } from '#shared/domain/unit/scopes.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { addProjected, clearProjected, indexedCase } from '../cases/case-index.ts';
import { confirmedCase } from '../cases/current-case.ts';
import type { OpenVault } from '../open-vault.ts';
import { foldEvent } from './fold.ts';
import { foldContext, startFolding } from './fold-confirmed.ts';
import { groundOf } from './fold-roster.ts';
import type { LogCopy, PendingEntry } from './log-copy.ts';
import { isClosed } from './stream-readers.ts';

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
    firstReaders: (id) => begunFor(vault, folding.roster, id),
  });
  const isShut = (roster: MaybeRoster, stream: StreamId): boolean => {
    const first = begunFor(vault, roster, stream);
    return roster !== null && first !== null && isClosed(roster, stream, first);
  };
  for (const { entry, opened } of pending) {
    if (opened.step) folding.roster = rosterAfter(vault, folding.roster, opened.step);
    // What waits for a stream that was closed changes nothing any more: it is shown once the log has it.
    else if (isShut(folding.roster, entry.header.stream)) continue;
    else foldEvent(folding, { ...opened, entry, position: null, arrivedAt: null }, at);
  }
  log.roster = folding.roster;
  log.record = folding.record;
  addProjected(cases, folding.cases);
}

/** The stream of an entry that waits, and the closed one that its case goes on from. */
function streamsOf({ program }: OpenVault, { entry, opened: { event } }: PendingEntry): readonly StreamId[] {
  const closed = caseEventOf(program.registry, event.type)?.continues?.(event.data);
  return closed ? [entry.header.stream, closed] : [entry.header.stream];
}

/** For whom a stream was begun, also where its first entry waits. */
function begunFor({ cases, log }: OpenVault, roster: MaybeRoster, stream: StreamId): Scope | null {
  const confirmed = indexedCase(cases, stream);
  if (confirmed) return confirmed.begunFor;
  const first = log.outbox.find(({ opened: { key } }) => key?.stream === stream && key.shared)?.opened.key?.shared;
  return first ? scopeOfGeneration(roster, first.generation) : null;
}

/** What is refused here is refused again, and named, when the log has it. */
function rosterAfter(vault: OpenVault, roster: MaybeRoster, step: RosterStep): MaybeRoster {
  const next = applyToRoster(roster, step, groundOf(vault));
  return next.ok ? next.value : roster;
}

/** A roster with the acts among what waits. */
export const rosterWith = (vault: OpenVault, roster: MaybeRoster, pending: readonly PendingEntry[]): MaybeRoster =>
  pending.reduce((before, { opened }) => (opened.step ? rosterAfter(vault, before, opened.step) : before), roster);
