import { longestName } from '#shared/domain/membership/member-named.ts';
import { hasHidden, isSeen } from '#shared/kernel/visible-text.ts';
import { say } from './say.ts';

/** Why a name cannot be signed; null where it can. @param missing what is said where there is none */
export function unfitName(name: string, missing: string): string | null {
  if (!isSeen(name, 1)) return missing;
  if (hasHidden(name)) return say({ code: 'has-unseen', params: {} });
  return name.trim().length > longestName ? `A name has ${longestName} characters at most.` : null;
}
