import type { AuthorKey, EventId, StreamId } from '#shared/kernel/ids.ts';
import { type Refusal, refuse } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { dataRefusals } from '../event/data-refusal.ts';
import type { UnitEventDefinition } from '../event/define-event.ts';
import type { Signed } from '../event/signed.ts';
import { type MaybeRoster, memberOf } from '../unit/roster.ts';
import { policyAt, type UnitRecord } from '../unit/unit-record.ts';

/** Who says something of the unit, and in which stream. */
export interface UnitAuthor {
  readonly roster: MaybeRoster;
  readonly author: AuthorKey;
  readonly stream: StreamId;
}

function contextOf(record: UnitRecord, { roster, author, stream }: UnitAuthor) {
  const actor = memberOf(roster, author);
  if (!roster || !actor) return err(refuse('not-a-member'));
  // Of another stream, not all members could read it.
  if (stream !== roster.policyStream) return err(refuse('not-unit-stream'));
  return ok({ actor, roster, record, policy: policyAt(record, null) });
}

/** Why the fold refuses, beyond what the rule of an event says. */
export type UnitFoldCode = Extract<ReturnType<typeof contextOf>, { readonly ok: false }>['error']['code'];

/** What is known of the unit after one more entry of its stream, or why that entry changes nothing. */
export function applyToUnit(
  before: UnitRecord,
  definition: UnitEventDefinition,
  data: unknown,
  signing: UnitAuthor & { readonly signed: Signed; readonly eventId: EventId },
): Result<UnitRecord, Refusal> {
  const context = contextOf(before, signing);
  if (!context.ok) return context;
  const by = context.value.actor.id;
  const { eventId: id, signed } = signing;
  if (before.events.some((each) => each.id === id && each.by === by)) return ok(before);
  const refusal = definition.rule(data, context.value);
  if (refusal) return err(refusal);
  return ok({ ...definition.apply(before, data, signed), events: [...before.events, { id, by }] });
}

/** The data of an event that a member asks to sign, parsed, or why not. */
export function decideUnit<Definition extends UnitEventDefinition>(
  record: UnitRecord,
  definition: Definition,
  data: unknown,
  author: UnitAuthor,
): Result<unknown, Refusal> {
  const parsed = definition.data.safeParse(data);
  if (!parsed.success) return err(dataRefusals(parsed.error)[0] ?? refuse('malformed'));
  const context = contextOf(record, author);
  if (!context.ok) return context;
  const refusal = definition.rule(parsed.data, context.value) ?? definition.desk?.(parsed.data, context.value) ?? null;
  return refusal ? err(refusal) : ok(parsed.data);
}
