import type { z } from 'zod';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { assessmentEvents } from './assessment/assessment-events.ts';
import { caseEvents } from './case/case-events.ts';
import type { Envelope } from './envelope.ts';
import { unitEvents } from './unit/unit-events.ts';

/** Every event type there is. A shipped type is never removed; a new version comes with an upcast from the old. */
const registry = { ...unitEvents, ...caseEvents, ...assessmentEvents } as const;

export type EventType = keyof typeof registry;
type DataOf<Type extends EventType> = z.output<(typeof registry)[Type]['data']>;
export type DomainEvent = { [Type in EventType]: { type: Type; at: string; data: DataOf<Type> } }[EventType];
export type EventOf<Type extends EventType> = Extract<DomainEvent, { type: Type }>;

export interface EventFault {
  readonly code: 'event-unknown' | 'event-malformed';
  readonly detail: string;
}

const isKnown = (type: string): type is EventType => Object.hasOwn(registry, type);

/** Typed data of an opened body. An event from a newer Probity is a fault that keeps the entry and says so. */
export function parseEvent(envelope: Envelope): Result<DomainEvent, EventFault> {
  const { type, v, at } = envelope;
  if (!isKnown(type) || v > registry[type].v) {
    return err({
      code: 'event-unknown',
      detail: 'This entry was written by a newer version of Probity. Update to read it.',
    });
  }
  const data = registry[type].data.safeParse(envelope.data);
  if (!data.success) return err({ code: 'event-malformed', detail: `The content of this ${type} entry is malformed.` });
  return ok({ type, at, data: data.data } as DomainEvent);
}

export const toEnvelope = ({ type, at, data }: DomainEvent): Envelope => ({ type, v: registry[type].v, at, data });
