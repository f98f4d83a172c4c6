import { v4 as uuid } from 'uuid';
import { importContentKey } from '#shared/crypto/aead.ts';
import { fromBase64url } from '#shared/crypto/encoding.ts';
import type { SigningKey } from '#shared/crypto/signing.ts';
import { refuseNamesake } from '#shared/domain/membership/member-named.ts';
import { takesTwoSupervisors } from '#shared/domain/membership/roster-rules.ts';
import { refusalOfData } from '#shared/domain/registry/registry.ts';
import { currentGeneration, type DeviceKeys as MemberDevice, memberOf } from '#shared/domain/unit/roster.ts';
import { timeOf } from '#shared/kernel/clock.ts';
import type { MemberId } from '#shared/kernel/ids.ts';
import type { Notice, Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { Generation } from '#shared/log/generation.ts';
import { boxGeneration } from '#shared/log/generation-box.ts';
import { refuse } from './codes.ts';
import type { DeviceKeys } from './keys/device-keys.ts';
import { sealKeyCache } from './keys/key-cache.ts';
import { createKeyring } from './keys/keyring.ts';
import { generateMember } from './keys/new-member.ts';
import { createSlot, sealSlotRecord } from './keys/slots.ts';
import { holdsCurrent } from './log/append.ts';
import { appendSigned } from './log/append-signed.ts';
import { type Signed, signEvents, type Unsigned } from './log/outbox.ts';
import { rotateOwed } from './log/rotate-scopes.ts';
import type { OpenVault } from './open-vault.ts';
import { judgeLast, openSecond, signTogether } from './sign-together.ts';
import type { NewMember, Slot } from './vault-api.ts';

/** The scopes whose key a new member is given. */
const atAdmission = ['everyone', 'unit'] as const;

/** Whether an admission by this member takes a second supervisor. */
export const takesSecond = ({ log: { roster }, member: { slot } }: OpenVault): boolean =>
  takesTwoSupervisors({ roster, actor: memberOf(roster, slot.author) });

/**
 * Makes the member's keys and slot here, and writes their admission, with the second supervisor's signature where it
 * takes one, and the grant of the unit's key: all in one commit, so that nobody is half admitted.
 */
export function admit(
  vault: OpenVault,
  person: NewMember,
  device: DeviceKeys,
): Promise<Result<Slot, Refusal | Notice>> {
  return vault.io.writer.add(async () => {
    const rotated = await rotateOwed(vault);
    if (!rotated.ok) return rotated;
    if (!atAdmission.every((scope) => holdsCurrent(vault, scope))) return err(refuse('grant-owed'));
    const id = uuid() as MemberId;
    const refused = refusalOfData({ type: 'member.named', data: { member: id, name: person.name.trim() } });
    const clash = refused ?? refuseNamesake(vault.log.record, id, person.name);
    if (clash) return err(clash);
    const { unit, endpointKey, checkpointKey, operatorKey, storeKey, founder } = vault.member.slot;
    const named = { id, name: person.name.trim(), role: person.role, grade: person.grade };
    const place = { unit, endpointKey, checkpointKey, operatorKey, storeKey };
    const made = await generateMember(named, place, founder);
    const second = person.second ? await openSecond(vault, person.second, device) : ok(null);
    if (!second.ok) return second;
    const signed = await signAdmission(vault, named, made.device, second.value);
    if (!signed.ok) return signed;
    const slotId = uuid();
    const record = await createSlot(slotId, made.secrets, person.passphrase, device);
    const keyring = createKeyring(made.secrets);
    for (const generation of givenAtAdmission(vault)) keyring.admit(generation);
    const personalKey = await importContentKey(fromBase64url(made.secrets.personalKey));
    const written = await appendSigned(vault, signed.value, [
      { table: 'slots', put: [await sealSlotRecord(device.labelKey, slotId, record)] },
      { table: 'meta', put: [await sealKeyCache({ slotId, personalKey, keyring })] },
    ]);
    return written.ok ? ok({ id: slotId, name: record.name, role: record.role, wait: 0 }) : written;
  });
}

/** With the past of those scopes. Whatever else who admits them can read is not theirs. */
const givenAtAdmission = ({ log: { roster }, member: { keyring } }: OpenVault): readonly Generation[] =>
  (roster?.generations ?? []).flatMap(({ id, scope }) => {
    const isGiven = atAdmission.some((each) => each === scope);
    return (isGiven && keyring.generation(id)) || [];
  });

/** Each act is judged before it counts as signed: what the roster refuses is never written. */
async function signAdmission(
  vault: OpenVault,
  { id, name, role, grade }: Pick<NewMember, 'name' | 'role' | 'grade'> & { readonly id: MemberId },
  device: MemberDevice,
  second: SigningKey | null,
): Promise<Result<Signed, Refusal>> {
  const { roster: before } = vault.log;
  const { signing, keyring } = vault.member;
  if (!before) return err(refuse('unit-not-founded'));
  const at = timeOf(vault.io.clock);
  const { stream, policyStream } = before;
  const admission: Unsigned = { stream, event: { type: 'member.admitted', at, data: { member: id, role, device } } };
  const admitted = await signTogether(vault, before, admission, second);
  if (!admitted.ok) return admitted;
  let { signed, roster } = admitted.value;
  for (const scope of atAdmission) {
    const generation = keyring.held(currentGeneration(before, scope)?.id ?? null);
    const boxes = [await boxGeneration(generation, stream, device)];
    const data = { scope, device: device.author };
    const grant: Unsigned = { stream, boxes, event: { type: 'scope.granted', at, data } };
    signed = await signEvents(vault, [grant], signing, signed);
    const granted = judgeLast(vault, roster, signed);
    if (!granted.ok) return granted;
    roster = granted.value;
  }
  const known: readonly Unsigned[] = [
    { stream: policyStream, event: { type: 'member.named', at, data: { member: id, name } } },
    { stream: policyStream, event: { type: 'member.ranked', at, data: { member: id, ...grade } } },
  ];
  return ok(await signEvents(vault, known, signing, signed));
}
