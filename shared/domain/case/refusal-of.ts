import type { Position } from '#shared/kernel/ids.ts';
import { type Refusal, refuse } from '#shared/kernel/refusal.ts';
import type { Actor, RuleContext, SignedTime } from '../event/context.ts';
import type { CaseEventDefinition } from '../event/define-event.ts';
import type { Knew } from '../event/signed.ts';
import { may, type Policy, rolesThatMay } from '../policy/policy.ts';
import type { RuleCode } from '../registry/registry.ts';
import type { MaybeRoster } from '../unit/roster.ts';
import type { RanksHeld } from '../unit/unit-record.ts';
import type { CaseState } from './case-state.ts';

/** What stands around an event when it is judged. */
export interface Circumstances {
  readonly actor: Actor;
  readonly unit: MaybeRoster;
  readonly position: Position | null;
  readonly time: SignedTime;
  readonly policy: Policy;
  readonly ranks: RanksHeld;
  readonly knew: Knew;
}

export const contextOf = (state: CaseState | null, circumstances: Circumstances): RuleContext<CaseState> => ({
  ...circumstances,
  // An event that opens a case is judged with none; every other only where there is one.
  case: state as CaseState,
});

function refuseAuthor(definition: CaseEventDefinition, { actor, policy }: Circumstances) {
  if (!actor) return definition.fromEndpoint ? null : refuse('not-by-endpoint');
  if (definition.may === null) return refuse('only-by-endpoint');
  if (definition.may === 'anyone' || may(actor.role, definition.may, policy)) return null;
  return refuse('not-allowed', { action: definition.may, roles: rolesThatMay(definition.may, policy) });
}

/**
 * A referral that was joined to another case is decided there. What protects somebody is recorded here as well, and what others
 * answer; nothing is held against whoever could not know.
 */
function refuseJoined(
  state: CaseState | null,
  definition: CaseEventDefinition,
  data: unknown,
  { knew }: Circumstances,
) {
  const into = state?.joinedInto.find(knew);
  const isDecision = definition.may === 'assess' && definition.audit !== 'collection';
  return into && isDecision && !definition.protects?.(data)
    ? refuse('joined-elsewhere', { reference: into.reference })
    : null;
}

/** Why an event may not happen to this case; null when it may. Asked before signing, and by every replica when applying. */
export function refusalOf(
  state: CaseState | null,
  definition: CaseEventDefinition,
  data: unknown,
  circumstances: Circumstances,
): Refusal<CaseRefusalCode> | null {
  if (!state && !definition.opens) return refuse('no-referral');
  const refusal =
    refuseAuthor(definition, circumstances) ??
    definition.rule?.(data as never, contextOf(state, circumstances)) ??
    refuseJoined(state, definition, data, circumstances);
  return (refusal ?? null) as Refusal<CaseRefusalCode> | null;
}

type AuthorCode = NonNullable<ReturnType<typeof refuseAuthor>>['code'];
type JoinedCode = NonNullable<ReturnType<typeof refuseJoined>>['code'];
export type CaseRefusalCode = RuleCode | AuthorCode | JoinedCode | 'no-referral';
