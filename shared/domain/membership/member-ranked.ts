import { z } from 'zod';
import { refuse, refuseField } from '#shared/kernel/refusal.ts';
import { defineUnitEvent, type UnitContext } from '../event/define-event.ts';
import { employmentIds, rankIds } from '../policy/ranks.ts';
import { memberIdSchema, memberOfId } from '../unit/roster.ts';
import { ranksAt } from '../unit/unit-record.ts';
import { refuseUnlessMay } from './roster-rules.ts';

/** Nobody says their own rank, but the founder at the founding, who is alone then. */
const isOwnAtFounding = (member: string, { roster, record }: UnitContext): boolean =>
  member === roster.founder && !ranksAt(record, null)[roster.founder];

/** The rank that a member holds, or that their grade of police staff equals. Not in the roster: outsiders read that. */
export const memberRanked = defineUnitEvent('member.ranked', {
  v: 1,
  data: z.strictObject({ member: memberIdSchema, employment: z.enum(employmentIds), rank: z.enum(rankIds) }),
  audit: 'alteration',
  rule({ member }, context) {
    const refusal = refuseUnlessMay('admitMember', context);
    if (refusal) return refusal;
    if (!memberOfId(context.roster, member)) return refuseField('member', 'member-unknown');
    return member !== context.actor.id || isOwnAtFounding(member, context) ? null : refuseField('member', 'own-rank');
  },
  desk({ member, employment, rank }, { record }) {
    const held = ranksAt(record, null)[member];
    return held?.employment === employment && held.rank === rank ? refuse('nothing-changes') : null;
  },
  apply: (record, given, signed) => ({ ...record, ranks: [...record.ranks, { ...given, ...signed }] }),
});
