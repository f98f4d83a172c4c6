/**
 * An event is one kind of act that a member, or the endpoint, signs. Each has one file, which says all there is to say
 * about it: what can be written, what law and policy require of it, what it changes, what it names and what follows it.
 * The registry, the state of a case, the commands and the codes of the window's words derive from these definitions.
 */
import type { z } from 'zod';
import type { AuthorKey, Digest, EventId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import type { Policy, PolicyAction } from '../policy/policy.ts';
import type { EndpointPublicKeys } from '../unit/endpoint-keys.ts';
import type { BoxedGeneration, DeviceKeys, MaybeRoster, RecoveryKeys, Roster, RosterMember } from '../unit/roster.ts';
import type { UnitRecord } from '../unit/unit-record.ts';
import type { RuleContext } from './context.ts';
import type { History } from './history.ts';
import type { Signed } from './signed.ts';

/** What an entry is under DPA 2018 s 62(1), for the audit. */
export type AuditClass = 'collection' | 'alteration' | 'consultation' | 'disclosure' | 'combination' | 'erasure';

/**
 * What the workstation of the author does outside the unit's log once the entry is confirmed. Doing it twice changes
 * nothing, so that a crash at any point costs nothing.
 */
export type FollowUpKind = 'passOnDisposition' | 'acknowledgeTransfer';

/** @typeParam Slice - the part of the state that the event changes. @typeParam Needs - what its rule reads */
export interface CaseEventDefinition<
  Type extends string = string,
  Data extends z.ZodType = z.ZodType,
  Slice extends object = object,
  Needs = Slice,
  Code extends string = string,
> {
  readonly stream: 'case';
  readonly type: Type;
  /** Grows with each change of what the data means: an older Probity keeps a newer event and waits for its update. */
  readonly v: number;
  /** What can be written at all. What is required of it is the rule's. */
  readonly data: Data;
  readonly audit: AuditClass;
  /** What a member's role must allow; `anyone`: any role, the rule decides; null: no member may write it. */
  readonly may: PolicyAction | 'anyone' | null;
  /** The endpoint may write it. */
  readonly fromEndpoint?: boolean;
  /** The first entry of a case. */
  readonly opens?: boolean;
  /** The first entry of a stream in which a case goes on: the closed one that it was in. */
  continues?(data: z.output<Data>): StreamId;
  /** A member who reads the case from here on besides those it is for: its keys are boxed to them in the same commit. */
  admits?(data: z.output<Data>): MemberId;
  /** The slice of a case in which this was never recorded. */
  readonly empty?: Slice;
  /** Why it may not happen; null when it may. Pure; asked before signing, and by every replica as it applies the entry. */
  rule?(data: z.output<Data>, context: RuleContext<Needs>): Refusal<Code> | null;
  /**
   * Asked of the author only, after the rule: what may be asked in another way tomorrow. No replica checks it, so
   * evidence never depends on it.
   */
  desk?(data: z.output<Data>, context: RuleContext<Needs>): Refusal<Code> | null;
  /** Who writes it need not have taken the case. */
  readonly withoutHolding?: boolean;
  /** Protects somebody, so it never waits: also in a case that holds entries of a newer Probity. */
  protects?(data: z.output<Data>): boolean;
  /** The next state. Only ever adds: nothing is taken out of a history. */
  apply(state: Slice, data: z.output<Data>, signed: Signed): Partial<Slice>;
  /**
   * All that was recorded so far of what it records anew. Its author names what it replaces of that; without it, it
   * replaces nothing.
   */
  history?(state: Slice, data: z.output<Data>): History<unknown>;
  /** Sealed chunks that were made with the entry: the endpoint must have them before it. */
  blobs?(data: z.output<Data>): readonly Digest[];
  /**
   * Something outside the unit will answer it: then the vault adds `reply`, the seed of a key made for that answer alone, so
   * that whoever reads the entry, and nobody else, opens it.
   */
  asksOutside?(data: z.output<Data>): boolean;
  readonly followUp?: FollowUpKind;
}

/** Keys that whoever folds a roster trusts without it. */
export interface PinnedKeys {
  /** Null where nobody is pinned yet: the endpoint, at the first entry of a log. */
  readonly founder: AuthorKey | null;
  /** Keys of the endpoint, of which a founding names some. Null where any may: whoever folds asks where the roster leads. */
  readonly endpoints: readonly EndpointPublicKeys[] | null;
}

/** Keys of the endpoint that an act names and, where they replace others, what was signed for that. */
export interface NamedEndpointKeys extends EndpointPublicKeys {
  readonly replacement: {
    readonly replaces: EndpointPublicKeys;
    readonly proofs: { readonly [Key in keyof EndpointPublicKeys]: string | null };
    readonly consent: string | null;
  } | null;
}

/** The key of a device in whose place another comes, and its signature over that. */
export interface Renewal {
  readonly replaces: AuthorKey;
  readonly consent: string;
}

/** Keys that an act binds, which must have signed that themselves. */
export type BoundKeys =
  | { readonly member: MemberId; readonly device: DeviceKeys; readonly renews?: Renewal }
  | { readonly recovery: RecoveryKeys };

/** All that the rule of an act on the roster may look at. */
export interface RosterContext {
  /** As it was before; null before the founding. */
  readonly roster: MaybeRoster;
  /** Who acts: null when the device is not that of a member in force. */
  readonly actor: RosterMember | null;
  readonly author: AuthorKey;
  /** Hash of the entry. Of an act that is seconded, of the one that seconds it, where it counts from. */
  readonly entry: Digest;
  /** Of the event of that entry, kept when it is signed again. */
  readonly event: EventId;
  readonly stream: StreamId;
  readonly pinned: PinnedKeys;
  /** That stand beside the entry. */
  readonly boxes: readonly BoxedGeneration[];
  /** Of a second signature: who gave the first. */
  readonly proposedBy: MemberId | null;
}

/** An act on the roster: in the clear, judged by members, the endpoint and other units alike. */
export interface RosterEventDefinition<
  Type extends string = string,
  Data extends z.ZodType = z.ZodType,
  Code extends string = string,
> {
  readonly stream: 'roster';
  readonly type: Type;
  readonly v: number;
  readonly data: Data;
  readonly audit: AuditClass;
  /** The device that it binds to a member, or the recovery key that it binds to the unit. */
  binds?(data: z.output<Data>): BoundKeys;
  /** Of an act by a key that is not bound yet: the device whose member acts. */
  actsFor?(data: z.output<Data>): AuthorKey;
  /** The recovery key may sign it too. No other act of its counts. */
  readonly byRecoveryKey?: true;
  /** The keys of the endpoint that it names: they must be fit to be bound, and have signed what they had to. */
  endpointKeys?(data: z.output<Data>): NamedEndpointKeys;
  /** Why it may not happen; null when it may. Asked again at the second signature. */
  rule(data: z.output<Data>, context: RosterContext): Refusal<Code> | null;
  /** Whether it counts only once another member has signed it too. */
  needsSecond?(data: z.output<Data>, context: RosterContext): boolean;
  /** Who may give that signature; without it, whoever may admit members. Never who gave the first. */
  maySecond?(data: z.output<Data>, context: RosterContext): boolean;
  apply(roster: Roster, data: z.output<Data>, context: RosterContext): Roster;
}

/** All that the rule of an event of the unit's own stream may look at. */
export interface UnitContext {
  /** Who acts. */
  readonly actor: RosterMember;
  /** Who belonged to the unit at this position. */
  readonly roster: Roster;
  /** As it was before. */
  readonly record: UnitRecord;
  /** In force before it. */
  readonly policy: Policy;
}

/** An event of the unit's own stream, which all its members read: names, policy, ranks. */
export interface UnitEventDefinition<
  Type extends string = string,
  Data extends z.ZodType = z.ZodType,
  Code extends string = string,
> {
  readonly stream: 'unit';
  readonly type: Type;
  readonly v: number;
  readonly data: Data;
  readonly audit: AuditClass;
  /** Why it may not happen; null when it may. Asked before signing, and by every replica as it applies the entry. */
  rule(data: z.output<Data>, context: UnitContext): Refusal<Code> | null;
  /** Asked of the author only. */
  desk?(data: z.output<Data>, context: UnitContext): Refusal<Code> | null;
  apply(record: UnitRecord, data: z.output<Data>, signed: Signed): UnitRecord;
}

/** An event of a member's own stream. */
export interface MemberEventDefinition<Type extends string = string, Data extends z.ZodType = z.ZodType> {
  readonly stream: 'member';
  readonly type: Type;
  readonly v: number;
  readonly data: Data;
  readonly audit: AuditClass;
}

export type EventDefinition = CaseEventDefinition | RosterEventDefinition | UnitEventDefinition | MemberEventDefinition;

export const defineCaseEvent = <
  const Type extends string,
  Data extends z.ZodType,
  Slice extends object,
  Needs,
  const Code extends string = never,
>(
  type: Type,
  definition: Omit<CaseEventDefinition<Type, Data, Slice, Needs, Code>, 'type' | 'stream'>,
): CaseEventDefinition<Type, Data, Slice, Needs, Code> => ({ stream: 'case', type, ...definition });

export const defineRosterEvent = <const Type extends string, Data extends z.ZodType, const Code extends string = never>(
  type: Type,
  definition: Omit<RosterEventDefinition<Type, Data, Code>, 'type' | 'stream'>,
): RosterEventDefinition<Type, Data, Code> => ({ stream: 'roster', type, ...definition });

export const defineUnitEvent = <const Type extends string, Data extends z.ZodType, const Code extends string = never>(
  type: Type,
  definition: Omit<UnitEventDefinition<Type, Data, Code>, 'type' | 'stream'>,
): UnitEventDefinition<Type, Data, Code> => ({ stream: 'unit', type, ...definition });

export const defineMemberEvent = <const Type extends string, Data extends z.ZodType>(
  type: Type,
  definition: Omit<MemberEventDefinition<Type, Data>, 'type' | 'stream'>,
): MemberEventDefinition<Type, Data> => ({ stream: 'member', type, ...definition });
