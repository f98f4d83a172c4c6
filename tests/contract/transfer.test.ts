import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHost, type Host } from '#electron/host/host.ts';
import { openAttachment } from '#renderer/vault/attachments.ts';
import type { Host as VaultHost } from '#renderer/vault/host.ts';
import { createMemoryStore } from '#renderer/vault/store/memory-store.ts';
import { selectStatus } from '#shared/domain/case/case-state.ts';
import type { StreamId, UnitId } from '#shared/kernel/ids.ts';
import { type EndpointFixture, startTestEndpoint } from '#tests/support/endpoint-fixture.ts';
import { intakeOf, textAttachment } from '#tests/support/endpoint-reports.ts';
import { callHost, turningSecrets } from '#tests/support/host.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { foundStation, type Station } from '#tests/support/transfer-station.ts';

/* Two units, each with its own host and vault, at one real endpoint: the same as on two desks. */

let fixture: EndpointFixture;
const hosts: Host[] = [];

beforeAll(async () => {
  fixture = await startTestEndpoint();
}, 60_000);
afterAll(async () => {
  for (const host of hosts) host.close();
  await fixture.close();
});

async function enrolledHost(force: string): Promise<{ unit: UnitId; host: Host }> {
  const added = await fixture.addUnit(force);
  const host = createHost({
    ...{ profile: join(await temporaryFolder(), 'profile'), secrets: turningSecrets, endpoint: fixture.url },
    ...{
      demo: null,
      version: '1',
      kind: 'browser',
      clipboard: null,
      now: Date.now,
      fetch: (url, init) => fetch(url, init),
    },
  });
  hosts.push(host);
  const enrolled = await callHost(host, 'device.enrol', { endpoint: null, code: added.code });
  if (!enrolled.ok) throw new Error(enrolled.failure.code);
  return { unit: added.unit, host };
}

const toVault = (host: Host): VaultHost => ({ call: (name, request) => callHost(host, name, request) });

async function desk(force: string): Promise<{ unit: UnitId; station: Station }> {
  const { unit, host } = await enrolledHost(force);
  return { unit, station: await foundStation(createMemoryStore(), toVault(host)) };
}

/** A report received by a unit, ready for a disposition. */
async function received(station: Station, force: string): Promise<StreamId> {
  const known = new Set(station.cases());
  await fixture.intake.postReport(intakeOf({ force }, [textAttachment('note.txt', 'x'.repeat(300_000))]));
  await station.sync();
  const id = station.cases().find((each) => !known.has(each)) as StreamId;
  await station.prepare(id);
  return id;
}

test('the receiving unit is not founded: the sender waits, and says so', async () => {
  const { station } = await desk('early');
  const late = await enrolledHost('late');
  const id = await received(station, 'early');
  await station.decide(id, { kind: 'otherForce', force: 'late', unit: late.unit });
  await station.sync();
  const { sent } = await station.transfers(id);
  expect(sent).toMatchObject([
    { stage: 'waiting', trouble: { code: 'unit-not-in-directory', params: { unit: 'late' } } },
  ]);
  await foundStation(createMemoryStore(), toVault(late.host));
  await station.sync();
  expect((await station.transfers(id)).sent).toMatchObject([{ stage: 'sent' }]);
});

describe('between two units', () => {
  test('a referral is sent, received with its attachments, acknowledged, and sent back', async () => {
    const a = await desk('from-here');
    const b = await desk('to-there');
    const id = await received(a.station, 'from-here');
    const before = await a.station.state(id);
    await a.station.decide(id, { kind: 'otherForce', force: 'to-there', unit: b.unit });
    await a.station.sync();
    await a.station.sync();
    expect((await a.station.transfers(id)).sent).toMatchObject([{ stage: 'sent' }]);

    await b.station.sync();
    const atB = b.station.cases()[0] as StreamId;
    const { referral } = await b.station.state(atB);
    expect(referral).toEqual({ ...before.referral, report: { ...before.referral.report, force: 'to-there' } });
    const [attachment] = referral.attachments;
    if (!attachment) throw new Error('no attachment');
    const file = await openAttachment(b.station.vault, attachment);
    expect(file.ok && file.value.bytes.length).toBe(300_000);
    expect((await b.station.transfers(atB)).origin?.from).toMatchObject({ unit: a.unit, unitName: 'from-here' });

    await a.station.sync();
    expect((await a.station.transfers(id)).sent).toMatchObject([{ stage: 'sent' }]);
    await b.station.prepare(atB);
    await b.station.sync();
    await a.station.sync();
    expect((await a.station.transfers(id)).sent).toMatchObject([{ stage: 'acknowledged' }]);

    await b.station.sendBack(atB, 'They left this force in May.');
    await b.station.sync();
    await b.station.sync();
    await a.station.sync();
    expect((await a.station.transfers(id)).sent).toMatchObject([
      { stage: 'sentBack', why: 'They left this force in May.' },
    ]);
    const state = await a.station.state(id);
    expect(selectStatus(state)).toBe('assessing');
    const answers = state.dispositions[0]?.answers ?? [];
    expect(answers.map(({ answer }) => answer)).toEqual(['acknowledged', 'sentBack']);
    for (const { station } of [a, b]) {
      expect(station.session.status()).toMatchObject({ warnings: [], trouble: null, waiting: 0 });
    }
    expect(fixture.logged()).not.toContain('May');
  });
});
