import { create } from 'zustand';
import type { QueueRow } from '#renderer/vault/queue-api.ts';
import type { Session } from '#renderer/vault/vault-api.ts';
import { whoMay } from '#renderer/words/roles.ts';
import { type Action, may, type Policy } from '#shared/domain/policy/policy.ts';
import { policyNow } from './unit-store.ts';

interface SessionStore {
  readonly session: Session | null;
}

/** Who has the vault open. Null while it is locked. */
export const useSession = create<SessionStore>(() => ({ session: null }));

/** For disabling what would be refused. The rule itself is enforced when the event is applied. */
export const sessionMay = (action: Action): boolean => {
  const { session } = useSession.getState();
  return session !== null && may(session.member.role, action, policyNow());
};

/*
 * Why a control is disabled, from what the row says. Only words for the person at the desk: the vault asks the rules of
 * shared/domain again, and every replica does when it applies the event.
 */
type Holding = Pick<QueueRow, 'holder' | 'holderName'>;
type Member = Session['member'];

export function whyNotTake({ holder, holderName }: Holding, member: Member, policy: Policy): string | null {
  if (!may(member.role, 'takeCase', policy)) return `Only ${whoMay('takeCase', policy)} can take a case.`;
  if (!holder) return null;
  if (holder === member.id) return 'You have this case already.';
  return `${holderName ?? 'Another member'} has this case. They, or ${whoMay('releaseOthers', policy)}, can release it.`;
}

export function whyNotRelease({ holder, holderName }: Holding, member: Member, policy: Policy): string | null {
  if (!holder) return 'This case has no owner.';
  if (holder === member.id || may(member.role, 'releaseOthers', policy)) return null;
  return `Only ${holderName ?? 'its owner'}, or ${whoMay('releaseOthers', policy)}, can release this case.`;
}

export function whyNotAssess({ holder, holderName }: Holding, member: Member, policy: Policy): string | null {
  if (!may(member.role, 'assess', policy)) return `Only ${whoMay('assess', policy)} can assess a referral.`;
  if (holder === member.id) return null;
  return holder
    ? `${holderName ?? 'Another member'} has this case.`
    : 'Take the case before you record anything in it.';
}
