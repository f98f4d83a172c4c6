import { create } from 'zustand';
import type { Session } from '#renderer/vault/vault-api.ts';
import { type Action, may } from '#shared/domain/policy/policy.ts';

interface SessionStore {
  readonly session: Session | null;
}

/** Who has the vault open. Null while it is locked. */
export const useSession = create<SessionStore>(() => ({ session: null }));

/** For disabling what would be refused. The rule itself is enforced when the event is applied. */
export const sessionMay = (action: Action): boolean => {
  const { session } = useSession.getState();
  return session !== null && may(session.member.role, action);
};
