import type { AuthorKey } from '#shared/kernel/ids.ts';
import { mayOnRoster } from '../policy/policy.ts';
import { type MaybeRoster, memberOf } from '../unit/roster.ts';

/** Whether a device may say something in its unit's name, to other units or to whoever sent a report. */
export function speaksForUnit(roster: MaybeRoster, author: AuthorKey): boolean {
  const member = memberOf(roster, author);
  return member !== null && mayOnRoster(member.role, 'speakForUnit');
}
