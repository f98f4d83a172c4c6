import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { Actor } from '../case/actor.ts';
import type { AssessmentEvent, CaseState } from '../case/case-state.ts';
import { knewAll } from '../case/signed.ts';
import { type AssessmentCommand, assessmentCommands } from './assessment-commands.ts';
import { assessmentEvents } from './assessment-events.ts';
import { assessmentOf } from './assessment-of.ts';
import { stands } from './assessment-state.ts';
import { unmarked } from './exposure-review.ts';
import { refusalOfAssessment } from './refuse-assessment.ts';
import { dispositions } from './tables/dispositions.ts';

/** The event of a command, trimmed and parsed, or what is missing in it. */
function toAssessmentEvent(command: AssessmentCommand, at: string): Result<AssessmentEvent, string> {
  const type = assessmentCommands[command.type];
  const parsed = assessmentEvents[type].data.safeParse(command.data);
  if (!parsed.success) return err(parsed.error.issues[0]?.message ?? 'Something is missing.');
  return ok({ type, at, data: parsed.data } as AssessmentEvent);
}

/*
 * Only what can be asked again tomorrow in another way belongs here: replicas do not check it, so evidence never
 * depends on it.
 */

/** Courtesy at the desk: what this version asks for beyond the rules that bind every replica. */
function askedAtDesk(state: CaseState, event: AssessmentEvent): string | null {
  const { items } = assessmentOf(state);
  if (event.type === 'disposition.recorded' && dispositions[event.data.outcome.kind].needsItem && !items.some(stands)) {
    return 'Record at least one item of information: it is what is kept.';
  }
  if (event.type !== 'sanitised.recorded') return null;
  const left = unmarked(state, event.data).length;
  return left > 0 ? `The check finds ${left} more that might show who reported. Resolve or dismiss each.` : null;
}

/** The event that carries out an assessment command, or why not. */
export function decideAssessment(
  state: CaseState | null,
  command: AssessmentCommand,
  actor: Actor,
  at: string,
): Result<AssessmentEvent, string> {
  if (!state) return err('There is no referral in this case.');
  const event = toAssessmentEvent(command, at);
  if (!event.ok) return event;
  const refusal = refusalOfAssessment(state, event.value, actor, knewAll);
  if (refusal) return err(refusal);
  if (state.holder !== actor?.id) return err('Take the case before you assess it.');
  const asked = askedAtDesk(state, event.value);
  return asked ? err(asked) : event;
}
