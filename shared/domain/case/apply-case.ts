import type { MemberId, StreamId } from '#shared/kernel/ids.ts';
import { may, type Role, whoMay } from '../unit/roles.ts';
import type { CaseEvent, CaseState, Decision, Signed } from './case-state.ts';

/** Who acts, as the unit's log knew them at that point. Null: the endpoint. */
export type Actor = { readonly id: MemberId; readonly role: Role } | null;

/**
 * Why the event may not happen to this case, in words for the person who tried; null when it may.
 * The one place for these rules: asked before signing, and again by every replica when applying.
 */
export function refusalOf(state: CaseState | null, event: CaseEvent, actor: Actor): string | null {
  if (event.type === 'referral.received') {
    if (actor) return 'Only the central endpoint delivers referrals.';
    return state ? 'This referral was delivered already.' : null;
  }
  if (!actor) return 'The central endpoint cannot work on cases.';
  if (!state) return 'There is no referral in this case.';
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

/** Whether the author of `later` knew of `earlier`: it was confirmed by then, or they wrote it themselves before. */
const knewOf = (later: Signed, earlier: Signed): boolean =>
  earlier.by === later.by || (earlier.position !== null && earlier.position <= later.seen);

function recordDecision(state: CaseState, decision: Decision): CaseState {
  const stillCurrent = state.decisions.filter(
    (earlier) => state.current.includes(earlier.entry) && !knewOf(decision, earlier),
  );
  return {
    ...state,
    decisions: [...state.decisions, decision],
    current: [...stillCurrent.map((earlier) => earlier.entry), decision.entry],
  };
}

function change(state: CaseState, event: Exclude<CaseEvent, { type: 'referral.received' }>, signed: Signed): CaseState {
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
  const refused = refusalOf(state, event, actor);
  const activity = { ...signed, type: event.type, refused };
  if (event.type === 'referral.received' && !refused) {
    return { id, referral: event.data, holder: null, decisions: [], current: [], activity: [activity] };
  }
  if (!state) return null;
  const next = refused || event.type === 'referral.received' ? state : change(state, event, signed);
  return { ...next, activity: [...state.activity, activity] };
}
