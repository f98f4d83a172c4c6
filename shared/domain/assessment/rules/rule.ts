import type { AssessmentEvent, CaseState } from '../../case/case-state.ts';
import type { Knew } from '../../case/signed.ts';
import type { Role } from '../../unit/roles.ts';
import type { AssessmentState } from '../assessment-state.ts';

/** What a rule may look at. Every replica asks it again, so it knows no clock and no draft: only the log. */
export interface RuleContext {
  readonly state: CaseState;
  readonly assessment: AssessmentState;
  /** Null: the endpoint. */
  readonly role: Role | null;
  /** The author's clock when they signed. */
  readonly at: string;
  /** What the author knew. A rule never holds against someone what they could not have seen. */
  readonly knew: Knew;
}

type DataOf<Type extends AssessmentEvent['type']> = Extract<AssessmentEvent, { type: Type }>['data'];

/** Why the event may not happen, in words for the person who tried; null when it may. */
export type Rule<Type extends AssessmentEvent['type']> = (data: DataOf<Type>, context: RuleContext) => string | null;

export const hasTwins = (list: readonly string[]): boolean => new Set(list).size < list.length;
export const isLater = (one: string, other: string): boolean => Date.parse(one) > Date.parse(other);
