/**
 * All events, by what they are: what an opened body may hold, and the types and codes that follow from the definitions.
 * It knows no event by name.
 */
import type { z } from 'zod';
import type { EntryId, EventId } from '#shared/kernel/ids.ts';
import { type Notice, notice, type Refusal, refuse } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { type DataRefusalCode, dataRefusals } from '../event/data-refusal.ts';
import type {
  CaseEventDefinition,
  EventDefinition,
  RosterEventDefinition,
  UnitEventDefinition,
} from '../event/define-event.ts';
import type { Envelope } from '../event/envelope.ts';
import { eventList } from './event-list.ts';

type Listed = (typeof eventList)[number];
type ListedCaseEvent = Extract<Listed, { stream: 'case' }>;

export type EventType = Listed['type'];
export type CaseEventType = ListedCaseEvent['type'];
type Definition<Type extends EventType> = Extract<Listed, { type: Type }>;

export type DataOf<Type extends EventType> = z.output<Definition<Type>['data']>;
/** As somebody writes it, before it is trimmed and parsed. */
export type InputOf<Type extends EventType> = z.input<Definition<Type>['data']>;

export type DomainEvent = {
  [Type in EventType]: {
    type: Type;
    at: string;
    data: DataOf<Type>;
    /** Entries whose value it replaces: of an event of a case. */
    replaces?: readonly EntryId[] | undefined;
  };
}[EventType];
export type EventOf<Type extends EventType> = Extract<DomainEvent, { type: Type }>;
export type CaseEvent = EventOf<CaseEventType>;

type ToIntersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;
type SliceOf<Each> = Each extends { readonly empty?: infer Slice } ? NonNullable<Slice> : never;
/** What all the events of a case add to it. */
export type CaseSlices = ToIntersection<SliceOf<Extract<ListedCaseEvent, { readonly apply: unknown }>>>;

type CodeOf<Each> = Each extends CaseEventDefinition<infer _T, infer _D, infer _S, infer _N, infer Code> ? Code : never;
/** Why the rule of some event refuses. */
export type RuleCode = CodeOf<ListedCaseEvent>;

type RosterCodeOf<Each> = Each extends RosterEventDefinition<infer _T, infer _D, infer Code> ? Code : never;
/** Why the rule of some act on the roster refuses. */
export type RosterRuleCode = RosterCodeOf<Listed>;

type UnitCodeOf<Each> = Each extends UnitEventDefinition<infer _T, infer _D, infer Code> ? Code : never;
/** Why the rule of some event of the unit's own stream refuses. */
export type UnitRuleCode = UnitCodeOf<Listed>;

/** What a program knows of events. Passed on rather than imported where events are read, so that two versions can meet. */
export type Registry = ReadonlyMap<string, EventDefinition>;

export const registry: Registry = new Map(eventList.map((each) => [each.type, each as EventDefinition]));

export const caseEventOf = (known: Registry, type: string): CaseEventDefinition | null => {
  const found = known.get(type);
  return found?.stream === 'case' ? found : null;
};

export const rosterEventOf = (known: Registry, type: string): RosterEventDefinition | null => {
  const found = known.get(type);
  return found?.stream === 'roster' ? found : null;
};

export const unitEventOf = (known: Registry, type: string): UnitEventDefinition | null => {
  const found = known.get(type);
  return found?.stream === 'unit' ? found : null;
};

/** Whether an event belongs to a case's stream, rather than to the unit's or a member's. */
export const isCaseEvent = (event: DomainEvent): event is CaseEvent => caseEventOf(registry, event.type) !== null;

/** A case in which nothing is recorded yet. */
export const emptySlices = Object.assign(
  {},
  ...eventList.map((each) => (each.stream === 'case' && 'empty' in each ? each.empty : {})),
) as CaseSlices;

/** `event-newer`: of a newer Probity. The entry is kept, and takes effect after the update. */
export type EventFault = Notice<'event-newer' | 'event-malformed'>;

/** Typed data of an opened body. */
export function parseEvent(
  { type, v, at, data, replaces }: Omit<Envelope, 'id'>,
  known: Registry = registry,
): Result<DomainEvent, EventFault> {
  const definition = known.get(type);
  if (!definition || v > definition.v) return err(notice('event-newer', { type, v }));
  const parsed = definition.data.safeParse(data);
  if (!parsed.success) return err(notice('event-malformed', { type }));
  return ok({ type, at, data: parsed.data, ...(replaces && { replaces }) } as DomainEvent);
}

/** Why no replica would read an event with this data; null where all would. What is signed is checked by it first. */
export function refusalOfData(
  { type, data }: Pick<DomainEvent, 'type' | 'data'>,
  known: Registry = registry,
): Refusal<DataRefusalCode> | null {
  const parsed = known.get(type)?.data.safeParse(data);
  if (!parsed) return refuse('malformed');
  return parsed.success ? null : (dataRefusals(parsed.error)[0] ?? refuse('malformed'));
}

export const toEnvelope = (
  id: EventId,
  { type, at, data, replaces }: DomainEvent,
  known: Registry = registry,
): Envelope => ({
  id,
  type,
  v: known.get(type)?.v ?? 1,
  at,
  data,
  ...(replaces && { replaces: [...replaces] }),
});
