import { describe, expect, test } from 'vitest';
import { execute } from '#renderer/vault/execute.ts';
import { loadFollowUps } from '#renderer/vault/follow-ups/follow-ups.ts';
import { listUnits } from '#renderer/vault/transfer/directory.ts';
import { selectStatus } from '#shared/domain/case/case-state.ts';
import { isIopcOwed, selectIopcDeadline } from '#shared/domain/iopc/iopc-clock.ts';
import type { StreamId } from '#shared/kernel/ids.ts';
import { streamOfTransfer } from '#shared/sync/transfer.ts';
import { makeFounding } from '#tests/support/made-roster.ts';
import { createMemoryEndpoint, type Weather } from '#tests/support/memory-endpoint.ts';
import { referralWith } from '#tests/support/referrals.ts';
import { side, stageOf, twoUnits } from '#tests/support/two-units.ts';

describe('the unit that sends', () => {
  test('sends once it is confirmed, says one word of it, and shows how far it is', async () => {
    const { a, b, id, referral, toB, network } = await twoUnits();
    const decided = await a.station.decide(id, toB);
    expect(await stageOf(a, id)).toBe('saved');
    expect(network.transfers.size).toBe(0);
    await a.station.sync();
    expect(await stageOf(a, id)).toBe('sent');
    expect(network.transfers.get(decided)).toMatchObject({
      from: a.endpoint.unit,
      to: b.endpoint.unit,
      reply: { stream: id },
    });
    expect([...network.outcomes]).toEqual([[referral.reference, 'passedOn']]);
    expect(b.endpoint.log.at(-1)?.entry.header).toMatchObject({ id: decided, stream: streamOfTransfer(decided) });
    expect((await loadFollowUps(a.station.vault)).open).toEqual([]);
    expect((await a.station.transfers(id)).origin).toBeNull();
  });

  test.each<Weather>(['requestLost', 'answerLost', 'sentTwice'])('sends it once in weather: %s', async (bad) => {
    let weather: Weather = 'fair';
    const { a, b, id, toB } = await twoUnits(() => weather);
    await a.station.decide(id, toB);
    const before = b.endpoint.log.length;
    for (weather of [bad, 'fair', bad, 'fair'] as const) await a.station.sync();
    expect(b.endpoint.log).toHaveLength(before + 1);
    expect(await stageOf(a, id)).toBe('sent');
  });

  test('sends it after a restart at any point, once', async () => {
    let weather: Weather = 'fair';
    const { a, b, id, toB } = await twoUnits(() => weather);
    await a.station.decide(id, toB);
    const before = b.endpoint.log.length;
    weather = 'answerLost';
    await a.station.sync();
    await a.restart();
    await a.station.sync();
    weather = 'fair';
    await a.restart();
    await a.station.sync();
    expect(b.endpoint.log).toHaveLength(before + 1);
    // The note of what was done is lost: it is done again, and changes nothing.
    for (const key of a.store.rows.meta.keys()) if (String(key).startsWith('followUps:')) a.store.rows.meta.delete(key);
    await a.restart();
    await a.station.sync();
    expect(b.endpoint.log).toHaveLength(before + 1);
    expect(await stageOf(a, id)).toBe('sent');
  });

  test('waits for a unit that is not founded, and sends when it is', async () => {
    const first = await createMemoryEndpoint();
    const a = await side(first);
    const second = await createMemoryEndpoint(first);
    const id = await first.deliver(referralWith({ force: 'test' }));
    await a.station.sync();
    await a.station.prepare(id);
    await a.station.decide(id, { kind: 'otherForce', force: 'test-b', unit: second.unit });
    await a.station.sync();
    expect((await a.station.transfers(id)).sent).toMatchObject([
      { stage: 'waiting', trouble: { code: 'unit-not-in-directory' } },
    ]);
    expect((await listUnits(a.station.vault)).others.map(({ id: unit, founder }) => [unit, founder])).toEqual([
      [second.unit, null],
    ]);
    const b = await side(second);
    // What the other unit writes as it begins changes its roster's proof.
    await b.station.sync();
    await a.station.sync();
    expect(await stageOf(a, id)).toBe('sent');
  });

  test('seals nothing to a key that the roster of the unit does not prove', async () => {
    const { a, b, id, toB, network } = await twoUnits();
    const peer = network.peers.get(b.endpoint.unit);
    const [first] = peer?.roster(null) ?? [];
    if (!peer || !first?.body) throw new Error('no peer');
    const forged = await makeFounding(b.endpoint.unit, network.keys);
    // Another founding in the founder's name, and the real one with another key in it.
    const named = { ...forged.entry.wire, header: first.header };
    const changed = { ...first, body: forged.entry.wire.body };
    await a.station.decide(id, toB);
    for (const roster of [[named], [changed], [{ ...first, signature: new Uint8Array(64) }], []]) {
      network.peers.set(b.endpoint.unit, { ...peer, roster: () => roster });
      await a.station.sync();
      const trouble = (await a.station.transfers(id)).sent[0]?.trouble?.code;
      expect(trouble).toBe('unit-key-unverified');
      expect(network.transfers.size).toBe(0);
    }
  });

  test('does not send what was decided otherwise before it could be sent', async () => {
    let weather: Weather = 'fair';
    const { a, id, toB, network } = await twoUnits(() => weather);
    weather = 'requestLost';
    await a.station.decide(id, toB);
    await a.station.decide(id, { kind: 'otherAgency', agency: 'The council' });
    weather = 'fair';
    await a.station.sync();
    expect(network.transfers.size).toBe(0);
    expect(await stageOf(a, id)).toBe('superseded');
  });

  test('knows the units as last seen when there is no connection', async () => {
    let weather: Weather = 'fair';
    const { a, b } = await twoUnits(() => weather);
    weather = 'requestLost';
    await expect(listUnits(a.station.vault)).rejects.toThrow('offline');
    weather = 'fair';
    const seen = await listUnits(a.station.vault);
    expect(seen.others.map(({ id }) => id)).toEqual([b.endpoint.unit]);
    weather = 'requestLost';
    expect(await listUnits(a.station.vault)).toEqual(seen);
  });
});

describe('two units', () => {
  test('send, receive, acknowledge', async () => {
    const { a, b, id, referral, toB } = await twoUnits();
    const decided = await a.station.decide(id, toB);
    await a.station.sync();
    await b.station.sync();
    const [received] = b.station.cases();
    expect(received).toBe(streamOfTransfer(decided));
    const state = await b.station.state(received as StreamId);
    expect(state.referral).toEqual({ ...referral, report: { ...referral.report, force: 'test-b' } });
    expect(selectStatus(state)).toBe('new');
    expect((await b.station.transfers(received as StreamId)).origin).toMatchObject({
      transfer: decided,
      note: 'The officer serves with them.',
      from: { unit: a.endpoint.unit, unitName: 'Unit test', force: 'test', member: 'Sal Penrose' },
    });
    // That it arrived is no acknowledgement: nobody there has seen it.
    await a.station.sync();
    expect(await stageOf(a, id)).toBe('sent');
    await b.station.prepare(received as StreamId);
    await b.station.sync();
    await a.station.sync();
    expect(await stageOf(a, id)).toBe('acknowledged');
    const [disposition] = (await a.station.state(id)).dispositions;
    expect(disposition?.answers).toMatchObject([{ answer: 'acknowledged', by: null, why: null }]);
    expect(selectStatus(await a.station.state(id))).toBe('notOurs');
    for (const { session } of [a.station, b.station]) {
      expect(session.status()).toMatchObject({ warnings: [], trouble: null, waiting: 0 });
    }
  });

  test('carries what the sender had tested, whose earlier time drives the clock there', async () => {
    const { a, b, id, toB } = await twoUnits();
    const becameClearAt = new Date(Date.now() - 3_600_000).toISOString();
    const rationale = 'It is alleged that she was hurt.';
    const data = { criteria: ['seriousAssault'], corruption: [], becameClearAt, rationale };
    const command = { type: 'mandatoryReferral.assessed', case: id, data } as const;
    expect((await execute(a.station.vault, command as never)).ok).toBe(true);
    await a.station.decide(id, toB);
    await a.station.sync();
    await b.station.sync();
    const state = await b.station.state(b.station.cases()[0] as StreamId);
    expect(state.sentWith).toMatchObject({
      force: 'test',
      tests: [{ criteria: ['seriousAssault'], becameClearAt, rationale }],
    });
    expect(selectIopcDeadline(state)?.becameClearAt).toBe(becameClearAt);
    // Owed on both sides until a person there has it, and then on theirs alone.
    expect([isIopcOwed(await a.station.state(id)), isIopcOwed(state)]).toEqual([true, true]);
    await b.station.prepare(b.station.cases()[0] as StreamId);
    await b.station.sync();
    await a.station.sync();
    const after = await b.station.state(b.station.cases()[0] as StreamId);
    expect([isIopcOwed(await a.station.state(id)), isIopcOwed(after)]).toEqual([false, true]);
  });

  test('a mistaken unit sends it back, with its reasons', async () => {
    const { a, b, id, toB, network, referral } = await twoUnits();
    await a.station.decide(id, toB);
    await a.station.sync();
    await b.station.sync();
    const received = b.station.cases()[0] as StreamId;
    await b.station.prepare(received);
    await b.station.sendBack(received, 'This officer moved to another force in May.');
    await b.station.sync();
    expect(await stageOf(b, received)).toBe('sent');
    await a.station.sync();
    expect((await a.station.transfers(id)).sent).toMatchObject([
      { stage: 'sentBack', why: 'This officer moved to another force in May.' },
    ]);
    expect(selectStatus(await a.station.state(id))).toBe('assessing');
    expect(network.transfers.size).toBe(1);
    // Of a referral that came from another unit, the endpoint is told nothing more.
    expect([...network.outcomes.keys()]).toEqual([referral.reference]);
    // It can be sent again: a new decision, a new transfer.
    await a.station.decide(id, toB, 'They do serve there, see the note.');
    await a.station.sync();
    await b.station.sync();
    expect(b.station.cases()).toHaveLength(2);
  });

  test('it is passed on from one to the next', async () => {
    const { a, b, id, toB } = await twoUnits();
    const c = await side(await createMemoryEndpoint(a.endpoint));
    await a.station.decide(id, toB);
    await a.station.sync();
    await b.station.sync();
    const atB = b.station.cases()[0] as StreamId;
    await b.station.prepare(atB);
    await b.station.decide(atB, { kind: 'otherForce', force: 'test-c', unit: c.endpoint.unit });
    await b.station.sync();
    await c.station.sync();
    const atC = c.station.cases()[0] as StreamId;
    expect((await c.station.transfers(atC)).origin?.from.unit).toBe(b.endpoint.unit);
    await c.station.prepare(atC);
    await c.station.sync();
    await b.station.sync();
    expect(await stageOf(b, atB)).toBe('acknowledged');
  });

  test('what was changed on its way makes no case, is named, and is not acknowledged', async () => {
    const { a, b, id, toB, network } = await twoUnits();
    network.tamper = (transfer) => {
      const { key, box } = transfer.package;
      const at = box.length - 40;
      const flipped = `${box.slice(0, at)}${box[at] === 'A' ? 'B' : 'A'}${box.slice(at + 1)}`;
      return { ...transfer, package: { key, box: flipped } };
    };
    await a.station.decide(id, toB);
    await a.station.sync();
    await b.station.sync();
    expect(b.station.cases()).toEqual([]);
    expect(b.station.session.status().warnings.map(({ code }) => code)).toEqual(['entry-seal']);
    await a.station.sync();
    expect(await stageOf(a, id)).toBe('sent');
  });

  test('a package replayed as another transfer makes no second case', async () => {
    const { a, b, id, toB, network } = await twoUnits();
    const packages: Parameters<typeof network.tamper>[0][] = [];
    network.tamper = (transfer) => {
      packages.push(transfer);
      return packages[0] ? { ...transfer, package: packages[0].package } : transfer;
    };
    await a.station.decide(id, toB);
    await a.station.sync();
    await a.station.decide(id, toB, 'Sent a second time, to see.');
    await a.station.sync();
    await b.station.sync();
    expect(b.station.cases()).toHaveLength(1);
    expect(b.station.session.status().warnings.map(({ code }) => code)).toEqual(['entry-seal']);
  });

  test('the same holds after a restart and from the log alone', async () => {
    const { a, b, id, toB } = await twoUnits();
    await a.station.decide(id, toB);
    await a.station.sync();
    await b.station.sync();
    const before = await b.station.state(b.station.cases()[0] as StreamId);
    b.store.rows.cases.clear();
    await b.restart();
    expect(await b.station.state(b.station.cases()[0] as StreamId)).toEqual(before);
    await b.station.sync();
    expect(b.station.cases()).toHaveLength(1);
    await b.station.prepare(b.station.cases()[0] as StreamId);
    await b.station.sync();
    await a.station.sync();
    expect((await a.station.state(id)).dispositions[0]?.answers).toHaveLength(1);
  });
});
