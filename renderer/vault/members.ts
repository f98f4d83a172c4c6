import { v4 as uuid } from 'uuid';
import { may, rolesThatMay } from '#shared/domain/policy/policy.ts';
import { selectMember } from '#shared/domain/unit/unit-state.ts';
import type { MemberId } from '#shared/kernel/ids.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { refuse } from './codes.ts';
import { sealFirstGrantCache } from './keys/grant-cache.ts';
import { generateMember } from './keys/new-member.ts';
import { createSlot, type DeviceKeys, sealSlotRecord } from './keys/slots.ts';
import { append } from './log/append.ts';
import type { Unsigned } from './log/outbox.ts';
import { prepareGrant } from './log/prepare-grant.ts';
import type { OpenVault } from './open-vault.ts';
import type { NewMember, Slot } from './vault-api.ts';

/** Makes the member's keys and slot here, and writes their admission and grant, all in one commit. */
export function admit(vault: OpenVault, person: NewMember, device: DeviceKeys): Promise<Result<Slot, Refusal>> {
  return vault.io.writer.add(async () => {
    const me = selectMember(vault.log.unit, vault.member.slot.author);
    const stream =
      vault.log.ledger.unitStream ??
      vault.log.outbox.find(({ opened }) => opened?.event.type === 'unit.founded')?.entry.header.stream;
    const secrets = vault.member.keyring.grantable();
    if (!me || !stream || !secrets || !may(me.role, 'admitMember')) {
      return err(refuse('not-allowed', { action: 'admitMember', roles: rolesThatMay('admitMember') }));
    }
    const id = uuid() as MemberId;
    const { unit, endpointKey, storeKey } = vault.member.slot;
    const made = await generateMember(
      { id, name: person.name.trim(), role: person.role },
      { unit, endpointKey, storeKey },
      { by: vault.member.slot.author, founder: vault.member.slot.founder },
    );
    const slotId = uuid();
    const record = await createSlot(slotId, made.secrets, person.passphrase, device);
    const at = new Date(vault.io.clock.now()).toISOString();
    const events: Unsigned[] = [
      { stream, event: { type: 'member.admitted', at, data: { member: made.member } } },
      prepareGrant(stream, made.member, secrets, at),
    ];
    const slotRow = await sealSlotRecord(device.labelKey, slotId, record);
    const cache = await sealFirstGrantCache(made.secrets.personalKey, slotId, secrets);
    const written = await append(vault, events, [
      { table: 'slots', put: [slotRow] },
      { table: 'meta', put: [cache] },
    ]);
    return written.ok ? ok({ id: slotId, name: record.name, role: record.role, waitUntil: 0 }) : written;
  });
}
