import { admit } from '../members.ts';
import { loadPreferences as load, savePreferences as save } from '../preferences.ts';
import type { NewMember, Preferences } from '../vault-api.ts';
import { type Nothing, openCall } from './define-call.ts';

/** A supervisor admits a member, who chooses their passphrase at this workstation. */
export const admitMember = openCall(
  'member.admit',
  'loaded',
  async ({ vault, written }, member: NewMember, { deviceKeys }) => {
    const slot = await admit(vault, member, await deviceKeys());
    written();
    return slot;
  },
);

export const loadPreferences = openCall('preferences.load', 'open', ({ vault }, _: Nothing) => load(vault));

export const savePreferences = openCall('preferences.save', 'open', ({ vault }, preferences: Preferences) =>
  save(vault, preferences),
);
