import { describe, expect, test, vi } from 'vitest';
import { execute } from '#renderer/vault/execute.ts';
import { joinCases } from '#renderer/vault/join-cases.ts';
import { openByHand } from '#renderer/vault/open-by-hand.ts';
import { everyCase } from '#shared/domain/case/queue-query.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { streamOfTransfer } from '#shared/sync/transfer.ts';
import type { MemoryUnit } from '#tests/support/memory-unit.ts';
import { referralWith } from '#tests/support/referrals.ts';
import {
  asha,
  handOn,
  handOver,
  morgan,
  type Station,
  stateOf,
  stationOf,
  synced,
  take,
  unitWithCircle,
} from '#tests/support/rotating-unit.ts';
import { stageOf, twoUnits } from '#tests/support/two-units.ts';

/* A case that a member opens by hand, and the referral that follows it, on two replicas of a unit and in another unit. */

const said = {
  how: 'contactCentre' as const,
  reachedAt: '2026-03-01T02:10:00.000Z',
  expects: 'PA-000777' as string | null,
  report: {
    language: 'en' as const,
    categories: [],
    subjects: [],
    narrative: 'A Quimbleford officer waits outside her house.',
    peopleAtRisk: [{ who: 'Former partner', risk: 'Assault', urgency: 'immediate' as const }],
  },
};
const arrival = referralWith(
  { force: 'norbeck', narrative: 'He parks a grey Zastava there.' },
  { reference: 'PA-000777', receivedAt: '2026-03-01T08:00:00.000Z' },
);
const why = 'It has the reference that the contact centre gave.';

async function opened({ vault }: Station, changes: Partial<typeof said> = {}): Promise<StreamId> {
  const made = await vault.call('case.openByHand', { ...said, ...changes });
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}
const rowsOf = async ({ vault }: Station, text = '') =>
  (await vault.call('queue.page', { query: { ...everyCase, text }, offset: 0, limit: 20 })).rows;
const viewOf = async ({ vault }: Station, id: StreamId) => {
  const view = await vault.call('case.open', { id });
  if (!view.ok) throw new Error(view.error.code);
  return view.value;
};
const found = async (station: Station, text: string) => (await rowsOf(station, text)).map(({ id }) => id);
const deliver = ({ endpoint }: MemoryUnit) => endpoint.deliver(arrival);
const join = ({ vault }: Station, id: StreamId, referral: StreamId) =>
  vault.call('case.join', { case: id, referral, why });
const reference = ({ vault }: Station, id: StreamId, text: string) =>
  vault.call('case.record', {
    command: { type: 'reference.recorded', case: id, data: { kind: 'crimeNumber', text } },
  });

describe('two workstations of a unit', () => {
  test('one opens a case off the network, and works on it; the other has the same, and they join what arrives', async () => {
    const { unit } = await unitWithCircle();
    const [here, there] = [await stationOf(unit, asha), await stationOf(unit, morgan)];
    for (const station of [here, there]) await synced(station);
    here.host.goOffline();
    const id = await opened(here);
    expect((await rowsOf(here)).find((row) => row.id === id)).toMatchObject({
      ...{ status: 'assessing', waiting: true, priority: 'immediate', awaits: ['PA-000777'], subject: null },
      holderName: asha,
    });
    expect(await found(here, 'PA-000777')).toEqual([id]);
    const item = { start: 2, end: 13, text: 'Quimbleford', provenance: null };
    await here.vault.call('case.record', { command: { type: 'item.recorded', case: id, data: item } });
    // Its process ends before anything was sent.
    const again = await handOver(unit, here, asha);
    expect((await stateOf(again, id)).items).toHaveLength(1);
    expect((await viewOf(again, id)).summary.reference).toMatch(/^H-[0-9A-Z]{8}$/);
    again.host.goOnline();
    const referral = await deliver(unit);
    await synced(again);
    await synced(there);
    expect(await stateOf(there, id)).toEqual(await stateOf(again, id));
    // Both say that the two may be one.
    const both = { case: { id }, referral: { id: referral, reference: 'PA-000777' } };
    expect((await viewOf(again, id)).toJoin).toMatchObject([both]);
    expect((await viewOf(there, referral)).toJoin).toMatchObject([both]);
    again.host.goOffline();
    expect(await join(again, id, referral)).toMatchObject({ ok: true, value: id });
    expect(await again.vault.call('case.matches', { id })).toEqual([]);
    again.host.goOnline();
    for (const station of [again, there]) await synced(station);
    for (const each of [id, referral]) expect(await stateOf(there, each)).toEqual(await stateOf(again, each));
    const { state, summary, toJoin } = await viewOf(there, id);
    expect(state.referral.report.narrative).toBe(
      'A Quimbleford officer waits outside her house.\n\n[PA-000777]\n\nHe parks a grey Zastava there.',
    );
    expect(state.joined).toMatchObject([{ case: referral, reference: 'PA-000777', why }]);
    // It is no match of its own copy, and found by no other either.
    for (const each of [id, referral]) expect(await there.vault.call('case.matches', { id: each })).toEqual([]);
    expect([summary.receivedAt, summary.awaits, toJoin]).toEqual([said.reachedAt, undefined, []]);
    expect((await viewOf(there, referral)).summary).toMatchObject({ status: 'joined', dueAt: null });
    // What was joined is found in both, under either reference, by the words of either text.
    for (const station of [again, there]) {
      await vi.waitFor(async () => expect((await found(station, 'zastava')).sort()).toEqual([id, referral].sort()));
      expect(await found(station, 'quimbleford zastava')).toEqual([id]);
      expect((await found(station, 'pa 000777')).sort()).toEqual([id, referral].sort());
    }
    expect(await join(again, id, referral)).toMatchObject({ ok: false, error: { code: 'joined-already' } });
  });

  test('a reference of another system is found in every written form, before it was sent and after', async () => {
    const { unit, id, beside } = await unitWithCircle();
    const here = await stationOf(unit, asha);
    await synced(here);
    await take(here, id);
    const forms = ['26/123456/25', '26 123456 25', '26-123456-25', '2612345625', '26/12345625', '123456/25', '123456'];
    expect(await reference(here, id, '26/123456/25')).toMatchObject({ ok: true });
    const find = async () => {
      for (const form of forms) expect([form, await found(here, form)]).toEqual([form, [id]]);
      expect(await found(here, '26/123457/25')).toEqual([]);
    };
    await find();
    await synced(here);
    await find();
    expect(await found(here, '')).toContain(beside);
    const [given] = (await stateOf(here, id)).references;
    const data = { reference: given?.entry as never, why: 'Of another matter.' };
    await here.vault.call('case.record', { command: { type: 'reference.withdrawn', case: id, data } });
    expect(await found(here, '26/123456/25')).toEqual([]);
  });

  test('a recorded reference of Crimestoppers offers the referral too', async () => {
    const { unit } = await unitWithCircle();
    const here = await stationOf(unit, asha);
    await synced(here);
    const id = await opened(here, { expects: null });
    const referral = await deliver(unit);
    await synced(here);
    expect((await viewOf(here, id)).toJoin).toEqual([]);
    const data = { kind: 'crimestoppers', text: 'pa 000777' } as const;
    await here.vault.call('case.record', { command: { type: 'reference.recorded', case: id, data } });
    expect((await viewOf(here, id)).toJoin).toMatchObject([{ referral: { id: referral } }]);
  });

  test('a case is opened, and handed on, before anything is sent', async () => {
    const { unit, circle } = await unitWithCircle();
    const [here, there] = [await stationOf(unit, morgan), await stationOf(unit, asha)];
    for (const station of [here, there]) await synced(station);
    const before = await found(here, '');
    here.host.goOffline();
    const id = await opened(here);
    const next = await handOn(here, id, circle);
    expect((await found(here, '')).sort()).toEqual([...before, next].sort());
    here.host.goOnline();
    for (const station of [here, there]) await synced(station);
    for (const station of [here, there]) expect((await found(station, '')).sort()).toEqual([...before, next].sort());
    expect((await stateOf(there, next)).origin).toMatchObject({ how: 'contactCentre' });
  });

  test('nothing is joined across readers', async () => {
    const { unit, circle } = await unitWithCircle();
    const here = await stationOf(unit, morgan);
    await synced(here);
    const id = await opened(here);
    await synced(here);
    const restricted = await handOn(here, id, circle);
    const referral = await deliver(unit);
    await synced(here);
    expect(await join(here, restricted, referral)).toMatchObject({ ok: false, error: { code: 'readers-differ' } });
    expect((await stateOf(here, referral)).joinedInto).toEqual([]);
    // Once both are for the same readers, they are joined, whichever of its streams is named.
    const after = await handOn(here, referral, circle);
    expect(await join(here, id, referral)).toMatchObject({ ok: true, value: restricted });
    await synced(here);
    expect((await viewOf(here, after)).summary.status).toBe('joined');
    expect((await stateOf(here, restricted)).referral.report.narrative).toContain('Zastava');
  });

  test('a draft ends with the case that it becomes', async () => {
    const { unit } = await unitWithCircle();
    const here = await stationOf(unit, asha);
    await synced(here);
    const of = '00000000-0000-4000-8000-000000000000' as StreamId;
    const draft = { form: 'byHand', value: { narrative: 'typed' } };
    await here.vault.call('draft.save', { id: of, ...draft });
    const refused = { ...said, reachedAt: '2999-01-01T00:00:00.000Z', draft: { of, ...draft } };
    expect(await here.vault.call('case.openByHand', refused)).toMatchObject({ error: { code: 'reached-in-future' } });
    expect(await here.vault.call('draft.load', { id: of })).toMatchObject({ byHand: { value: draft.value } });
    await here.vault.call('case.openByHand', { ...said, draft: { of, ...draft } });
    expect(await here.vault.call('draft.load', { id: of })).toEqual({});
  });
});

/** A case that a member of the first of two units opened, ready for a disposition. */
async function twoUnitsByHand() {
  const units = await twoUnits();
  const { vault } = units.a.station;
  const opening = await openByHand(vault, { ...said, report: { ...said.report, peopleAtRisk: [] } });
  if (!opening.ok) throw new Error(opening.error.code);
  const id = opening.value;
  const rationale = 'Nobody is named who could be.';
  const nobody = { atRiskNow: 'no' as const, people: [], rationale };
  await execute(vault, { type: 'risk.assessed', case: id, data: nobody });
  const data = { criteria: [], corruption: [], becameClearAt: null, rationale };
  await execute(vault, { type: 'mandatoryReferral.assessed', case: id, data });
  const complained = () => units.a.station.decide(id, { kind: 'complaints', department: 'PSD' });
  return { ...units, id, complained };
}

describe('what leaves the unit of a case that was opened by hand', () => {
  test('is the case as it is for another force, and no word to a contact centre that knows nothing of it', async () => {
    const { a, b, id, toB, network } = await twoUnitsByHand();
    const decided = await a.station.decide(id, toB);
    await a.station.sync();
    expect(await stageOf(a, id)).toBe('sent');
    expect([...network.outcomes]).toEqual([]);
    await b.station.sync();
    const there = await b.station.state(streamOfTransfer(decided));
    const { referral } = await a.station.state(id);
    expect(there.referral).toEqual({ ...referral, report: { ...referral.report, force: 'test-b' } });
    expect([there.referral.report.channel, there.origin]).toEqual(['byHand', null]);
  });

  test.each(['before', 'after'] as const)('is one word on what was joined to it, decided %s that', async (when) => {
    const { a, id, complained, network } = await twoUnitsByHand();
    if (when === 'before') await complained();
    const delivered = await a.endpoint.deliver(arrival);
    await a.station.sync();
    expect([...network.outcomes]).toEqual([]);
    expect(await joinCases(a.station.vault, { case: id, referral: delivered, why })).toMatchObject({ ok: true });
    if (when === 'after') await complained();
    await a.station.sync();
    expect([...network.outcomes]).toEqual([['PA-000777', 'passedOn']]);
  });

  test('to the force that sent a referral which is joined, that a person has it', async () => {
    const { a, b, id: sent, toB } = await twoUnits();
    await a.station.decide(sent, toB);
    await a.station.sync();
    await b.station.sync();
    const opening = await openByHand(b.station.vault, said);
    const [arrived] = b.station.cases();
    if (!(opening.ok && arrived)) throw new Error('no case');
    expect(await joinCases(b.station.vault, { case: opening.value, referral: arrived, why })).toMatchObject({
      ok: true,
    });
    await b.station.sync();
    await a.station.sync();
    expect(await stageOf(a, sent)).toBe('acknowledged');
    // The sender's clock counts here too.
    expect((await b.station.state(opening.value)).sentWith).toMatchObject({
      force: 'test',
      tests: [{ force: 'test' }],
    });
  });
});
