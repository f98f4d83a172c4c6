import { afterEach, expect, it } from 'vitest';
import { makeCopy, resetCopies, useCopies } from '#renderer/state/copy-store.ts';
import { attachVault, detachVault } from '#renderer/state/vault-port.ts';
import type { Vault } from '#renderer/vault/vault-api.ts';
import type { StreamId } from '#shared/kernel/ids.ts';

afterEach(() => {
  detachVault();
  resetCopies();
});

const id = 'a case' as StreamId;
/** A vault that makes a copy when it is told to. */
function slowVault() {
  const { promise, resolve } = Promise.withResolvers<never>();
  const vault = { sanitiseAttachment: () => promise } as unknown as Vault;
  return { vault, answer: (outcome: unknown) => resolve(outcome as never) };
}

it('an answer of a vault that was locked meanwhile changes nothing for who opened it next', async () => {
  const [before, after] = [slowVault(), slowVault()];
  attachVault(before.vault);
  const first = makeCopy(id, 0);
  detachVault();
  resetCopies();
  attachVault(after.vault);
  const second = makeCopy(id, 1);
  before.answer({ ok: false, error: 'The file is damaged.' });
  await first;
  expect(useCopies.getState()).toEqual({ making: { id, index: 1 }, refused: null });
  after.answer({ ok: false, error: 'The file is too large.' });
  await second;
  expect(useCopies.getState()).toEqual({ making: null, refused: { id, index: 1, why: 'The file is too large.' } });
});
