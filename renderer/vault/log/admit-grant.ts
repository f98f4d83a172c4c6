import { may } from '#shared/domain/policy/policy.ts';
import { selectMember } from '#shared/domain/unit/unit-state.ts';
import type { AuthorKey } from '#shared/kernel/ids.ts';
import type { Entry } from '#shared/log/entry.ts';
import type { OpenVault } from '../open-vault.ts';
import { readEntry } from './read-entry.ts';

/**
 * Whose grants of keys count: anyone can seal something to a public key. Members who may admit, and the one who
 * admitted this member, whose key the slot has kept from that moment.
 */
export function mayGrant({ log: { ledger }, member: { slot } }: OpenVault, author: AuthorKey): boolean {
  const granting = selectMember(ledger.unit, author);
  return author === slot.admittedBy || (granting !== null && may(granting.role, 'admitMember'));
}

/** Takes the keys of a grant that is sealed to this member's own key and made out to them; of nothing else. */
export async function admitGrant(vault: OpenVault, entry: Entry): Promise<void> {
  if (entry.header.enc === 'A256GCM' || entry.header.kid !== vault.member.ownKid) return;
  const reading = await readEntry(entry, vault);
  if (reading.kind !== 'event' || reading.event.type !== 'unitKeys.granted') return;
  if (reading.event.data.to === vault.member.slot.member.id)
    await vault.member.keyring.admit(reading.event.data.secrets);
}
