import { afterEach, describe, expect, test } from 'vitest';
import type { Host } from '#renderer/vault/host.ts';
import { type Program, program } from '#renderer/vault/program.ts';
import { createMemoryStore, type MemoryStore } from '#renderer/vault/store/memory-store.ts';
import { tables } from '#renderer/vault/store/store.ts';
import type { RunningVault } from '#renderer/vault/vault.ts';
import type { Slot, VaultEvent } from '#renderer/vault/vault-api.ts';
import { sayWarning } from '#renderer/words/warnings.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import { registry } from '#shared/domain/registry/registry.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { createMemoryEndpoint } from '#tests/support/memory-endpoint.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { newerProgram, type TrialState } from '#tests/support/trial-event.ts';
import { foundedOn, grade, passphrase, startProcessOn, statusOf, unlocked } from '#tests/support/workstation.ts';

/* Two builds of Probity in one unit: the one that is released, and one after it, which knows one event more. */

const newer = newerProgram(program.foldVersion + 1);
const kills: (() => void)[] = [];
afterEach(() => {
  for (const kill of kills.splice(0)) kill();
});

const copyOf = (store: MemoryStore): MemoryStore => {
  const copy = createMemoryStore();
  for (const table of tables)
    for (const [key, row] of store.rows[table]) copy.rows[table].set(key, structuredClone(row));
  return copy;
};

interface Desk {
  readonly store: MemoryStore;
  readonly host: Host;
  readonly slot: Slot;
}

/** The desk's workstation with a build of Probity; what ran there before is ended. */
async function opened({ store, host, slot }: Desk, build: Program): Promise<{ vault: RunningVault; kill(): void }> {
  const { vault, kill } = startProcessOn(store, host, build);
  kills.push(kill);
  await unlocked(vault, slot);
  return { vault, kill };
}

/** A unit of two desks, each with a workstation of its own, and referrals that both have. */
async function twoDesks(count: number) {
  const endpoint = await createMemoryEndpoint();
  const store = createMemoryStore();
  const host = endpoint.host();
  const { vault, slot, kill } = await foundedOn(store, host);
  const ids: StreamId[] = [];
  for (let each = 0; each < count; each += 1) ids.push(await endpoint.deliver(referralWith()));
  await vault.call('sync.now', {});
  const admitted = await vault.call('member.admit', { name: 'Ash Birch', role: 'analyst', passphrase, grade });
  if (!admitted.ok) throw new Error(admitted.error.code);
  await vault.call('sync.now', {});
  // The top of the queue is stored when it has been quiet.
  kill();
  const updated: Desk = { store: copyOf(store), host, slot: admitted.value };
  return { endpoint, updated, old: { store, host, slot } as Desk, ids: ids as [StreamId, ...StreamId[]] };
}

const record = (vault: RunningVault, type: string, id: StreamId, data: object) =>
  vault.call('case.record', { command: { type, case: id, data } as unknown as CaseCommand });

async function write(vault: RunningVault, type: string, id: StreamId, data: object): Promise<void> {
  const done = await record(vault, type, id, data);
  if (!done.ok) throw new Error(JSON.stringify(done.error));
}

async function stateOf(vault: RunningVault, id: StreamId) {
  const view = await vault.call('case.open', { id });
  if (!view.ok) throw new Error(view.error.code);
  return view.value.state as typeof view.value.state & TrialState;
}

const codesOf = async (vault: RunningVault) => (await statusOf(vault)).warnings.map(({ code }) => code);
const renewed = async (vault: RunningVault): Promise<void> => {
  for (;;) {
    const { renewal } = await statusOf(vault);
    if (!renewal) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

const rationale = 'Reasons that suffice.';
const noRisk = { atRiskNow: 'no', people: [], rationale };
const met = {
  ...{ criteria: ['seriousCorruption'], corruption: [], rationale },
  becameClearAt: new Date(Date.now() - 3_600_000).toISOString(),
};
const items = { start: 0, end: 11, text: referralWith().report.narrative.slice(0, 11), provenance: null };
const ended = { chosen: { kind: 'record', reviewOn: '2099-01-31' }, options: [], rationale };

describe('an entry of a newer Probity', () => {
  test('is kept, counted and named; its case is read and protected, not decided; it takes effect after the update', async () => {
    const { endpoint, updated, old, ids } = await twoDesks(2);
    const [id, beside] = ids as unknown as [StreamId, StreamId];
    const there = await opened(updated, newer);
    await there.vault.call('sync.now', {});
    await write(there.vault, 'case.taken', id, {});
    for (const text of ['one', 'two', 'three']) await write(there.vault, 'trial.noted', id, { text });
    expect((await stateOf(there.vault, id)).trial).toEqual(['one', 'two', 'three']);
    await there.vault.call('sync.now', {});
    there.kill();

    const here = await opened(old, program);
    await here.vault.call('sync.now', {});
    const { warnings } = await statusOf(here.vault);
    const [named] = warnings.filter(({ code }) => code === 'entries-newer');
    expect(named && sayWarning(named)).toBe(
      '3 entries were written by a newer Probity. They are kept, and take effect after the update.',
    );
    expect(await here.vault.call('log.verify', {})).toEqual([]);
    const state = await stateOf(here.vault, id);
    expect(state).toMatchObject({ newer: { length: 3 }, holder: expect.any(String) });
    expect(state.activity.map(({ type }) => type)).toEqual(['referral.received', 'case.taken']);

    const wait = { ok: false, error: { code: 'newer-entries', params: { count: 3 } } };
    expect(await record(here.vault, 'item.recorded', id, items)).toEqual(wait);
    expect(
      await record(here.vault, 'mandatoryReferral.assessed', id, { ...met, criteria: [], becameClearAt: null }),
    ).toEqual(wait);
    expect(await record(here.vault, 'disposition.recorded', id, ended)).toEqual(wait);
    // What protects somebody never waits.
    await write(here.vault, 'case.released', id, {});
    await write(here.vault, 'case.taken', id, {});
    await write(here.vault, 'risk.assessed', id, noRisk);
    await write(here.vault, 'mandatoryReferral.assessed', id, met);
    // Another case is not concerned.
    await write(here.vault, 'case.taken', beside, {});
    await write(here.vault, 'item.recorded', beside, items);
    await here.vault.call('sync.now', {});
    expect(await statusOf(here.vault)).toMatchObject({ waiting: 0, trouble: null });
    here.kill();
    // Opened once more by the same build: as it was.
    const again = await opened(old, program);
    expect(await codesOf(again.vault)).toContain('entries-newer');
    expect(await stateOf(again.vault, id)).toMatchObject({ newer: { length: 3 } });
    again.kill();

    const after = await opened(old, newer);
    await after.vault.call('queue.page', { query: everyCase, offset: 0, limit: 10 });
    await renewed(after.vault);
    expect(await codesOf(after.vault)).not.toContain('entries-newer');
    const whole = await stateOf(after.vault, id);
    expect(whole).toMatchObject({ newer: [], trial: ['one', 'two', 'three'] });
    await write(after.vault, 'item.recorded', id, items);
    await write(after.vault, 'disposition.recorded', id, ended);
    await after.vault.call('sync.now', {});
    expect(await after.vault.call('log.verify', {})).toEqual([]);
    // The desk that was updated first, and never waited, has the same case.
    const other = await opened(updated, newer);
    await other.vault.call('sync.now', {});
    expect(await stateOf(other.vault, id)).toEqual(await stateOf(after.vault, id));
    expect(endpoint.log.length).toBeGreaterThan(10);
  });

  test('a later version of a known event waits as well', async () => {
    const { updated, old, ids } = await twoDesks(1);
    const taken = registry.get('case.taken');
    if (!taken) throw new Error('no such event');
    const next: Program = { ...newer, registry: new Map([...newer.registry, ['case.taken', { ...taken, v: 2 }]]) };
    const there = await opened(updated, next);
    await there.vault.call('sync.now', {});
    await write(there.vault, 'case.taken', ids[0], {});
    await there.vault.call('sync.now', {});
    const here = await opened(old, program);
    await here.vault.call('sync.now', {});
    expect(await stateOf(here.vault, ids[0])).toMatchObject({ newer: { length: 1 }, holder: null });
  });
});

describe('an update that changed the fold', () => {
  const later: Program = { ...program, foldVersion: program.foldVersion + 1 };
  const count = 60;

  /** Opens the desk with this build, lets it finish, and says how many cases it had to make anew. */
  const renewedBy = async (desk: Desk, build: Program): Promise<number> => {
    const { vault, kill } = await opened(desk, build);
    const progress: number[] = [];
    void vault.subscribe((event: VaultEvent) => {
      if (event.type === 'status' && event.status.renewal) progress.push(event.status.renewal.of);
    });
    await vault.call('queue.page', { query: everyCase, offset: 0, limit: 10 });
    await renewed(vault);
    kill();
    return progress[0] ?? 0;
  };

  test('makes every case anew with progress, the queue and its cases usable meanwhile, and only once', async () => {
    const { old, ids } = await twoDesks(count);
    const { vault, kill } = startProcessOn(old.store, old.host, later);
    kills.push(kill);
    const progress: { done: number; of: number }[] = [];
    const during: Promise<unknown>[] = [];
    const last = ids.at(-1) as StreamId;
    await vault.subscribe((event: VaultEvent) => {
      const renewal = event.type === 'status' ? event.status.renewal : null;
      if (!renewal) return;
      progress.push(renewal);
      if (during.length > 0) return;
      during.push(vault.call('queue.page', { query: everyCase, offset: 0, limit: 200 }));
      during.push(vault.call('case.open', { id: last }));
      during.push(record(vault, 'case.taken', last, {}));
    });
    await unlocked(vault, old.slot);
    await vault.call('queue.page', { query: everyCase, offset: 0, limit: 10 });
    await renewed(vault);
    expect(progress[0]).toEqual({ done: 0, of: count });
    expect(progress.at(-1)).toEqual({ done: count, of: count });
    expect(new Set(progress.map(({ done }) => done)).size).toBeGreaterThan(1);
    const [page, view, taken] = (await Promise.all(during)) as [{ matching: number }, { ok: boolean }, { ok: boolean }];
    expect([page.matching, view.ok, taken.ok]).toEqual([count, true, true]);
    expect((await stateOf(vault, last)).holder).not.toBeNull();
    await vault.call('sync.now', {});
    expect(await statusOf(vault)).toMatchObject({ waiting: 0, trouble: null, warnings: [] });
    expect(await vault.call('log.verify', {})).toEqual([]);
    kill();
    expect(await renewedBy(old, later)).toBe(0);
  });

  test('killed in the middle, it goes on with the rest', async () => {
    const { old } = await twoDesks(count);
    const { vault, kill } = startProcessOn(old.store, old.host, later);
    kills.push(kill);
    const reached = new Promise<number>((resolve) => {
      void vault.subscribe((event: VaultEvent) => {
        const renewal = event.type === 'status' ? event.status.renewal : null;
        if (!renewal || renewal.done === 0) return;
        kill();
        resolve(renewal.done);
      });
    });
    await unlocked(vault, old.slot);
    void vault.call('queue.page', { query: everyCase, offset: 0, limit: 10 });
    const done = await reached;
    expect(done).toBeLessThan(count);
    expect(await renewedBy(old, later)).toBe(count - done);
    expect(await renewedBy(old, later)).toBe(0);
  });

  test('a store that a newer program has read is explained, not opened, and left as it is', async () => {
    const { old } = await twoDesks(3);
    await renewedBy(old, later);
    const before = structuredClone(old.store.rows);
    const { vault } = startProcessOn(old.store, old.host, program);
    expect(await vault.call('slot.unlock', { slot: old.slot.id, passphrase })).toMatchObject({
      ok: false,
      error: { code: 'store-newer', params: {} },
    });
    for (const table of tables.filter((each) => each !== 'slots')) expect(old.store.rows[table]).toEqual(before[table]);
    const { vault: again } = await opened(old, later);
    expect((await again.call('queue.page', { query: everyCase, offset: 0, limit: 10 })).total).toBe(3);
  });
});
