import { expect, test, vi } from 'vitest';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import { randomBytes, toBase64url } from '#shared/crypto/encoding.ts';
import type { Roster } from '#shared/domain/unit/roster.ts';
import { newEvent, sealedAsMember } from '#tests/support/attacked-unit.ts';
import { createMemoryHost } from '#tests/support/memory-host.ts';
import {
  asha,
  generationOf,
  morgan,
  type Station,
  signingKeyOf,
  stationOf,
  synced,
  unitWithCircle,
} from '#tests/support/rotating-unit.ts';
import { startVaultOn } from '#tests/support/workstation.ts';

/* The unlock screen names the unit as its log does; the disk does not. */

const at = new Date().toISOString();

/** What a workstation says of its unit while it is locked. */
const nameAt = async ({ store, host }: Pick<Station, 'store' | 'host'>) =>
  (await startVaultOn(store, host).call('slots.list', {})).unit;

test('is learned by unlocking, follows a renaming, and lies sealed', async () => {
  const { unit } = await unitWithCircle();
  await unit.store.commit([{ table: 'meta', remove: ['unit-label'] }]);
  expect(await nameAt(unit)).toBeNull();
  const here = await stationOf(unit, asha);
  await vi.waitFor(async () => expect(await nameAt(here)).toBe('Norbeck Anti-Corruption Unit'));
  const { policyStream: stream } = unit.endpoint.roster() as Roster;
  const renamed = newEvent({ type: 'unit.named', at, data: { name: 'Quillfeather Integrity Unit' } });
  const everyone = await generationOf(unit, morgan, 'everyone');
  const author = await signingKeyOf(unit, morgan);
  await unit.endpoint.inject(await sealedAsMember(unit.endpoint, everyone, renamed, author, { stream }));
  await synced(here);
  await vi.waitFor(async () => expect(await nameAt(here)).toBe('Quillfeather Integrity Unit'));
  const row = await here.store.get('meta', 'unit-label');
  expect(row?.box.length).toBeGreaterThan(0);
  expect(new TextDecoder('latin1').decode(row?.box)).not.toMatch(/Quillfeather|Norbeck|name/);
});

test('a copy of the disk under another device names nothing', async () => {
  const { unit } = await unitWithCircle();
  const here = await stationOf(unit, asha);
  await vi.waitFor(async () => expect(await nameAt(here)).not.toBeNull());
  const host = createMemoryHost(unit.endpoint, { secret: toBase64url(randomBytes(32)) });
  expect(await nameAt({ store: createMemoryStore(here.store), host })).toBeNull();
});
