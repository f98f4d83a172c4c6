import type { StreamId } from '#shared/kernel/ids.ts';
import { applyAssessment } from '../assessment/apply-assessment.ts';
import { assessmentOf, fromFirstVersion } from '../assessment/assessment-of.ts';
import { selectInForce } from '../assessment/dispositions-in-force.ts';
import { refusalOfAssessment } from '../assessment/refuse-assessment.ts';
import { may, whoMay } from '../unit/roles.ts';
import type { Actor } from './actor.ts';
import type { AssessmentEvent, CaseEvent, CaseState, Decision, Signed } from './case-state.ts';
import { isAssessmentEvent } from './case-state.ts';
import { type Knew, knewAll, knewOf } from './signed.ts';

export type { Actor } from './actor.ts';

type Work = Exclude<CaseEvent, AssessmentEvent | { type: 'referral.received' }>;

function refusalOfWork(state: CaseState, event: Work, actor: NonNullable<Actor>): string | null {
  switch (event.type) {
    case 'case.taken':
      if (!may(actor.role, 'takeCase')) return `Only ${whoMay('takeCase')} can take a case.`;
      return state.holder ? 'Another member has this case already.' : null;
    case 'case.released':
      if (!state.holder) return 'Nobody has this case.';
      if (state.holder === actor.id || may(actor.role, 'releaseOthers')) return null;
      return `Only the member who has the case, or ${whoMay('releaseOthers')}, can release it.`;
    case 'decision.recorded':
      return may(actor.role, 'recordDecision') ? null : `Only ${whoMay('recordDecision')} can record a decision.`;
  }
}

/**
 * Why the event may not happen to this case, in words for the person who tried; null when it may.
 * The one place for these rules: asked before signing, and again by every replica when applying.
 * @param knew what its author had seen: no rule holds against them what they could not know
 */
export function refusalOf(
  state: CaseState | null,
  event: CaseEvent,
  actor: Actor,
  knew: Knew = knewAll,
): string | null {
  if (event.type === 'referral.received') {
    if (actor) return 'Only the central endpoint delivers referrals.';
    return state ? 'This referral was delivered already.' : null;
  }
  if (isAssessmentEvent(event)) {
    return state ? refusalOfAssessment(state, event, actor, knew) : 'There is no referral in this case.';
  }
  if (!actor) return 'The central endpoint cannot work on cases.';
  return state ? refusalOfWork(state, event, actor) : 'There is no referral in this case.';
}

/** What a decision of the first version, or a disposition, leaves standing of the decisions before it. */
function withOutcomes(state: CaseState): CaseState {
  const { outcomes, safeguarding } = selectInForce(assessmentOf(state).dispositions);
  const standing = [...outcomes, ...safeguarding].map(({ entry }) => entry);
  return { ...state, current: state.current.filter((entry) => standing.includes(entry)) };
}

function recordDecision(state: CaseState, decision: Decision): CaseState {
  const { assessment, decisions, current } = state;
  return withOutcomes({
    ...state,
    ...(assessment && {
      assessment: { ...assessment, dispositions: [...assessment.dispositions, fromFirstVersion(decision)] },
    }),
    decisions: [...decisions, decision],
    current: [...current, decision.entry],
  });
}

function change(state: CaseState, event: Exclude<CaseEvent, { type: 'referral.received' }>, signed: Signed): CaseState {
  if (isAssessmentEvent(event)) {
    return withOutcomes({ ...state, assessment: applyAssessment(assessmentOf(state), event, signed) });
  }
  switch (event.type) {
    case 'case.taken':
      return { ...state, holder: signed.by };
    case 'case.released':
      return { ...state, holder: null };
    case 'decision.recorded':
      return recordDecision(state, { ...signed, ...event.data });
  }
}

/**
 * The case after one more entry. A refused entry stays visible in the activity, with the reason, and changes nothing
 * else. Null only when there is no referral to attach it to.
 */
export function applyToCase(
  state: CaseState | null,
  id: StreamId,
  event: CaseEvent,
  actor: Actor,
  signed: Signed,
): CaseState | null {
  const refused = refusalOf(state, event, actor, (earlier) => knewOf(signed, earlier));
  const activity = { ...signed, type: event.type, refused };
  if (event.type === 'referral.received' && !refused) {
    return { id, referral: event.data, holder: null, decisions: [], current: [], activity: [activity] };
  }
  if (!state) return null;
  const next = refused || event.type === 'referral.received' ? state : change(state, event, signed);
  return { ...next, activity: [...state.activity, activity] };
}
