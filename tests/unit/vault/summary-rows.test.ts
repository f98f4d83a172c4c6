import { v4 } from 'uuid';
import { expect, test } from 'vitest';
import { toIndexed } from '#renderer/vault/cases/case-rows.ts';
import { loadSummaries, sealDeltas } from '#renderer/vault/cases/summary-rows.ts';
import { createKeyring } from '#renderer/vault/keys/keyring.ts';
import { newReadership } from '#renderer/vault/keys/readership.ts';
import { program } from '#renderer/vault/program.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import { pack } from '#renderer/vault/store/pack.ts';
import { sealForReaders } from '#renderer/vault/store/reader-rows.ts';
import type { MemberId } from '#shared/kernel/ids.ts';
import { inventUnit, viewOf } from '#tests/support/memory-unit.ts';
import { morgan, secretsOf, stationOf } from '#tests/support/rotating-unit.ts';

/* What changed of a case stands over what was packed of it, whatever their rows are called. */

async function caseAndReaders() {
  const unit = await inventUnit(1);
  const { vault, kill } = await stationOf(unit, morgan);
  await vault.call('sync.now', {});
  const { state } = await viewOf(vault, unit.arrived[0]?.id as never);
  kill();
  return { state, readership: await newReadership(createKeyring(await secretsOf(unit, morgan))) };
}

test.each(['00000000', 'dfffffff', 'ffffffff'])('also where no entry came to it: packed as %s', async (start) => {
  const { state, readership } = await caseAndReaders();
  const store = createMemoryStore();
  const indexed = toIndexed(program, { state, begunFor: 'unit' }, new Map(), []);
  const later = { ...indexed, at: { key: state.id, line: 7 } };
  const packed = pack([indexed]).map(({ bytes }) =>
    sealForReaders(readership, 'summaries', `${start}${v4().slice(8)}`, bytes),
  );
  await store.commit([
    { table: 'summaries', put: [...(await Promise.all(packed)), ...(await sealDeltas(readership, [later]))] },
  ]);
  const { cases, deltas } = await loadSummaries(store, readership);
  expect([cases, deltas]).toEqual([[later], 1]);
});

test('an entry that cannot be read is one more: a state without it is not the one that belongs there', async () => {
  const { state } = await caseAndReaders();
  const unread = { ...state, unread: [v4() as MemberId] };
  const [one, two] = [state, unread].map(
    (each) => toIndexed(program, { state: each, begunFor: 'unit' }, new Map(), []).entries,
  );
  expect(two).toBe((one as number) + 1);
});
