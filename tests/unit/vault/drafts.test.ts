import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { Change, Table } from '#renderer/vault/store/store.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { foundedOn } from '#tests/support/workstation.ts';

/** As the form has it when it is recorded. */
const given = { form: 'risk', value: { rationale: 'Half written.' } };

async function withDraft() {
  const endpoint = await createMemoryEndpoint();
  const store = createMemoryStore();
  const { vault } = await foundedOn(store, endpoint.host());
  const id = await endpoint.deliver(referralWith());
  await vault.call('sync.now', {});
  await vault.call('case.record', { command: { type: 'case.taken', case: id, data: {} } });
  await vault.call('draft.save', { id, ...given });
  await vault.call('draft.save', { id, form: 'harm', value: { rationale: 'Of another step.' } });
  const commits: Table[][] = [];
  const { commit } = store;
  store.commit = (changes: readonly Change[]) => {
    commits.push(changes.map(({ table }) => table));
    return commit(changes);
  };
  const data = { atRiskNow: 'no' as const, people: [], rationale: 'Nobody is named who could be.' };
  return { store, vault, id, commits, assessRisk: { type: 'risk.assessed' as const, case: id, data } };
}

describe('a draft that is recorded', () => {
  test('ends in the commit that makes it an entry, and no other draft does', async () => {
    const { vault, id, commits, assessRisk } = await withDraft();
    expect((await vault.call('case.record', { command: assessRisk, draft: given })).ok).toBe(true);
    expect(commits.find((tables) => tables.includes('outbox'))).toContain('drafts');
    expect(Object.keys(await vault.call('draft.load', { id }))).toEqual(['harm']);
  });

  test('stays where more was typed since it was given to be recorded', async () => {
    const { vault, id, assessRisk } = await withDraft();
    const typed = { rationale: 'Half written. And more.' };
    await vault.call('draft.save', { id, form: 'risk', value: typed });
    expect((await vault.call('case.record', { command: assessRisk, draft: given })).ok).toBe(true);
    expect((await vault.call('draft.load', { id })).risk?.value).toEqual(typed);
  });

  test('stays when its entry is refused', async () => {
    const { vault, id, assessRisk } = await withDraft();
    const refused = await vault.call('case.record', {
      command: { ...assessRisk, data: { ...assessRisk.data, rationale: 'no' } },
      draft: given,
    });
    expect(refused.ok).toBe(false);
    expect(Object.keys(await vault.call('draft.load', { id })).sort()).toEqual(['harm', 'risk']);
  });

  test('stays when the disk has no room for its entry', async () => {
    const { store, vault, id, assessRisk } = await withDraft();
    store.full = true;
    expect((await vault.call('case.record', { command: assessRisk, draft: given })).ok).toBe(false);
    store.full = false;
    expect(Object.keys(await vault.call('draft.load', { id })).sort()).toEqual(['harm', 'risk']);
  });
});
