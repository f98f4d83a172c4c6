import { afterEach, expect, it } from 'vitest';
import { makeCopy, resetCopies, useCopies } from '#renderer/state/attachment-store.ts';
import { attachVault, detachVault } from '#renderer/state/vault-port.ts';
import type { Vault } from '#renderer/vault/calls/call-list.ts';
import { say } from '#renderer/words/say.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { refuse } from '#shared/kernel/refusal.ts';

afterEach(() => {
  detachVault();
  resetCopies();
});

const id = 'a case' as StreamId;
/** A vault that makes a copy when it is told to. */
function slowVault() {
  const { promise, resolve } = Promise.withResolvers<never>();
  const vault = { call: () => promise } as unknown as Vault;
  return { vault, answer: (result: unknown) => resolve(result as never) };
}

it('an answer of a vault that was locked meanwhile changes nothing for who opened it next', async () => {
  const [before, after] = [slowVault(), slowVault()];
  attachVault(before.vault);
  const first = makeCopy(id, 0);
  detachVault();
  resetCopies();
  attachVault(after.vault);
  const second = makeCopy(id, 1);
  before.answer({ ok: false, error: refuse('file-damaged') });
  await first;
  expect(useCopies.getState()).toEqual({ making: { id, index: 1 }, refused: null });
  after.answer({ ok: false, error: refuse('copy-too-large') });
  await second;
  const why = say(refuse('copy-too-large'));
  expect(useCopies.getState()).toEqual({ making: null, refused: { id, index: 1, why } });
});
