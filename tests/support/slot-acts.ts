import type { Host } from '#renderer/vault/host.ts';
import type { Store } from '#renderer/vault/store/store.ts';
import type { DomainEvent } from '#shared/domain/registry/registry.ts';
import type { Roster } from '#shared/domain/unit/roster.ts';
import type { Scope } from '#shared/domain/unit/scopes.ts';
import type { Digest, MemberId } from '#shared/kernel/ids.ts';
import { hashEntry } from '#shared/log/entry.ts';
import { type Generation, makeGeneration } from '#shared/log/generation.ts';
import { boxForRecovery, boxGeneration } from '#shared/log/generation-box.ts';
import type { WholeBox } from '#shared/log/wire-box.ts';
import { placeIn } from './attacked-unit.ts';
import { signAct } from './made-roster.ts';
import type { MemoryEndpoint } from './memory-endpoint.ts';
import { slotSecretsOf } from './slot-secrets.ts';

/* Acts of members on the roster, with the keys of their slots and without their workstation: as if made elsewhere. */

export interface Slots {
  readonly endpoint: MemoryEndpoint;
  readonly store: Store;
  readonly host: Host;
  passphraseOf(name: string): string;
}

/** Puts the act into the log. @returns the hash of its entry */
export async function actAs(
  { endpoint, store, host, passphraseOf }: Slots,
  name: string,
  event: DomainEvent,
  boxes: readonly WholeBox[] = [],
): Promise<Digest> {
  const { key } = await slotSecretsOf(store, host, name, passphraseOf(name));
  const { stream } = endpoint.roster() as Roster;
  const entry = await signAct(placeIn(endpoint, key.author, { stream }), event, key, boxes);
  await endpoint.inject(entry);
  return hashEntry(entry);
}

/** By two who may: one ends it, the other signs too. */
export async function endMembership(slots: Slots, member: MemberId, [first, second]: readonly [string, string]) {
  const at = new Date().toISOString();
  const entry = await actAs(slots, first, { type: 'membership.ended', at, data: { member } });
  await actAs(slots, second, { type: 'act.seconded', at, data: { entry } });
}

/** A scope that a member opens for some, themselves among them. @returns its key */
export async function openScopeAs(
  slots: Slots,
  name: string,
  scope: Scope,
  readers: readonly string[],
): Promise<Generation> {
  const { stream, recovery } = slots.endpoint.roster() as Roster;
  const made = await makeGeneration();
  const boxes = readers.map(async (reader) => {
    const { own } = await slotSecretsOf(slots.store, slots.host, reader, slots.passphraseOf(reader));
    return boxGeneration(made, stream, { author: own.author, sealingKey: own.sealingPublicKey });
  });
  if (recovery) boxes.push(boxForRecovery(made, stream, recovery));
  const generation = { id: made.id, publicKey: made.sealing.publicKey };
  const at = new Date().toISOString();
  await actAs(slots, name, { type: 'scope.opened', at, data: { scope, generation } }, await Promise.all(boxes));
  return made;
}
