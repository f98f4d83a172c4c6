import { expect, test } from 'vitest';
import { indexCases } from '#renderer/vault/cases/case-index.ts';
import { confirmedCase } from '#renderer/vault/cases/current-case.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { foundStation } from '#tests/support/transfer-station.ts';

test('a case that changed while it was read is read again the next time, and else is kept', async () => {
  const endpoint = await createMemoryEndpoint();
  const station = await foundStation(createMemoryStore(), endpoint.host());
  const id = await endpoint.deliver(referralWith());
  await station.sync();
  const { vault } = station;
  const indexed = vault.cases.confirmed.get(id);
  if (!indexed) throw new Error('no case');
  const read = confirmedCase(vault, id);
  indexCases(vault.cases, [{ ...indexed }], vault.log.roster);
  expect((await read)?.id).toBe(id);
  expect(vault.cases.recent.has(id)).toBe(false);
  await confirmedCase(vault, id);
  expect(vault.cases.recent.has(id)).toBe(true);
  station.stop();
});
