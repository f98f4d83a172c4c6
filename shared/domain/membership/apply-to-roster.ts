import type { AuthorKey, Digest, EventId, StreamId } from '#shared/kernel/ids.ts';
import { type Refusal, refuse } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { PinnedKeys, RosterContext, RosterEventDefinition } from '../event/define-event.ts';
import { mayOnRoster } from '../policy/policy.ts';
import { isRecoveryKey, wasRecoveryKey } from '../unit/recovery.ts';
import {
  type BoxedGeneration,
  deviceOf,
  type MaybeRoster,
  memberOf,
  type Proposal,
  type Roster,
  type RosterMember,
  supervisorsOf,
} from '../unit/roster.ts';

/** A genuine entry of the roster's stream: signed by its author, and opened (shared/log/roster-entry.ts). */
export interface RosterStep {
  /** Of the entry: what a second signature names. */
  readonly hash: Digest;
  /** Kept when the act is signed again: it counts once. */
  readonly eventId: EventId;
  readonly stream: StreamId;
  readonly author: AuthorKey;
  readonly definition: RosterEventDefinition;
  readonly data: unknown;
  /** Whether the keys that it binds are fit, and signed that themselves; true where it binds none. */
  readonly proved: boolean;
  readonly boxes: readonly BoxedGeneration[];
}

/** Whom the folder trusts, and the acts that it knows. */
export interface RosterGround {
  readonly pinned: PinnedKeys;
  readonly actOf: (type: string) => RosterEventDefinition | null;
}

/** Why an entry is no act on this roster at all. */
function refuseStep(before: MaybeRoster, { stream, author, definition, proved }: RosterStep) {
  if (before && stream !== before.stream) return refuse('other-roster');
  if (!before && definition.type !== 'unit.founded') return refuse('unit-not-founded');
  const mayAct = isRecoveryKey(before, author) && definition.byRecoveryKey === true;
  if (wasRecoveryKey(before, author) && !mayAct) return refuse('not-for-recovery-key');
  return proved ? null : refuse('binding-unproved');
}

/** Who acts: the member of the device that signed or, of a key that is not bound yet, of the device for which it does. */
const actorOf = (
  roster: MaybeRoster,
  { definition, data, author }: Pick<RosterStep, 'definition' | 'data' | 'author'>,
) => memberOf(roster, definition.actsFor?.(data) ?? author);

/** Why a member may not give the second signature. */
function refuseSecond(definition: RosterEventDefinition, data: unknown, seconding: RosterContext) {
  const mayHere = definition.maySecond ?? ((_, { actor }) => actor !== null && mayOnRoster(actor.role, 'admitMember'));
  return mayHere(data, seconding) ? null : refuse('not-allowed-as-second');
}

/** What one member may leave open: else anybody could make the roster grow without end. */
const mostOpen = 16;
const refuseProposal = ({ proposals }: Roster, { id }: RosterMember) =>
  proposals.filter(({ by }) => by === id).length < mostOpen
    ? null
    : refuse('too-many-proposals', { maximum: mostOpen });

/** With the event noted as one that counted. The author of a founding is looked up after it: it makes its own. */
function remembered(roster: Roster, { eventId, author }: RosterStep, actor: RosterMember | null): Roster {
  const by = actor?.id ?? deviceOf(roster, author)?.member;
  return by ? { ...roster, events: [...roster.events, { id: eventId, by }] } : roster;
}

type RefusedBy<Rule extends (...asked: never) => unknown> = NonNullable<ReturnType<Rule>>;
/** Why the fold refuses, beyond what the rule of an act says. */
export type RosterFoldCode = (
  | RefusedBy<typeof refuseStep>
  | RefusedBy<typeof refuseSecond>
  | RefusedBy<typeof refuseProposal>
)['code'];

/**
 * The roster after one more entry, or why that entry changes nothing. An act that needs a second signature waits in
 * `proposals`. The one fold of the roster: replicas, the endpoint and other units differ only in whom they pin.
 */
export function applyToRoster(
  before: MaybeRoster,
  step: RosterStep,
  { pinned, actOf }: RosterGround,
): Result<Roster, Refusal> {
  const { definition, data, hash, stream, author, boxes } = step;
  const actor = actorOf(before, step);
  const context: RosterContext = {
    ...{ roster: before, actor, author, entry: hash, event: step.eventId, stream, pinned, boxes },
    proposedBy: null,
  };
  const notHere = refuseStep(before, step);
  if (notHere) return err(notHere);
  if (before && actor && before.events.some(({ id, by }) => id === step.eventId && by === actor.id)) return ok(before);
  const refusal = definition.rule(data, context);
  if (refusal) return err(refusal);
  if (before && actor && definition.needsSecond?.(data, context)) {
    const tooMany = refuseProposal(before, actor);
    if (tooMany) return err(tooMany);
    const proposal: Proposal = { entry: hash, by: actor.id, author, type: definition.type, data, boxes };
    return ok(remembered({ ...before, proposals: [...before.proposals, proposal] }, step, actor));
  }
  // Only a founding has no roster before it, and it makes one whatever it is given.
  const after = definition.apply(before as Roster, data, context);
  const proposal = before && definition.type === 'act.seconded' ? proposalIn(before, data) : null;
  const next = proposal ? second(after, proposal, context, actOf(proposal.type)) : ok(counted(after));
  return next.ok ? ok(remembered(next.value, step, actor)) : next;
}

const proposalIn = ({ proposals }: Roster, data: unknown): Proposal | null =>
  proposals.find(({ entry }) => entry === (data as { readonly entry: Digest }).entry) ?? null;

const counted = (roster: Roster): Roster =>
  roster.hadTwoSupervisors || supervisorsOf(roster).length < 2 ? roster : { ...roster, hadTwoSupervisors: true };

/** What was proposed, with its second signature: judged anew at the second's position, with both of them in force. */
function second(
  roster: Roster,
  { by, author, data, boxes }: Proposal,
  seconding: RosterContext,
  definition: RosterEventDefinition | null,
): Result<Roster, Refusal> {
  // No fold takes as a proposal what it does not know.
  if (!definition) return ok(roster);
  const proposing = { ...seconding, roster, actor: actorOf(roster, { definition, data, author }), author, boxes };
  const refusal =
    definition.rule(data, proposing) ?? refuseSecond(definition, data, { ...seconding, roster, proposedBy: by });
  return refusal ? err(refusal) : ok(counted(definition.apply(roster, data, proposing)));
}
