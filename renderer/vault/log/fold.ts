import { applyToCase, withNewerEntry } from '#shared/domain/case/apply-to-case.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { applyToUnit, changesUnit, type Pinned } from '#shared/domain/membership/apply-to-unit.ts';
import { type CaseEvent, caseEventOf, type DomainEvent, type Registry } from '#shared/domain/registry/registry.ts';
import { noUnit, selectMember, type UnitState } from '#shared/domain/unit/unit-state.ts';
import type { EventId, Position, StreamId } from '#shared/kernel/ids.ts';
import { makerOf } from '#shared/log/content-key.ts';
import type { Entry } from '#shared/log/entry.ts';
import { warning } from '../findings.ts';
import type { IntegrityWarning } from '../vault-api.ts';

/** What the fold works on: changed in place by one writer, then committed or thrown away as a whole. */
export interface Folding {
  unit: UnitState | null;
  unitStream: StreamId | null;
  grants: number;
  /** Only the cases that were touched. */
  readonly cases: Map<StreamId, CaseState>;
  readonly faults: IntegrityWarning[];
  newerCount: number;
  readonly newerStreams: Set<StreamId>;
}

export interface FoldContext extends Pinned {
  readonly registry: Registry;
  /** The case as it was before this folding, or null when it is new. */
  readonly before: (id: StreamId) => CaseState | null;
}

/** An event as it is folded: what it says, in which entry, and where that stands (null while it waits). */
export interface Placed<Event extends DomainEvent = DomainEvent> {
  readonly event: Event;
  readonly eventId: EventId;
  readonly entry: Entry;
  readonly position: Position | null;
}

/**
 * Whether an entry is under a key that its author may not use: what an outsider made opens only what that outsider
 * wrote, because they can read all that is under it.
 */
function isKeyOfOthers(folding: Folding, { header: { author, key } }: Entry, at: FoldContext): boolean {
  const maker = makerOf(key);
  return maker !== author && (author === at.endpointKey || !selectMember(folding.unit, maker));
}

function foldCase(folding: Folding, { event, eventId, entry, position }: Placed<CaseEvent>, at: FoldContext): void {
  const { stream, author, id, seen } = entry.header;
  const member = selectMember(folding.unit, author);
  const fromEndpoint = author === at.endpointKey;
  if (!member && !fromEndpoint) {
    folding.faults.push(warning('unknown-author', position, {}, stream));
    return;
  }
  const signing = {
    actor: fromEndpoint || !member ? null : { id: member.id, role: member.role },
    unit: folding.unit ?? noUnit,
    signed: { entry: id, at: event.at, by: fromEndpoint ? null : (member?.id ?? null), position, seen },
    eventId,
    time: { said: event.at, from: null, until: null },
  };
  const before = folding.cases.get(stream) ?? at.before(stream);
  const after = applyToCase(before, stream, event, signing, at.registry);
  if (!after) {
    folding.faults.push(warning('no-referral', position, {}, stream));
    return;
  }
  folding.cases.set(stream, after);
}

function foldOther(folding: Folding, { event, entry, position }: Placed, at: FoldContext): void {
  if (event.type === 'unitKeys.granted') folding.grants += 1;
  if (!changesUnit(event)) return;
  const next = applyToUnit(folding.unit, event, entry.header.author, at);
  if (!next.ok) {
    folding.faults.push(warning('refused', position, { ...next.error.params, because: next.error.code }));
    return;
  }
  folding.unit = next.value;
  if (event.type === 'unit.founded') folding.unitStream = entry.header.stream;
}

/** One event onto the folding. The same for confirmed entries and for those still waiting (`position` null). */
export function foldEvent(folding: Folding, placed: Placed, at: FoldContext): void {
  const { event, entry, position } = placed;
  const { stream } = entry.header;
  if (isKeyOfOthers(folding, entry, at)) {
    folding.faults.push(warning('entry-key', position, {}, stream));
    return;
  }
  try {
    if (caseEventOf(at.registry, event.type)) foldCase(folding, placed as Placed<CaseEvent>, at);
    else foldOther(folding, placed, at);
  } catch {
    // A defect of a rule that one entry meets must not keep the unit from all that comes after it.
    folding.faults.push(warning('entry-not-applied', position, {}, stream));
  }
}

/** An entry of a newer Probity: it is counted, and the case that it stands in says that it waits. */
export function foldNewer(folding: Folding, { header }: Entry, position: Position, at: FoldContext): void {
  const { author, stream } = header;
  // Whoever does not belong to the unit could stop all decisions in a case with one entry that nobody knows.
  if (author !== at.endpointKey && !selectMember(folding.unit, author)) {
    folding.faults.push(warning('unknown-author', position, {}, stream));
    return;
  }
  folding.newerCount += 1;
  const before = folding.cases.get(stream) ?? at.before(stream);
  if (before) folding.cases.set(stream, withNewerEntry(before));
  else folding.newerStreams.add(stream);
}
