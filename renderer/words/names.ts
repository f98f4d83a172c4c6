import { longestName } from '#shared/domain/membership/member-named.ts';

/** Why a name cannot be signed; null where it can. */
export const tooLong = (name: string): string | null =>
  name.trim().length > longestName ? `A name has ${longestName} characters at most.` : null;
