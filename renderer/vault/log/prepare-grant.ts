import type { DomainEvent } from '#shared/domain/registry/registry.ts';
import type { Member, UnitSecrets } from '#shared/domain/unit/unit-state.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import type { Unsigned } from './outbox.ts';

/** The unit's keys for one member: an entry that only their device can open. */
export function prepareGrant(stream: StreamId, to: Member, secrets: UnitSecrets, at: string): Unsigned {
  const event: DomainEvent = { type: 'unitKeys.granted', at, data: { to: to.id, secrets } };
  return { stream, event, to: { device: to.author, publicKey: to.sealingKey } };
}
