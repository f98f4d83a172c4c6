import { fingerprintOfFounder, fingerprintOfOperator } from '#shared/crypto/fingerprint.ts';
import { changePassphrase, type PassphraseChange } from '../change-passphrase.ts';
import { readHistories } from '../log/member-histories.ts';
import { admit, takesSecond } from '../members.ts';
import { loadPreferences as load, savePreferences as save } from '../preferences.ts';
import { renewDevice } from '../renew-device.ts';
import type { AdmissionTerms, Fingerprints, NewMember, Preferences } from '../vault-api.ts';
import { type Nothing, openCall, writingCall } from './define-call.ts';
import { listSlots } from './entrance-calls.ts';

/** A supervisor admits a member, who chooses their passphrase at this workstation. */
export const admitMember = writingCall('member.admit', async ({ vault }, member: NewMember, { deviceKeys }) =>
  admit(vault, member, await deviceKeys()),
);

/** New keys for a device that was found to be set back. The vault is locked after it, and opens with the same passphrase. */
export const renewKeys = writingCall(
  'device.renew',
  async ({ vault }, { passphrase }: { readonly passphrase: string }, { deviceKeys }) =>
    renewDevice(vault, passphrase, await deviceKeys()),
);

/** Another passphrase for whoever is at work, on this workstation. */
export const changeOwnPassphrase = openCall(
  'passphrase.change',
  'open',
  ({ vault }, change: PassphraseChange, { deviceKeys }) =>
    deviceKeys().then((device) => changePassphrase(vault, change, device)),
);

/** What admitting somebody takes now. */
export const admissionTerms = openCall(
  'member.admissionTerms',
  'loaded',
  async ({ vault }, input: Nothing, entrance): Promise<AdmissionTerms> => {
    if (!takesSecond(vault)) return { seconds: null };
    const { slotId } = vault.member;
    const { slots } = await listSlots.run(entrance, input);
    return { seconds: slots.filter(({ id, role }) => id !== slotId && role === 'supervisor') };
  },
);

/** What the unit and the operator of its endpoint compare before the operator signs who founded the unit. */
export const fingerprints = openCall(
  'unit.fingerprints',
  'open',
  async ({ vault }, _: Nothing): Promise<Fingerprints> => {
    const { unit, founder, operatorKey } = vault.member.slot;
    return { unit: await fingerprintOfFounder(unit, founder), operator: await fingerprintOfOperator(operatorKey) };
  },
);

export const loadPreferences = openCall('preferences.load', 'open', ({ vault }, _: Nothing) => load(vault));

export const savePreferences = openCall('preferences.save', 'open', ({ vault }, preferences: Preferences) =>
  save(vault, preferences),
);

/** Who admitted each member, and when they last opened the vault, as far as the log is looked through for that. */
export const memberHistories = openCall('member.histories', 'loaded', ({ vault }, _: Nothing) => readHistories(vault));
