import { applyToCase } from '#shared/domain/case/apply-case.ts';
import { type CaseEvent, type CaseState, isCaseEvent, type Signed } from '#shared/domain/case/case-state.ts';
import type { DomainEvent } from '#shared/domain/events.ts';
import { applyToUnit, type Pinned, selectMember, type UnitState } from '#shared/domain/unit/unit-state.ts';
import type { Position, StreamId } from '#shared/kernel/ids.ts';
import type { Entry } from '#shared/log/entry.ts';
import type { IntegrityWarning } from '../vault-api.ts';
import { fault } from './ledger.ts';

/** What the fold works on: changed in place by one writer, then committed or thrown away as a whole. */
export interface Work {
  unit: UnitState | null;
  unitStream: StreamId | null;
  grants: number;
  caseEntries: number;
  /** Only the cases that were touched. */
  readonly cases: Map<StreamId, CaseState>;
  readonly faults: IntegrityWarning[];
}

/** The case as it was before this work, or null when it is new. */
export type CaseBefore = (id: StreamId) => CaseState | null;

function foldCase(work: Work, event: CaseEvent, entry: Entry, position: Position | null, at: FoldContext): void {
  const { stream, author, id, seen } = entry.header;
  const member = selectMember(work.unit, author);
  const fromEndpoint = author === at.endpointKey;
  if (!member && !fromEndpoint) {
    work.faults.push(
      fault('unknown-author', position, 'An entry was signed by nobody in this unit. It changes nothing.', stream),
    );
    return;
  }
  const signed: Signed = { entry: id, at: event.at, by: fromEndpoint ? null : (member?.id ?? null), position, seen };
  const before = work.cases.get(stream) ?? at.before(stream);
  const actor = fromEndpoint || !member ? null : { id: member.id, role: member.role };
  const after = applyToCase(before, stream, event, actor, signed);
  if (after) {
    work.cases.set(stream, after);
    work.caseEntries += 1;
  } else
    work.faults.push(
      fault('no-referral', position, 'An entry belongs to a case without a referral. It changes nothing.', stream),
    );
}

function foldUnit(
  work: Work,
  event: Exclude<DomainEvent, CaseEvent>,
  entry: Entry,
  position: Position | null,
  at: FoldContext,
): void {
  if (event.type === 'unitKeys.granted') work.grants += 1;
  if (event.type !== 'unit.founded' && event.type !== 'member.admitted') return;
  const next = applyToUnit(work.unit, event, entry.header.author, at);
  if (!next.ok) {
    work.faults.push(fault('refused', position, next.error));
    return;
  }
  work.unit = next.value;
  if (event.type === 'unit.founded') work.unitStream = entry.header.stream;
}

export interface FoldContext extends Pinned {
  readonly before: CaseBefore;
}

/** One event onto the work. The same for confirmed entries and for those still waiting (`position` null). */
export function foldEvent(
  work: Work,
  event: DomainEvent,
  entry: Entry,
  position: Position | null,
  at: FoldContext,
): void {
  if (isCaseEvent(event)) foldCase(work, event, entry, position, at);
  else foldUnit(work, event, entry, position, at);
}
