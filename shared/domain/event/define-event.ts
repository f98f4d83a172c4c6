/**
 * An event is one kind of act that a member, or the endpoint, signs. Each has one file, which says all there is to say
 * about it: what can be written, what law and policy require of it, what it changes, what it names and what follows it.
 * The registry, the state of a case, the commands and the codes of the window's words derive from these definitions.
 */
import type { z } from 'zod';
import type { Digest } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import type { Action } from '../policy/policy.ts';
import type { RuleContext } from './context.ts';
import type { Signed } from './signed.ts';

/** What an entry is under DPA 2018 s 62(1), for the audit. */
export type AuditClass = 'collection' | 'alteration' | 'consultation' | 'disclosure' | 'combination' | 'erasure';

/**
 * What the workstation of the author does outside the unit's log once the entry is confirmed. Doing it twice changes
 * nothing, so that a crash at any point costs nothing.
 */
export type FollowUpKind = 'passOnDisposition';

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
  readonly may: Action | 'anyone' | null;
  /** The endpoint may write it. */
  readonly fromEndpoint?: boolean;
  /** The first entry of a case. */
  readonly opens?: boolean;
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
  /** Sealed chunks that were made with the entry: the endpoint must have them before it. */
  blobs?(data: z.output<Data>): readonly Digest[];
  readonly followUp?: FollowUpKind;
}

/** An event of the unit's own stream, or of a member's. Its effect on the unit is in `membership`. */
export interface OtherEventDefinition<Type extends string = string, Data extends z.ZodType = z.ZodType> {
  readonly stream: 'unit' | 'member';
  readonly type: Type;
  readonly v: number;
  readonly data: Data;
  readonly audit: AuditClass;
}

export type EventDefinition = CaseEventDefinition | OtherEventDefinition;

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

export const defineUnitEvent = <const Type extends string, Data extends z.ZodType>(
  type: Type,
  definition: Omit<OtherEventDefinition<Type, Data>, 'type' | 'stream'>,
): OtherEventDefinition<Type, Data> => ({ stream: 'unit', type, ...definition });

export const defineMemberEvent = <const Type extends string, Data extends z.ZodType>(
  type: Type,
  definition: Omit<OtherEventDefinition<Type, Data>, 'type' | 'stream'>,
): OtherEventDefinition<Type, Data> => ({ stream: 'member', type, ...definition });
