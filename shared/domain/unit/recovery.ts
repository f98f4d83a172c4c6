import type { AuthorKey } from '#shared/kernel/ids.ts';
import type { MaybeRoster, RecoveryPublicKeys, RecoveryUse, Roster } from './roster.ts';

/*
 * The recovery key signs and receives for the unit when its members' devices are lost. Its secret is split among people, lies
 * nowhere whole, and what it may be used for is permitted by two members, as long as there are two.
 */

/** All that there were. */
export const recoveryKeysOf = ({ recovery, formerRecovery }: Roster): readonly RecoveryPublicKeys[] =>
  recovery ? [...formerRecovery, recovery] : formerRecovery;

/** Whether it is the recovery key of now. */
export const isRecoveryKey = (roster: MaybeRoster, author: AuthorKey): boolean => roster?.recovery?.author === author;

/** Whether it is the recovery key, or was. */
export const wasRecoveryKey = (roster: MaybeRoster, author: AuthorKey): boolean =>
  roster !== null && recoveryKeysOf(roster).some((each) => each.author === author);

export const isSameUse = (one: RecoveryUse, other: RecoveryUse): boolean =>
  'member' in one ? 'member' in other && one.member === other.member : 'scope' in other && one.scope === other.scope;

/**
 * The members who could permit it, or will be able to: not the one concerned, and with a device, of which neither has ended.
 * Who is suspended is among them. One supervisor can suspend alone, and would else make the second signature needless.
 */
const othersIn = ({ members, devices }: Roster, use: RecoveryUse) =>
  members.filter(
    ({ id, standing }) =>
      standing !== 'ended' &&
      !('member' in use && use.member === id) &&
      devices.some((device) => device.member === id && device.standing !== 'ended'),
  );

/** Whether the recovery key may be used so: two members permitted it, or there are no two left who could. */
export const isRecoveryPermitted = (roster: Roster, use: RecoveryUse): boolean =>
  roster.permissions.some((each) => isSameUse(each, use)) || othersIn(roster, use).length < 2;

/** A permission is for one act. */
export const withoutPermission = (roster: Roster, use: RecoveryUse): Roster => ({
  ...roster,
  permissions: roster.permissions.filter((each) => !isSameUse(each, use)),
});
