import { z } from 'zod';
import type { MemberId } from '#shared/kernel/ids.ts';
import { refuse } from '#shared/kernel/refusal.ts';
import { defineRosterEvent } from '../event/define-event.ts';
import { isSameUse } from '../unit/recovery.ts';
import { memberOfId, type RecoveryUse, recoveryUseSchema, supervisorsOf } from '../unit/roster.ts';
import { scopesIn } from '../unit/scope-keys.ts';
import { refuseUnlessMember } from './roster-rules.ts';

const isConcerned = (use: RecoveryUse, id: MemberId): boolean => 'member' in use && use.member === id;

/**
 * Two members say that the recovery key may be used once: for a new device of a member, or to open a scope again. Neither is
 * the member concerned, and one is a supervisor, where there is another than the one concerned.
 */
export const recoveryPermitted = defineRosterEvent('recovery.permitted', {
  v: 1,
  data: z.strictObject({ for: recoveryUseSchema }),
  audit: 'alteration',
  rule({ for: use }, context) {
    const { roster, actor } = context;
    const refusal = refuseUnlessMember(context);
    if (refusal || !roster || !actor) return refusal;
    if (!roster.recovery) return refuse('recovery-not-bound');
    if (isConcerned(use, actor.id)) return refuse('own-recovery');
    if (roster.permissions.some((each) => isSameUse(each, use))) return refuse('nothing-changes');
    if ('scope' in use) return scopesIn(roster).includes(use.scope) ? null : refuse('scope-unknown');
    const found = memberOfId(roster, use.member);
    if (!found) return refuse('member-unknown');
    return found.standing === 'ended' ? refuse('member-ended') : null;
  },
  needsSecond: () => true,
  maySecond({ for: use }, { roster, actor, proposedBy }) {
    if (!roster || !actor || isConcerned(use, actor.id)) return false;
    const supervisors = supervisorsOf(roster).filter(({ id }) => !isConcerned(use, id));
    return supervisors.length === 0 || supervisors.some(({ id }) => id === actor.id || id === proposedBy);
  },
  apply: (roster, { for: use }) => ({ ...roster, permissions: [...roster.permissions, use] }),
});
