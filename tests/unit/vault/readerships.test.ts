import { expect, test } from 'vitest';
import { findReadership } from '#renderer/vault/keys/readership.ts';
import { openForReaders } from '#renderer/vault/store/reader-rows.ts';
import { openBytes } from '#renderer/vault/store/sealed-rows.ts';
import { tables } from '#renderer/vault/store/store.ts';
import { importContentKey } from '#shared/crypto/aead.ts';
import { fromBase64url, utf8 } from '#shared/crypto/encoding.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { inventUnit, type MemoryUnit, passphraseOf } from '#tests/support/memory-unit.ts';
import {
  asha,
  ben,
  circleSecret,
  deliverToCircle,
  handOver,
  holderOf,
  morgan,
  type Station,
  stationOf,
  synced,
  take,
  totalOf,
} from '#tests/support/rotating-unit.ts';
import { keyringOf, slotSecretsOf } from '#tests/support/slot-secrets.ts';

/*
 * What was read of the log lies on the disk for whoever holds the keys that it was read with: shared by members who hold the
 * same, and shut to the others of the workstation.
 */

async function withCircle(): Promise<{ unit: MemoryUnit; id: StreamId }> {
  const unit = await inventUnit(2);
  await unit.syncHere();
  const { id } = await deliverToCircle(unit, morgan, [morgan, asha]);
  return { unit, id };
}

const readershipsOn = ({ store }: Pick<Station, 'store'>): number =>
  [...store.rows.meta.keys()].filter((key) => String(key).startsWith('readership:')).length;

/** All that a member's own program can open of a disk with what is in their slot and what they were given. */
async function openedBy(name: string, { store, host }: Station): Promise<string> {
  const slot = await slotSecretsOf(store, host, name, passphraseOf(name));
  const { own } = slot;
  const [storeKey, personalKey] = await Promise.all(
    [own.storeKey, own.personalKey].map((key) => importContentKey(fromBase64url(key))),
  );
  if (!storeKey || !personalKey) throw new Error('no keys');
  const readership = await findReadership(store, storeKey, await keyringOf(store, slot));
  const found: string[] = [];
  for (const table of tables) {
    for (const row of await store.all(table)) {
      const tries = [storeKey, personalKey].map((key) => openBytes(key, table, row));
      if (readership) tries.push(openForReaders(readership, table, row));
      for (const opened of await Promise.allSettled(tries)) {
        if (opened.status === 'fulfilled') found.push(new TextDecoder('latin1').decode(opened.value));
      }
    }
  }
  return found.join('\n');
}

const contains = (text: string, word: string): boolean => text.includes(new TextDecoder('latin1').decode(utf8(word)));

test('members who hold the same keys share what was read', async () => {
  const unit = await inventUnit(2);
  const desk = await stationOf(unit, morgan);
  await synced(desk);
  const next = await handOver(unit, desk, asha);
  expect(await totalOf(next)).toBe(2);
  expect(readershipsOn(next)).toBe(1);
});

test('nobody else’s program opens what a circle reads, though they share the disk', async () => {
  const { unit, id } = await withCircle();
  const desk = await stationOf(unit, morgan);
  await synced(desk);
  await take(desk, id);
  expect(contains(await openedBy(morgan, desk), circleSecret)).toBe(true);
  const read = await openedBy(ben, desk);
  expect(contains(read, circleSecret)).toBe(false);
  // They open what all members of the workstation do: the ledger, which says where the roster stands.
  expect(contains(read, unit.endpoint.roster()?.stream ?? '?')).toBe(true);
});

test('what one member brought in another reads without a connection, as far as it is for them', async () => {
  const { unit, id } = await withCircle();
  const desk = await stationOf(unit, ben);
  await synced(desk);
  expect(await totalOf(desk)).toBe(2);
  const second = await handOver(unit, desk, asha);
  await synced(second);
  await take(second, id);
  await unit.endpoint.deliver(unit.referralOf(unit.arrived[0]?.referral.reference ?? ''));
  await synced(second);
  expect(await totalOf(second)).toBe(4);
  second.host.goOffline();
  // What was read with fewer keys became hers: his is made of the stored log again.
  expect(readershipsOn(second)).toBe(1);
  const again = await handOver(unit, second, ben);
  expect(await totalOf(again)).toBe(3);
  // Who holds what she holds begins where she is.
  const third = await handOver(unit, again, morgan);
  expect(await totalOf(third)).toBe(4);
  expect(await holderOf(third, id)).not.toBeNull();
  expect(readershipsOn(third)).toBe(2);
});
