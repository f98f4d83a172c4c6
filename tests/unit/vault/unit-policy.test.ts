import { expect, test } from 'vitest';
import { program } from '#renderer/vault/program.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import type { RunningVault } from '#renderer/vault/vault.ts';
import type { CaseState } from '#shared/domain/case/case-state.ts';
import { defaultPolicy, type Policy } from '#shared/domain/policy/policy.ts';
import type { DomainEvent, InputOf } from '#shared/domain/registry/registry.ts';
import type { Roster } from '#shared/domain/unit/roster.ts';
import { policyAt, ranksAt } from '#shared/domain/unit/unit-record.ts';
import type { EventId, MemberId, StreamId } from '#shared/kernel/ids.ts';
import { boxForGeneration } from '#shared/log/box.ts';
import { makeContentKey } from '#shared/log/content-key.ts';
import { createEntry } from '#shared/log/entry.ts';
import type { Generation } from '#shared/log/generation.ts';
import { boxGenerationUnder } from '#shared/log/generation-box.ts';
import type { Seen } from '#shared/log/seen.ts';
import { newEvent, placeIn, sealedAsMember } from '#tests/support/attacked-unit.ts';
import { inventUnit, type MemoryUnit, passphraseOf, slotOf } from '#tests/support/memory-unit.ts';
import { referralWith } from '#tests/support/referrals.ts';
import {
  act,
  asha,
  ben,
  codesOf,
  faultsOf,
  generationOf,
  morgan,
  openScope,
  rotateAs,
  type Station,
  secretsOf,
  signingKeyOf,
  stateOf,
  stationOf,
  synced,
  take,
  tryToTake,
  unitWithCircle,
} from '#tests/support/rotating-unit.ts';
import { startProcessOn, statusOf, unlocked } from '#tests/support/workstation.ts';

/*
 * Local policy in the log: each entry is judged by what was in force at its position, by every replica, whatever keys it holds
 * beside those of all members and whenever it folds the entry.
 */

const at = new Date().toISOString();
const why = 'The head of unit decided so.';
type Changes = InputOf<'policy.changed'>['changes'];

const change = ({ vault }: { readonly vault: RunningVault }, changes: Changes) =>
  vault.call('unit.record', { type: 'policy.changed', data: { changes, why } });
const changed = async (station: { readonly vault: RunningVault }, changes: Changes) =>
  expect(await change(station, changes)).toMatchObject({ ok: true });
const onlySupervisors: Changes = { actions: { assess: ['supervisor'] } };

const recordOf = async ({ vault }: Station) => (await vault.call('unit.read', {})).record;
const policyOf = async (station: Station): Promise<Policy> => policyAt(await recordOf(station), null);

const assess = ({ vault }: Station, id: StreamId) =>
  vault.call('case.record', {
    command: {
      type: 'mandatoryReferral.assessed',
      case: id,
      data: { criteria: [], corruption: [], becameClearAt: null, rationale: 'The report names none of them.' },
    },
  });
const assessed = async (station: Station, id: StreamId) =>
  expect(await assess(station, id)).toMatchObject({ ok: true });

/** What became of each assessment of the case, in the order of the log. */
const outcomes = ({ activity }: CaseState) =>
  activity.flatMap(({ type, refused }) => (type === 'mandatoryReferral.assessed' ? [refused?.code ?? 'counts'] : []));

/** The same disk, opened by another build, which folds every case again. */
async function refolded(station: Station, name: string): Promise<Station> {
  station.kill();
  const build = { ...program, foldVersion: program.foldVersion + 1 };
  const { vault, kill } = startProcessOn(station.store, station.host, build);
  await unlocked(vault, await slotOf(vault, name), passphraseOf(name));
  return { ...station, vault, kill };
}

/** The same log, all that was made of it lost, and made again from its first entry. */
async function rebuilt(station: Station, name: string): Promise<Station> {
  station.kill();
  const store = createMemoryStore(station.store);
  store.rows.summaries.clear();
  const { vault, kill } = startProcessOn(store, station.host);
  await unlocked(vault, await slotOf(vault, name), passphraseOf(name));
  const again = { ...station, store, vault, kill };
  await again.vault.call('sync.now', {});
  expect(await codesOf(again)).toContain('summary-row');
  return again;
}

async function twoDesks() {
  const { unit, id, beside } = await unitWithCircle();
  const [here, there] = [await stationOf(unit, morgan), await stationOf(unit, asha)];
  for (const each of [here, there]) await synced(each);
  return { unit, here, there, id, beside };
}

test('an entry is judged by the policy at its position: by its author, by others, by a replica made from nothing, and again', async () => {
  const { unit, here, there, id, beside } = await twoDesks();
  await take(there, id);
  await assessed(there, id);
  await synced(there);
  // Asha works on offline, while the policy changes, and changes back.
  there.host.goOffline();
  await assessed(there, id);
  await changed(here, onlySupervisors);
  await synced(here);
  there.host.goOnline();
  await synced(there);
  expect(await assess(there, id)).toMatchObject({
    ok: false,
    error: { code: 'not-allowed', params: { action: 'assess', roles: ['supervisor'] } },
  });
  expect(await tryToTake(there, beside)).toMatchObject({ ok: true });
  await synced(here);
  await changed(here, { actions: { assess: ['analyst', 'supervisor'] } });
  for (const each of [here, there]) await synced(each);
  await assessed(there, id);
  for (const each of [there, here]) await synced(each);

  // Ben reads fewer circles than the others.
  const ofBen = await stationOf(unit, ben);
  await synced(ofBen);
  const state = await stateOf(here, id);
  expect(outcomes(state)).toEqual(['counts', 'not-allowed', 'counts']);
  expect(state.activity.find(({ refused }) => refused)?.refused?.params).toMatchObject({ policyChanged: true });
  const record = await recordOf(here);
  const agrees = async (other: Station) => {
    expect(await stateOf(other, id)).toEqual(state);
    expect(await recordOf(other)).toEqual(record);
  };
  for (const other of [there, ofBen]) await agrees(other);
  await agrees(await refolded(ofBen, ben));
  await agrees(await refolded(there, asha));
  await agrees(await rebuilt(here, morgan));
});

test('two changes at once both take effect, in the order of the log, each for what it names', async () => {
  const { unit, here, there } = await twoDesks();
  const { member } = await secretsOf(unit, asha);
  await act(unit, morgan, { type: 'role.changed', at, data: { member: member.id, role: 'supervisor' } });
  for (const each of [here, there]) await synced(each);
  for (const { host } of [here, there]) host.goOffline();
  await changed(here, {
    periods: { 'review.high': 2, 'review.raised': 4 },
    phrases: { add: ['Riverside Bowls'], remove: [] },
  });
  await changed(there, { periods: { 'review.high': 1 }, phrases: { add: ['the blue van'], remove: [] } });
  for (const { host } of [here, there]) host.goOnline();
  for (const each of [here, there, here]) await synced(each);
  const policy = await policyOf(here);
  expect(policy).toEqual({
    ...defaultPolicy,
    periods: { ...defaultPolicy.periods, 'review.high': 1, 'review.raised': 4 },
    phrases: ['Riverside Bowls', 'the blue van'],
  });
  expect(await recordOf(there)).toEqual(await recordOf(here));
  expect([...(await faultsOf(here)), ...(await faultsOf(there))]).toEqual([]);
});

test('a change that waits counts for what waits after it, and for the log from its place there', async () => {
  const { here, there, id } = await twoDesks();
  here.host.goOffline();
  await take(here, id);
  await assessed(here, id);
  // It would keep her from it, were she no supervisor: the roles of a policy that waits are those of the desk.
  await changed(here, { actions: { takeCase: ['analyst'] } });
  expect(await tryToTake(here, id)).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
  expect((await recordOf(here)).policyChanges).toMatchObject([{ position: null, why }]);
  expect(outcomes(await stateOf(here, id))).toEqual(['counts']);
  here.host.goOnline();
  await synced(here);
  await synced(there);
  const [confirmed] = (await recordOf(here)).policyChanges;
  expect(confirmed?.position).toBeGreaterThan(0);
  expect(outcomes(await stateOf(there, id))).toEqual(['counts']);
  expect(await policyOf(there)).toEqual(await policyOf(here));
});

test('when a first decision is due stays as the policy set it when the referral came in', async () => {
  const { unit, here, id } = await twoDesks();
  const dueOf = async (station: Station, of: StreamId) => {
    const { value } = (await station.vault.call('case.open', { id: of })) as { value: { summary: { dueAt: string } } };
    return value.summary.dueAt;
  };
  const before = await dueOf(here, id);
  await changed(here, { periods: { 'firstDecision.standard': 100, 'firstDecision.raised': 100 } });
  await synced(here);
  const referral = referralWith({ peopleAtRisk: [], categories: ['information'] as never });
  const later = await unit.endpoint.deliver(referral);
  await synced(here);
  expect(await dueOf(here, id)).toBe(before);
  const due = await dueOf(here, later);
  expect(Date.parse(due) - Date.parse(referral.receivedAt)).toBe(100 * 60 * 60 * 1000);
  const again = await rebuilt(here, morgan);
  expect([await dueOf(again, id), await dueOf(again, later)]).toEqual([before, due]);
});

interface Attempt {
  readonly by: string;
  readonly under: Generation;
  readonly stream: StreamId;
  readonly event?: DomainEvent;
  /** What its author had seen; without it, all that there is. */
  readonly seen?: Seen;
}
const loosening: DomainEvent = {
  type: 'policy.changed',
  at,
  data: { changes: { actions: { changePolicy: ['analyst', 'supervisor'] } }, why },
};

/** By a program of a member's own. */
async function write(
  unit: MemoryUnit,
  { by, under, stream, event = loosening, seen }: Attempt,
  id?: EventId,
): Promise<void> {
  const envelope = { ...newEvent(event), ...(id && { id }) };
  const author = await signingKeyOf(unit, by);
  await unit.endpoint.inject(
    await sealedAsMember(unit.endpoint, under, envelope, author, { stream, ...(seen && { seen }) }),
  );
}

test('nobody changes the policy from another stream, for other readers, or without the right to', async () => {
  const { unit, here, there, id } = await twoDesks();
  const { policyStream } = unit.endpoint.roster() as Roster;
  const [ofUnit, ofAll] = [await generationOf(unit, morgan), await generationOf(unit, morgan, 'everyone')];
  // Not all who hold the key of all members hold the unit's.
  await write(unit, { by: morgan, under: ofUnit, stream: policyStream });
  await write(unit, { by: morgan, under: ofUnit, stream: id });
  await write(unit, { by: ben, under: ofAll, stream: policyStream });
  const taken = { actions: { changePolicy: ['analyst'] } } as const;
  const shutOut = { ...loosening, data: { changes: taken, why } } as unknown as DomainEvent;
  await write(unit, { by: morgan, under: ofAll, stream: policyStream, event: shutOut });
  for (const each of [here, there]) {
    await synced(each);
    expect(await policyOf(each)).toEqual(defaultPolicy);
    expect((await recordOf(each)).policyChanges).toEqual([]);
    expect(await faultsOf(each)).toEqual(['entry-sealing', 'refused', 'refused', 'refused']);
  }
  const because = (await statusOf(here.vault)).warnings.flatMap(({ params }) => params.because ?? []);
  expect(because).toEqual(['not-unit-stream', 'not-allowed', 'action-always-of']);
  expect(await change(there, onlySupervisors)).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
});

test('an event that was signed again changes the policy once', async () => {
  const { unit, here } = await twoDesks();
  const { policyStream: stream } = unit.endpoint.roster() as Roster;
  const under = await generationOf(unit, morgan, 'everyone');
  const { id } = newEvent(loosening);
  await write(unit, { by: morgan, under, stream }, id);
  await write(unit, { by: morgan, under, stream }, id);
  await synced(here);
  expect((await recordOf(here)).policyChanges).toHaveLength(1);
  expect(await faultsOf(here)).toEqual([]);
});

/** Morgan replaces the key of all members at the same time as another did: hers is passed by, and Ben was not given it. */
async function keyAside(unit: MemoryUnit): Promise<{ readonly current: Generation; readonly aside: Generation }> {
  const replaces = await generationOf(unit, morgan, 'everyone');
  const aside = await rotateAs(unit, morgan, { replaces, scope: 'everyone', readers: [morgan, asha] });
  return { current: replaces, aside };
}

test('who lacks the key of a change decides nothing until it comes, and then judges as all others do', async () => {
  const { unit, here, there, id } = await twoDesks();
  const ofBen = await stationOf(unit, ben);
  await synced(ofBen);
  const { policyStream, stream } = unit.endpoint.roster() as Roster;
  // Morgan knows of no key but the one that she replaces.
  const seen = unit.endpoint.seen();
  const { current, aside } = await keyAside(unit);
  const tighter: DomainEvent = {
    type: 'policy.changed',
    at,
    data: { changes: { actions: { assess: ['supervisor'] } }, why },
  };
  await take(there, id);
  await synced(there);
  there.host.goOffline();
  await assessed(there, id);
  await write(unit, { by: morgan, under: aside, stream: policyStream, event: tighter, seen });
  there.host.goOnline();
  await synced(there);
  await synced(ofBen);
  expect(outcomes(await stateOf(there, id))).toEqual(['not-allowed']);
  expect(await assess(ofBen, id)).toMatchObject({ ok: false, error: { code: 'policy-unread' } });
  const box = await boxGenerationUnder(aside, stream, current);
  await act(unit, morgan, { type: 'generation.carried', at, data: { scope: 'everyone', generation: aside.id } }, [box]);
  for (const each of [here, there, ofBen]) await synced(each);
  expect(await policyOf(ofBen)).toEqual(await policyOf(here));
  const state = await stateOf(there, id);
  for (const each of [here, ofBen]) expect(await stateOf(each, id)).toEqual(state);
  expect(await stateOf(await refolded(ofBen, ben), id)).toEqual(state);
});

test('a change of policy whose key is passed on later is judged by from its own place', async () => {
  const { unit, here, there, id } = await twoDesks();
  const { policyStream: stream } = unit.endpoint.roster() as Roster;
  there.host.goOffline();
  const seen = unit.endpoint.seen();
  const { current, aside } = await keyAside(unit);
  const author = await signingKeyOf(unit, morgan);
  const key = makeContentKey(stream, author.author);
  const say = async (event: DomainEvent, under: Generation) => {
    const place = placeIn(unit.endpoint, author.author, { stream, seen });
    const boxes = [await boxForGeneration(key, under)];
    await unit.endpoint.inject(await createEntry({ place, event: newEvent(event), key, boxes }, author));
  };
  await say({ type: 'policy.changed', at, data: { changes: { actions: { assess: ['supervisor'] } }, why } }, aside);
  await take(there, id);
  await assessed(there, id);
  there.host.goOnline();
  await synced(there);
  const ofBen = await stationOf(unit, ben);
  await synced(ofBen);
  expect(outcomes(await stateOf(ofBen, id))).toEqual(['counts']);
  await say({ type: 'unit.named', at, data: { name: 'Norbeck' } }, current);
  for (const each of [there, here, ofBen]) await synced(each);
  const state = await stateOf(here, id);
  expect(outcomes(state)).toEqual(['not-allowed']);
  for (const each of [there, ofBen]) expect(await stateOf(each, id)).toEqual(state);
  expect(await policyOf(ofBen)).toEqual(await policyOf(here));
});

test('what a newer Probity says of the policy keeps all from deciding until the update; an analyst’s word does not', async () => {
  const { unit, here, there, id } = await twoDesks();
  const { policyStream: stream } = unit.endpoint.roster() as Roster;
  const under = await generationOf(unit, morgan, 'everyone');
  const newer = async (by: string) => {
    const envelope = { ...newEvent(loosening), v: 2 };
    const author = await signingKeyOf(unit, by);
    await unit.endpoint.inject(await sealedAsMember(unit.endpoint, under, envelope, author, { stream }));
  };
  await newer(ben);
  for (const each of [here, there]) await synced(each);
  await take(there, id);
  await assessed(there, id);
  await synced(there);
  await newer(morgan);
  await synced(there);
  expect(await assess(there, id)).toMatchObject({ ok: false, error: { code: 'policy-newer' } });
  await synced(here);
  expect(await change(here, onlySupervisors)).toMatchObject({ ok: false, error: { code: 'policy-newer' } });
});

test('a rank is said at founding and admission, by others afterwards, and is known by position', async () => {
  const unit = await inventUnit(1);
  await unit.syncHere();
  const [here, there] = [await stationOf(unit, morgan), await stationOf(unit, asha)];
  for (const each of [here, there]) await synced(each);
  const idOf = async (name: string): Promise<MemberId> => (await secretsOf(unit, name)).member.id;
  const [own, other] = [await idOf(morgan), await idOf(asha)];
  const first = { employment: 'officer', rank: 'sergeant' };
  expect(ranksAt(await recordOf(here), null)).toMatchObject({ [own]: first, [other]: first });
  const promoted = { employment: 'officer', rank: 'inspector' } as const;
  const rank = ({ vault }: Station, member: MemberId) =>
    vault.call('unit.record', { type: 'member.ranked', data: { member, ...promoted } });
  expect(await rank(here, own)).toMatchObject({ ok: false, error: { code: 'own-rank' } });
  expect(await rank(there, own)).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
  expect(await rank(here, other)).toMatchObject({ ok: true });
  expect(await rank(here, other)).toMatchObject({ ok: false, error: { code: 'nothing-changes' } });
  await synced(here);
  await synced(there);
  const record = await recordOf(there);
  const { position } = record.ranks.at(-1) as { position: number };
  expect(ranksAt(record, position)[other]).toEqual(promoted);
  expect(ranksAt(record, position - 1)[other]).toEqual(first);
  // Never in the clear.
  const clear = unit.endpoint.log.map(({ entry }) => new TextDecoder().decode(entry.wire.body ?? undefined)).join();
  expect(clear).toContain('member.admitted');
  expect(clear).not.toContain('sergeant');
});

test('a scope that a member opens gives them no word in the policy', async () => {
  const { unit, here } = await twoDesks();
  const { policyStream: stream } = unit.endpoint.roster() as Roster;
  const command = await openScope(unit, morgan, 'command', [morgan]);
  await write(unit, { by: morgan, under: command, stream });
  await synced(here);
  expect(await policyOf(here)).toEqual(defaultPolicy);
  expect(await faultsOf(here)).toEqual(['entry-sealing']);
});
