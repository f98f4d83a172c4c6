import {
  applyToCase,
  takenOver,
  withLateEntry,
  withNewerEntry,
  withUnreadEntry,
} from '#shared/domain/case/apply-to-case.ts';
import type { CaseState, LateEntry } from '#shared/domain/case/case-state.ts';
import { may, mayOnRoster } from '#shared/domain/policy/policy.ts';
import {
  type CaseEvent,
  caseEventOf,
  type DomainEvent,
  type Registry,
  unitEventOf,
} from '#shared/domain/registry/registry.ts';
import { wasRecoveryKey } from '#shared/domain/unit/recovery.ts';
import { deviceOf, type MaybeRoster, memberOf } from '#shared/domain/unit/roster.ts';
import { type Scope, scopeOfGeneration } from '#shared/domain/unit/scopes.ts';
import { policyAt, type UnitRecord } from '#shared/domain/unit/unit-record.ts';
import { handedOn } from '#shared/domain/unit/withdrawals.ts';
import { applyToUnit } from '#shared/domain/unit-policy/apply-to-unit.ts';
import type { AuthorKey, EventId, Position, StreamId, UnitId } from '#shared/kernel/ids.ts';
import { makerOf } from '#shared/log/content-key.ts';
import type { Entry } from '#shared/log/entry.ts';
import { type AsOf, timeOfSeen } from '#shared/log/seen.ts';
import { warning } from '../findings.ts';
import type { HeldKey } from '../keys/held-keys.ts';
import type { IntegrityWarning } from '../vault-api.ts';

/** What the fold works on: changed in place by one writer, then committed or thrown away as a whole. */
export interface Folding {
  /** At the entry that is being folded. */
  roster: MaybeRoster;
  /** What is known of the unit: policy and ranks by position, so it may reach further than the entry. */
  record: UnitRecord;
  /** Only the cases that were touched. */
  readonly cases: Map<StreamId, CaseState>;
  readonly faults: IntegrityWarning[];
  /** Faults of before that do not stand any more, once a stream was folded again with keys that came late. */
  readonly mended: IntegrityWarning[];
  newerCount: number;
  readonly newerStreams: Set<StreamId>;
  readonly awaited: AwaitedRoster[];
}

/** What another unit states stands there, and takes effect once the roster is here that says who could speak for it. */
export interface AwaitedRoster {
  readonly stream: StreamId;
  readonly position: Position;
  readonly unit: UnitId;
  readonly at: AsOf;
}

export interface FoldContext {
  readonly registry: Registry;
  /** The case as it was before this folding, or null when it is new. */
  readonly before: (id: StreamId) => CaseState | null;
  /** For whom a stream was begun; null where no key of it was met. */
  readonly firstReaders: (id: StreamId) => Scope | null;
}

/** An event as it is folded: what it says, in which entry, and where that stands (null while it waits). */
export interface Placed<Event extends DomainEvent = DomainEvent> {
  readonly event: Event;
  readonly eventId: EventId;
  /** That its body is under; null of an act on the roster. */
  readonly key: Pick<HeldKey, 'shared'> | null;
  readonly entry: Entry;
  readonly position: Position | null;
  /** When the endpoint took it in: milliseconds since 1970; null while it waits. */
  readonly arrivedAt: number | null;
}

/** Whether the author is the endpoint, by the key that the roster names where the entry stands. */
const isEndpoint = ({ roster }: Folding, author: AuthorKey): boolean => author === roster?.endpointKey;

/**
 * Whether an entry is under a key that its author may not use: what an outsider made opens only what that outsider
 * wrote, because they can read all that is under it.
 */
function isKeyOfOthers(folding: Folding, { header: { author, key } }: Entry): boolean {
  if (!key) return false;
  const maker = makerOf(key);
  return maker !== author && (isEndpoint(folding, author) || !deviceOf(folding.roster, maker));
}

/** Of an author who is no member in force. */
function whyNobody({ roster }: Folding, author: AuthorKey) {
  if (wasRecoveryKey(roster, author)) return 'author-recovery-key' as const;
  return deviceOf(roster, author) ? ('author-not-in-force' as const) : ('unknown-author' as const);
}

/**
 * The case as a closed stream left it, for the first entry of the one in which it goes on: where that stream was handed to those
 * for whom this one is. Null when there is none, or when it was not.
 */
function continuedBy(folding: Folding, { key }: Placed<CaseEvent>, closed: StreamId, at: FoldContext) {
  const { roster } = folding;
  const first = at.firstReaders(closed);
  const readers = key?.shared ? scopeOfGeneration(roster, key.shared.generation) : null;
  if (!roster || !first || !readers) return null;
  const isTheirs = handedOn(roster, closed, first).some(({ to }) => to === readers);
  return isTheirs ? (folding.cases.get(closed) ?? at.before(closed)) : null;
}

/** What somebody wrote who is no member in force any more: those who read the case see it. It may say that somebody is at risk. */
function foldOfFormer(folding: Folding, { event, eventId, entry, position }: Placed<CaseEvent>, at: FoldContext): void {
  const { stream, author, id, seen } = entry.header;
  const device = deviceOf(folding.roster, author);
  const before = folding.cases.get(stream) ?? at.before(stream);
  if (!device || !before || position === null) return;
  const signed = { entry: id, by: device.member, device: author, position, seen: seen.size };
  const said = { event: eventId, is: event };
  folding.cases.set(stream, withLateEntry(before, { ...signed, because: 'author-not-in-force', said }));
}

function foldCase(folding: Folding, placed: Placed<CaseEvent>, at: FoldContext): void {
  const { event, eventId, entry, position, arrivedAt } = placed;
  const { stream, author, id, seen } = entry.header;
  const member = memberOf(folding.roster, author);
  const fromEndpoint = isEndpoint(folding, author);
  if (!member && !fromEndpoint) {
    folding.faults.push(warning(whyNobody(folding, author), position, {}, stream));
    foldOfFormer(folding, placed, at);
    return;
  }
  const signing = {
    actor: fromEndpoint || !member ? null : { id: member.id, role: member.role },
    unit: folding.roster,
    record: folding.record,
    signed: {
      ...{ entry: id, at: event.at, by: fromEndpoint ? null : (member?.id ?? null), device: author },
      ...{ position, seen: seen.size, ...(event.replaces && { replaces: event.replaces }) },
    },
    eventId,
    time: {
      said: event.at,
      from: timeOfSeen(seen),
      until: arrivedAt === null ? null : new Date(arrivedAt).toISOString(),
    },
  };
  const before = folding.cases.get(stream) ?? at.before(stream);
  // The endpoint takes no id twice: this one does.
  if (before?.activity.some((each) => each.entry === id)) {
    folding.faults.push(warning('entry-id-twice', position, {}, stream));
    return;
  }
  const closed = caseEventOf(at.registry, event.type)?.continues?.(event.data);
  if (closed && before) {
    folding.faults.push(warning('case-continued-twice', position, {}, stream));
    return;
  }
  const continued = closed ? continuedBy(folding, placed, closed, at) : null;
  const from = continued ? takenOver(continued, stream) : before;
  const after = applyToCase(from, stream, event, signing, at.registry);
  if (!after) {
    // What goes on from a case that waits for a roster waits for it too, and all that follows: it is folded again then.
    const awaits = folding.awaited.filter((each) => each.stream === (closed ?? stream));
    if (closed) folding.awaited.push(...awaits.map((each) => ({ ...each, stream })));
    if (awaits.length === 0) folding.faults.push(warning('no-referral', position, {}, stream));
    return;
  }
  folding.cases.set(stream, after);
}

/** Of the policy stream: what all members know of the unit. */
function foldUnit(folding: Folding, { event, eventId, entry, position }: Placed, at: FoldContext): void {
  const definition = unitEventOf(at.registry, event.type);
  if (!definition) return;
  const { author, stream, id, seen } = entry.header;
  const { roster } = folding;
  const by = memberOf(roster, author)?.id ?? null;
  const signed = { entry: id, at: event.at, by, device: author, position, seen: seen.size };
  const next = applyToUnit(folding.record, definition, event.data, { roster, author, stream, signed, eventId });
  if (next.ok) folding.record = next.value;
  else {
    const { code: because, params } = next.error;
    folding.faults.push(warning('refused', position, { ...params, because }));
  }
}

/** What of the policy stream is not known here: only of those who could have changed something by it. */
function foldUnknown(folding: Folding, { header: { author, stream } }: Entry, how: 'newer' | 'unread'): void {
  const { roster, record } = folding;
  const member = memberOf(roster, author);
  if (!member || stream !== roster?.policyStream) return;
  const mayAct = mayOnRoster(member.role, 'admitMember') || may(member.role, 'changePolicy', policyAt(record, null));
  if (mayAct) folding.record = { ...record, [how]: [...record[how], member.id] };
}

/** One event onto the folding. The same for confirmed entries and for those still waiting (`position` null). */
export function foldEvent(folding: Folding, placed: Placed, at: FoldContext): void {
  const { event, entry, position } = placed;
  const { stream } = entry.header;
  // Sealed, in the stream that all must be able to read.
  const isHidden = stream === folding.roster?.stream;
  if (isHidden || isKeyOfOthers(folding, entry)) {
    folding.faults.push(warning('entry-key', position, {}, stream));
    return;
  }
  try {
    if (caseEventOf(at.registry, event.type)) foldCase(folding, placed as Placed<CaseEvent>, at);
    else foldUnit(folding, placed, at);
  } catch {
    // A defect of a rule that one entry meets must not keep the unit from all that comes after it.
    folding.faults.push(warning('entry-not-applied', position, {}, stream));
  }
}

/** An entry of a newer Probity: it is counted, and the case that it stands in says that it waits. */
export function foldNewer(folding: Folding, entry: Entry, position: Position, at: FoldContext): void {
  const { author, stream } = entry.header;
  // Whoever does not belong to the unit could stop all decisions in a case with one entry that nobody knows.
  if (!isEndpoint(folding, author) && !memberOf(folding.roster, author)) {
    folding.faults.push(warning(whyNobody(folding, author), position, {}, stream));
    return;
  }
  folding.newerCount += 1;
  foldUnknown(folding, entry, 'newer');
  const before = folding.cases.get(stream) ?? at.before(stream);
  if (before) folding.cases.set(stream, withNewerEntry(before, memberOf(folding.roster, author)?.id ?? null));
  else folding.newerStreams.add(stream);
}

/** An entry that this member holds no key for. Where they read the rest of a case, the case says so; else it is not for them. */
export function foldUnread(folding: Folding, entry: Entry, at: FoldContext): void {
  const { author, stream } = entry.header;
  const by = memberOf(folding.roster, author)?.id ?? null;
  // For whoever can read it, it would change nothing.
  if (!by && !isEndpoint(folding, author)) return;
  foldUnknown(folding, entry, 'unread');
  const before = folding.cases.get(stream) ?? at.before(stream);
  if (before) folding.cases.set(stream, withUnreadEntry(before, by));
}

/** An entry of a stream that was closed by then: those who read the case see that it came, and nothing changes. */
export function foldAfterClosing(
  folding: Folding,
  { header: { author, stream, id, seen } }: Entry,
  said: LateEntry['said'],
  position: Position,
  at: FoldContext,
): void {
  const by = memberOf(folding.roster, author)?.id ?? null;
  if (!by && !isEndpoint(folding, author)) {
    folding.faults.push(warning(whyNobody(folding, author), position, {}, stream));
    return;
  }
  const before = folding.cases.get(stream) ?? at.before(stream);
  if (!before) return;
  const signed = { entry: id, by, device: author, position, seen: seen.size };
  folding.cases.set(stream, withLateEntry(before, { ...signed, because: 'handed-on', said }));
}

/** What a stream awaits once it was folded again, in place of what it awaited before. */
export function awaitAgain(folding: Pick<Folding, 'awaited'>, stream: StreamId, now: readonly AwaitedRoster[]): void {
  const others = folding.awaited.filter((each) => each.stream !== stream);
  folding.awaited.splice(0, folding.awaited.length, ...others, ...now);
}
