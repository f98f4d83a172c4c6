import type { StreamId } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { type AssessmentCommand, isAssessmentCommand } from '../assessment/assessment-commands.ts';
import { decideAssessment } from '../assessment/decide-assessment.ts';
import type { Actor } from './actor.ts';
import { refusalOf } from './apply-case.ts';
import { caseEvents } from './case-events.ts';
import type { CaseEvent, CaseState } from './case-state.ts';
import { type DecisionKind, shortestRationale } from './decisions.ts';

/** What a member asks to do to a case. */
export type CaseCommand =
  | AssessmentCommand
  | { readonly type: 'take'; readonly case: StreamId }
  | { readonly type: 'release'; readonly case: StreamId }
  | {
      readonly type: 'recordDecision';
      readonly case: StreamId;
      readonly kind: DecisionKind;
      readonly rationale: string;
    };

function toEvent(command: Exclude<CaseCommand, AssessmentCommand>, at: string): CaseEvent {
  switch (command.type) {
    case 'take':
      return { type: 'case.taken', at, data: {} };
    case 'release':
      return { type: 'case.released', at, data: {} };
    case 'recordDecision':
      return { type: 'decision.recorded', at, data: { kind: command.kind, rationale: command.rationale.trim() } };
  }
}

/**
 * The event that carries out a command, or why not. Beyond the rules of `refusalOf`, asks that one works on a case
 * only when one has it. That is courtesy at the desk, not a rule of the log: a decision by someone who lost a race for
 * the case is evidence, and is kept as a conflict.
 */
export function decideCase(
  state: CaseState | null,
  command: CaseCommand,
  actor: Actor,
  at: string,
): Result<CaseEvent, string> {
  if (isAssessmentCommand(command)) return decideAssessment(state, command, actor, at);
  const event = toEvent(command, at);
  const refusal = refusalOf(state, event, actor);
  if (refusal) return err(refusal);
  if (event.type !== 'decision.recorded') return ok(event);
  if (state?.holder !== actor?.id) return err('Take the case before you record a decision.');
  if (!caseEvents['decision.recorded'].data.safeParse(event.data).success) {
    return err(`Give your reasons in at least ${shortestRationale} characters.`);
  }
  return ok(event);
}
