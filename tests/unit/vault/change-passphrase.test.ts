import { expect, onTestFinished, test } from 'vitest';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { Row } from '#renderer/vault/store/store.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { createMemoryHost, type MemoryHost } from '#tests/support/memory-host.ts';
import { foundedOn, passphrase, startProcessOn } from '#tests/support/workstation.ts';

/* A member chooses another passphrase: the slot of before opens nothing any more. */

const next = 'juniper kettle parade ninety';

/** From its second time on it cannot be done; the first is of the unlock that each change begins with. */
function refuseSettling(host: MemoryHost): void {
  let settled = 0;
  host.instead = async (name, request, carryOn) => {
    if (name === 'slot.settle') settled += 1;
    return name === 'slot.settle' && settled > 1
      ? { ok: false, failure: { code: 'disk', params: {}, retry: false } }
      : carryOn(name, request);
  };
}

async function workstation() {
  const host = createMemoryHost(await createMemoryEndpoint());
  const store = createMemoryStore();
  const founded = await foundedOn(store, host);
  onTestFinished(founded.kill);
  const { id } = founded.slot;
  let { kill } = founded;
  return {
    ...{ host, id, vault: founded.vault, kill: () => kill() },
    slot: () => store.rows.slots.get(id) as Row,
    putBack: (row: Row) => void store.rows.slots.set(id, row),
    change: (current: string, to: string) => founded.vault.call('passphrase.change', { current, next: to }),
    /** Whether it opens, or why not, after a new start. */
    async open(words: string) {
      kill();
      const again = startProcessOn(store, host);
      onTestFinished(again.kill);
      ({ kill } = again);
      const opened = await again.vault.call('slot.unlock', { slot: id, passphrase: words });
      return opened.ok ? 'open' : opened.error.code;
    },
  };
}

test('the new one opens, and the one before does not', async () => {
  const { change, open } = await workstation();
  expect(await change(passphrase, next)).toEqual({ ok: true, value: null });
  expect(await open(passphrase)).toBe('wrong-passphrase');
  expect(await open(next)).toBe('open');
});

test('a slot of before opens with neither, wherever it was found', async () => {
  const { change, open, slot, putBack } = await workstation();
  const before = slot();
  await change(passphrase, next);
  putBack(before);
  expect(await open(passphrase)).toBe('slot-secret-missing');
  expect(await open(next)).toBe('slot-secret-missing');
});

test('a change that was broken off keeps nobody out, whichever of the two slots is there', async () => {
  const { change, open, host, slot, putBack } = await workstation();
  const before = slot();
  refuseSettling(host);
  await change(passphrase, next);
  const after = slot();
  host.instead = null;
  // As if the store had not got it: the next unlock is with what the slot there needs.
  putBack(before);
  expect(await open(passphrase)).toBe('open');
  putBack(after);
  expect(await open(next)).toBe('open');
  // From here on the change is complete.
  putBack(before);
  expect(await open(passphrase)).toBe('slot-secret-missing');
});

test('a change whose last act failed is completed at the next unlock', async () => {
  const { change, open, host, slot, putBack } = await workstation();
  const before = slot();
  refuseSettling(host);
  expect(await change(passphrase, next)).toEqual({ ok: true, value: null });
  host.instead = null;
  expect(await open(next)).toBe('open');
  putBack(before);
  expect(await open(passphrase)).toBe('slot-secret-missing');
});

test.each([
  ['a passphrase that is not the one of now', 'another one altogether', next, 'wrong-passphrase'],
  ['the same once more', passphrase, passphrase, 'passphrase-as-before'],
  ['one that is too easy', passphrase, 'password12345', 'passphrase-too-easy'],
  ['one made of the member’s name', passphrase, 'penrosepenrose', 'passphrase-too-easy'],
])('%s changes nothing', async (_, current, to, code) => {
  const { change, open, slot } = await workstation();
  const before = slot();
  expect(await change(current, to)).toMatchObject({ ok: false, error: { code } });
  expect(slot()).toEqual(before);
  expect(await open(passphrase)).toBe('open');
});

test('who knows the passphrase is let in, also where what was replaced cannot be destroyed', async () => {
  const { open, host } = await workstation();
  host.instead = async (name, request, carryOn) =>
    name === 'slot.settle'
      ? { ok: false, failure: { code: 'disk', params: {}, retry: false } }
      : carryOn(name, request);
  expect(await open(passphrase)).toBe('open');
});

test('the keys of the unit and the slot are the same afterwards', async () => {
  const { change, vault, host, id } = await workstation();
  await vault.call('preferences.save', (await vault.call('preferences.load', {})) as never);
  const rosterBefore = await vault.call('unit.fingerprints', {});
  await change(passphrase, next);
  expect(await vault.call('unit.fingerprints', {})).toEqual(rosterBefore);
  expect(await vault.call('slots.list', {})).toMatchObject({ slots: [{ id, wait: 0 }] });
  expect(host.calls).not.toContain('device.enrol');
});
