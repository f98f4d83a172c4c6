import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Host } from '#renderer/vault/host.ts';
import { createMemoryStore, type MemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { RunningVault } from '#renderer/vault/vault.ts';
import type { Slot } from '#renderer/vault/vault-api.ts';
import type { CaseCommand } from '#shared/domain/case/decide.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import type { DispositionChoice } from '#shared/domain/disposition/disposition-schemas.ts';
import type { Role } from '#shared/domain/policy/policy.ts';
import { memberOf } from '#shared/domain/unit/roster.ts';
import type { EntryId, StreamId } from '#shared/kernel/ids.ts';
import { makeRecoveryKey, proveRecovery } from '#shared/log/recovery-key.ts';
import { patience, sample } from '#tests/support/effort.ts';
import { createMemoryEndpoint, type MemoryEndpoint, type Weather } from '#tests/support/memory-endpoint.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { actAs, endMembership } from '#tests/support/slot-acts.ts';
import { slotSecretsOf } from '#tests/support/slot-secrets.ts';
import { foundedOn, grade, passphrase, startProcessOn, statusOf, unlocked } from '#tests/support/workstation.ts';

/*
 * Two workstations of one unit, an endpoint whose answers are lost, doubled and late, restarts at any point, a policy that
 * changes, members who leave and recovery keys that are replaced meanwhile, so that both make a new key, also at once: once the weather clears, both have the same log, show the
 * same cases, and hold everything that was ever acknowledged.
 */

const weather = fc.constantFrom<Weather>('fair', 'requestLost', 'answerLost', 'sentTwice');
const station = fc.constantFrom(0, 1);
const caseIndex = fc.constantFrom(0, 1, 2);
const chosen = fc.constantFrom<DispositionChoice>(
  { kind: 'investigate' },
  { kind: 'safeguard', ended: false },
  { kind: 'record', reviewOn: '2099-01-01' },
  { kind: 'complaints', department: 'Complaints' },
);
const step = fc.oneof(
  fc.record({ do: fc.constant('take' as const), station, caseIndex }),
  fc.record({ do: fc.constant('release' as const), station, caseIndex }),
  fc.record({ do: fc.constant('decide' as const), station, caseIndex, chosen }),
  fc.record({
    do: fc.constant('policy' as const),
    hours: fc.integer({ min: 1, max: 72 }),
    analystsAssess: fc.boolean(),
  }),
  fc.record({ do: fc.constant('exchange' as const), station }),
  fc.record({ do: fc.constant('restart' as const), station }),
  fc.record({ do: fc.constant('deliver' as const) }),
  fc.record({ do: fc.constant('leave' as const), leaver: fc.nat(2) }),
  fc.record({ do: fc.constant('bindRecovery' as const) }),
);
const plan = fc.record({ steps: fc.array(step, { maxLength: 25 }), sky: fc.array(weather, { maxLength: 60 }) });

interface Station {
  vault: RunningVault;
  kill(): void;
  readonly store: MemoryStore;
  readonly host: Host;
  readonly slot: Slot;
}

const [una, viv] = ['Una Marsh', 'Viv Okoro'] as const;
const leavers = ['Lee Abbot', 'Kit Dunne', 'Max Field'] as const;

/** Two more supervisors, who sign for endings, and analysts who leave one after the other; none of them works here. */
async function admitOthers(vault: RunningVault): Promise<void> {
  const admit = async (name: string, role: 'supervisor' | 'analyst', second?: Slot) => {
    const signs = second ? { second: { slot: second.id, passphrase } } : {};
    const admitted = await vault.call('member.admit', { name, role, passphrase, grade, ...signs });
    if (!admitted.ok) throw new Error(admitted.error.code);
    return admitted.value;
  };
  const second = await admit(una, 'supervisor');
  await admit(viv, 'supervisor', second);
  for (const name of leavers) await admit(name, 'analyst', second);
}

/** Ends a membership by the hands of two who work elsewhere. Once is for good. */
async function leave({ endpoint, stations: [{ store, host }] }: World, name: string): Promise<void> {
  const { own } = await slotSecretsOf(store, host, name, passphrase);
  if (memberOf(endpoint.roster(), own.author) === null) return;
  await endMembership({ endpoint, store, host, passphraseOf: () => passphrase }, own.member.id, [una, viv]);
}

/** Another recovery key, bound by the same two: from then on both stations owe a rotation of every scope. */
async function bindRecovery({ endpoint, stations: [{ store, host }] }: World): Promise<void> {
  const slots = { endpoint, store, host, passphraseOf: () => passphrase };
  const at = new Date().toISOString();
  const recovery = await proveRecovery(endpoint.unit, await makeRecoveryKey());
  const entry = await actAs(slots, una, { type: 'recovery.bound', at, data: { recovery } });
  await actAs(slots, viv, { type: 'act.seconded', at, data: { entry } });
}

/** A copy of the first workstation's disk with its device, given to the second member: two machines, one unit. */
async function twoStations(endpoint: MemoryEndpoint, sky: () => Weather) {
  const host = endpoint.host(sky);
  const store = createMemoryStore();
  const { vault, slot, kill } = await foundedOn(store, host);
  const admitted = await vault.call('member.admit', { name: 'Ash Birch', role: 'analyst', passphrase, grade });
  if (!admitted.ok) throw new Error(admitted.error.code);
  await admitOthers(vault);
  await vault.call('sync.now', {});
  const copy = createMemoryStore();
  for (const [table, rows] of Object.entries(store.rows)) {
    for (const [key, row] of rows) copy.rows[table as keyof typeof copy.rows].set(key, structuredClone(row));
  }
  const second = startProcessOn(copy, host);
  await unlocked(second.vault, admitted.value);
  await second.vault.call('sync.now', {});
  return [
    { vault, kill, store, host, slot },
    { ...second, store: copy, host, slot: admitted.value },
  ] as [Station, Station];
}

async function picture(vault: RunningVault): Promise<unknown> {
  const { rows } = await vault.call('queue.page', { query: everyCase, offset: 0, limit: 200 });
  const views = await Promise.all(rows.map(({ id }) => vault.call('case.open', { id })));
  const { record } = await vault.call('unit.read', {});
  return { rows, states: views.map((view) => view.ok && view.value.state), record };
}

type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;
interface World {
  readonly endpoint: MemoryEndpoint;
  readonly stations: readonly [Station, Station];
  readonly ids: readonly StreamId[];
}

const rationale = 'Reasons that suffice.';
function commandOf(each: Extract<Step, { do: 'take' | 'release' | 'decide' }>, id: StreamId): CaseCommand {
  if (each.do === 'take') return { type: 'case.taken', case: id, data: {} };
  if (each.do === 'release') return { type: 'case.released', case: id, data: {} };
  const options = [{ option: 'Another outcome', why: 'It does not serve.' }];
  return { type: 'disposition.recorded', case: id, data: { chosen: each.chosen, options, rationale } };
}

/** By the supervisor, at her workstation. What an analyst does meanwhile may be refused where it comes to stand. */
async function changePolicy(
  { vault }: Station,
  { hours, analystsAssess }: Extract<Step, { do: 'policy' }>,
): Promise<EntryId | null> {
  const assess: Role[] = analystsAssess ? ['analyst', 'supervisor'] : ['supervisor'];
  const changes = { actions: { assess }, periods: { 'firstDecision.high': hours } };
  const done = await vault.call('unit.record', { type: 'policy.changed', data: { changes, why: rationale } });
  return done.ok ? done.value : null;
}

/** Returns the entry that was acknowledged, if one was. */
async function act({ endpoint, stations, ids }: World, each: Step): Promise<EntryId | null> {
  if (each.do === 'deliver') {
    await endpoint.deliver(referralWith());
    return null;
  }
  if (each.do === 'leave') {
    await leave({ endpoint, stations, ids }, leavers[each.leaver] as string);
    return null;
  }
  if (each.do === 'bindRecovery') {
    await bindRecovery({ endpoint, stations, ids });
    return null;
  }
  if (each.do === 'policy') return changePolicy(stations[0], each);
  const at = stations[each.station as 0 | 1];
  if (each.do === 'exchange') {
    await at.vault.call('sync.now', {});
    return null;
  }
  if (each.do === 'restart') {
    at.kill();
    Object.assign(at, startProcessOn(at.store, at.host));
    await unlocked(at.vault, at.slot);
    return null;
  }
  const done = await at.vault.call('case.record', { command: commandOf(each, ids[each.caseIndex] as StreamId) });
  return done.ok ? done.value : null;
}

/** What must be answered before any disposition, with an item to keep, in each case: known to both from the start. */
async function answerFirst({ vault }: Station, ids: readonly StreamId[]): Promise<void> {
  for (const id of ids) {
    const { narrative } = referralWith().report;
    const commands: readonly CaseCommand[] = [
      { type: 'case.taken', case: id, data: {} },
      { type: 'risk.assessed', case: id, data: { atRiskNow: 'no', people: [], rationale } },
      {
        type: 'mandatoryReferral.assessed',
        case: id,
        data: { criteria: [], corruption: [], becameClearAt: null, rationale },
      },
      {
        type: 'item.recorded',
        case: id,
        data: { start: 0, end: narrative.length, text: narrative, provenance: null },
      },
      { type: 'case.released', case: id, data: {} },
    ];
    for (const command of commands) {
      const done = await vault.call('case.record', { command });
      if (!done.ok) throw new Error(done.error.code);
    }
  }
}

async function checkConverged({ endpoint, stations }: World, acknowledged: readonly EntryId[]): Promise<void> {
  const [first, second] = stations;
  // What appears again is looked for after an exchange, when nothing else is to be done.
  await vi.waitFor(async () => expect(await picture(first.vault)).toEqual(await picture(second.vault)), 20_000);
  const inLog = new Set(endpoint.log.map(({ entry }) => entry.header.id));
  expect(acknowledged.filter((id) => !inLog.has(id))).toEqual([]);
  expect(inLog.size).toBe(endpoint.log.length);
  for (const { vault } of stations) {
    expect(await statusOf(vault)).toMatchObject({ waiting: 0, warnings: [], trouble: null });
    expect(await vault.call('log.verify', {})).toEqual([]);
  }
}

async function run(steps: readonly Step[], sky: readonly Weather[]): Promise<void> {
  const endpoint = await createMemoryEndpoint();
  let calm = true;
  let next = 0;
  const weatherNow = (): Weather => {
    next += 1;
    return calm ? 'fair' : (sky[next % Math.max(1, sky.length)] ?? 'fair');
  };
  const stations = await twoStations(endpoint, weatherNow);
  const ids = [referralWith(), referralWith(), referralWith()].map((referral) => endpoint.deliver(referral));
  const world = { endpoint, stations, ids: await Promise.all(ids) };
  await stations[0].vault.call('sync.now', {});
  await answerFirst(stations[0], world.ids);
  for (const { vault } of stations) await vault.call('sync.now', {});
  calm = false;
  const acknowledged: EntryId[] = [];
  for (const each of steps) {
    const entry = await act(world, each);
    if (entry) acknowledged.push(entry);
  }
  calm = true;
  // Each learns of the other's last entries in a second round.
  for (const { vault } of [...stations, ...stations]) await vault.call('sync.now', {});
  await checkConverged(world, acknowledged);
  for (const { kill } of stations) kill();
}

test('any interleaving in any weather ends in equal states and no lost event', {
  timeout: patience(240_000),
}, async () => {
  await fc.assert(
    fc.asyncProperty(plan, ({ steps, sky }) => run(steps, sky)),
    sample(10),
  );
});
