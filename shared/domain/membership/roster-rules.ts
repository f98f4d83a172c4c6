import { z } from 'zod';
import { authorKeySchema } from '#shared/crypto/key-schemas.ts';
import type { AuthorKey, GenerationId, MemberId } from '#shared/kernel/ids.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import type { RosterContext } from '../event/define-event.ts';
import { mayOnRoster, type RosterAction, rolesOnRoster } from '../policy/policy.ts';
import { isKeyOfEndpoint } from '../unit/endpoint-keys.ts';
import { recoveryKeysOf } from '../unit/recovery.ts';
import {
  type BoxedGeneration,
  type DeviceKeys,
  deviceOf,
  memberIdSchema,
  memberOfId,
  type RecoveryKeys,
  type RecoveryPublicKeys,
  type Roster,
  type RosterDevice,
  type RosterMember,
  type ScopeGeneration,
  type Standing,
  supervisorsOf,
} from '../unit/roster.ts';
import { isReader } from '../unit/scope-keys.ts';
import type { Scope } from '../unit/scopes.ts';

/* What several acts on the roster ask. */

export const refuseUnlessMember = ({ actor }: RosterContext) => (actor ? null : refuse('not-a-member'));

export const refuseUnlessMay = (action: RosterAction, { actor }: Pick<RosterContext, 'actor'>) =>
  actor && mayOnRoster(actor.role, action) ? null : refuse('not-allowed', { action, roles: rolesOnRoster(action) });

/** A key is bound once, for ever; and a member with the endpoint's key would turn its referrals into a member's acts. */
export function refuseKeys({ author, sealingKey }: DeviceKeys | RecoveryKeys, { roster }: RosterContext) {
  if (roster && isKeyOfEndpoint(roster, author)) return refuse('key-of-endpoint');
  const isEither = (one: RecoveryPublicKeys): boolean => one.author === author || one.sealingKey === sealingKey;
  if (roster?.devices.some(isEither)) return refuse('device-bound-already');
  return roster && recoveryKeysOf(roster).some(isEither) ? refuse('recovery-key-used') : null;
}

export const isBoxedFor = (boxes: readonly BoxedGeneration[], generation: GenerationId, device: AuthorKey): boolean =>
  boxes.some((box) => box.generation === generation && 'device' in box.to && box.to.device === device);

export const isBoxedForRecovery = (
  boxes: readonly BoxedGeneration[],
  generation: GenerationId,
  { author }: RecoveryPublicKeys,
): boolean => boxes.some((box) => box.generation === generation && 'recovery' in box.to && box.to.recovery === author);

/** The devices that a generation is boxed for. */
export const readersIn = (boxes: readonly BoxedGeneration[], generation: GenerationId): readonly AuthorKey[] =>
  boxes.flatMap((box) => (box.generation === generation && 'device' in box.to ? [box.to.device] : []));

/** For all who hold the other one. */
export const isBoxedUnder = (
  boxes: readonly BoxedGeneration[],
  generation: GenerationId,
  other: GenerationId,
): boolean =>
  boxes.some((box) => box.generation === generation && 'generation' in box.to && box.to.generation === other);

/** Acts on a scope's keys are for whoever holds them. */
export function refuseUnlessHeld(scope: Scope, context: RosterContext) {
  const { roster, author } = context;
  const refusal = refuseUnlessMember(context);
  if (refusal || !roster) return refusal;
  return isReader(roster, author, scope) ? null : refuse('grant-not-held');
}

/** Of a scope: a rotation has a box for each, one for the recovery key, and one for the key before. As many as an entry carries. */
export const mostReaders = 254;

/** One that counts. */
export const newGeneration = (
  generation: Pick<ScopeGeneration, 'scope' | 'id' | 'publicKey'>,
  by: AuthorKey,
): Omit<ScopeGeneration, 'recovery'> => ({
  ...generation,
  counts: true,
  by,
  aside: false,
  carriedBy: [],
  unopenedBy: [],
});

/** The recovery key that a generation is boxed for beside an entry: null where it is not for the one that is bound. */
export const recoveryIn = (
  { recovery }: Roster,
  boxes: readonly BoxedGeneration[],
  generation: GenerationId,
): AuthorKey | null => (recovery && isBoxedForRecovery(boxes, generation, recovery) ? recovery.author : null);

export const boundDevice = (member: MemberId, { author, sealingKey }: DeviceKeys): RosterDevice => ({
  author,
  sealingKey,
  member,
  standing: 'inForce',
  granted: [],
  leftOut: [],
});

/** Two supervisors; the founder alone until there have once been two. */
export const takesTwoSupervisors = ({ roster, actor }: Pick<RosterContext, 'roster' | 'actor'>): boolean =>
  roster !== null && (roster.hadTwoSupervisors || actor?.id !== roster.founder);

export const changeMember = (roster: Roster, id: MemberId, change: Partial<RosterMember>): Roster => ({
  ...roster,
  members: roster.members.map((each) => (each.id === id ? { ...each, ...change } : each)),
});

/** A member with all their devices, or one device. */
export const whoseSchema = z.union([
  z.strictObject({ member: memberIdSchema }),
  z.strictObject({ device: authorKeySchema }),
]);
export type Whose = z.output<typeof whoseSchema>;

const standingOf = (roster: Roster, whose: Whose): Standing | null =>
  ('member' in whose ? memberOfId(roster, whose.member) : deviceOf(roster, whose.device))?.standing ?? null;

/** Supervisors who can still act once a member or device no longer can. */
const supervisorsWithout = (roster: Roster, whose: Whose): readonly RosterMember[] =>
  supervisorsOf(changeStanding(roster, whose, 'suspended'));

/** Without any supervisor, nobody could ever be admitted or restored again. */
export const refuseWithoutSupervisor = ({ roster }: RosterContext, whose: Whose) =>
  roster && supervisorsWithout(roster, whose).length === 0 ? refuse('last-supervisor') : null;

export function refuseStanding(whose: Whose, context: RosterContext, next: Standing, from: readonly Standing[]) {
  const refusal = refuseUnlessMay('admitMember', context);
  if (refusal || !context.roster) return refusal;
  const standing = standingOf(context.roster, whose);
  if (!standing) return 'member' in whose ? refuse('member-unknown') : refuse('device-not-bound');
  if (!from.includes(standing)) return standing === 'ended' ? refuse('member-ended') : refuse('nothing-changes');
  return next === 'inForce' ? null : refuseWithoutSupervisor(context, whose);
}

export function changeStanding(roster: Roster, whose: Whose, standing: Standing): Roster {
  if ('member' in whose) return changeMember(roster, whose.member, { standing });
  const devices = roster.devices.map((each) => (each.author === whose.device ? { ...each, standing } : each));
  return { ...roster, devices };
}

/** Whether it takes a supervisor out of action and leaves fewer than two. */
export function leavesOneSupervisor(whose: Whose, { roster }: RosterContext): boolean {
  if (!roster) return false;
  const left = supervisorsWithout(roster, whose).length;
  return left < 2 && left < supervisorsOf(roster).length;
}

/** Another supervisor than the one concerned; where there is none, any other member. */
export function mayEndAsSecond(whose: Whose, { roster, actor, proposedBy }: RosterContext): boolean {
  if (!roster || !actor) return false;
  const concerned = 'member' in whose ? whose.member : deviceOf(roster, whose.device)?.member;
  if (actor.id === concerned) return false;
  const others = supervisorsOf(roster).filter(({ id }) => id !== concerned && id !== proposedBy);
  return others.length === 0 || others.some(({ id }) => id === actor.id);
}
