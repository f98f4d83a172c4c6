import { applyToCase } from '#shared/domain/case/apply-case.ts';
import type { CaseEvent, CaseState, Signed } from '#shared/domain/case/case-state.ts';
import type { DomainEvent } from '#shared/domain/events.ts';
import { applyToUnit, selectMember, type UnitState } from '#shared/domain/unit/unit-state.ts';
import type { AuthorKey, Position, StreamId } from '#shared/kernel/ids.ts';
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

const isCaseEvent = (event: DomainEvent): event is CaseEvent =>
  event.type.startsWith('case.') || event.type.startsWith('referral.') || event.type.startsWith('decision.');

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
  const signed: Signed = { entry: id, at: event.at, by: member?.id ?? null, position, seen };
  const before = work.cases.get(stream) ?? at.before(stream);
  const actor = member ? { id: member.id, role: member.role } : null;
  const after = applyToCase(before, stream, event, actor, signed);
  if (after) {
    work.cases.set(stream, after);
    work.caseEntries += 1;
  } else
    work.faults.push(
      fault('no-referral', position, 'An entry belongs to a case without a referral. It changes nothing.', stream),
    );
}

function foldUnit(work: Work, event: Exclude<DomainEvent, CaseEvent>, entry: Entry, position: Position | null): void {
  if (event.type === 'unitKeys.granted') work.grants += 1;
  if (event.type !== 'unit.founded' && event.type !== 'member.admitted') return;
  const next = applyToUnit(work.unit, event, entry.header.author);
  if (next.ok) work.unit = next.value;
  else work.faults.push(fault('refused', position, next.error));
  if (event.type === 'unit.founded') work.unitStream ??= entry.header.stream;
}

export interface FoldContext {
  readonly endpointKey: AuthorKey;
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
  else foldUnit(work, event, entry, position);
}
